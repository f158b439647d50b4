using System.Globalization;
using Heliotrope.Core.Customers;

namespace Heliotrope.Core.OwnFields;

/// <summary>What a field of an organisation's own is about.</summary>
public enum FieldTarget
{
    /// <summary>A person who writes to us.</summary>
    Customer,

    /// <summary>An organisation that people belong to.</summary>
    Organisation,

    /// <summary>A conversation.</summary>
    Conversation,
}

/// <summary>What a field holds.</summary>
public enum FieldKind
{
    /// <summary>One line of words.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A day.</summary>
    Date,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>An address on the web.</summary>
    Link,
}

/// <summary>A field that this desk's people made up for themselves.</summary>
public sealed class OwnField
{
    /// <summary>The longest name, in characters: it stands beside its value.</summary>
    public const int MaxName = 60;

    /// <summary>The longest value, in characters.</summary>
    public const int MaxValue = 2_000;

    /// <summary>The most words of a choice.</summary>
    public const int MaxChoices = 100;

    /// <summary>The most fields of one target: a page shows them all.</summary>
    public const int Most = 50;

    private OwnField() => Name = "";

    /// <summary>The id.</summary>
    public long Id { get; private set; }

    /// <summary>What it is about.</summary>
    public FieldTarget Target { get; private set; }

    /// <summary>What it is called.</summary>
    public string Name { get; private set; }

    /// <summary>What it holds.</summary>
    public FieldKind Kind { get; private set; }

    /// <summary>The words that can be chosen, one a line; empty for all other kinds.</summary>
    public string Choices { get; private set; } = "";

    /// <summary>Part of the demo company, and removed with it.</summary>
    public bool Demo { get; private set; }

    /// <summary>The words that can be chosen.</summary>
    public IReadOnlyList<string> Words => Choices.Length == 0 ? [] : Choices.Split('\n');

    /// <summary>A new field.</summary>
    /// <param name="target">What it is about.</param>
    /// <param name="kind">What it holds.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="choices">The words that can be chosen; for a choice only.</param>
    /// <returns>The field, or the refusal.</returns>
    public static Result<OwnField> Of(FieldTarget target, FieldKind kind, string name, IReadOnlyList<string> choices)
    {
        var field = new OwnField { Target = target, Kind = kind };
        return field.Change(name, choices) is { } refusal ? refusal : field;
    }

    /// <summary>Gives it another name or other words. What it holds stays: the values there are would be none any more.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="choices">The words that can be chosen; for a choice only.</param>
    /// <returns>The refusal; null when done.</returns>
    public Refusal? Change(string name, IReadOnlyList<string> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        var plain = Folded.OneLine(name);
        if (plain.Length is 0 or > MaxName || plain.Contains(':', StringComparison.Ordinal) || plain.Contains('"', StringComparison.Ordinal))
        {
            return Refusal.Invalid("field.name", $"A name has 1 to {MaxName} characters, without colons and quotation marks.", "name");
        }

        List<string> words = [.. choices.Select(Folded.OneLine).Where(c => c.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (Kind is FieldKind.Choice ? words.Count is 0 or > MaxChoices || words.Exists(w => w.Length > MaxName) : words.Count > 0)
        {
            return Refusal.Invalid("field.choices", $"A choice has 1 to {MaxChoices} words of at most {MaxName} characters; other kinds have none.", "choices");
        }

        (Name, Choices) = (plain, string.Join('\n', words));
        return null;
    }

    /// <summary>Reads a value as somebody typed it, and gives it the one form in which it is kept.</summary>
    /// <param name="typed">The value.</param>
    /// <returns>The value as it is kept, or the refusal.</returns>
    public Result<FieldValue> Read(string typed)
    {
        var text = Folded.OneLine(typed);
        if (text.Length is 0 or > MaxValue)
        {
            return Wrong("field.value");
        }

        return Kind switch
        {
            FieldKind.Number => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1_000_000_000_000_000m
                ? new FieldValue((number / 1.000000000000000000000000000000000m).ToString(CultureInfo.InvariantCulture), (double)number)
                : Wrong("field.number"),
            FieldKind.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? new FieldValue(text, null) : Wrong("field.date"),
            FieldKind.Choice => Words.FirstOrDefault(w => w.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } word ? new FieldValue(word, null) : Wrong("field.choice"),
            FieldKind.Link => IsLink(text) ? new FieldValue(text, null) : Wrong("field.link"),
            _ => new FieldValue(text, null),
        };
    }

    /// <summary>Whether a text is an address on the web that a page may link to.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsLink(string text) =>
        text is { Length: <= MaxValue } && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0 && !text.Any(char.IsWhiteSpace);

    /// <summary>Marks it as part of the demo company.</summary>
    public void MarkDemo() => Demo = true;

    // The codes stand here in full because a test looks for each.
    private Refusal Wrong(string code) => new(
        RefusalKind.Invalid,
        code,
        code switch
        {
            "field.number" => "This is no number, such as 12 or 12.5.",
            "field.date" => "This is no day, such as 2026-11-30.",
            "field.choice" => "This is none of the words that can be chosen.",
            "field.link" => "A link begins with https:// or http://.",
            _ => $"A value has at most {MaxValue} characters.",
        },
        "fields",
        Name);
}

/// <summary>A value in the one form in which it is kept.</summary>
/// <param name="Text">As text.</param>
/// <param name="Number">As a number, to be compared; null for all but numbers.</param>
public sealed record FieldValue(string Text, double? Number);
