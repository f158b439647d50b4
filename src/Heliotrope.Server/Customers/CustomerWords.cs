using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace Heliotrope.Server.Customers;

/// <summary>Words that we say to a customer by ourselves, in their language, with names put in place.</summary>
internal sealed partial class CustomerWords
{
    /// <summary>Longer "names" are sentences, and we do not greet anybody with a sentence.</summary>
    private const int MaxGreeting = 60;

    private readonly ResourceManager _resources;
    private readonly Dictionary<string, string> _values;

    /// <param name="resources">The words, with places such as <c>{customer}</c>.</param>
    /// <param name="language">A language tag; one we have no words for gives English.</param>
    /// <param name="values">What stands in each place; made one line.</param>
    public CustomerWords(ResourceManager resources, string language, params (string Place, string Value)[] values)
    {
        var code = language.Split('-', '_')[0].ToLowerInvariant();
        Language = Languages.Contains(code) ? code : "en";
        Culture = CultureInfo.GetCultureInfo(Language);
        _resources = resources;
        _values = values.ToDictionary(v => v.Place, v => OneLine(v.Value));
    }

    /// <summary>The languages there are words for, as two-letter codes.</summary>
    public static IReadOnlyCollection<string> Languages { get; } = ["en", "de", "fr", "es", "it", "pt", "nl"];

    public string Language { get; }

    public CultureInfo Culture { get; }

    /// <summary>Places are filled in one pass, so that braces in a name stay what they are.</summary>
    public string this[string key] => Placeholder().Replace(
        _resources.GetString(key, Culture) ?? throw new MissingManifestResourceException($"There are no words for {key}."),
        match => _values.TryGetValue(match.Groups[1].Value, out var value)
            ? value
            : throw new MissingManifestResourceException($"The words for {key} have an unknown placeholder {match.Groups[1].Value}."));

    /// <summary>Whether there is something to say in a place.</summary>
    public bool Has(string place) => _values[place].Length > 0;

    public string Value(string place) => _values[place];

    /// <summary>A name by which somebody can be spoken to; empty for addresses, links, "Smith, John" and sentences.</summary>
    public static string Greeting(string customerName) =>
        OneLine(customerName) is var name && (name.Length > MaxGreeting || name.AsSpan().ContainsAny('@', '/', ',')) ? "" : name;

    /// <summary>What strangers wrote must not begin lines of its own in our mail.</summary>
    private static string OneLine(string text) =>
        string.Join(' ', new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
