using Heliotrope.Core.Macros;

namespace Heliotrope.Core.Brands;

/// <summary>A piece of mail that is written by itself and that a brand may put into words of its own.</summary>
public enum TemplateKind
{
    /// <summary>The two questions after a resolving answer (docs/method.md, A1): a subject and a text.</summary>
    Confidence,
    /// <summary>What stands below a mail that a rule wrote, with the way to a person (docs/method.md, B1): a text.</summary>
    Rule,
}

/// <summary>The words that a brand sets: its signature and its templates, with fields written as in macros.</summary>
public static class BrandWords
{
    /// <summary>The longest signature, in characters: one that is longer than the letter is none.</summary>
    public const int MaxSignature = 2_000;

    /// <summary>The longest subject of a template, in characters.</summary>
    public const int MaxSubject = 200;

    /// <summary>The longest text of a template, in characters.</summary>
    public const int MaxText = 10_000;

    /// <summary>Where what is asked can be answered. A template without it would ask in vain.</summary>
    public const string Link = "link";

    /// <summary>The fields of a signature.</summary>
    public static IReadOnlyList<string> OfSignature { get; } = ["agent.name", "agent.first_name", "desk.name"];

    /// <summary>The fields of a template's subject.</summary>
    public static IReadOnlyList<string> OfSubject { get; } = [.. OfSignature, "customer.name", "customer.first_name", "conversation.subject", "conversation.number"];

    /// <summary>The fields of a template's text.</summary>
    public static IReadOnlyList<string> OfText { get; } = [Link, .. OfSubject];

    /// <summary>What keeps a text from being a signature; null when nothing does.</summary>
    /// <param name="text">The Markdown.</param>
    /// <returns><c>brand.too-long</c> or <c>brand.unknown-field</c>, at the field <c>signature</c>.</returns>
    public static Refusal? WrongSignature(string text) => Wrong(text, MaxSignature, OfSignature, "signature");

    /// <summary>What keeps a subject and a text from being a template; null when nothing does. Where both are empty there is none, and the usual words are said.</summary>
    /// <param name="kind">Of which mail.</param>
    /// <param name="subject">The subject; empty for the usual one.</param>
    /// <param name="text">The Markdown; empty for the usual words.</param>
    /// <param name="field">What the form calls the text; its subject has the same name with <c>-subject</c> behind it.</param>
    /// <returns><c>brand.too-long</c>, <c>brand.unknown-field</c> or <c>brand.no-link</c>.</returns>
    public static Refusal? WrongTemplate(TemplateKind kind, string subject, string text, string field) =>
        Wrong(kind is TemplateKind.Confidence ? subject : "", MaxSubject, OfSubject, field + "-subject") ?? Wrong(text, MaxText, OfText, field)
        ?? (text.Length > 0 && !MacroText.Named(text).Contains(Link) ? Refusal.Invalid("brand.no-link", "The words need the field {{link}}: it is the way on which the customer answers.", field) : null);

    /// <summary>
    /// Fills the fields. A line in which something is not known is left out, unless it holds the link: then what is not known is left out of the line.
    /// Values are put in as one line and never read again.
    /// </summary>
    /// <param name="text">The words.</param>
    /// <param name="value">The value of a field; null or empty for nothing.</param>
    /// <param name="written">How a value is written where it comes to stand, so that it becomes no markup there. The link is put in as it is.</param>
    /// <returns>The words, without blank lines around them.</returns>
    public static string Fill(string text, Func<string, string?> value, Func<string, string> written) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => Line(line, field => Put(field, value(field), written))).OfType<string>()).Trim('\n');

    private static string? Line(string line, Func<string, string?> value)
    {
        var filled = MacroText.Fill(line, value);
        if (filled.Pieces.Any(piece => piece.Missing) && filled.Pieces.All(piece => piece.Field != Link))
        {
            return null;
        }

        return filled.Pieces.Where(piece => piece.Missing).Reverse().Aggregate(filled.Text, (left, piece) => left.Remove(piece.At, piece.Length)).TrimEnd();
    }

    private static string? Put(string field, string? value, Func<string, string> written) =>
        field == Link || string.IsNullOrEmpty(value) ? value : written(OneLine(value));

    private static string OneLine(string value) =>
        string.Join(' ', new string([.. value.Select(c => char.IsControl(c) ? ' ' : c)]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static Refusal? Wrong(string text, int most, IReadOnlyList<string> fields, string at) =>
        text.Length > most ? Refusal.Invalid("brand.too-long", $"These words have more than {most} characters.", at)
        : MacroText.Named(text).FirstOrDefault(name => !fields.Contains(name)) is { } unknown ? Refusal.Invalid("brand.unknown-field", $"There is no field {unknown} here.", at) with { About = unknown }
        : null;
}
