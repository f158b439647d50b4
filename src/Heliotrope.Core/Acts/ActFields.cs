using System.Text.RegularExpressions;

namespace Heliotrope.Core.Acts;

/// <summary>Merge fields in the words of acts: <c>{{customer.first_name | there}}</c>. What nothing fills stays as it is, and is then never sent (docs/method.md, A5).</summary>
public static partial class ActFields
{
    /// <summary>The fields that there are, in the order in which they are offered.</summary>
    public static IReadOnlyList<string> All { get; } = ["customer.first_name", "customer.name", "agent.name", "conversation.number", "conversation.subject", "organisation.name"];

    /// <summary>Fills them.</summary>
    /// <param name="text">The words.</param>
    /// <param name="values">What is known; a field that is missing or empty takes the words behind its bar, where it has any.</param>
    /// <returns>The words, filled as far as they can be.</returns>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Field().Replace(text, match =>
            values.TryGetValue(match.Groups["name"].Value, out var value) && value.Length > 0 ? value
            : match.Groups["else"] is { Success: true, Value: var fallback } && fallback.Trim().Length > 0 ? fallback.Trim()
            : match.Value);
    }

    /// <summary>A name by which somebody may be called, or nothing: an address instead of a name greets nobody.</summary>
    /// <param name="name">The whole name.</param>
    /// <returns>Its first word; empty when it cannot be told.</returns>
    public static string FirstName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Contains(',', StringComparison.Ordinal) ? "" : name.Split(' ', 2)[0];
    }

    /// <summary>Words of a stranger that no mail program makes a link of: they may stand in a mail that nobody wrote.</summary>
    /// <param name="words">The words.</param>
    /// <returns>They may.</returns>
    public static bool IsPlain(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return words.Length <= 200 && !words.Contains('@', StringComparison.Ordinal) && !words.Contains("://", StringComparison.Ordinal) && !Host().IsMatch(words);
    }

    [GeneratedRegex(@"\{\{ ?(?<name>[a-z_.]{1,40}) ?(?:\|(?<else>[^{}\n]{0,80}))?\}\}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Field();

    [GeneratedRegex(@"[\p{L}\p{N}-]\.\p{L}{2,}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Host();
}
