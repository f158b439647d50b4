using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Core.Targets;
using Heliotrope.Core.Views;
using NodaTime;

namespace Heliotrope.Server.Replay;

/// <summary>A file of a history.</summary>
/// <param name="Name">Its name, for messages.</param>
/// <param name="Text">YAML, and therefore JSON too.</param>
public sealed record ReplayFile(string Name, string Text);

/// <summary>Where something stands in a file, for messages.</summary>
internal readonly record struct Place(string File, long Line)
{
    public override string ToString() => FormattableString.Invariant($"{File}:{Line}");
}

/// <summary>A name with its place.</summary>
internal readonly record struct Placed(string Name, Place Place);

/// <summary>Everything that was read from the files of one history (docs/guide/replay.md).</summary>
internal sealed class ReplayScript
{
    public DateTimeZone Zone { get; set; } = DateTimeZone.Utc;

    public bool Demo { get; set; }

    public List<ReplayTeam> Teams { get; } = [];

    public List<ReplayPerson> People { get; } = [];

    public List<Placed> Drivers { get; } = [];

    public List<ReplayArticle> Articles { get; } = [];

    public List<Placed> Blocked { get; } = [];

    public List<ReplayView> Views { get; } = [];

    public List<ReplayStory> Stories { get; } = [];

    public List<ReplayOrganisation> Organisations { get; } = [];

    public List<ReplayField> Fields { get; } = [];

    public List<ReplayCustomer> Customers { get; } = [];
}

internal sealed record ReplayTeam(Place Place, string Name, WorkingHours Hours, IReadOnlyList<EmailAddress> Addresses, TimeSpan First, TimeSpan Next, IReadOnlyList<ReplayTarget> Targets);

internal sealed record ReplayTarget(Place Place, string Driver, TimeSpan First, TimeSpan Next);

internal sealed record ReplayPerson(Place Place, string Name, EmailAddress Email, Role Role, string? Team);

/// <summary>A view that everybody has.</summary>
internal sealed record ReplayView(string Name, string Query, ListOrder Order);

internal sealed record ReplayArticle(string Title, string Language, string Text);

/// <summary>What happened between us and one customer: one conversation.</summary>
internal sealed record ReplayStory(Place Place, string Name, ReplayAuthor Customer, string To, string Subject, IReadOnlyList<ReplayEvent> Events);

/// <summary>Who writes: <c>Ada Lovelace &lt;ada@client.example&gt;</c>.</summary>
internal sealed record ReplayAuthor(string Name, EmailAddress Address);

internal sealed record ReplayEvent(Place Place, ReplayTime At, string? By, ReplayAction Action);

/// <summary>What happens in an event.</summary>
internal abstract record ReplayAction;

internal sealed record MailAction(ReplayAuthor? From, IReadOnlyList<EmailAddress> Cc, string? Subject, string Text, IReadOnlyList<ReplayAttachment> Files, bool Auto) : ReplayAction
{
    /// <summary>What the mail's header claims; null for the truth.</summary>
    public ReplayTime? Date { get; init; }
}

internal sealed record ReplyAction(string Text, bool Resolve, IReadOnlyList<EmailAddress> Cc, IReadOnlyList<EmailAddress> Bcc, IReadOnlyList<ReplayAttachment> Files, bool Starts, bool Promises) : ReplayAction;

internal sealed record NoteAction(string Text) : ReplayAction;

internal sealed record AssignAction(string? Person) : ReplayAction;

internal sealed record TeamAction(string? Team) : ReplayAction;

internal sealed record DriverAction(string? Driver) : ReplayAction;

internal sealed record TagsAction(IReadOnlyList<string> Tags) : ReplayAction;

internal sealed record SnoozeAction(ReplayTime Until) : ReplayAction;

internal sealed record ResolveAction : ReplayAction;

internal sealed record ReopenAction : ReplayAction;

internal sealed record SpamAction(bool Spam) : ReplayAction;

internal sealed record ConfidenceAction(bool Resolved, bool Again, string Comment) : ReplayAction;

internal sealed record PersonAction : ReplayAction;

internal sealed record KeepAction : ReplayAction;

internal sealed record ComplaintAction(bool Complaint) : ReplayAction;

internal sealed record FixAction(string What, bool Resolve) : ReplayAction;

internal sealed record CauseAction(string Cause) : ReplayAction;

/// <summary>The conversation of another story becomes part of this one.</summary>
internal sealed record MergeAction(string Story) : ReplayAction;

/// <summary>A file that goes with a mail: its bytes are written when they are needed.</summary>
internal sealed record ReplayAttachment(string Name, string Type, string Text, string? Picture)
{
    public byte[] Bytes() => Picture is { } picture ? ReplayPicture.Draw(picture)
        : Type == "application/pdf" ? ReplayPdf.Of(Text)
        : System.Text.Encoding.UTF8.GetBytes(Text);
}
