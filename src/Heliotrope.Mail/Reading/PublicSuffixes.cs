namespace Heliotrope.Mail.Reading;

/// <summary>Which names many share, so that the domains below them belong to different people: "co.uk", "github.io" (publicsuffix.org).</summary>
internal static class PublicSuffixes
{
    // Shared all the same, and not in the list as it was when the program was built. These are not all that there are.
    private static readonly string[] Missing = ["onmicrosoft.com"];

    private static readonly Lazy<HashSet<string>> Rules = new(Read);

    /// <summary>The part of a domain that somebody owns (RFC 7489 section 3.2): a public suffix and one label before it. A public suffix itself is given back as it is.</summary>
    /// <param name="domain">As DNS writes it, in lower case.</param>
    public static string OwnedBy(string domain)
    {
        var rules = Rules.Value;
        var owned = domain;
        for (var name = domain; ; name = name[(name.IndexOf('.') + 1)..])
        {
            var dot = name.IndexOf('.');
            if (dot < 0) return owned; // what the list does not know is owned below its last label
            if (rules.Contains("!" + name)) return name;
            if (rules.Contains(name) || rules.Contains($"*{name[dot..]}")) return owned;
            owned = name;
        }
    }

    private static HashSet<string> Read()
    {
        using var list = typeof(PublicSuffixes).Assembly.GetManifestResourceStream("suffixes.txt") ?? throw new InvalidOperationException("The list of public suffixes is not in the assembly.");
        using var lines = new StreamReader(list);
        return [.. lines.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries), .. Missing];
    }
}
