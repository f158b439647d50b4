using System.Net;
using System.Net.Sockets;
using System.Text;
using Heliotrope.Mail.Imap;
using Heliotrope.Mail.Smtp;
using Heliotrope.Server.Mailboxes;
using Heliotrope.Server.Tests.Infrastructure;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Heliotrope.Server.Tests.Mailboxes;

/// <summary>Against real servers, and against some that are none.</summary>
[Collection(WithMailServers.Three)]
public sealed class TrialTroubleTests
{
    [Fact]
    public async Task A_wrong_password_is_not_accepted_and_never_shown()
    {
        await using var dovecot = await DovecotServer.Start();
        var trouble = await Trial(dovecot, Imaps(dovecot), "wr0ng-w0rd");
        Assert.Equal(("not-accepted", "Authentication failed."), (trouble!.Code, trouble.Said));
        Assert.Contains("localhost", trouble.Sentence, StringComparison.Ordinal);
        Assert.Null(await Trial(dovecot, Imaps(dovecot), DovecotServer.Password));
    }

    [Fact]
    public async Task A_wrong_token_is_not_accepted()
    {
        await using var dovecot = await DovecotServer.Start();
        var trouble = await Trial(dovecot, Imaps(dovecot), "no-such-token", client => client.AuthenticateAsync(new SaslMechanismOAuth2(DovecotServer.User, "no-such-token")));
        Assert.Equal("not-accepted", trouble!.Code);
    }

    [Fact]
    public async Task A_certificate_is_told_what_is_wrong_with_it()
    {
        await using var dovecot = await DovecotServer.Start();
        Assert.Equal("certificate-unknown", (await Trial(null, Imaps(dovecot)))!.Code);
        Assert.Equal("certificate-unknown", (await Trial(null, new("localhost", dovecot.Ports.Imap, MailTls.StartTls, DovecotServer.User)))!.Code);

        using var authority = new TestAuthority();
        await using var other = await DovecotServer.Start(new() { Identity = authority.Issue(["mail.client.example"], DateTimeOffset.UtcNow.AddDays(30)) });
        Assert.Equal("certificate-name", (await Trial(null, Imaps(other)))!.Code);
        await using var old = await DovecotServer.Start(new() { Identity = authority.Issue(["localhost"], DateTimeOffset.UtcNow.AddDays(-1)) });
        Assert.Equal("certificate-expired", (await Trial(null, Imaps(old)))!.Code);
    }

    [Fact]
    public async Task A_password_without_encryption_is_refused_by_the_server_or_not_even_sent()
    {
        await using var dovecot = await DovecotServer.Start();
        var trouble = await Trial(dovecot, new("127.0.0.2", dovecot.Ports.Imap, MailTls.WhenOffered, DovecotServer.User), way: SecureSocketOptions.None);
        Assert.Equal("encryption-first", trouble!.Code);

        await using var bare = await DovecotServer.Start(new() { Tls = false });
        Assert.Equal("no-encryption", (await Trial(bare, new("localhost", bare.Ports.Imap, MailTls.StartTls, DovecotServer.User)))!.Code);
        Assert.Equal("tls-not-here", (await Trial(bare, new("localhost", bare.Ports.Imap, MailTls.Implicit, DovecotServer.User)))!.Code);
    }

    [Fact]
    public async Task A_stopped_server_refuses_and_a_hanging_one_does_not_answer()
    {
        await using var dovecot = await DovecotServer.Start();
        await dovecot.Suspend();
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        Assert.Equal("no-answer", (await Trial(dovecot, Imaps(dovecot), cancel: patience.Token))!.Code);
        await dovecot.Resume();
        await dovecot.Stop();
        Assert.Equal("refused", (await Trial(dovecot, Imaps(dovecot)))!.Code);
    }

    [Fact]
    public async Task One_connection_too_many_is_told_from_a_wrong_password()
    {
        await using var dovecot = await DovecotServer.Start(new() { ConnectionsPerUser = 1 });
        using var first = new ImapClient { CheckCertificateRevocation = false, ServerCertificateValidationCallback = dovecot.Authority.Check };
        await first.ConnectAsync("localhost", dovecot.Ports.Imaps, SecureSocketOptions.SslOnConnect);
        await first.AuthenticateAsync(DovecotServer.User, DovecotServer.Password);
        var trouble = await Trial(dovecot, Imaps(dovecot));
        Assert.Equal("too-many", trouble!.Code);
        Assert.Contains("Maximum number of connections", trouble.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_for_which_imap_is_switched_off_is_told_so()
    {
        await using var dovecot = await DovecotServer.Start();
        await dovecot.AddUser(DovecotServer.User, DovecotServer.Password, more: "nologin=y reason=IMAP_is_disabled_for_this_account");
        Assert.Equal("not-accepted", (await Trial(dovecot, Imaps(dovecot)))!.Code);
        Assert.Equal("imap-off", Of(new AuthenticationException("IMAP is disabled for this account")).Code);
        Assert.Equal("imap-off", Of(new AuthenticationException("[ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page")).Code);
    }

    [Fact]
    public async Task A_name_that_is_not_there_is_unknown()
    {
        var trouble = await Trial(null, new("no-such-server.invalid", 993, MailTls.Implicit, "ada"));
        Assert.Equal("name-unknown", trouble!.Code);
    }

    [Fact]
    public async Task What_is_no_mail_server_is_told_from_one()
    {
        await using var dovecot = await DovecotServer.Start();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var greeting = Greet(listener, "SSH-2.0-OpenSSH_9.2\r\n");
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Assert.Equal("not-imap", (await Trial(null, new("localhost", port, MailTls.WhenOffered, "ada")))!.Code);
        await greeting;
    }

    [Fact]
    public async Task One_that_hangs_up_is_not_taken_for_something_else()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var greeting = Greet(listener, "");
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Assert.Equal("hung-up", (await Trial(null, new("localhost", port, MailTls.WhenOffered, "ada")))!.Code);
        await greeting;
    }

    [Theory]
    [InlineData("535: 5.7.8 Username and Password not accepted", "not-accepted")]
    [InlineData("534: 5.7.9 Application-specific password required", "app-password")]
    [InlineData("535: 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "password-off")]
    [InlineData("535: 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.", "smtp-off")]
    [InlineData("Too many simultaneous connections. (Failure)", "too-many")]
    [InlineData("Too many login attempts, try again in an hour", "too-often")]
    [InlineData("454: 4.7.0 Temporary authentication failure", "away")]
    [InlineData("LOGIN failed.", "not-accepted")]
    public void The_words_of_servers_that_are_known_have_their_reason(string said, string code)
    {
        Assert.Equal(code, Of(new AuthenticationException(said)).Code);
        Assert.Equal(said, Of(new AuthenticationException(said)).Said);
    }

    [Fact]
    public void What_our_own_sender_brings_back_has_the_same_reasons()
    {
        var server = new MailServer("smtp.client.example", 587, MailTls.StartTls, "ada");
        Assert.Null(SendingTrouble.Of(new(SendOutcome.Accepted, 250, "taken"), server));
        Assert.Equal("not-accepted", SendingTrouble.Of(new(SendOutcome.Permanent, 535, "5.7.8 no"), server)!.Code);
        Assert.Equal("smtp-off", SendingTrouble.Of(new(SendOutcome.Permanent, 535, "5.7.139 SmtpClientAuthentication is disabled for the Tenant."), server)!.Code);
        Assert.Null(SendingTrouble.Of(new(SendOutcome.Permanent, 535, "no to s3cret-word"), server, "s3cret-word")!.Said);
        Assert.Null(SendingTrouble.Of(new(SendOutcome.Temporary, null, "smtp.client.example: not known") { Trouble = SendTrouble.NameNotFound }, server)!.Said); // those are our own words
    }

    [Fact]
    public void Everything_that_is_thrown_has_a_known_code()
    {
        Exception[] thrown = [new IOException("x"), new InvalidOperationException("x"), new ServiceNotConnectedException("x"), new TimeoutException(), new SocketException((int)SocketError.HostUnreachable), new NotSupportedException("The IMAP server does not support the STARTTLS extension."), new FolderNotFoundException("Kunden")];
        Assert.Equal(["hung-up", "other", "hung-up", "no-answer", "unreachable", "no-encryption", "folder-unknown"], thrown.Select(e => Of(e).Code));
        Assert.All(thrown, e => Assert.Contains(Of(e).Code, TrialTrouble.Codes));
    }

    private static TrialTrouble Of(Exception thrown) => TrialTrouble.Of(thrown, new("imap.client.example", 993, MailTls.Implicit, "ada"), DateTimeOffset.UtcNow, "s3cret-word");

    private static MailServer Imaps(DovecotServer dovecot) => new("localhost", dovecot.Ports.Imaps, MailTls.Implicit, DovecotServer.User);

    private static async Task<TrialTrouble?> Trial(DovecotServer? trusted, MailServer server, string password = DovecotServer.Password, Func<ImapClient, Task>? signIn = null, SecureSocketOptions? way = null, CancellationToken cancel = default)
    {
        var words = new LastWords();
        using var client = new ImapClient(words) { CheckCertificateRevocation = false };
        if (trusted is not null)
        {
            client.ServerCertificateValidationCallback = trusted.Authority.Check;
        }

        try
        {
            await client.ConnectAsync(server.Host, server.Port, way ?? ImapReader.Way(server.Tls), cancel);
            await (signIn?.Invoke(client) ?? SignInOnce.With(client, server.UserName, password, cancel));
            return null;
        }
        catch (Exception e)
        {
            words.NoteIn(e);
            var trouble = TrialTrouble.Of(e, server, DateTimeOffset.UtcNow, password);
            Assert.DoesNotContain(password, $"{trouble} {trouble.Sentence}", StringComparison.Ordinal);
            return trouble;
        }
    }

    private static async Task Greet(TcpListener listener, string greeting)
    {
        using var client = await listener.AcceptTcpClientAsync(Patience.Token());
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(greeting));
    }
}
