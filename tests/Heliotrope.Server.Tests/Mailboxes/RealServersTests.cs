using System.Text;
using Heliotrope.Server.Tests.Infrastructure;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Heliotrope.Server.Tests.Mailboxes;

/// <summary>That the servers which other tests talk to are what they say.</summary>
[Collection(WithMailServers.Three)]
public sealed class RealServersTests
{
    private const string User = DovecotServer.User;

    [Fact]
    public async Task Dovecot_lets_in_with_the_password_over_tls_from_the_first_byte()
    {
        await using var dovecot = await DovecotServer.Start();
        using var client = await Connect(dovecot, SecureSocketOptions.SslOnConnect);
        await client.AuthenticateAsync(User, DovecotServer.Password);
        Assert.True(client.IsAuthenticated);
        Assert.Equal([User], await dovecot.Connected());
    }

    [Fact]
    public async Task Dovecot_lets_in_with_the_password_after_starttls_and_before_it_with_none()
    {
        await using var dovecot = await DovecotServer.Start();
        using var client = await Connect(dovecot, SecureSocketOptions.StartTls);
        await client.AuthenticateAsync(User, DovecotServer.Password);
        Assert.True(client.IsSecure);

        using var plain = new ImapClient();
        await plain.ConnectAsync("127.0.0.2", dovecot.Ports.Imap, SecureSocketOptions.None);
        await Assert.ThrowsAnyAsync<Exception>(() => plain.AuthenticateAsync(User, DovecotServer.Password));
        Assert.False(plain.IsAuthenticated);
    }

    [Fact]
    public async Task Nobody_trusts_the_certificate_by_himself()
    {
        await using var dovecot = await DovecotServer.Start();
        using var client = new ImapClient { CheckCertificateRevocation = false };
        await Assert.ThrowsAsync<SslHandshakeException>(() => client.ConnectAsync("localhost", dovecot.Ports.Imaps, SecureSocketOptions.SslOnConnect));
    }

    [Fact]
    public async Task Dovecot_lets_in_with_a_token_until_it_expires()
    {
        await using var dovecot = await DovecotServer.Start();
        dovecot.Tokens.Allow("token-one", User);
        foreach (var mechanism in (SaslMechanism[])[new SaslMechanismOAuth2(User, "token-one"), new SaslMechanismOAuthBearer(User, "token-one")])
        {
            using var client = await Connect(dovecot, SecureSocketOptions.SslOnConnect);
            await client.AuthenticateAsync(mechanism);
            Assert.True(client.IsAuthenticated);
        }

        dovecot.Tokens.Expire("token-one");
        using var late = await Connect(dovecot, SecureSocketOptions.SslOnConnect);
        await Assert.ThrowsAsync<AuthenticationException>(() => late.AuthenticateAsync(new SaslMechanismOAuth2(User, "token-one")));
    }

    [Fact]
    public async Task A_token_of_one_user_opens_no_other_mailbox()
    {
        await using var dovecot = await DovecotServer.Start();
        await dovecot.AddUser("other@example.test", "0ther:w ord");
        dovecot.Tokens.Allow("token-one", "other@example.test");
        using var client = await Connect(dovecot, SecureSocketOptions.SslOnConnect);
        await Assert.ThrowsAsync<AuthenticationException>(() => client.AuthenticateAsync(new SaslMechanismOAuth2(User, "token-one")));

        using var own = await Connect(dovecot, SecureSocketOptions.SslOnConnect);
        await own.AuthenticateAsync("other@example.test", "0ther:w ord");
        Assert.True(own.IsAuthenticated);
    }

    [Fact]
    public async Task A_mail_that_is_delivered_arrives_while_a_client_idles()
    {
        await using var dovecot = await DovecotServer.Start();
        using var client = await SignIn(dovecot);
        await client.Inbox.OpenAsync(FolderAccess.ReadOnly);
        using var done = new CancellationTokenSource(Patience.Limit);
        client.Inbox.CountChanged += (_, _) => done.Cancel();
        var idle = client.IdleAsync(done.Token);
        Assert.StartsWith("250 ", await dovecot.Deliver(User, new TestMail { Subject = "Idle" }.Bytes()), StringComparison.Ordinal);
        await idle;
        Assert.Equal(1, client.Inbox.Count);
        Assert.Equal("Idle", (await client.Inbox.GetMessageAsync(0)).Subject);
    }

    [Fact]
    public async Task A_full_mailbox_takes_nothing_more()
    {
        await using var dovecot = await DovecotServer.Start();
        await dovecot.AddUser("small@example.test", DovecotServer.Password, quota: 100);
        Assert.StartsWith("552 5.2.2", await dovecot.Deliver("small@example.test", new TestMail().Bytes()), StringComparison.Ordinal);
        Assert.StartsWith("550 5.1.1", await dovecot.Deliver("nobody@example.test", new TestMail().Bytes()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thousands_of_mails_are_put_in_and_their_flags_are_counted()
    {
        await using var dovecot = await DovecotServer.Start();
        await dovecot.Append(User, Enumerable.Range(1, 5000).Select(number => Encoding.ASCII.GetBytes($"Subject: Mail {number}\r\n\r\nHello\r\n")));
        using var client = await SignIn(dovecot);
        await client.Inbox.OpenAsync(FolderAccess.ReadWrite);
        Assert.Equal(5000, client.Inbox.Count);
        Assert.Equal("Mail 4711", (await client.Inbox.GetMessageAsync(new UniqueId(4711))).Subject);
        await client.Inbox.AddFlagsAsync(new UniqueIdRange(new UniqueId(1), new UniqueId(10)), MessageFlags.Seen, silent: true);
        Assert.Equal(10, await dovecot.Count(User, "\\Seen"));
        Assert.Equal(5000, (await dovecot.Mails(User)).Count);
    }

    [Fact]
    public async Task Mails_survive_a_kill_and_get_new_numbers_when_the_folder_is_numbered_anew()
    {
        await using var dovecot = await DovecotServer.Start();
        await dovecot.Deliver(User, new TestMail().Bytes());
        await dovecot.Deliver(User, new TestMail().Bytes());
        var before = await dovecot.UidValidity(User);
        await dovecot.Kill();
        Assert.False(dovecot.Runs);
        await dovecot.Restart();
        Assert.Equal(before, await dovecot.UidValidity(User));
        await dovecot.ChangeUidValidity(User);
        using var client = await SignIn(dovecot);
        await client.Inbox.OpenAsync(FolderAccess.ReadOnly);
        Assert.NotEqual(before, client.Inbox.UidValidity);
        Assert.Equal([1u, 2u], (await client.Inbox.SearchAsync(MailKit.Search.SearchQuery.All)).Select(uid => uid.Id));
    }

    [Fact]
    public async Task A_suspended_server_says_nothing_until_it_goes_on()
    {
        await using var dovecot = await DovecotServer.Start();
        using var client = await SignIn(dovecot);
        await dovecot.Suspend();
        var asked = client.NoOpAsync();
        Assert.False(asked.IsCompleted);
        await dovecot.Resume();
        await asked.WaitAsync(Patience.Limit);
    }

    [Fact]
    public async Task Nothing_is_left_of_the_servers()
    {
        DovecotServer dovecot;
        PostfixServer postfix;
        await using (dovecot = await DovecotServer.Start())
        await using (postfix = await PostfixServer.Start(dovecot))
        {
            using var client = await SignIn(dovecot);
            Assert.NotEqual("", await Running(dovecot.Folder));
            Assert.NotEqual("", await Running(postfix.Folder));
        }

        Assert.False(Directory.Exists(dovecot.Folder));
        Assert.False(Directory.Exists(postfix.Folder));
        Assert.Equal("", await Running(dovecot.Folder));
        Assert.Equal("", await Running(postfix.Folder));
    }

    [Fact]
    public async Task Postfix_brings_the_mail_of_who_signed_in_to_dovecot()
    {
        await using var dovecot = await DovecotServer.Start();
        await using var postfix = await PostfixServer.Start(dovecot);
        using var client = await SignIn(dovecot);
        await client.Inbox.OpenAsync(FolderAccess.ReadOnly);
        using var done = new CancellationTokenSource(Patience.Limit);
        client.Inbox.CountChanged += (_, _) => done.Cancel();
        var idle = client.IdleAsync(done.Token);
        using (var sender = await Submit(dovecot, postfix.Ports.StartTls, SecureSocketOptions.StartTls))
        {
            await sender.AuthenticateAsync(User, DovecotServer.Password);
            await sender.SendAsync(Mail("Through both", User));
        }

        await idle;
        Assert.Equal("Through both", (await client.Inbox.GetMessageAsync(0)).Subject);
    }

    [Fact]
    public async Task Postfix_refuses_strangers_other_domains_large_mails_and_whom_a_test_says()
    {
        await using var dovecot = await DovecotServer.Start();
        await using var postfix = await PostfixServer.Start(dovecot);
        dovecot.Tokens.Allow("token-one", User);
        using (var stranger = await Submit(dovecot, postfix.Ports.Tls, SecureSocketOptions.SslOnConnect))
        {
            await Refused(stranger, User, SmtpStatusCode.TransactionFailed);
        }

        using (var sender = await Submit(dovecot, postfix.Ports.Tls, SecureSocketOptions.SslOnConnect))
        {
            await sender.AuthenticateAsync(new SaslMechanismOAuth2(User, "token-one"));
            await Refused(sender, "ada@client.example", SmtpStatusCode.TransactionFailed);
            postfix.Policy.Refuse(User, "550 5.1.1 Nobody by that name");
            await Refused(sender, User, SmtpStatusCode.MailboxUnavailable);
            postfix.Policy.Accept(User);
            postfix.Policy.Greylisting = true;
            await Refused(sender, User, SmtpStatusCode.ErrorInProcessing);
            await sender.SendAsync(Mail("Second try", User));
        }

        await postfix.LimitSize(1000);
        using var late = await Submit(dovecot, postfix.Ports.StartTls, SecureSocketOptions.StartTls);
        await late.AuthenticateAsync(User, DovecotServer.Password);
        var refusal = await Assert.ThrowsAsync<SmtpCommandException>(() => late.SendAsync(Mail(new string('x', 2000), User)));
        Assert.Equal(SmtpStatusCode.ExceededStorageAllocation, refusal.StatusCode);
    }

    /// <summary>Processes that were started with a folder or hold it, or anything in it, open.</summary>
    private static Task<string> Running(string folder) => MailDaemon.Run(
        [.. PostfixServer.AsRoot, "sh", "-c", """{ grep -lsF -- "$1" /proc/[0-9]*/environ; find /proc/[0-9]*/cwd /proc/[0-9]*/fd -lname "$1*" 2>/dev/null; } || true""", "sh", folder]);

    private static async Task Refused(SmtpClient sender, string recipient, SmtpStatusCode code)
    {
        var refusal = await Assert.ThrowsAsync<SmtpCommandException>(() => sender.SendAsync(Mail("Refused", recipient)));
        Assert.Equal(code, refusal.StatusCode);
    }

    private static MimeMessage Mail(string subject, string to)
    {
        var mail = new MimeMessage { Subject = subject, Body = new TextPart("plain") { Text = "Hello" } };
        mail.From.Add(MailboxAddress.Parse(User));
        mail.To.Add(MailboxAddress.Parse(to));
        return mail;
    }

    private static async Task<SmtpClient> Submit(DovecotServer dovecot, int port, SecureSocketOptions tls)
    {
        var client = new SmtpClient { CheckCertificateRevocation = false, ServerCertificateValidationCallback = dovecot.Authority.Check };
        await client.ConnectAsync("localhost", port, tls);
        return client;
    }

    private static async Task<ImapClient> Connect(DovecotServer dovecot, SecureSocketOptions tls)
    {
        var client = new ImapClient { CheckCertificateRevocation = false, ServerCertificateValidationCallback = dovecot.Authority.Check };
        await client.ConnectAsync("localhost", tls is SecureSocketOptions.StartTls ? dovecot.Ports.Imap : dovecot.Ports.Imaps, tls);
        return client;
    }

    private static async Task<ImapClient> SignIn(DovecotServer dovecot)
    {
        var client = await Connect(dovecot, SecureSocketOptions.SslOnConnect);
        await client.AuthenticateAsync(User, DovecotServer.Password);
        return client;
    }
}
