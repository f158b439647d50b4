namespace Heliotrope.Core.Conversations;

/// <summary>A colleague who is named in a note.</summary>
/// <param name="At">Where the @ stands, in UTF-16 units.</param>
/// <param name="Length">The length with the @.</param>
/// <param name="Name">The name, as the colleague has it.</param>
public sealed record Named(int At, int Length, string Name);

/// <summary>Finds the colleagues whom a note names with an @ before their whole name.</summary>
public static class Mentions
{
    /// <summary>Whoever names more calls a meeting.</summary>
    public const int Most = 20;

    /// <summary>Finds them. Of two names that begin alike the longer one counts, and an address is no name.</summary>
    /// <param name="text">The note.</param>
    /// <param name="names">The names that can be meant.</param>
    /// <returns>Where they are named, in order.</returns>
    public static IReadOnlyList<Named> In(string text, IEnumerable<string> names)
    {
        var longest = names.Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).OrderByDescending(name => name.Length).ThenBy(name => name, StringComparer.Ordinal).ToList();
        var found = new List<Named>();
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0 && found.Count < Most; at = at + 1 < text.Length ? text.IndexOf('@', at + 1) : -1)
        {
            if ((at == 0 || !IsWord(text[at - 1])) && longest.Find(name => Stands(text, at + 1, name)) is { } name)
            {
                found.Add(new(at, name.Length + 1, name));
                at += name.Length;
            }
        }

        return found;
    }

    private static bool Stands(string text, int at, string name) =>
        text.AsSpan(at).StartsWith(name, StringComparison.OrdinalIgnoreCase) && (at + name.Length == text.Length || !IsWord(text[at + name.Length]));

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_';
}
