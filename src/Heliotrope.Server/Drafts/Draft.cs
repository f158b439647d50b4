using System.Globalization;
using Heliotrope.Core.Conversations;
using Heliotrope.Server.Coach;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Promises;

namespace Heliotrope.Server.Drafts;

/// <summary>What a draft becomes.</summary>
public enum DraftKind
{
    /// <summary>An answer to the customer.</summary>
    Reply,

    /// <summary>Words among colleagues.</summary>
    Note,

    /// <summary>The first message of a conversation that we begin.</summary>
    New,

    /// <summary>A question about it to somebody else than the customer.</summary>
    Forward,
}

/// <summary>
/// What somebody is writing, kept as they write, so that it outlives their browser and this process. One that has
/// <see cref="SendAt"/> is sent then by a worker, in one transaction with its end: until that moment it can be taken back.
/// </summary>
public sealed class Draft
{
    /// <summary>Longer lines of addresses or subjects are a paste by mistake.</summary>
    private const int LongestLine = 10_000;

    /// <summary>More of anything beside a message is no choice of a person's.</summary>
    private const int MostIds = 100;

    /// <summary>A reply that is too long is refused when it is sent; its words are kept until then.</summary>
    private const int LongestText = 4 * Conversation.MaxText;

    /// <summary>How much longer one request may take than the next: when words were typed is known no better.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(5);

    public long Id { get; set; }

    /// <summary>Null for <see cref="DraftKind.New"/>.</summary>
    public long? ConversationNumber { get; set; }

    /// <summary>Whose it is; null for a program's.</summary>
    public long? UserId { get; set; }

    /// <summary>The key of the program whose it is; null for a person's.</summary>
    public long? ApiKeyId { get; set; }

    public DraftKind Kind { get; set; }

    /// <summary>The customer that a new conversation is with, or whom something is forwarded to, as it was typed; empty otherwise.</summary>
    public string Recipient { get; set; } = "";

    public string Subject { get; set; } = "";

    /// <summary>Of a new conversation: the address of ours that it leaves from; empty for the usual one.</summary>
    public string OurAddress { get; set; } = "";

    /// <summary>Addresses, as they were typed.</summary>
    public string Cc { get; set; } = "";

    public string Bcc { get; set; } = "";

    public string Text { get; set; } = "";

    /// <summary>Resolve with it.</summary>
    public bool Resolve { get; set; }

    /// <summary>The words of the promises in it that its author accepted, one a line.</summary>
    public string Promises { get; set; } = "";

    /// <summary>The promise of which it tells the customer another time; null for most.</summary>
    public long? TellsPromiseId { get; set; }

    /// <summary>That other time (UTC).</summary>
    public DateTimeOffset? TellsDueAt { get; set; }

    /// <summary>The kinds of remarks that the coach has shown its author, by name, with spaces between.</summary>
    public string Remarks { get; set; } = "";

    /// <summary>It stands beside what its author is writing: it leaves later, or it was to leave and did not.</summary>
    public bool Apart { get; set; }

    /// <summary>The last entry that its author saw before sending it; null where nobody says. What crosses with it keeps it here.</summary>
    public long? SeenId { get; set; }

    /// <summary>The replies of colleagues that its author saw leaving, by their drafts' ids with spaces between.</summary>
    public string Knows { get; set; } = "";

    /// <summary>Of a forward: the messages that it quotes, by their ids with spaces between.</summary>
    public string Quotes { get; set; } = "";

    /// <summary>Of a forward: the files of the conversation that go along, in the same form.</summary>
    public string Files { get; set; } = "";

    /// <summary>The macros that were used in it, in the same form; what they do happens when it leaves.</summary>
    public string Macros { get; set; } = "";

    /// <summary>The plays that it is written with, in the same form; counted when it leaves.</summary>
    public string Plays { get; set; } = "";

    /// <summary>The next questions that were offered beside it, by their drivers' ids, in the same form.</summary>
    public string Offered { get; set; } = "";

    /// <summary>Those of them whose answers were put in.</summary>
    public string Answered { get; set; } = "";

    /// <summary>When it leaves (UTC); null while it is being written.</summary>
    public DateTimeOffset? SendAt { get; set; }

    /// <summary>The code of the refusal when it could not be sent; empty otherwise.</summary>
    public string Refused { get; set; } = "";

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Goes up with every change, so that of taking back and sending at once only one happens.</summary>
    public int Version { get; set; }

    /// <summary>Holds these words from now on.</summary>
    internal void Fill(DraftBody body, DateTimeOffset typed)
    {
        Text = (body.Text ?? "").Storable(LongestText);
        Cc = (body.Cc ?? "").Storable(LongestLine);
        Bcc = (body.Bcc ?? "").Storable(LongestLine);
        Recipient = (body.Recipient ?? "").Storable(LongestLine);
        Subject = (body.Subject ?? "").Storable(LongestLine);
        OurAddress = (body.From ?? "").Storable(LongestLine);
        Promises = AcceptedPromises.Keep((body.Promises ?? []).Select(words => words.Storable(LongestLine)), Text);
        Remarks = RemarkNames.Join(Remarks, body.Remarks ?? "");
        Macros = Ids(Ids(body.Macros ?? ""));
        Plays = Ids(Ids(body.Plays ?? ""));
        Offered = Ids(Ids(body.Offered ?? ""));
        Answered = Ids(Ids(body.Answered ?? ""));
        Quotes = Ids(Ids(body.Quotes ?? ""));
        Files = Ids(Ids(body.Carried ?? ""));
        SeenId = body.Seen;
        Knows = Ids(Ids(body.Knows ?? ""));
        Refused = "";
        UpdatedAt = typed;
        Version++;
    }

    /// <summary>What its author was writing elsewhere goes on in this one.</summary>
    internal void Join(Draft other)
    {
        Text = Joined("\n\n", Text, other.Text);
        (Cc, Bcc) = (Joined(", ", Cc, other.Cc), Joined(", ", Bcc, other.Bcc));
        Promises = Joined("\n", Promises, other.Promises);
        Remarks = RemarkNames.Join(Remarks, other.Remarks);
        (TellsPromiseId, TellsDueAt) = TellsPromiseId is null ? (other.TellsPromiseId, other.TellsDueAt) : (TellsPromiseId, TellsDueAt);
        Version++;
    }

    private static string Joined(string between, string one, string other) => string.Join(between, new[] { one, other }.Where(part => part.Length > 0));

    /// <summary>Whether its words were typed after these, in another window.</summary>
    internal bool IsNewerThan(DraftBody body, DateTimeOffset typed) => UpdatedAt - typed > OnTheWay && Text != body.Text;

    /// <summary>It leaves no more and is being written again.</summary>
    public void TakeBack()
    {
        SendAt = null;
        Apart = false;
        Refused = "";
        Version++;
    }

    /// <summary>It leaves no more, and waits beside what is being written until its author decides.</summary>
    /// <param name="why">The code of the refusal; empty when somebody stopped it.</param>
    public void Stop(string why)
    {
        SendAt = null;
        Apart = Kind is not DraftKind.New; // that one has an address of its own
        Refused = why;
        Version++;
    }

    /// <summary>It leaves then, and what is written next is another one.</summary>
    public void LeaveApart(DateTimeOffset at)
    {
        SendAt = at;
        Apart = true;
        Refused = "";
        Version++;
    }

    /// <summary>Ids as they are kept: with spaces between.</summary>
    internal static IReadOnlyList<long> Ids(string kept) =>
        [.. kept.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : 0).Where(id => id > 0).Distinct().Take(MostIds)];

    internal static string Ids(IEnumerable<long> ids) => string.Join(' ', ids.Take(MostIds).Select(id => id.ToString(CultureInfo.InvariantCulture)));
}

/// <summary>A file that goes with a draft. When it is sent, the mail in the outbox holds it.</summary>
public sealed class Upload
{
    public long Id { get; set; }

    public long DraftId { get; set; }

    public string Name { get; set; } = "";

    public string Type { get; set; } = "";

    public long Size { get; set; }

    /// <summary>The name by which the words refer to it as a picture among them; null when they don't.</summary>
    public string? ContentId { get; set; }

    public byte[] Content { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }
}
