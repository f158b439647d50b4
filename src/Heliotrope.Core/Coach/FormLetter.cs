using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Coach;

/// <summary>
/// Nearly the text of many recent replies, by the resemblance of their word shingles (A. Broder, On the resemblance and containment of
/// documents, 1997), or nothing but phrases that would fit any message (docs/method.md, A5).
/// </summary>
internal static class FormLetter
{
    /// <summary>Short answers are alike by nature.</summary>
    private const int Short = 25;

    private const double Resembles = 0.8;

    private const int Many = 3;

    private const int StockSigns = 2;

    public static IEnumerable<Remark> Of(Draft draft)
    {
        if (draft.Letter.Sentences.Count == 0)
        {
            yield break;
        }

        var whole = new Found(draft.Letter.Body, draft.Letter.Closing - draft.Letter.Body);
        if (IsLikeMany(draft))
        {
            yield return draft.About(RemarkKind.FormLetter, whole, "same");
        }
        else if (draft.Book is { } book && SaysNothing(draft, book))
        {
            yield return draft.About(RemarkKind.FormLetter, whole, "stock");
        }
    }

    private static bool IsLikeMany(Draft draft)
    {
        if (draft.Hand.RecentReplies.Count < Many || draft.Letter.Sentences.Sum(s => s.Words) < Short)
        {
            return false;
        }

        var ours = Shingles(draft.Letter);
        return draft.Hand.RecentReplies.Where(recent => Resemblance(ours, Shingles(Letter.Of(recent))) >= Resembles).Take(Many).Count() == Many;
    }

    private static double Resemblance(HashSet<(string, string, string, string)> one, HashSet<(string, string, string, string)> other)
    {
        var both = one.Count(other.Contains);
        return (double)both / Math.Max(1, one.Count + other.Count - both);
    }

    /// <summary>Each four words in a row, numbers made equal.</summary>
    private static HashSet<(string First, string Second, string Third, string Fourth)> Shingles(Letter letter)
    {
        var words = letter.Passage.Words.Skip(letter.Body).Take(letter.Closing - letter.Body).Select(word => word.Plain.Any(char.IsAsciiDigit) ? "#" : word.Plain).ToList();
        return [.. Enumerable.Range(0, Math.Max(0, words.Count - 3)).Select(i => (words[i], words[i + 1], words[i + 2], words[i + 3]))];
    }

    /// <summary>At least two signs of stock, an impersonal greeting being one, and hardly another sentence.</summary>
    private static bool SaysNothing(Draft draft, CoachBook book)
    {
        var stock = draft.Letter.Sentences.Count(s => book["stock"].IsIn(draft.Passage, s));
        var signs = stock + (CoachBook.AnyAt("impersonal", draft.Passage, 0) is null ? 0 : 1);
        return stock > 0 && signs >= StockSigns && draft.Letter.Sentences.Count - stock <= (stock > StockSigns ? 1 : 0);
    }
}
