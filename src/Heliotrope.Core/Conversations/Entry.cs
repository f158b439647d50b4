namespace Heliotrope.Core.Conversations;

/// <summary>What an entry of a conversation is.</summary>
public enum EntryKind
{
    /// <summary>Words between the customer and us.</summary>
    Message,
    /// <summary>Words among colleagues; never leaves the desk.</summary>
    Note,
    /// <summary>Something that happened.</summary>
    Event,
}

/// <summary>Which way a message went.</summary>
public enum Direction
{
    /// <summary>To us.</summary>
    In,
    /// <summary>From us.</summary>
    Out,
}

/// <summary>Who wrote an inbound message, as far as the address tells.</summary>
public enum Author
{
    /// <summary>The customer of the conversation, one of us, or Heliotrope.</summary>
    Known,
    /// <summary>Somebody else who answered mail of this conversation. Our replies still go to the customer alone.</summary>
    SomebodyElse,
    /// <summary>A machine: an absence notice, a bounce.</summary>
    Machine,
}

/// <summary>One thing said or done in a conversation. Entries are never changed afterwards.</summary>
public sealed class Entry
{
    private readonly List<Attachment> _attachments = [];

    private Entry()
    {
    }

    /// <summary>The id; within a conversation a higher id is later.</summary>
    public long Id { get; private set; }

    /// <summary>The conversation it belongs to.</summary>
    public long ConversationNumber { get; private set; }

    /// <summary>What it is.</summary>
    public EntryKind Kind { get; private init; }

    /// <summary>Which way a message went; null for notes and events.</summary>
    public Direction? Direction { get; private init; }

    /// <summary>Who wrote an inbound message.</summary>
    public Author Author { get; private init; }

    /// <summary>The name of who wrote or did it.</summary>
    public string FromName { get; private init; } = "";

    /// <summary>The address an inbound message came from; null otherwise.</summary>
    public string? FromAddress { get; private init; }

    /// <summary>Who else got a message besides its author and us, or besides the customer: addresses, separated by a comma and a blank; empty when nobody.</summary>
    public string Cc { get; private init; } = "";

    /// <summary>Who got a message of ours unseen by the others, in the same form.</summary>
    public string Bcc { get; private init; } = "";

    /// <summary>Whom a message of ours went to instead of the customer, in the same form; empty for all else.</summary>
    public string ForwardedTo { get; private init; } = "";

    /// <summary>When the answer that this is was due (UTC); null when none was.</summary>
    public DateTimeOffset? DueAt { get; private init; }

    /// <summary>The user who wrote or did it; null for customers and the system.</summary>
    public long? UserId { get; private init; }

    /// <summary>The rule that wrote or did it; null for all else. What carries it sets off no rule.</summary>
    public long? RuleId { get; private init; }

    /// <summary>The new words of a message, the words of a note, or the code of an event such as <c>assigned</c>.</summary>
    public string Text { get; private init; } = "";

    /// <summary>What an event is about: a name, a comment; empty otherwise.</summary>
    public string Detail { get; private init; } = "";

    /// <summary>The part of a message that quotes earlier words: of theirs what their program quoted, of ours what was chosen to be forwarded; empty when nothing.</summary>
    public string Quoted { get; private init; } = "";

    /// <summary>The message as cleaned HTML; null when it had none.</summary>
    public string? Html { get; private init; }

    /// <summary>The Message-ID without angle brackets (RFC 5322 section 3.6.4); null when it had none.</summary>
    public string? MessageId { get; private init; }

    /// <summary>Outlook's own mark of the thread (MS-OXOMSG section 2.2.1.3), 32 hex digits; null when it had none.</summary>
    public string? ThreadIndex { get; private init; }

    /// <summary>No machine of ours may answer it (RFC 3834 section 2).</summary>
    public bool NoAutomaticAnswer { get; private init; }

    /// <summary>Whether it is from whom it says.</summary>
    public SenderProved Proof { get; private init; }

    /// <summary>What was found out about that, such as <c>spf=fail (client.example), dmarc=fail (client.example)</c>; empty when nobody looked.</summary>
    public string ProofDetail { get; private init; } = "";

    /// <summary>The raw mail it was read from; null when it did not come by mail.</summary>
    public long? RawMailId { get; private init; }

    /// <summary>When it happened (UTC): for mail, when we received it.</summary>
    public DateTimeOffset At { get; private init; }

    /// <summary>The files that came with it.</summary>
    public IReadOnlyList<Attachment> Attachments => _attachments;

    internal static Entry Inbound(InboundMessage message, Author author, DateTimeOffset now)
    {
        var entry = new Entry
        {
            Kind = EntryKind.Message,
            Direction = Conversations.Direction.In,
            Author = author,
            FromName = message.FromName,
            FromAddress = message.FromAddress,
            Cc = message.Cc,
            Text = message.Text,
            Quoted = message.Quoted,
            Html = message.Html,
            MessageId = message.MessageId,
            ThreadIndex = message.ThreadIndex,
            NoAutomaticAnswer = message.NoAutomaticAnswer || message.Proof is SenderProved.Disowned,
            Proof = message.Proof,
            ProofDetail = message.ProofDetail,
            RawMailId = message.RawMailId,
            At = now,
        };
        entry._attachments.AddRange(message.Attachments);
        return entry;
    }

    internal static Entry Outbound(People.Actor by, OutboundMessage message, string? messageId, DateTimeOffset? dueAt, DateTimeOffset now, long? rawMailId = null)
    {
        var entry = new Entry
        {
            Kind = EntryKind.Message,
            Direction = Conversations.Direction.Out,
            FromName = by.Name,
            UserId = UserOf(by),
            RuleId = RuleOf(by),
            Author = by.Kind is People.ActorKind.Rule ? Author.Machine : default,
            Cc = string.Join(", ", message.Cc.Select(a => a.Value)),
            Bcc = string.Join(", ", message.Bcc.Select(a => a.Value)),
            Text = message.Text,
            MessageId = messageId,
            DueAt = dueAt,
            RawMailId = rawMailId,
            At = now,
        };
        entry._attachments.AddRange(message.Attachments);
        return entry;
    }

    internal static Entry Forward(People.Actor by, OutboundMessage message, IEnumerable<Customers.EmailAddress> to, string quoted, string messageId, DateTimeOffset now)
    {
        var entry = new Entry
        {
            Kind = EntryKind.Message,
            Direction = Conversations.Direction.Out,
            FromName = by.Name,
            UserId = UserOf(by),
            ForwardedTo = string.Join(", ", to.Select(a => a.Value)),
            Text = message.Text,
            Quoted = quoted,
            MessageId = messageId,
            At = now,
        };
        entry._attachments.AddRange(message.Attachments);
        return entry;
    }

    internal static Entry Note(People.Actor by, string text, DateTimeOffset now) => new()
    {
        Kind = EntryKind.Note,
        FromName = by.Name,
        UserId = UserOf(by),
        RuleId = RuleOf(by),
        Text = text,
        At = now,
    };

    internal static Entry Event(People.Actor by, string code, string detail, DateTimeOffset now) => new()
    {
        Kind = EntryKind.Event,
        FromName = by.Name,
        UserId = UserOf(by),
        RuleId = RuleOf(by),
        Text = code,
        Detail = detail,
        At = now,
    };

    private static long? RuleOf(People.Actor by) => by.Kind is People.ActorKind.Rule ? by.Id : null;

    private static long? UserOf(People.Actor by) => by.Kind is People.ActorKind.Person ? by.Id : null;
}

/// <summary>A file that goes with a message. Its bytes stay in the mail, where part <see cref="Part"/> holds them: the raw mail that came in, or ours in the outbox.</summary>
public sealed class Attachment
{
    private Attachment() => (Name, Type) = ("", "");

    /// <summary>A file, ready to be kept.</summary>
    /// <param name="part">Which attachment of the mail it is, from 0.</param>
    /// <param name="name">A safe file name.</param>
    /// <param name="type">The media type the sender claims.</param>
    /// <param name="size">Bytes after decoding.</param>
    /// <param name="contentId">The name by which the words refer to it as a picture among them; null when they don't.</param>
    public Attachment(int part, string name, string type, long size, string? contentId = null) => (Part, Name, Type, Size, ContentId) = (part, name, type, size, contentId);

    /// <summary>The id.</summary>
    public long Id { get; private set; }

    /// <summary>The entry it came with.</summary>
    public long EntryId { get; private set; }

    /// <summary>Which attachment of the mail it is, from 0.</summary>
    public int Part { get; private set; }

    /// <summary>A safe file name.</summary>
    public string Name { get; private set; }

    /// <summary>The media type the sender claims.</summary>
    public string Type { get; private set; }

    /// <summary>Bytes after decoding.</summary>
    public long Size { get; private set; }

    /// <summary>The Content-ID by which the words refer to it as a picture among them (RFC 2392); null when they don't.</summary>
    public string? ContentId { get; private set; }
}

/// <summary>What intake read from a mail, as a conversation needs it.</summary>
/// <param name="FromName">The decoded display name; the address when there was none.</param>
/// <param name="FromAddress">The address it came from.</param>
/// <param name="FromCustomer">The address belongs to the customer of this conversation.</param>
/// <param name="Machine">A machine wrote it.</param>
/// <param name="Text">The new words.</param>
/// <param name="Quoted">The quoted part; empty when nothing.</param>
/// <param name="Html">Cleaned HTML; null when none.</param>
/// <param name="MessageId">Without angle brackets; null when none.</param>
/// <param name="RawMailId">The raw mail; null when it did not come by mail.</param>
/// <param name="Attachments">The files.</param>
/// <param name="Cc">Who else got it, as in <see cref="Entry.Cc"/>; empty when nobody.</param>
/// <param name="ThreadIndex">As in <see cref="Entry.ThreadIndex"/>; null when none.</param>
/// <param name="NoAutomaticAnswer">As in <see cref="Entry.NoAutomaticAnswer"/>.</param>
/// <param name="Proof">Whether it is from whom it says. What is disowned no machine of ours answers: it would bother somebody who wrote nothing.</param>
/// <param name="ProofDetail">As in <see cref="Entry.ProofDetail"/>.</param>
public sealed record InboundMessage(
    string FromName, string FromAddress, bool FromCustomer, bool Machine, string Text, string Quoted, string? Html, string? MessageId, long? RawMailId, IReadOnlyList<Attachment> Attachments, string Cc = "",
    string? ThreadIndex = null, bool NoAutomaticAnswer = false, SenderProved Proof = SenderProved.Unknown, string ProofDetail = "");

/// <summary>What we say to the customer.</summary>
/// <param name="Text">The words, in Markdown.</param>
/// <param name="Cc">Who else gets it, seen by all.</param>
/// <param name="Bcc">Who else gets it, seen by nobody.</param>
/// <param name="Attachments">The files that go along.</param>
public sealed record OutboundMessage(string Text, IReadOnlyList<Customers.EmailAddress> Cc, IReadOnlyList<Customers.EmailAddress> Bcc, IReadOnlyList<Attachment> Attachments)
{
    /// <summary>Words alone, to the customer alone.</summary>
    /// <param name="text">The words.</param>
    public OutboundMessage(string text)
        : this(text, [], [], [])
    {
    }
}
