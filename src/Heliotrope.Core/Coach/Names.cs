using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Coach;

/// <summary>A name that is not theirs, and theirs again and again (docs/method.md, A5: no personalisation is better than a faked one).</summary>
internal static class Names
{
    /// <summary>In the greeting and once more is friendly.</summary>
    private const int TooOften = 3;

    private const int LongestSignature = 4;

    /// <summary>The words of the customer's name as we hold it; none when it is a company's or an address.</summary>
    public static IReadOnlyList<string> Known(Draft draft) => Person(draft.Hand.CustomerName);

    public static IEnumerable<Remark> Wrong(Draft draft)
    {
        var passage = draft.Passage;
        var greeted = Enumerable.Range(draft.Letter.Name.Start.Value, draft.Letter.Name.End.Value - draft.Letter.Name.Start.Value).ToList();
        if (greeted.Exists(word => CoachBook.AnyAt("no-name", passage, word) is not null || CoachBook.AnyAt("company", passage, word) is not null))
        {
            yield break;
        }

        var names = greeted.Where(word => CoachBook.AnyAt("title", passage, word) is null && passage.Words[word].Length > 1 && char.IsUpper(passage.Text[passage.Words[word].At])).ToList();
        var (known, signed) = (Known(draft), Signatures(draft));
        IReadOnlyList<string> theirs = [.. known, .. signed];
        var strange = names.Where(word => !theirs.Any(name => Name.IsSame(Raw(passage, word), name)) && !Mentions(draft, passage.Words[word].Plain)).ToList();
        if (theirs.Count == 0 || strange.Count == 0 || !theirs.Any(name => Name.IsSameScript(name, Raw(passage, strange[0]))))
        {
            yield break;
        }

        // Of a first name that is right and a last one that is not, the last is wrong; with one name only on our side, it may be right.
        var lastOnly = strange.Count < names.Count;
        if (lastOnly && (known.Count < 2 || signed.Count > 0 || names.Count != 2 || strange[0] != names[1] || !Name.IsSame(Raw(passage, names[0]), known[0])))
        {
            yield break;
        }

        var right = known.Count > 0 ? known : signed;
        var fix = lastOnly || greeted[0] != names[0] ? right[^1] : names.Count > 1 ? string.Join(' ', right) : right[0];
        var found = new Found(strange[0], strange[^1] - strange[0] + 1);
        yield return draft.About(RemarkKind.WrongName, found, about: draft.TextOf(found), fix: fix);
    }

    public static IEnumerable<Remark> Overused(Draft draft)
    {
        var (passage, theirs) = (draft.Passage, Known(draft).Concat(Signatures(draft)).Where(name => name.Length > 1).ToList());
        var (times, before) = (0, false);
        for (var word = 0; word < draft.Letter.Closing; word++)
        {
            var isName = theirs.Count > 0 && char.IsUpper(passage.Text[passage.Words[word].At]) && theirs.Exists(name => Name.IsEqual(Raw(passage, word), name))
                && (before || word < draft.Letter.Body || !BeginsSentence(passage, word) || !passage.After(word).IsWhiteSpace());

            // A first and a last name beside each other are one.
            var begins = isName && !(before && passage.After(word - 1).IsWhiteSpace());
            times += begins ? 1 : 0;
            if (begins && times == TooOften)
            {
                yield return SetOff(draft, word);
                yield break;
            }

            before = isName;
        }
    }

    /// <summary>Between commas it can simply go: ", Anna".</summary>
    private static Remark SetOff(Draft draft, int word)
    {
        var (passage, remark) = (draft.Passage, draft.About(RemarkKind.NameOveruse, new(word, 1), about: Raw(draft.Passage, word)));
        var before = word > 0 ? passage.After(word - 1) : [];
        var next = remark.At + remark.Length < passage.Text.Length ? passage.Text[remark.At + remark.Length] : '.';
        return before.Trim() is "," && next is ',' or '.' or '!' or '?'
            ? remark with { At = remark.At - before.Length, Length = remark.Length + before.Length, Fix = "" }
            : remark;
    }

    private static bool BeginsSentence(Passage passage, int word) => passage.Sentences[passage.Words[word].Sentence].First == word;

    private static string Raw(Passage passage, int word) => passage.Text.Substring(passage.Words[word].At, passage.Words[word].Length);

    /// <summary>The words with which their messages are signed.</summary>
    private static List<string> Signatures(Draft draft) =>
    [
        .. draft.Hand.Messages.Select(Letter.Of).SelectMany(letter =>
        {
            var passage = letter.Passage;
            var from = letter.Closing < passage.Words.Count && CoachBook.AnyAt("closing", passage, letter.Closing) is { } closing ? closing.Next : letter.Closing;
            var words = Enumerable.Range(from, passage.Words.Count - from).TakeWhile(word => char.IsUpper(passage.Text[passage.Words[word].At])).ToList();
            return words.Count <= LongestSignature ? words.Select(word => Raw(passage, word)) : [];
        }),
    ];

    /// <summary>Whether a message says the name outside its greeting: whoever it belongs to, it may be meant.</summary>
    private static bool Mentions(Draft draft, string plain) =>
        draft.Hand.Messages.Select(Letter.Of).Any(letter => letter.Passage.Words.Skip(letter.Body).Any(word => word.Plain == plain));

    private static List<string> Person(string name)
    {
        var passage = Passage.Of(name);
        var words = Enumerable.Range(0, passage.Words.Count).Where(word => CoachBook.AnyAt("title", passage, word) is null).ToList();
        return name.Any(char.IsDigit) || name.Contains('@', StringComparison.Ordinal) || !name.Any(c => char.IsUpper(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.OtherLetter)
            || words.Exists(word => CoachBook.AnyAt("company", passage, word) is not null || passage.Words[word].Plain == Word.Link)
            ? []
            : words.ConvertAll(word => Raw(passage, word));
    }
}
