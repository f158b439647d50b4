using System.Globalization;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Reading;

/// <summary>Readings as a person says them.</summary>
internal static class ReadingWords
{
    /// <summary>Beyond it a feeling is strong; the bound that VADER's authors use for feelings at all is 0.05, which would call nearly every letter upset.</summary>
    public const double Strong = 0.4;

    /// <summary>How a message sounds; null when it sounds like nothing in particular, or that cannot be told.</summary>
    public static string? Sounds(double? sentiment) => sentiment switch
    {
        <= -Strong => Words.T("reading.upset"),
        >= Strong => Words.T("reading.glad"),
        _ => null,
    };

    public static string Percent(double share) => share.ToString("P0", CultureInfo.CurrentCulture);
}
