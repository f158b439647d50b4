using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Coach;

/// <summary>Words in capitals and marks in threes. An acronym, an order's code and what the customer wrote so are no shouting.</summary>
internal static class Shouting
{
    private const string Why = "shouting";

    public static IEnumerable<Remark> Of(Draft draft) => Capitals(draft).Concat(Marks(draft));

    private static IEnumerable<Remark> Capitals(Draft draft)
    {
        var passage = draft.Passage;
        for (var i = 0; i < draft.Letter.Closing;)
        {
            var end = i;
            while (end < draft.Letter.Closing && IsCapitals(passage, end) && passage.Words[end].Sentence == passage.Words[i].Sentence && IsTogether(passage, i, end))
            {
                end++;
            }

            var loud = Enumerable.Range(i, end - i).Count(word => IsLoud(draft, word));
            if (loud >= 2 || (loud == 1 && end - i >= 3 && Enumerable.Range(i, end - i).Any(word => passage.Words[word].Length > 4)))
            {
                yield return draft.About(RemarkKind.Salt, new(i, end - i), Why, fix: Lowered(draft, i, end));
            }

            i = Math.Max(end, i + 1);
        }
    }

    private static bool IsTogether(Passage passage, int first, int word) => word == first || !passage.After(word - 1).ContainsAny('\n', '(', ')');

    private static bool IsCapitals(Passage passage, int word)
    {
        var (at, length) = (passage.Words[word].At, passage.Words[word].Length);
        return !passage.Text.AsSpan(at, length).ContainsAnyInRange('0', '9') && passage.Words[word].Plain != Word.Link
            && passage.Text.AsSpan(at, length).IndexOfAnyInRange('A', 'Z') >= 0 && IsUpper(passage.Text.AsSpan(at, length));
    }

    private static bool IsUpper(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (char.IsLower(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Without a book, long words only: what is short may be an acronym.</summary>
    private static bool IsLoud(Draft draft, int word) => draft.Book is { } book
        ? book["loud"].At(draft.Passage, word) is { Words: 1 } && draft.Passage.Words[word].Length > 1
        : draft.Passage.Words[word].Length > 4 && !draft.Said.Contains(draft.Passage.Words[word].Plain);

    /// <summary>A language that writes nouns large needs a person for all but small words.</summary>
    private static string? Lowered(Draft draft, int from, int to)
    {
        var passage = draft.Passage;
        if (draft.Book is not { } book
            || (book.Lines("noun-capitals").Count > 0 && Enumerable.Range(from, to - from).Any(word => book["loud"].At(passage, word) is null)))
        {
            return null;
        }

        var text = passage.Text[passage.Words[from].At..passage.Words[to - 1].End].ToLowerInvariant();
        var begins = from == 0 || from == draft.Letter.Body || passage.Words[from - 1].Sentence != passage.Words[from].Sentence;
        return begins ? char.ToUpperInvariant(text[0]) + text[1..] : text;
    }

    /// <summary>Three of them; "Thank you!!!" is joy.</summary>
    private static IEnumerable<Remark> Marks(Draft draft)
    {
        foreach (var sentence in draft.Letter.Sentences)
        {
            var text = draft.Passage.Text.AsSpan(sentence.At, sentence.Length);
            var at = text.IndexOf("!!!", StringComparison.Ordinal) is >= 0 and var shout ? shout : text.IndexOf("???", StringComparison.Ordinal);
            if (at < 0 || draft.Book?["thanks"].IsIn(draft.Passage, sentence) == true)
            {
                continue;
            }

            var end = at;
            while (end < text.Length && text[end] is '!' or '?')
            {
                end++;
            }

            yield return new(RemarkKind.Salt, sentence.At + at, end - at, Why, Fix: text[at..end].Contains('?') ? "?" : ".");
        }
    }
}
