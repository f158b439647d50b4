using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Coach;

/// <summary>Compares names as people use them.</summary>
internal static class Name
{
    /// <summary>A short form has at least this many letters in common: Dan and Daniel.</summary>
    private const int ShortForm = 3;

    private static readonly Dictionary<string, HashSet<string>> Nicknames = ReadNicknames();

    /// <summary>The same but for accents and umlauts, which not everybody can type.</summary>
    public static bool IsEqual(string one, string other) => Bare(one) == Bare(other);

    /// <summary>The same person's: equal, an initial, a short form, a nickname. Jon is not John.</summary>
    public static bool IsSame(string one, string other)
    {
        var (a, b) = (Bare(one), Bare(other));
        var (less, more) = a.Length < b.Length ? (a, b) : (b, a);
        return a == b
            || (less.Length == 1 && more.StartsWith(less, StringComparison.Ordinal))
            || (less.Length >= ShortForm && more.Length - less.Length > 1 && more.StartsWith(less, StringComparison.Ordinal))
            || (Nicknames.TryGetValue(a, out var known) && known.Contains(b));
    }

    /// <summary>Names in different alphabets cannot be compared.</summary>
    public static bool IsSameScript(string one, string other) => one.Any(char.IsAsciiLetter) == other.Any(char.IsAsciiLetter);

    private static string Bare(string name) =>
        Plainly.Fold(name).Replace("ae", "a", StringComparison.Ordinal).Replace("oe", "o", StringComparison.Ordinal).Replace("ue", "u", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);

    private static Dictionary<string, HashSet<string>> ReadNicknames()
    {
        var all = new Dictionary<string, HashSet<string>>();
        foreach (var names in CoachBook.All.SelectMany(book => book.Lines("nicknames")).Select(line => line.Split(' ').Select(Bare).ToList()))
        {
            foreach (var name in names)
            {
                (all.TryGetValue(name, out var known) ? known : all[name] = []).UnionWith(names);
            }
        }

        return all;
    }
}
