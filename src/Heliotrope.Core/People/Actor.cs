namespace Heliotrope.Core.People;

/// <summary>What somebody may do at the desk. Each role holds everything the one before it may do.</summary>
public enum Role
{
    /// <summary>Reads, and writes notes to colleagues; says nothing to customers and changes nothing.</summary>
    Light,
    /// <summary>Works conversations.</summary>
    Agent,
    /// <summary>Sees the whole team's work and figures.</summary>
    Lead,
    /// <summary>Changes settings, people and keys.</summary>
    Admin,
}

/// <summary>What kind of somebody is acting.</summary>
public enum ActorKind
{
    /// <summary>A colleague, signed in.</summary>
    Person,
    /// <summary>A program with a key.</summary>
    ApiKey,
    /// <summary>A customer, known by what only they could have received.</summary>
    Customer,
    /// <summary>Heliotrope itself: workers, the command line.</summary>
    System,
    /// <summary>A rule that somebody wrote.</summary>
    Rule,
}

/// <summary>Who does something. Every operation takes one; none looks for it elsewhere.</summary>
/// <param name="Kind">What kind of somebody.</param>
/// <param name="Id">The user's or key's id; null for customers and the system.</param>
/// <param name="Name">The name that others are shown.</param>
/// <param name="Role">The role; null for customers.</param>
public sealed record Actor(ActorKind Kind, long? Id, string Name, Role? Role)
{
    /// <summary>The id of the colleague who acts; null when it is nobody of them.</summary>
    public long? Person => Kind is ActorKind.Person ? Id : null;

    /// <summary>Heliotrope itself.</summary>
    public static readonly Actor System = new(ActorKind.System, null, "Heliotrope", People.Role.Admin);

    /// <summary>A customer who holds a link that was sent to them.</summary>
    /// <param name="name">The customer's name.</param>
    /// <returns>The actor.</returns>
    public static Actor Customer(string name) => new(ActorKind.Customer, null, name, null);

    /// <summary>A rule that somebody wrote.</summary>
    /// <param name="id">The rule's id.</param>
    /// <param name="name">The rule's name.</param>
    /// <returns>The actor.</returns>
    public static Actor Rule(long id, string name) => new(ActorKind.Rule, id, name, People.Role.Admin);

    /// <summary>Whether this actor may read what is at the desk, and write notes.</summary>
    public bool MayRead => Role is not null;

    /// <summary>Whether this actor may work conversations.</summary>
    public bool MayWork => Role is People.Role.Agent or People.Role.Lead or People.Role.Admin;

    /// <summary>Whether this actor may write what everybody at the desk reads.</summary>
    public bool MayLead => Role is People.Role.Lead or People.Role.Admin;

    /// <summary>Whether this actor may change settings, people and keys.</summary>
    public bool MayAdminister => Role is People.Role.Admin;
}
