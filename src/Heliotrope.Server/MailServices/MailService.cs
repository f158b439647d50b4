using Heliotrope.Server.Settings;

namespace Heliotrope.Server.MailServices;

/// <summary>Whose posts are read: each has a file of its own beside this one.</summary>
public enum MailServiceKind
{
    /// <summary>A program of the organisation's own: the body is the message (RFC 5322).</summary>
    Raw,

    /// <summary>Routes of Mailgun.</summary>
    Mailgun,

    /// <summary>Inbound Parse of Twilio SendGrid.</summary>
    Sendgrid,

    /// <summary>The inbound webhook of Postmark.</summary>
    Postmark,

    /// <summary>Inbound mail of Mailchimp Transactional, which was Mandrill.</summary>
    Mandrill,

    /// <summary>Relay webhooks of SparkPost.</summary>
    Sparkpost,

    /// <summary>Amazon SES, which hands mail to SNS, which posts it.</summary>
    AmazonSes,
}

/// <summary>
/// A service that posts mail to us. Its counts are written past the change tracker (<see cref="CountPosts"/>), or each mail would make every
/// process read all its settings again.
/// </summary>
public sealed class MailService : IOrganisationSetting
{
    /// <summary>The most characters of a name.</summary>
    public const int MaxName = 100;

    /// <summary>More are no longer set up by hand.</summary>
    public const int MostInAll = 100;

    /// <summary>Given by the database; part of the address.</summary>
    public long Id { get; set; }

    /// <summary>How its posts are read.</summary>
    public MailServiceKind Kind { get; set; }

    /// <summary>What people call it.</summary>
    public string Name { get; set; } = "";

    /// <summary>The hash of the token in its address.</summary>
    public byte[] TokenHash { get; set; } = [];

    /// <summary>What proves its posts beside the address, kept under Data Protection; empty when none is set.</summary>
    public string Secret { get; set; } = "";

    /// <summary>When it was added (UTC).</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When its last mail was stored (UTC); null before the first.</summary>
    public DateTimeOffset? LastMailAt { get; set; }

    /// <summary>How many mails were stored.</summary>
    public long Taken { get; set; }

    /// <summary>How many posts were refused.</summary>
    public long Refused { get; set; }

    /// <summary>Why the last one was refused, as a code of <see cref="PostRefusal"/>; empty when none was.</summary>
    public string LastProblem { get; set; } = "";

    /// <summary>When that was (UTC).</summary>
    public DateTimeOffset? LastProblemAt { get; set; }
}

/// <summary>The token of a post, and the mail that came with it: no other mail may come with the same one.</summary>
public sealed class MailServiceToken
{
    /// <summary>The hash of the service's id and the token.</summary>
    public string Token { get; set; } = "";

    /// <summary>The hash of the mail.</summary>
    public string Mail { get; set; } = "";

    /// <summary>When it came first (UTC).</summary>
    public DateTimeOffset At { get; set; }
}
