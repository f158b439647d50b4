namespace Heliotrope.Core.Coach;

/// <summary>Words of the trade that the customer did not use (docs/method.md, A5: complexity), each once.</summary>
internal static class Jargon
{
    private const int Most = 3;

    public static IEnumerable<Remark> Of(Draft draft)
    {
        if (draft.Book is not { } book)
        {
            return [];
        }

        return book.Swaps("jargon").In(draft.Passage)
            .Where(swap => swap.Found.First < draft.Letter.Closing && !draft.Said.Contains(draft.Passage.Words[swap.Found.First].Plain))
            .Select(swap => (swap.Found, Word: draft.TextOf(swap.Found), Fix: string.IsNullOrEmpty(swap.Words) ? null : swap.Words))
            .DistinctBy(swap => swap.Word, StringComparer.OrdinalIgnoreCase)
            .Take(Most)
            .Select(swap => draft.About(RemarkKind.Complexity, swap.Found, "jargon", swap.Word, swap.Fix));
    }
}
