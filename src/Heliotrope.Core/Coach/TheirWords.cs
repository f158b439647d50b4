using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Coach;

/// <summary>The customer's own word for the matter, where we say another and never theirs (docs/method.md, A5).</summary>
internal static class TheirWords
{
    /// <summary>Said so often, it is what the matter is about; or said once at the beginning.</summary>
    private const int Often = 2;

    public static IEnumerable<Remark> Of(Draft draft) => Synonyms(draft).Concat(Stiff(draft)).Take(1);

    /// <summary>A "storage compartment" for what they call a locker: words that stand on no shelf.</summary>
    private static IEnumerable<Remark> Stiff(Draft draft)
    {
        if (draft.Book is not { } book || draft.Answered is not { Sentences.Count: > 0 } message)
        {
            yield break;
        }

        var used = draft.Passage.Words.Select(word => Draft.Stem(word.Plain)).ToHashSet();
        var theirs = book["the-matter"].In(message.Passage, message.Sentences[0]).Select(found => message.Passage.Words[found.Next - 1])
            .FirstOrDefault(word => draft.Matter.Contains(Draft.Stem(word.Plain)));
        if (theirs.Length == 0 || used.Contains(Draft.Stem(theirs.Plain)))
        {
            yield break;
        }

        foreach (var found in book["stiff"].In(draft.Passage).Where(found => !draft.Said.Contains(draft.Passage.Words[found.Next - 1].Plain)))
        {
            yield return draft.About(RemarkKind.Words, found, about: message.Passage.Text.Substring(theirs.At, theirs.Length));
        }
    }

    private static IEnumerable<Remark> Synonyms(Draft draft)
    {
        if (draft.Book is not { } book || draft.Answered is not { } message)
        {
            yield break;
        }

        var said = message.Passage.Words.Skip(message.Body).Take(message.Closing - message.Body).Select(word => word.Plain).ToList();
        var begins = message.Sentences.Count > 0 ? said.Take(message.Sentences[0].Words).ToHashSet() : [];
        foreach (var (theirs, ours) in book.Synonyms)
        {
            var forms = theirs.Select(form => Plainly.Fold(form)).ToHashSet();
            if (said.Count(forms.Contains) < Often && !begins.Overlaps(forms))
            {
                continue;
            }

            var other = Enumerable.Range(draft.Letter.Body, draft.Letter.Closing - draft.Letter.Body)
                .Select(word => (Word: word, Form: ours.Select(pair => Array.FindIndex(pair, form => Plainly.Fold(form) == draft.Passage.Words[word].Plain)).Max()))
                .FirstOrDefault(one => one.Form >= 0, (Word: -1, Form: -1));
            if (other.Word >= 0 && !draft.Said.Contains(draft.Passage.Words[other.Word].Plain) && !Uses(draft, forms))
            {
                var fix = book.Lines("articles-agree").Count > 0 ? null : theirs[other.Form];
                yield return draft.About(RemarkKind.Words, new(other.Word, 1), about: theirs[other.Form], fix: fix);
                yield break;
            }
        }
    }

    /// <summary>In compounds, too.</summary>
    private static bool Uses(Draft draft, HashSet<string> forms) =>
        draft.Passage.Words.Any(word => forms.Any(form => word.Plain.StartsWith(form, StringComparison.Ordinal) || word.Plain.EndsWith(form, StringComparison.Ordinal)));
}
