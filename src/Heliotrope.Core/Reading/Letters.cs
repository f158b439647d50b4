namespace Heliotrope.Core.Reading;

/// <summary>Which language letters belong to, where they tell it by themselves (blocks of Unicode).</summary>
internal static class Letters
{
    /// <summary>The language that alone is written with such a letter; empty for one that several use; null for what is no letter of any of them.</summary>
    /// <param name="c">A character.</param>
    public static string? Language(char c) => c switch
    {
        < '\u0370' => char.IsLetter(c) ? "" : null,
        <= '\u03FF' or (>= '\u1F00' and <= '\u1FFF') => "el",
        >= '\u0530' and <= '\u058F' => "hy",
        >= '\u0590' and <= '\u05FF' => "he",
        >= '\u0980' and <= '\u09FF' => "bn",
        >= '\u0A00' and <= '\u0A7F' => "pa",
        >= '\u0A80' and <= '\u0AFF' => "gu",
        >= '\u0B00' and <= '\u0B7F' => "or",
        >= '\u0B80' and <= '\u0BFF' => "ta",
        >= '\u0C00' and <= '\u0C7F' => "te",
        >= '\u0C80' and <= '\u0CFF' => "kn",
        >= '\u0D00' and <= '\u0D7F' => "ml",
        >= '\u0D80' and <= '\u0DFF' => "si",
        >= '\u0E00' and <= '\u0E7F' => "th",
        >= '\u0E80' and <= '\u0EFF' => "lo",
        >= '\u1000' and <= '\u109F' => "my",
        >= '\u10A0' and <= '\u10FF' => "ka",
        >= '\u1780' and <= '\u17FF' => "km",
        >= '\u3040' and <= '\u30FF' or (>= '\uFF66' and <= '\uFF9D') => "ja",
        (>= '\u1100' and <= '\u11FF') or (>= '\u3130' and <= '\u318F') or (>= '\uAC00' and <= '\uD7AF') => "ko",
        (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF') => "zh",
        _ => char.IsLetter(c) ? "" : null,
    };
}
