using Heliotrope.Mail.Imap;
using Heliotrope.Mail.Smtp;
using Heliotrope.Server.Platform;
using MailKit;

namespace Heliotrope.Server.Mailboxes;

/// <summary>Signs in to mailboxes, and says what kept us from it.</summary>
internal sealed class MailboxAccounts(MailboxSecrets secrets, OAuthTokens tokens, MailTrust trust, TimeProvider time, ILogger<MailboxAccounts> log)
{
    /// <summary>Signs in and opens the folder. A token that is not taken is made anew once: its provider may end it at any time.</summary>
    public async Task<ImapReader> Open(Mailbox mailbox, bool changes, CancellationToken cancel)
    {
        var options = new ImapReaderOptions { Changes = changes, CertificateCheck = trust.Check };
        var account = await Imap(mailbox, cancel);
        try
        {
            return await ImapReader.Open(account, options, cancel);
        }
        catch (MailKit.Security.AuthenticationException) when (mailbox.Way is SignInWay.Oauth)
        {
            await Refused(mailbox);
            return await ImapReader.Open(await Imap(mailbox, cancel), options, cancel);
        }
    }

    /// <summary>A server did not take what we sign in with: a token is made anew for the next time.</summary>
    public Task Refused(Mailbox mailbox) => mailbox.Way is SignInWay.Oauth ? tokens.Forget(mailbox.Id) : Task.CompletedTask;

    public async Task<ImapAccount> Imap(Mailbox mailbox, CancellationToken cancel)
    {
        var (password, token) = await Credentials(mailbox, cancel);
        return mailbox.Imap(password, token);
    }

    public async Task<Smarthost> Smtp(Mailbox mailbox, CancellationToken cancel)
    {
        var (password, token) = await Credentials(mailbox, cancel);
        return mailbox.Smtp(password, token);
    }

    /// <summary>Marks on the server what is stored here. What cannot be marked is stored all the same, and not fetched again.</summary>
    public async Task Mark(Mailbox mailbox, ImapReader reader, IReadOnlyList<uint> stored, CancellationToken cancel)
    {
        if (stored.Count == 0 || mailbox.After is AfterStoring.Leave)
        {
            return;
        }

        try
        {
            await (mailbox.After is AfterStoring.Move ? reader.Move(stored, mailbox.MoveTo, cancel) : reader.MarkRead(stored, cancel));
        }
        catch (Exception e) when (e is CommandException or FolderNotFoundException or ArgumentException or InvalidOperationException)
        {
            log.LogWarning("What was stored of {Address} could not be marked on the server: {Words}", mailbox.Address, e.Message);
        }
    }

    /// <summary>What kept us from reading, in words in which no secret stands.</summary>
    public TrialTrouble Trouble(Mailbox mailbox, Exception e)
    {
        if (e is HttpRequestException && mailbox.Way is SignInWay.Oauth)
        {
            return new("provider-away", tokens.LabelOf(mailbox), 0, null); // it gave no token; the mail server was not asked
        }

        List<string> used = [.. tokens.LastGiven(mailbox.Id)];
        try
        {
            used.Add(secrets.Unlock(mailbox.Secret));
        }
        catch (MailKit.Security.AuthenticationException)
        {
            // Nobody can say it then either.
        }

        return TrialTrouble.Of(e, new(mailbox.ImapHost, mailbox.ImapPort, mailbox.ImapTls, mailbox.UserName), time.Now(), [.. used]);
    }

    private async Task<(string? Password, string? Token)> Credentials(Mailbox mailbox, CancellationToken cancel) => mailbox.Way is SignInWay.Password
        ? (secrets.Unlock(mailbox.Secret), null)
        : (null, await tokens.Access(mailbox, cancel));
}
