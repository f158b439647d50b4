using Heliotrope.Core.Notifications;

namespace Heliotrope.Server.Notifications;

/// <summary>Something that somebody is told of, with the reason why it is them.</summary>
public sealed class Notification : Database.IFleeting
{
    public long Id { get; set; }

    /// <summary>Whom.</summary>
    public long UserId { get; set; }

    public long ConversationNumber { get; set; }

    public Reason Reason { get; set; }

    /// <summary>What it is about in a few words of the conversation; may be empty.</summary>
    public string About { get; set; } = "";

    /// <summary>Who caused it; empty where nobody did.</summary>
    public string ByName { get; set; } = "";

    /// <summary>When it last happened.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>How often it happened while it was not read.</summary>
    public int Count { get; set; } = 1;

    /// <summary>Shown at the bell.</summary>
    public bool Bell { get; set; }

    /// <summary>Goes by mail while it is not read.</summary>
    public bool Mail { get; set; }

    public DateTimeOffset? ReadAt { get; set; }

    public DateTimeOffset? MailedAt { get; set; }
}

/// <summary>What a person chose for one reason. There is none while the usual holds.</summary>
public sealed class NotificationChoice
{
    public long UserId { get; set; }

    public Reason Reason { get; set; }

    public bool Bell { get; set; }

    public bool Mail { get; set; }
}

/// <summary>How a person wants to be told, whatever the reason. There is none while the usual holds.</summary>
public sealed class NotificationTimes
{
    public long UserId { get; set; }

    public MailRhythm Rhythm { get; set; }

    /// <summary>The minute of the day at which quiet hours begin; null for none.</summary>
    public int? QuietFrom { get; set; }

    public int? QuietTo { get; set; }

    /// <summary>The language that mails to them are written in.</summary>
    public string Language { get; set; } = "en";

    public QuietHours? Quiet => QuietFrom is { } from && QuietTo is { } to ? new(from, to) : null;
}

/// <summary>Somebody follows a conversation that is not theirs, or wants to hear nothing of one.</summary>
public sealed class Follow
{
    public long ConversationNumber { get; set; }

    public long UserId { get; set; }

    /// <summary>Wants to hear nothing of it but what they are named in.</summary>
    public bool Muted { get; set; }

    public DateTimeOffset At { get; set; }
}

/// <summary>A link in a mail that switches reasons off for the person it was sent to, and nothing else.</summary>
public sealed class NotificationOff
{
    public long Id { get; set; }

    /// <summary>SHA-256 of the token; the token itself is in the mail alone.</summary>
    public byte[] TokenHash { get; set; } = [];

    public long UserId { get; set; }

    /// <summary>The reasons that it switches off, with spaces between.</summary>
    public string Reasons { get; set; } = "";

    public DateTimeOffset ExpiresAt { get; set; }
}
