using Heliotrope.Core.Promises;

namespace Heliotrope.Server.Promises;

/// <summary>The promises in a draft that its author accepted, as they are kept with it: their words, one a line.</summary>
internal static class AcceptedPromises
{
    /// <summary>Nobody promises more in one message.</summary>
    private const int Most = 20;

    /// <summary>Words with one space between, so that a line broken elsewhere changes nothing.</summary>
    public static string Plain(string words) => string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Keeps those whose words still stand in the text: changed words are another promise.</summary>
    public static string Keep(IEnumerable<string> accepted, string text)
    {
        var plain = Plain(text);
        return string.Join('\n', accepted.SelectMany(each => each.Split('\n')).Select(Plain)
            .Where(words => words.Length is > 0 and <= Promise.MaxText && plain.Contains(words, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Take(Most));
    }

    public static IReadOnlyList<string> Read(string kept) => kept.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
