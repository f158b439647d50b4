using System.Globalization;
using Heliotrope.Core.Search;
using Heliotrope.Server.Database;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Views;

/// <summary>Something that a list can be narrowed by, for people who choose instead of writing.</summary>
/// <param name="Name">The operator's name; "words" for what is looked for in the text.</param>
/// <param name="Choices">What can be chosen, each with the term that it means.</param>
/// <param name="Typed">What else can be typed: "text", "date" or null for nothing.</param>
public sealed record ViewField(string Name, IReadOnlyList<FieldChoice> Choices, string? Typed)
{
    private static readonly (string Name, string[] Fields)[] All =
    [
        ("who", ["from", "customer", "org", "segment", "with", "team"]),
        ("state", ["is", "promise", "feeling", "life", "end"]),
        ("what", ["words", "subject", "tag", "driver", "brand", "has", "channel", "language"]),
    ];

    /// <summary>Where it stands among the others: who, state, what, or when for all that is about time.</summary>
    public string Group => All.FirstOrDefault(group => group.Fields.Contains(Name)).Name ?? "when";

    /// <summary>Its place within the group.</summary>
    public int Place => Array.IndexOf(All.FirstOrDefault(group => group.Name == Group).Fields ?? [], Name);

    /// <summary>The groups, in the order in which people ask.</summary>
    public static IReadOnlyList<string> Groups { get; } = ["state", "who", "what", "when"];
}

/// <param name="Term">The term, as it stands in the query.</param>
/// <param name="Words">What it says.</param>
public sealed record FieldChoice(string Term, string Words);

/// <summary>A piece of a query.</summary>
/// <param name="Words">What it says.</param>
/// <param name="Not">It must not be so.</param>
public sealed record ViewPart(string Words, bool Not);

/// <summary>Everything that a list can be narrowed by, from the search's own list of operators.</summary>
internal static class ViewFields
{
    public const string Text = "words";

    private const int MostNames = 60;

    /// <summary>Lengths and times that people ask for; others are written.</summary>
    private static readonly Dictionary<string, string[]> Usual = new()
    {
        ["before"] = ["7d", "30d", "90d"],
        ["after"] = ["7d", "30d"],
        ["created"] = [">7d", ">30d", "<30d"],
        ["waiting"] = [">4h", ">1d", ">2d", ">7d"],
        ["due"] = ["<1h", "<4h"],
        ["language"] = ["en", "de", "fr", "es", "it", "nl", "pt"],
    };

    /// <summary>What is written rather than chosen, or says the same as another.</summary>
    private static readonly string[] LeftOut = ["number", "on"];

    public static async Task<IReadOnlyList<ViewField>> Of(HeliotropeDb db)
    {
        var names = await Names.Of(db);
        var people = await db.Users.OrderBy(u => u.Name).Take(MostNames).Select(u => u.Name).ToListAsync();
        var tags = await db.Tags.Where(t => db.ConversationTags.Any(c => c.TagId == t.Id)).OrderBy(t => t.Name).Take(MostNames).Select(t => t.Name).ToListAsync();
        var brands = await db.Brands.OrderBy(b => b.Name).Take(MostNames).Select(b => b.Name).ToListAsync();
        IEnumerable<string> From(ValueSource source) => source switch
        {
            ValueSource.Teams => names.Teams.Take(MostNames).Select(t => t.Name),
            ValueSource.Drivers => names.Drivers.Take(MostNames).Select(d => d.Name),
            ValueSource.Colleagues => people,
            ValueSource.Tags => tags,
            ValueSource.Brands => brands,
            _ => [],
        };
        return
        [
            .. Operators.All.Where(of => !LeftOut.Contains(of.Name)).Select(of => new ViewField(
                of.Name,
                [.. of.Choices.Concat(Usual.GetValueOrDefault(of.Name, [])).Select(value => Choice(of, value)), .. From(of.Source).Select(name => Choice(of, name))],
                of.Name is "before" or "after" ? "date" : of.Kind is ValueKind.Name ? "text" : null)),
            new(Text, [], "text"),
        ];
    }

    /// <summary>The pieces of a query, in words.</summary>
    public static IReadOnlyList<ViewPart> Parts(string query) => [.. Query.Read(query).Terms.Select(term => new ViewPart(FieldWords.Of(term), term.Not))];

    /// <summary>A query with one more piece. Two values of one operator are either of them.</summary>
    public static string With(string query, string term)
    {
        var (had, more) = (Query.Read(query), Query.Read(term));
        if (more.Terms is not [OperatorTerm { Not: false } added] || added.Operator.Kind is ValueKind.When or ValueKind.ComparedWhen or ValueKind.Length or ValueKind.ChoiceOrLength
            || had.Terms.OfType<OperatorTerm>().FirstOrDefault(t => !t.Not && t.Operator == added.Operator && added.Operator.Name is not "is" and not "has" and not "tag") is not { } same)
        {
            return had.And(more).ToString();
        }

        var values = same.Values.Concat(added.Values).DistinctBy(value => value.Said, StringComparer.OrdinalIgnoreCase).ToList();
        return string.Join(' ', had.Terms.Select(t => t == same ? same with { Values = values } : t));
    }

    /// <summary>A query without one of its pieces.</summary>
    public static string Without(string query, int part) => string.Join(' ', Query.Read(query).Terms.Where((_, at) => at != part));

    /// <summary>A query in which one piece means the contrary.</summary>
    public static string Turned(string query, int part) => string.Join(' ', Query.Read(query).Terms.Select((term, at) => at == part ? term with { Not = !term.Not } : term));

    /// <summary>What somebody typed beside a field, as a term.</summary>
    public static string? Typed(string field, string? text)
    {
        var value = string.Join(' ', (text ?? "").Replace('"', ' ').Replace('\\', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return value.Length == 0 ? null
            : field == Text ? string.Create(CultureInfo.InvariantCulture, $"\"{value}\"")
            : Operators.Find(field) is { } of ? string.Create(CultureInfo.InvariantCulture, $"{of.Name}:\"{value}\"")
            : null;
    }

    private static FieldChoice Choice(Operator of, string value) => new($"{of.Name}:{Quoted(value)}", FieldWords.Value(of.Name, value));

    /// <summary>A value as it is written.</summary>
    public static string Quoted(string value) => value.All(c => char.IsLetterOrDigit(c) || c is '-' or '<' or '>') ? value : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
