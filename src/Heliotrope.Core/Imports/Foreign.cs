namespace Heliotrope.Core.Imports;

/// <summary>Where an import comes from.</summary>
public enum ImportSource
{
    /// <summary>A mailbox: mbox files, or single mails.</summary>
    Mbox,
    /// <summary>Zendesk's JSON export.</summary>
    Zendesk,
    /// <summary>Freshdesk's JSON export.</summary>
    Freshdesk,
    /// <summary>A table of customers.</summary>
    Csv,
}

/// <summary>Something of another desk, as it was read there, before anything is decided about it.</summary>
/// <param name="Id">Its id there; never empty.</param>
public abstract record ForeignThing(string Id);

/// <summary>An organisation that customers belong to.</summary>
/// <param name="Id">Its id there.</param>
/// <param name="Name">Its name.</param>
/// <param name="Domains">The mail domains of its people.</param>
/// <param name="Notes">What was noted about it.</param>
public sealed record ForeignOrganisation(string Id, string Name, IReadOnlyList<string> Domains, string Notes = "") : ForeignThing(Id);

/// <summary>People who answered together.</summary>
/// <param name="Id">Its id there.</param>
/// <param name="Name">Its name.</param>
public sealed record ForeignTeam(string Id, string Name) : ForeignThing(Id);

/// <summary>Somebody: a customer, or one who answered them.</summary>
/// <param name="Id">Their id there.</param>
/// <param name="Name">Their name; may be empty.</param>
/// <param name="Email">Their address; empty when none is known.</param>
/// <param name="Staff">They answered customers.</param>
public sealed record ForeignPerson(string Id, string Name, string Email, bool Staff) : ForeignThing(Id)
{
    /// <summary>Further addresses.</summary>
    public IReadOnlyList<string> MoreEmails { get; init; } = [];

    /// <summary>Phone numbers as they were typed.</summary>
    public IReadOnlyList<string> Phones { get; init; } = [];

    /// <summary>The id of their organisation; empty for none.</summary>
    public string OrganisationId { get; init; } = "";

    /// <summary>The name of their organisation where no id is given; empty for none.</summary>
    public string Organisation { get; init; } = "";

    /// <summary>The language they like to be answered in, as it was written; empty when unknown.</summary>
    public string Language { get; init; } = "";

    /// <summary>Their time zone, as it was written; empty when unknown.</summary>
    public string Zone { get; init; } = "";

    /// <summary>What was noted about them.</summary>
    public string Notes { get; init; } = "";

    /// <summary>When they were first known; null when that is not said.</summary>
    public DateTimeOffset? Since { get; init; }
}

/// <summary>Who speaks in a message.</summary>
public enum Voice
{
    /// <summary>Whoever its author is says it: the customer, or one of us.</summary>
    AsItsAuthor,
    /// <summary>The customer's side.</summary>
    Theirs,
    /// <summary>Our side.</summary>
    Ours,
    /// <summary>A colleague, to colleagues.</summary>
    Note,
}

/// <summary>A file that stayed where it was.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Where it lies.</param>
public sealed record ForeignFile(string Name, string Address);

/// <summary>Something said in a conversation.</summary>
/// <param name="Id">Its id there, unique within its conversation.</param>
/// <param name="Voice">Who speaks.</param>
/// <param name="AuthorId">The author's id; empty when unknown.</param>
/// <param name="AuthorName">The author's name where the message itself gives one; empty otherwise.</param>
/// <param name="Text">The words; empty when only HTML is given.</param>
/// <param name="Html">The words as HTML, not yet cleaned; empty when only text is given.</param>
/// <param name="At">When.</param>
/// <param name="Files">The files with it.</param>
public sealed record ForeignMessage(string Id, Voice Voice, string AuthorId, string AuthorName, string Text, string Html, DateTimeOffset At, IReadOnlyList<ForeignFile> Files);

/// <summary>How a conversation stands at the other desk.</summary>
public enum Standing
{
    /// <summary>The state is one that nobody here knows: its messages say how it stands.</summary>
    AsItsMessages,
    /// <summary>Something is ours to do.</summary>
    Open,
    /// <summary>We wait for the customer.</summary>
    Waiting,
    /// <summary>Nothing is left to do.</summary>
    Resolved,
}

/// <summary>A conversation.</summary>
/// <param name="Id">Its id there.</param>
/// <param name="Subject">Its subject; may be empty.</param>
/// <param name="CustomerId">The id of the customer.</param>
/// <param name="At">When it began.</param>
/// <param name="Messages">What was said, in any order.</param>
public sealed record ForeignConversation(string Id, string Subject, string CustomerId, DateTimeOffset At, IReadOnlyList<ForeignMessage> Messages) : ForeignThing(Id)
{
    /// <summary>The number that people called it by, where that is not its id.</summary>
    public string Number { get; init; } = Id;

    /// <summary>How it stands.</summary>
    public Standing Standing { get; init; }

    /// <summary>When it was resolved; null when that is not said.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>The id of whoever answers for it; empty for nobody.</summary>
    public string AssigneeId { get; init; } = "";

    /// <summary>The id of the team that answers for it; empty for none.</summary>
    public string TeamId { get; init; } = "";

    /// <summary>What kind of matter it was called there, such as Question; empty for none.</summary>
    public string Type { get; init; } = "";

    /// <summary>Its tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The people and teams that it brings along itself, for exports that name them nowhere else.</summary>
    public IReadOnlyList<ForeignThing> Along { get; init; } = [];
}

/// <summary>What became of one piece of an export: a thing, or the reason why there is none, and what is worth saying either way.</summary>
/// <param name="Thing">What it is; null when it is left out.</param>
/// <param name="Skipped">A stable code of why it is left out; null when it is not.</param>
/// <param name="About">Which piece: an id, a name.</param>
/// <param name="Remarks">Stable codes of what was read otherwise than it was written.</param>
public sealed record Mapped(ForeignThing? Thing, string? Skipped, string About, IReadOnlyList<string> Remarks)
{
    /// <summary>A thing.</summary>
    /// <param name="thing">Which.</param>
    /// <param name="remarks">What was read otherwise than it was written.</param>
    public static Mapped To(ForeignThing thing, params IReadOnlyList<string> remarks) => new(thing, null, thing.Id, remarks);

    /// <summary>Left out.</summary>
    /// <param name="why">The code.</param>
    /// <param name="about">Which piece.</param>
    public static Mapped Out(string why, string about) => new(null, why, about, []);
}
