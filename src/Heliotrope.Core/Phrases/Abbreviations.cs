using System.Collections.Frozen;

namespace Heliotrope.Core.Phrases;

/// <summary>What a point may follow without ending a sentence.</summary>
internal static class Abbreviations
{
    /// <summary>Only those that are no word of their own: "no.", "so." and "am." end sentences.</summary>
    private static readonly FrozenSet<string> Known = new[]
    {
        "mr", "mrs", "ms", "dr", "prof", "st", "vs", "nr", "approx", "ca", "bzw", "inkl", "zzgl", "evtl", "ggf", "bspw", "str", "tel", "hr", "sr", "sra", "mme", "jr", "inc",
        "jan", "feb", "apr", "jun", "jul", "aug", "sep", "sept", "okt", "oct", "nov", "dez", "dec",
    }.ToFrozenSet();

    private static readonly string[] Months =
        ["jan", "jän", "feb", "mär", "mar", "apr", "mai", "may", "jun", "jul", "aug", "sep", "okt", "oct", "nov", "dez", "dec"];

    public static bool Are(string word) => Known.Contains(word);

    public static bool BeginsMonth(ReadOnlySpan<char> following)
    {
        foreach (var month in Months)
        {
            if (following.StartsWith(month, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
