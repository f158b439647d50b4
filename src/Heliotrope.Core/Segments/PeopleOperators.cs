using Heliotrope.Core.Search;

namespace Heliotrope.Core.Segments;

/// <summary>The operators that say which people: a segment is a query in the language of the search, with these.</summary>
public static class PeopleOperators
{
    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Operator> All { get; } =
    [
        new("name", ValueKind.Name, "name:lovelace", [], ValueSource.Customers),
        new("address", ValueKind.Name, "address:client.example", []),
        new("phone", ValueKind.Name, "phone:+4930", []),
        new("org", ValueKind.Name, "org:\"Babbage & Co\"", ["none"], ValueSource.Organisations),
        new("language", ValueKind.Name, "language:de", ["unknown"]),
        new("zone", ValueKind.Name, "zone:Europe/Berlin", ["unknown"]),
        new("field", ValueKind.Name, "field:Plan=Pro", []),
        new("purchases", ValueKind.Number, "purchases:>3", []),
        new("spent", ValueKind.Number, "spent:>500", []),
        new("bought", ValueKind.ComparedWhen, "bought:<90d", ["today", "yesterday"]),
        new("events", ValueKind.Number, "events:>100", []),
        new("event", ValueKind.Name, "event:report.exported", []),
        new("used", ValueKind.ComparedWhen, "used:<30d", ["today", "yesterday"]),
        new("conversations", ValueKind.Number, "conversations:>5", []),
        new("wrote", ValueKind.ComparedWhen, "wrote:>7d", ["today", "yesterday"]),
        new("end", ValueKind.Choice, "end:unhappy", ["confirmed", "thanked", "silent", "unhappy"]),
        new("promise", ValueKind.Choice, "promise:broken", ["open", "kept", "renegotiated", "broken"]),
        new("created", ValueKind.ComparedWhen, "created:>30d", ["today", "yesterday"]),
    ];

    private static readonly Dictionary<string, Operator> ByName = All.ToDictionary(o => o.Name);

    /// <summary>The operator with this name.</summary>
    /// <param name="name">The name, in any letters.</param>
    /// <returns>The operator; null when there is none.</returns>
    public static Operator? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ByName.GetValueOrDefault(name.ToLowerInvariant());
    }

    /// <summary>Reads which people are meant.</summary>
    /// <param name="text">As a person types it; null for none.</param>
    /// <returns>What it says.</returns>
    public static Query Read(string? text) => Query.Read(text, Find);
}
