using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Coach;

/// <summary>Words of the trade that the customer did not use (docs/method.md, A5: complexity), each once.</summary>
internal static class Jargon
{
    private const int Most = 3;

    /// <summary>One strange acronym may be a product's name, two in a sentence are a language of our own.</summary>
    private const int Acronyms = 2;

    private const int LongestAcronym = 6;

    public static IEnumerable<Remark> Of(Draft draft)
    {
        if (draft.Book is not { } book)
        {
            return [];
        }

        return book.Swaps("jargon").In(draft.Passage)
            .Where(swap => swap.Found.First < draft.Letter.Closing && !draft.Said.Contains(draft.Passage.Words[swap.Found.First].Plain))
            .Select(swap => (swap.Found, Word: draft.TextOf(swap.Found), Fix: string.IsNullOrEmpty(swap.Words) ? null : swap.Words))
            .Concat(draft.Letter.Sentences.SelectMany(sentence => Strange(draft, sentence)).Select(word => (Found: new Found(word, 1), Word: draft.TextOf(new(word, 1)), Fix: (string?)null)))
            .DistinctBy(swap => swap.Word, StringComparer.OrdinalIgnoreCase)
            .Take(Most)
            .Select(swap => draft.About(RemarkKind.Complexity, swap.Found, "jargon", swap.Word, swap.Fix));
    }

    private static List<int> Strange(Draft draft, Sentence sentence)
    {
        var strange = Enumerable.Range(sentence.First, sentence.Words).Where(word => IsStrange(draft, word)).DistinctBy(word => draft.Passage.Words[word].Plain).Take(Most).ToList();
        return strange.Count >= Acronyms && !IsShouted(draft.Passage, sentence) ? strange : [];
    }

    private static bool IsStrange(Draft draft, int word)
    {
        var (plain, at, length) = (draft.Passage.Words[word].Plain, draft.Passage.Words[word].At, draft.Passage.Words[word].Length);
        return length is > 2 and <= LongestAcronym && draft.Passage.Text.AsSpan(at, length).IndexOfAnyExceptInRange('A', 'Z') < 0
            && !draft.Said.Contains(plain) && CoachBook.AnyAt("acronym", draft.Passage, word) is null && CoachBook.AnyAt("loud", draft.Passage, word) is null;
    }

    private static bool IsShouted(Passage passage, Sentence sentence) => !passage.Text.AsSpan(sentence.At, sentence.Length).ContainsAnyInRange('a', 'z');
}
