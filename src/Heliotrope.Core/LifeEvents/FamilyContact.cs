namespace Heliotrope.Core.LifeEvents;

/// <summary>A step that a person says was done.</summary>
public sealed class TakenStep
{
    /// <summary>The id.</summary>
    public long Id { get; set; }

    /// <summary>Of which life event.</summary>
    public long LifeEventId { get; set; }

    /// <summary>Which.</summary>
    public LifeStep Step { get; set; }

    /// <summary>Who says so.</summary>
    public string ByName { get; set; } = "";

    /// <summary>In their words; may be empty.</summary>
    public string Note { get; set; } = "";

    /// <summary>When (UTC).</summary>
    public DateTimeOffset At { get; set; }
}

/// <summary>Whoever looks after somebody's affairs: a contact of their own, and no customer by that.</summary>
public sealed class FamilyContact
{
    /// <summary>The longest name or relation, in characters.</summary>
    public const int MaxName = 200;

    /// <summary>The id.</summary>
    public long Id { get; set; }

    /// <summary>Of which life event.</summary>
    public long LifeEventId { get; set; }

    /// <summary>Their name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Their mail address; empty while nobody has said.</summary>
    public string Address { get; set; } = "";

    /// <summary>What they are to the customer, such as daughter; may be empty.</summary>
    public string Relation { get; set; } = "";

    /// <summary>Who noted them.</summary>
    public string ByName { get; set; } = "";

    /// <summary>When (UTC).</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>A contact as it was typed, or why it cannot be.</summary>
    /// <param name="name">The name.</param>
    /// <param name="address">The mail address; may be empty.</param>
    /// <param name="relation">What they are to the customer; may be empty.</param>
    /// <param name="by">Who notes them.</param>
    /// <param name="at">When (UTC).</param>
    public static Result<FamilyContact> Of(string name, string address, string relation, string by, DateTimeOffset at)
    {
        var (plain, to, kin) = (Customers.Folded.OneLine(name), address.Trim(), Customers.Folded.OneLine(relation));
        Customers.EmailAddress? parsed = null;
        return plain.Length is 0 or > MaxName ? Refusal.Invalid("life-event.contact-name", $"A contact has a name of 1 to {MaxName} characters.", "name")
            : kin.Length > MaxName ? Refusal.Invalid("life-event.contact-relation", $"What they are to the customer has at most {MaxName} characters.", "relation")
            : to.Length > 0 && !Customers.EmailAddress.TryParse(to, out parsed) ? Refusal.Invalid("life-event.contact-address", "This cannot be a mail address.", "address")
            : new FamilyContact { Name = plain, Address = parsed?.Value ?? "", Relation = kin, ByName = by, At = at };
    }
}
