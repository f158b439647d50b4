namespace Heliotrope.Server.Outbox;

/// <summary>How far a mail of ours has come.</summary>
public enum OutboxState
{
    /// <summary>Will be tried at <see cref="OutboxMail.NextTryAt"/>.</summary>
    Waiting,

    /// <summary>A worker holds it until <see cref="OutboxMail.LeaseUntil"/>; committed before the first byte leaves.</summary>
    Sending,

    /// <summary>The other side took it.</summary>
    Sent,

    /// <summary>Given up; a person can send it again.</summary>
    Failed,

    /// <summary>Kept here because no smarthost was set when it was written: never sent by itself later.</summary>
    Kept,

    /// <summary>Part of a history that was played in from a file: it never leaves.</summary>
    Replayed,

    /// <summary>Taken back before it left, because something happened in the life of whoever it was for: it never leaves.</summary>
    Withdrawn,
}

/// <summary>A message of ours as it is sent. It never changes.</summary>
public sealed class OutboxBytes
{
    public long Id { get; set; }

    public byte[] Content { get; set; } = [];
}

/// <summary>A mail of ours to one recipient, written in the same transaction as what it says. Message-ID and bytes never change.</summary>
public sealed class OutboxMail
{
    public long Id { get; set; }

    /// <summary>Null for mail to a colleague, which tells of several.</summary>
    public long? ConversationNumber { get; set; }

    /// <summary>The colleague it is for, who alone may read it; null for mail to customers.</summary>
    public long? UserId { get; set; }

    /// <summary>The reply it carries; null for mail that is written by itself.</summary>
    public long? EntryId { get; set; }

    /// <summary>The kind of a mail that asks somebody else than the customer.</summary>
    public const string Forwarded = "forward";

    /// <summary>What it is: <c>reply</c>, <c>confidence</c>, <c>forward</c> or <c>notification</c>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Leaves only when this one has been sent.</summary>
    public long? AfterId { get; set; }

    /// <summary>The mailbox through which it leaves; null for the smarthost of all.</summary>
    public long? MailboxId { get; set; }

    public string MessageId { get; set; } = "";

    public string EnvelopeFrom { get; set; } = "";

    public string EnvelopeTo { get; set; } = "";

    public string Subject { get; set; } = "";

    /// <summary>What is sent: the same for every recipient of a message. Loaded only by whoever needs it.</summary>
    public long BytesId { get; set; }

    /// <summary>Null when not loaded.</summary>
    public OutboxBytes? Bytes { get; set; }

    public OutboxState State { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset NextTryAt { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>The process that holds the lease.</summary>
    public string? LeaseOwner { get; set; }

    public int Attempts { get; set; }

    /// <summary>How often an attempt ended without an answer, so that the mail may have arrived more than once.</summary>
    public int Doubts { get; set; }

    public string LastError { get; set; } = "";

    public DateTimeOffset? SentAt { get; set; }
}
