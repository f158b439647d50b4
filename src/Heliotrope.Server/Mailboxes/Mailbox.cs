using Heliotrope.Mail.Imap;
using Heliotrope.Mail.Smtp;
using Heliotrope.Server.Settings;

namespace Heliotrope.Server.Mailboxes;

/// <summary>How a mailbox is signed in to.</summary>
public enum SignInWay
{
    /// <summary>With a password.</summary>
    Password,

    /// <summary>With access tokens of the provider, made from a refresh token (RFC 6749 section 6).</summary>
    Oauth,
}

/// <summary>What happens on the server to a mail once it is stored here.</summary>
public enum AfterStoring
{
    /// <summary>It is marked as read.</summary>
    MarkRead,

    /// <summary>Nothing: the folder is only read.</summary>
    Leave,

    /// <summary>It is moved into another folder.</summary>
    Move,
}

/// <summary>An account at a mail server: where the mail of one of our addresses is fetched from, and through which its answers leave.</summary>
public sealed class Mailbox : IOrganisationSetting
{
    /// <summary>Given by the database.</summary>
    public long Id { get; set; }

    /// <summary>The address of ours whose mailbox it is, in lower case.</summary>
    public string Address { get; set; } = "";

    /// <summary>The IMAP server.</summary>
    public string ImapHost { get; set; } = "";

    /// <summary>Its port.</summary>
    public int ImapPort { get; set; }

    /// <summary>How the connection to it is encrypted.</summary>
    public MailTls ImapTls { get; set; } = MailTls.Implicit;

    /// <summary>The SMTP server; empty when answers leave through the smarthost of all.</summary>
    public string SmtpHost { get; set; } = "";

    /// <summary>Its port.</summary>
    public int SmtpPort { get; set; }

    /// <summary>How the connection to it is encrypted.</summary>
    public MailTls SmtpTls { get; set; } = MailTls.Implicit;

    /// <summary>Whom to sign in as, on both.</summary>
    public string UserName { get; set; } = "";

    /// <summary>How to sign in.</summary>
    public SignInWay Way { get; set; }

    /// <summary>The password or the refresh token, under the keys of Data Protection; never shown.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Which provider the tokens come from, as in <see cref="OAuthProviders"/>; empty with a password.</summary>
    public string Provider { get; set; } = "";

    /// <summary>The folder that is read.</summary>
    public string Folder { get; set; } = "INBOX";

    /// <summary>What happens to what has been stored.</summary>
    public AfterStoring After { get; set; }

    /// <summary>Where to it is moved then; empty unless it is moved.</summary>
    public string MoveTo { get; set; } = "";

    /// <summary>As many mails leave a minute at most; 0 for no limit.</summary>
    public int MostAMinute { get; set; }

    /// <summary>As many mails leave an hour at most; 0 for no limit.</summary>
    public int MostAnHour { get; set; }

    /// <summary>As many mails leave in 24 hours at most; 0 for no limit.</summary>
    public int MostADay { get; set; }

    /// <summary>Whether mail to its address with our tag behind a plus arrives, so that answers and bounces can name their conversation. Found out by the test mail.</summary>
    public bool TakesTags { get; set; }

    /// <summary>Nothing is fetched.</summary>
    public bool Paused { get; set; }

    /// <summary>Goes up with each change, so that whoever works with the old settings notices.</summary>
    public int Version { get; set; }

    /// <summary>When it was connected (UTC).</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>What its server got before is old mail. Clocks differ, and theirs knows no parts of a second.</summary>
    internal DateTimeOffset CountsAsNewFrom => CreatedAt.AddMinutes(-1);

    /// <summary>Whether answers leave through it.</summary>
    public bool Sends => SmtpHost.Length > 0;

    /// <summary>Where it is signed in to and as whom: what a change must be tried for.</summary>
    internal (string, int, MailTls, string, int, MailTls, string, string) Servers() => (ImapHost, ImapPort, ImapTls, SmtpHost, SmtpPort, SmtpTls, UserName, Folder);

    /// <summary>Its IMAP server, signed in to with a password or a token.</summary>
    internal ImapAccount Imap(string? password, string? token) => new(ImapHost, ImapPort, ImapTls, UserName, password, token, Folder);

    /// <summary>Its SMTP server, signed in to with a password or a token.</summary>
    internal Smarthost Smtp(string? password, string? token) => new(SmtpHost, SmtpPort, SmtpTls, UserName, password) { Token = token };

    /// <summary>Where the mail that is read lies: elsewhere every mail has another number.</summary>
    internal (string, int, string, string) Place => (ImapHost, ImapPort, UserName, Folder);

    /// <summary>A row of its own with the same settings.</summary>
    internal Mailbox Copy(DateTimeOffset now)
    {
        var copy = new Mailbox { Address = Address, CreatedAt = now };
        copy.Take(this);
        return copy;
    }

    /// <summary>Everything that can be set, from another.</summary>
    internal void Take(Mailbox other)
    {
        (ImapHost, ImapPort, ImapTls) = (other.ImapHost, other.ImapPort, other.ImapTls);
        (SmtpHost, SmtpPort, SmtpTls) = (other.SmtpHost, other.SmtpPort, other.SmtpTls);
        (UserName, Way, Secret, Provider) = (other.UserName, other.Way, other.Secret, other.Provider);
        (Folder, After, MoveTo) = (other.Folder, other.After, other.MoveTo);
        (MostAMinute, MostAnHour, MostADay, Paused) = (other.MostAMinute, other.MostAnHour, other.MostADay, other.Paused);
    }
}
