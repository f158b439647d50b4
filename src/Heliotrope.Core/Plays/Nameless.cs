using System.Text.RegularExpressions;

namespace Heliotrope.Core.Plays;

/// <summary>Takes the names out of a reply, so that others can use its words: where somebody was named stands a merge field.</summary>
public static partial class Nameless
{
    private static readonly string[] Titles =
        ["Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Herr", "Herrn", "Frau", "Madame", "Mme", "Monsieur", "Señor", "Señora", "Sr", "Sra", "Signor", "Signora", "Senhor", "Senhora", "Mevrouw", "Meneer"];

    /// <summary>The words without the customer's name and addresses, and without the name of who wrote them.</summary>
    /// <param name="words">The words.</param>
    /// <param name="customer">The customer's name, as it is known.</param>
    /// <param name="addresses">The customer's addresses.</param>
    /// <param name="agent">The name of who wrote.</param>
    public static string Of(string words, string customer, IEnumerable<string> addresses, string agent)
    {
        var terms = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var address in addresses.Append(customer).Where(each => each.Contains('@', StringComparison.Ordinal)))
        {
            terms.TryAdd(address, "customer.email");
        }

        if (!customer.Contains('@', StringComparison.Ordinal))
        {
            AddName(terms, customer, "customer");
        }

        AddName(terms, agent, "agent");
        if (terms.Count == 0)
        {
            return words;
        }

        // The longest first, or the first name would be taken out of the whole one.
        var alternatives = string.Join('|', terms.Keys.OrderByDescending(term => term.Length).ThenBy(term => term, StringComparer.Ordinal).Select(Regex.Escape));
        var titles = string.Join('|', Titles.Select(Regex.Escape));
        var nameless = Regex.Replace(
            words, $@"(?<![\p{{L}}\p{{M}}\p{{N}}@{{.])(?:(?<title>{titles})\.?[ \t]+)?(?<name>{alternatives})(?![\p{{L}}\p{{M}}\p{{N}}@}}])",
            match => $"{{{{{Field(terms[match.Groups["name"].Value], match.Groups["title"].Success)}}}}}",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
        return Twice().Replace(nameless, "{{$1.name}}");
    }

    /// <summary>"Frau Lang" is no first name, and becomes the whole one.</summary>
    private static string Field(string field, bool titled) => titled ? field.Replace("first_name", "name", StringComparison.Ordinal) : field;

    [GeneratedRegex(@"\{\{(customer|agent)\.(?:first_name|name)\}\}(?:[ \t]+\{\{\1\.(?:first_name|name)\}\})+", RegexOptions.None, 5000)]
    private static partial Regex Twice();

    private static void AddName(Dictionary<string, string> terms, string name, string whose)
    {
        var parts = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(part => !Titles.Contains(part.TrimEnd('.'), StringComparer.OrdinalIgnoreCase)).ToList();
        if (parts.Count == 0)
        {
            return;
        }

        terms.TryAdd(string.Join(' ', parts), parts.Count == 1 ? $"{whose}.first_name" : $"{whose}.name");
        for (var i = 0; i < parts.Count; i++)
        {
            // "de" of "Femke de Wit" is a word of its own language; "de Wit" is the name.
            var isName = parts[i].Length > 1 && char.IsLetter(parts[i][0]) && !char.IsLower(parts[i][0]);
            if (isName)
            {
                terms.TryAdd(parts[i], i == 0 ? $"{whose}.first_name" : $"{whose}.name");
            }

            if (i > 0 && i < parts.Count - 1)
            {
                terms.TryAdd(string.Join(' ', parts.Skip(i)), $"{whose}.name");
            }
        }
    }
}
