using System.Text.RegularExpressions;

namespace Heliotrope.Core.Coach;

/// <summary>Finds merge fields that nothing filled (docs/method.md, A5).</summary>
public static partial class MergeFields
{
    /// <summary>Finds the first.</summary>
    /// <param name="text">The words.</param>
    /// <returns>The field as it stands there; null when there is none.</returns>
    public static string? Find(string text) => Fields().Match(text) is { Success: true } found ? found.Value : null;

    [GeneratedRegex(@"\{\{[^{}\n]{1,60}\}\}|<NOT PROVIDED>|\[(?:first |last )?name\]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Fields();
}
