namespace Heliotrope.Core.Search;

/// <summary>What the value of an operator is.</summary>
public enum ValueKind
{
    /// <summary>A name or a part of one.</summary>
    Name,
    /// <summary>One of the choices.</summary>
    Choice,
    /// <summary>A time of the calendar.</summary>
    When,
    /// <summary>A time of the calendar, with before or after: <c>&gt;2026-01-01</c>.</summary>
    ComparedWhen,
    /// <summary>A length of time: <c>&gt;2d</c>.</summary>
    Length,
    /// <summary>One of the choices, or a length of time ahead.</summary>
    ChoiceOrLength,
    /// <summary>A number: <c>1042</c>, <c>&gt;1000</c>.</summary>
    Number,
}

/// <summary>Where names come from that can be offered.</summary>
public enum ValueSource
{
    /// <summary>From nowhere.</summary>
    None,
    /// <summary>The people who write to us.</summary>
    Customers,
    /// <summary>The organisations that they belong to.</summary>
    Organisations,
    /// <summary>Our teams.</summary>
    Teams,
    /// <summary>Our colleagues.</summary>
    Colleagues,
    /// <summary>Tags.</summary>
    Tags,
    /// <summary>Drivers.</summary>
    Drivers,
    /// <summary>Segments of customers.</summary>
    Segments,
    /// <summary>The brands of our addresses.</summary>
    Brands,
}

/// <summary>An operator: what stands before the colon.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Example">A whole term, to be shown.</param>
/// <param name="Choices">The values with a meaning of their own, in the order in which they are offered; a name may be another one.</param>
/// <param name="Source">Where names come from.</param>
public sealed record Operator(string Name, ValueKind Kind, string Example, IReadOnlyList<string> Choices, ValueSource Source = ValueSource.None);

/// <summary>Every operator. Completion, help and the API's documentation read this list; <c>Matching</c> gives each its meaning.</summary>
public static class Operators
{
    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Operator> All { get; } =
    [
        new("from", ValueKind.Name, "from:ada@client.example", [], ValueSource.Customers),
        new("customer", ValueKind.Name, "customer:\"Ada Lovelace\"", [], ValueSource.Customers),
        new("org", ValueKind.Name, "org:\"Babbage & Co\"", ["none"], ValueSource.Organisations),
        new("segment", ValueKind.Name, "segment:\"New this month\"", [], ValueSource.Segments),
        new("subject", ValueKind.Name, "subject:grinder", []),
        Of("is", "is:open", "open", "waiting", "snoozed", "resolved", "confirmed", "spam", "unassigned", "mine", "overdue", "answered", "unanswered",
            "complaint", "urgent", "thanks", "question", "reopened"),
        new("team", ValueKind.Name, "team:Billing", ["mine", "none"], ValueSource.Teams),
        new("with", ValueKind.Name, "with:me", ["me", "nobody"], ValueSource.Colleagues),
        new("tag", ValueKind.Name, "tag:warranty", ["none"], ValueSource.Tags),
        new("driver", ValueKind.Name, "driver:\"Wrong item\"", ["none"], ValueSource.Drivers),
        new("brand", ValueKind.Name, "brand:Harbour", ["none"], ValueSource.Brands),
        Of("channel", "channel:mail", [.. Enum.GetValues<Conversations.Channel>().Select(Codes.Of)]),
        new("language", ValueKind.Name, "language:de", ["unknown"]),
        Of("feeling", "feeling:bad", "bad", "mixed", "good", "unknown"),
        Of("life", "life:any", ["any", "none", .. Enum.GetValues<Reading.LifeEvent>().Select(Codes.Of)]),
        Of("has", "has:attachment", "attachment", "note", "promise", "draft", "reading"),
        Of("promise", "promise:broken", "open", "due", "at-risk", "kept", "early", "renegotiated", "broken"),
        new("before", ValueKind.When, "before:2026-01-01", ["today", "yesterday"]),
        new("after", ValueKind.When, "after:7d", ["today", "yesterday"]),
        new("on", ValueKind.When, "on:2026-03", ["today", "yesterday"]),
        new("created", ValueKind.ComparedWhen, "created:>2w", ["today", "yesterday"]),
        new("waiting", ValueKind.Length, "waiting:>2d", []),
        new("due", ValueKind.ChoiceOrLength, "due:<4h", ["today", "tomorrow", "overdue"]),
        Of("end", "end:unhappy", "none", "confirmed", "thanked", "silent", "unhappy"),
        new("number", ValueKind.Number, "number:1042", []),
    ];

    private static readonly Dictionary<string, Operator> ByName = All.ToDictionary(o => o.Name);

    /// <summary>The operator with this name.</summary>
    /// <param name="name">The name, in any letters.</param>
    /// <returns>The operator; null when there is none.</returns>
    public static Operator? Find(string name) => ByName.GetValueOrDefault(name.ToLowerInvariant());

    private static Operator Of(string name, string example, params string[] choices) => new(name, ValueKind.Choice, example, choices);
}
