using Heliotrope.Mail.Imap;
using Heliotrope.Mail.Smtp;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Mailboxes;

/// <summary>What came of trying a mailbox's servers.</summary>
/// <param name="Imap">What is wrong with reading; null when nothing is.</param>
/// <param name="Smtp">What is wrong with sending; null when nothing is.</param>
/// <param name="Folder">The folder as it was then; null when it could not be opened.</param>
internal sealed record MailboxTrial(TrialTrouble? Imap, TrialTrouble? Smtp, TriedFolder? Folder)
{
    public bool IsWell => Imap is null && Smtp is null;
}

/// <summary>A folder when it was tried: what comes later is new.</summary>
/// <param name="UidValidity">For which the next one holds.</param>
/// <param name="UidNext">No mail had this UID or a higher one yet.</param>
/// <param name="Count">How many mails were there.</param>
internal sealed record TriedFolder(uint UidValidity, uint UidNext, int Count);

/// <summary>Signs in to both servers of a mailbox at once, and changes nothing there.</summary>
internal sealed class TryMailbox(MailTrust trust, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task<MailboxTrial> Both(ImapAccount imap, Smarthost? smtp, CancellationToken cancel)
    {
        var reading = Read(imap, cancel);
        var sending = Send(smtp, cancel);
        var (trouble, folder) = await reading;
        return new(trouble, await sending, folder);
    }

    private async Task<(TrialTrouble? Trouble, TriedFolder? Folder)> Read(ImapAccount account, CancellationToken cancel)
    {
        try
        {
            await using var reader = await ImapReader.Open(account, new() { Patience = Patience, CertificateCheck = trust.Check }, cancel);
            return (null, new(reader.UidValidity, reader.UidNext, reader.Count));
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            return (TrialTrouble.Of(e, new(account.Host, account.Port, account.Tls, account.User), time.Now(), [.. new[] { account.Password, account.Token }.OfType<string>()]), null);
        }
    }

    private async Task<TrialTrouble?> Send(Smarthost? smarthost, CancellationToken cancel)
    {
        if (smarthost is null)
        {
            return null;
        }

        await using var sender = new SmtpSender(smarthost, Environment.MachineName, new() { Connect = Patience, Reply = Patience, Total = Patience, CertificateCheck = trust.Check });
        var result = await sender.Try(cancel);
        return SendingTrouble.Of(result, new(smarthost.Host, smarthost.Port, smarthost.Tls, smarthost.User ?? ""), [.. new[] { smarthost.Password, smarthost.Token }.OfType<string>()]);
    }
}
