using Heliotrope.Core.Mailboxes;

namespace Heliotrope.Server.Mailboxes;

/// <summary>What was said about the mail that was in a mailbox before it was connected.</summary>
public enum OldMailChoice
{
    /// <summary>Somebody is asked.</summary>
    Asked,

    /// <summary>It stays where it is.</summary>
    Leave,

    /// <summary>What came since a day is fetched.</summary>
    Since,

    /// <summary>All of it is fetched.</summary>
    All,
}

/// <summary>How far the reading of a mailbox has come and how it fares. Written all the time, so it stands apart from what is set.</summary>
public sealed class MailboxState
{
    /// <summary>The mailbox.</summary>
    public long MailboxId { get; set; }

    /// <summary>For which the numbers below hold; 0 before the first visit.</summary>
    public long UidValidity { get; set; }

    /// <summary>From this number on mail came after the mailbox was connected.</summary>
    public long FirstUid { get; set; }

    /// <summary>Everything up to this number is stored, set aside, or not to be fetched.</summary>
    public long LastUid { get; set; }

    /// <summary>Up to this number what is stored has been marked on the server as well.</summary>
    public long MarkedUid { get; set; }

    /// <summary>When the folder was last looked into without trouble (UTC); null before the first time.</summary>
    public DateTimeOffset? LookedAt { get; set; }

    /// <summary>When a mail from it was last stored (UTC); null when none has been.</summary>
    public DateTimeOffset? StoredAt { get; set; }

    /// <summary>How many mails from it were stored, those that were there already among them.</summary>
    public long Stored { get; set; }

    /// <summary>How long the newest mail lay on the server before it was stored here; null where the server does not say when it came.</summary>
    public int? DelaySeconds { get; set; }

    /// <summary>Since when reading fails (UTC); null while it does not.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>How often in a row.</summary>
    public int Failures { get; set; }

    /// <summary>What is wrong, as a stable code; empty when nothing is.</summary>
    public string Trouble { get; set; } = "";

    /// <summary>The server's own words; may be empty.</summary>
    public string TroubleWords { get; set; } = "";

    /// <summary>Since when sending fails (UTC); null while it does not.</summary>
    public DateTimeOffset? SendFailingSince { get; set; }

    /// <summary>What is wrong with sending, as a stable code.</summary>
    public string SendTrouble { get; set; } = "";

    /// <summary>The server's own words; may be empty.</summary>
    public string SendTroubleWords { get; set; } = "";

    /// <summary>How many mails were there before it was connected.</summary>
    public int OldCount { get; set; }

    /// <summary>What becomes of them.</summary>
    public OldMailChoice OldChoice { get; set; }

    /// <summary>From which day on they are fetched (UTC); null for all.</summary>
    public DateTimeOffset? OldSince { get; set; }

    /// <summary>Old mail up to this number is done.</summary>
    public long OldUid { get; set; }

    /// <summary>How many of them are still to be fetched.</summary>
    public int OldLeft { get; set; }

    /// <summary>Bytes used of the mailbox's quota; null where the server has none or does not say.</summary>
    public long? QuotaUsed { get; set; }

    /// <summary>Bytes it may hold.</summary>
    public long? QuotaLimit { get; set; }

    /// <summary>The Message-ID of the last test mail; null before the first.</summary>
    public string? TestId { get; set; }

    /// <summary>When it was written (UTC).</summary>
    public DateTimeOffset? TestAt { get; set; }

    /// <summary>When it came back to the plain address (UTC).</summary>
    public DateTimeOffset? TestArrivedAt { get; set; }

    /// <summary>When it came back to the address with our tag (UTC).</summary>
    public DateTimeOffset? TestTaggedAt { get; set; }

    /// <summary>The access token, under the keys of Data Protection; null where there is none.</summary>
    public string? AccessToken { get; set; }

    /// <summary>Until when it may be used (UTC).</summary>
    public DateTimeOffset? AccessUntil { get; set; }

    /// <summary>The process that reads the mailbox.</summary>
    public string? LeaseOwner { get; set; }

    /// <summary>Until when, unless it says again that it does (UTC).</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>When somebody was last told that it has stopped (UTC); null while it has not.</summary>
    public DateTimeOffset? ToldAt { get; set; }

    /// <summary>At the beginning: what came after the folder was tried is new.</summary>
    internal static MailboxState Of(long mailbox, TriedFolder folder) => new()
    {
        MailboxId = mailbox,
        UidValidity = folder.UidValidity,
        FirstUid = folder.UidNext,
        LastUid = folder.UidNext - 1L,
        MarkedUid = folder.UidNext - 1L,
        OldCount = folder.Count,
        OldChoice = folder.Count == 0 ? OldMailChoice.Leave : OldMailChoice.Asked,
    };

    /// <summary>What has been said about old mail, and how far that has come.</summary>
    internal (long, OldMailChoice, DateTimeOffset?, long) OldMail => (UidValidity, OldChoice, OldSince, OldUid);

    /// <summary>As the rules about health want to know it.</summary>
    internal MailboxFacts Facts(Mailbox mailbox) => new(mailbox.Paused, mailbox.CreatedAt, LookedAt, FailingSince, SendFailingSince, QuotaUsed, QuotaLimit);
}

/// <summary>A mail that is fetched apart from the others, so that they need not wait for it: because it is large, or because it could not be fetched.</summary>
public sealed class SetAsideMail
{
    /// <summary>Given by the database.</summary>
    public long Id { get; set; }

    /// <summary>The mailbox it is in.</summary>
    public long MailboxId { get; set; }

    /// <summary>For which <see cref="Uid"/> holds.</summary>
    public long UidValidity { get; set; }

    /// <summary>Its number there.</summary>
    public long Uid { get; set; }

    /// <summary>Bytes, as the server says.</summary>
    public long Size { get; set; }

    /// <summary>When the server got it (UTC); null where it does not say.</summary>
    public DateTimeOffset? ArrivedAt { get; set; }

    /// <summary>Somebody answered it with another program.</summary>
    public bool Answered { get; set; }

    /// <summary>Why, as a stable code: <c>large</c>, <c>too-large</c> or <c>failed</c>.</summary>
    public string Reason { get; set; } = "";

    /// <summary>What went wrong the last time; may be empty.</summary>
    public string Words { get; set; } = "";

    /// <summary>How often it was tried.</summary>
    public int Tries { get; set; }

    /// <summary>When it is tried next (UTC); null when only a person's word begins anew.</summary>
    public DateTimeOffset? NextTryAt { get; set; }

    /// <summary>Since when (UTC).</summary>
    public DateTimeOffset Since { get; set; }
}

/// <summary>What a mailbox brought within one hour.</summary>
public sealed class MailboxHour
{
    /// <summary>The mailbox.</summary>
    public long MailboxId { get; set; }

    /// <summary>When the hour began (UTC).</summary>
    public DateTimeOffset Hour { get; set; }

    /// <summary>How many mails were stored.</summary>
    public int Stored { get; set; }

    /// <summary>The longest that one of them had lain on the server.</summary>
    public int LongestDelaySeconds { get; set; }

    /// <summary>How often reading failed.</summary>
    public int Failures { get; set; }
}
