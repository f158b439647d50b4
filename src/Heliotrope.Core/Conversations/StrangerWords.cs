using System.Text.RegularExpressions;

namespace Heliotrope.Core.Conversations;

/// <summary>What strangers wrote, where it would stand in a mail that nobody wrote (docs/method.md, A5).</summary>
public static partial class StrangerWords
{
    private const int MaxPlain = 200;

    /// <summary>Words that no mail program makes a link of.</summary>
    /// <param name="words">The words.</param>
    /// <returns>They may stand there.</returns>
    public static bool ArePlain(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return words.Length <= MaxPlain && !words.Contains('@', StringComparison.Ordinal) && !words.Contains("://", StringComparison.Ordinal) && !Host().IsMatch(words);
    }

    [GeneratedRegex(@"[\p{L}\p{N}-]\.\p{L}{2,}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Host();
}
