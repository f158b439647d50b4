using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Mail.Smtp;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Mailboxes;

/// <summary>What is set for a mailbox. What is left out stays as it is; a new one begins with the usual.</summary>
/// <param name="Address">The address of ours whose mailbox it is.</param>
/// <param name="ImapHost">The IMAP server.</param>
/// <param name="ImapPort">1 to 65535.</param>
/// <param name="ImapTls">start-tls or implicit.</param>
/// <param name="SmtpHost">The SMTP server; empty to send through the smarthost of all.</param>
/// <param name="SmtpPort">1 to 65535.</param>
/// <param name="SmtpTls">start-tls or implicit.</param>
/// <param name="UserName">Whom to sign in as; empty for the address.</param>
/// <param name="Password">Never given out again.</param>
/// <param name="Folder">Which folder is read; empty for INBOX.</param>
/// <param name="After">mark-read, leave or move.</param>
/// <param name="MoveTo">The folder that mail is moved to.</param>
/// <param name="MostAMinute">As many mails leave a minute at most; 0 for no limit.</param>
/// <param name="MostAnHour">As many mails leave an hour at most; 0 for no limit.</param>
/// <param name="MostADay">As many mails leave in 24 hours at most; 0 for no limit.</param>
/// <param name="Paused">Whether nothing is fetched.</param>
public sealed record MailboxBody(
    string? Address = null, string? ImapHost = null, int? ImapPort = null, MailTls? ImapTls = null, string? SmtpHost = null, int? SmtpPort = null, MailTls? SmtpTls = null,
    string? UserName = null, string? Password = null, string? Folder = null, AfterStoring? After = null, string? MoveTo = null, int? MostAMinute = null, int? MostAnHour = null, int? MostADay = null, bool? Paused = null)
{
    private const int LongestName = 255;
    private const int LongestSecret = 4_000;
    private const int MostMails = 1_000_000;

    /// <summary>Puts what is given into a mailbox, its address and secrets aside; the first thing that is wrong is refused and nothing is changed.</summary>
    internal Refusal? Into(Mailbox mailbox)
    {
        var imap = (ImapHost ?? mailbox.ImapHost).Trim();
        var smtp = (SmtpHost ?? mailbox.SmtpHost).Trim();
        var (imapPort, smtpPort) = (ImapPort ?? mailbox.ImapPort, SmtpPort ?? mailbox.SmtpPort);
        var (after, moveTo) = (After ?? mailbox.After, (MoveTo ?? mailbox.MoveTo).Trim());
        var folder = (Folder ?? mailbox.Folder).Trim();
        var user = (UserName ?? mailbox.UserName).Trim();
        if (!IsHost(imap) || (smtp.Length > 0 && !IsHost(smtp)))
        {
            return Refusal.Invalid("server.malformed", "This is not the name of a server.", IsHost(imap) ? "smtpHost" : "imapHost");
        }

        if (imapPort is < 1 or > 65535 || (smtp.Length > 0 && smtpPort is < 1 or > 65535))
        {
            return Refusal.Invalid("port.malformed", "A port is a number from 1 to 65535.", imapPort is < 1 or > 65535 ? "imapPort" : "smtpPort");
        }

        if ((ImapTls ?? mailbox.ImapTls) is MailTls.WhenOffered || (smtp.Length > 0 && (SmtpTls ?? mailbox.SmtpTls) is MailTls.WhenOffered))
        {
            return Refusal.Invalid("tls.needed", "A password is sent inside TLS only: say start-tls or implicit.", "imapTls");
        }

        if (user.Length > LongestName || user.Any(char.IsControl) || (Password ?? "").Length > LongestSecret || (Password ?? "").Any(char.IsControl))
        {
            return Refusal.Invalid("user-name.malformed", "A user name and a password are each on one line and not that long.", "userName");
        }

        if (folder.Length > LongestName || folder.Any(char.IsControl) || moveTo.Length > LongestName || moveTo.Any(char.IsControl) || (after is AfterStoring.Move && (moveTo.Length == 0 || moveTo == folder)))
        {
            return Refusal.Invalid("folder.malformed", "Name the folder, and another one to move mail to.", after is AfterStoring.Move ? "moveTo" : "folder");
        }

        if (new[] { ("mostAMinute", MostAMinute), ("mostAnHour", MostAnHour), ("mostADay", MostADay) }.FirstOrDefault(limit => limit.Item2 is < 0 or > MostMails).Item1 is { } wrong)
        {
            return Refusal.Invalid("limit.malformed", string.Create(CultureInfo.InvariantCulture, $"A limit is a number from 0 to {MostMails}."), wrong);
        }

        (mailbox.ImapHost, mailbox.ImapPort, mailbox.ImapTls) = (imap, imapPort, ImapTls ?? mailbox.ImapTls);
        (mailbox.SmtpHost, mailbox.SmtpPort, mailbox.SmtpTls) = (smtp, smtpPort, SmtpTls ?? mailbox.SmtpTls);
        (mailbox.UserName, mailbox.Folder) = (user.Length > 0 ? user : mailbox.Address, folder.Length > 0 ? folder : "INBOX");
        (mailbox.After, mailbox.MoveTo) = (after, after is AfterStoring.Move ? moveTo : "");
        (mailbox.MostAMinute, mailbox.MostAnHour, mailbox.MostADay) = (MostAMinute ?? mailbox.MostAMinute, MostAnHour ?? mailbox.MostAnHour, MostADay ?? mailbox.MostADay);
        mailbox.Paused = Paused ?? mailbox.Paused;
        return null;
    }

    /// <summary>The address that is given; null when it is none.</summary>
    internal EmailAddress? Parsed => EmailAddress.TryParse(Address, out var address) && address.Value.Length <= LongestName ? address : null;

    private static bool IsHost(string host) => host.Length is > 0 and <= LongestName && Uri.CheckHostName(host) is not UriHostNameType.Unknown and not UriHostNameType.Basic;
}
