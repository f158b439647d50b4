namespace Heliotrope.Core.Customers;

/// <summary>Something that a customer did in our product, as the product told us.</summary>
public sealed class ProductEvent : CustomerRecord
{
    /// <summary>The longest id, in characters.</summary>
    public const int MaxId = 100;

    /// <summary>The longest name, in characters.</summary>
    public const int MaxName = 100;

    /// <summary>The longest properties as JSON, in characters: a few facts, no document.</summary>
    public const int MaxProperties = 4_000;

    private ProductEvent() => (EventId, Name, Properties) = ("", "", "{}");

    /// <summary>The id that the product gave it: told twice, it is one event.</summary>
    public string EventId { get; private set; }

    /// <summary>What, as the product calls it, such as <c>report.exported</c>.</summary>
    public string Name { get; private set; }

    /// <summary>More about it, as a JSON object.</summary>
    public string Properties { get; private set; }

    /// <summary>Notes an event.</summary>
    /// <param name="customer">Who did it.</param>
    /// <param name="eventId">The id that the product gave it.</param>
    /// <param name="name">What, as the product calls it.</param>
    /// <param name="at">When (UTC).</param>
    /// <param name="properties">More about it, as a JSON object.</param>
    /// <returns>The event, or the refusal.</returns>
    public static Result<ProductEvent> Of(long customer, string eventId, string name, DateTimeOffset at, string properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        var (id, plain) = (Folded.OneLine(eventId), Folded.OneLine(name));
        return id.Length is 0 or > MaxId ? Refusal.Invalid("event.id", $"An id has 1 to {MaxId} characters.", "id")
            : plain.Length is 0 or > MaxName ? Refusal.Invalid("event.name", $"A name has 1 to {MaxName} characters.", "name")
            : at.Year is < 1970 or > 2200 ? Refusal.Invalid("event.at", "This is no time at which somebody did anything.", "at")
            : properties.Length > MaxProperties ? Refusal.Invalid("event.properties", $"Properties have at most {MaxProperties} characters as JSON.", "properties")
            : new ProductEvent { CustomerId = customer, EventId = id, Name = plain, At = at.ToUniversalTime(), Properties = properties };
    }
}
