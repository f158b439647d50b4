using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Heliotrope.Mail.Smtp;

namespace Heliotrope.Mail.Tests.Smtp;

public sealed class SmtpTryTests
{
    private const string Json = """{"status":"400","schemes":"Bearer","scope":"https://mail.example/"}""";
    private static readonly SmtpSenderOptions Trusting = new() { CertificateCheck = TestCertificate.IsTaken };

    [Fact]
    public async Task Settings_that_work_are_told_without_a_message()
    {
        using var server = Tls();
        var result = await Try(server, "ada");
        Assert.Equal(new SendResult(SendOutcome.Accepted, null, ""), result);
        Assert.Equal("QUIT", server.Heard[^1]);
        Assert.DoesNotContain(server.Heard, line => line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_without_an_address_is_told_as_such()
    {
        var result = await Try(new Smarthost("nowhere.invalid", 25, MailTls.WhenOffered, null, null));
        Assert.Equal((SendOutcome.Temporary, SendTrouble.NameNotFound), (result.Outcome, result.Trouble));
        Assert.Contains("nowhere.invalid", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_told_as_such()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        Assert.Equal(SendTrouble.Unreachable, (await Try(new Smarthost("127.0.0.1", port, MailTls.WhenOffered, null, null))).Trouble);
    }

    public static TheoryData<string> Steps => ["greeting", "EHLO", "STARTTLS", "handshake", "second EHLO", "AUTH"];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_server_that_falls_silent_is_told_as_such_at_every_step(string step)
    {
        using var server = Tls();
        Break(server, step, FakeSmtpServer.Silence, []);
        var result = await Try(server, "ada", Trusting with { Reply = Silent.Soon.Reply });
        Assert.Equal((SendOutcome.Temporary, SendTrouble.TimedOut, true), (result.Outcome, result.Trouble, result.BeforeMail));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_server_that_hangs_up_or_speaks_garbage_is_other_trouble_at_every_step(string step)
    {
        foreach (var answer in new[] { FakeSmtpServer.Close, "\u00ff\u0001\u0002garbage", new string('x', 9000) })
        {
            using var server = Tls();
            Break(server, step, answer, Encoding.UTF8.GetBytes(answer + "\r\n"));
            var result = await Try(server, "ada");
            Assert.Equal((SendOutcome.Temporary, SendTrouble.Other, true), (result.Outcome, result.Trouble, result.BeforeMail));
            Assert.InRange(result.Text.Length, 1, 2000);
        }
    }

    [Theory]
    [InlineData("greeting", "450 4.3.2 busy", SendTrouble.Other)]
    [InlineData("greeting", "554 5.7.1 not you", SendTrouble.Other)]
    [InlineData("EHLO", "450 4.3.2 busy", SendTrouble.Other)]
    [InlineData("EHLO", "550 5.7.1 not you", SendTrouble.Other)]
    [InlineData("STARTTLS", "454 4.7.0 not now", SendTrouble.NoTls)]
    [InlineData("STARTTLS", "501 5.5.4 no", SendTrouble.NoTls)]
    [InlineData("second EHLO", "550 5.7.1 not you", SendTrouble.Other)]
    [InlineData("AUTH", "454 4.7.0 later", SendTrouble.Other)]
    [InlineData("AUTH", "535 5.7.8 wrong", SendTrouble.SignInRefused)]
    public async Task A_refusal_is_told_with_the_server_s_words_at_every_step(string step, string answer, SendTrouble trouble)
    {
        using var server = Tls();
        Break(server, step, answer, []);
        if (step.EndsWith("EHLO", StringComparison.Ordinal)) server.Answers["HELO"] = answer;
        var result = await Try(server, "ada");
        Assert.Equal((SendOutcome.Temporary, (SendTrouble?)trouble, (int?)int.Parse(answer[..3], System.Globalization.CultureInfo.InvariantCulture)), (result.Outcome, result.Trouble, result.Code));
        Assert.Contains(answer[4..], result.Text, StringComparison.Ordinal);
        await using var sender = new SmtpSender(server.Address(user: "ada"), "desk.example", Trusting);
        Assert.Equal((true, true), (result.BeforeMail, (await sender.Send("", ["ada@client.example"], "x\r\n"u8.ToArray(), default)).BeforeMail));
    }

    [Theory]
    [InlineData(MailTls.StartTls, null, SendTrouble.NoTls)]
    [InlineData(MailTls.WhenOffered, "ada", SendTrouble.NoTls)]
    [InlineData(MailTls.WhenOffered, null, null)]
    public async Task A_server_without_encryption_is_told_where_there_must_be_some(MailTls tls, string? user, SendTrouble? trouble)
    {
        using var server = new FakeSmtpServer();
        await using var sender = new SmtpSender(server.Address(tls, user), "desk.example");
        Assert.Equal(trouble, (await sender.Try(default)).Trouble);
        Assert.Equal(trouble, (await sender.Send("", ["ada@client.example"], "x\r\n"u8.ToArray(), default)).Trouble);
        Assert.Equal(trouble is null, server.Messages.Count == 1);
    }

    [Fact]
    public async Task A_server_without_a_known_way_to_sign_in_is_told_as_such()
    {
        using var server = Tls();
        server.SecureEhlo = "250-fake\r\n250 AUTH GSSAPI PLAIN";
        Assert.Equal(SendTrouble.NoSignInWay, (await Try(server, "ada", token: "t0ken")).Trouble);
        server.SecureEhlo = "250 fake";
        Assert.Equal(SendTrouble.NoSignInWay, (await Try(server, "ada")).Trouble);
    }

    [Theory]
    [InlineData(MailTls.StartTls, false)]
    [InlineData(MailTls.Implicit, true)]
    public async Task A_certificate_that_nobody_vouches_for_is_told_by_its_names(MailTls tls, bool first)
    {
        using var server = new FakeSmtpServer { TlsFirst = first, Answers = { ["EHLO"] = "250-fake\r\n250 STARTTLS" } };
        var result = await Try(server.Address(tls));
        Assert.Equal((SendOutcome.Temporary, SendTrouble.Certificate), (result.Outcome, result.Trouble));
        Assert.Contains("CN=desk.example", result.Text, StringComparison.Ordinal);
        Assert.Contains("nobody whom this machine trusts vouches for it", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_for_another_name_that_has_expired_is_told_with_both()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=other.example", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("mail.other.example");
        request.CertificateExtensions.Add(names.Build());
        using var expired = request.CreateSelfSigned(new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var server = new FakeSmtpServer { TlsFirst = true, Certificate = expired };
        var result = await Try(server.Address(MailTls.Implicit));
        Assert.Equal(SendTrouble.Certificate, result.Trouble);
        Assert.Contains("valid from 2020-01-01 to 2021-01-01", result.Text, StringComparison.Ordinal);
        Assert.Contains("it is not for 127.0.0.1 but for mail.other.example", result.Text, StringComparison.Ordinal);
        Assert.Contains("has expired", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_given_as_XOAUTH2_wants_it()
    {
        using var server = Tls();
        Assert.Null((await Try(server, "ada@desk.example", token: "t0ken")).Trouble);
        Assert.Contains("AUTH XOAUTH2 " + Convert.ToBase64String("user=ada@desk.example\u0001auth=Bearer t0ken\u0001\u0001"u8), server.Heard);
    }

    [Theory]
    [InlineData(Json, "\"status\":\"400\"")]
    [InlineData("{\"t\":\"t0ken\"}", "{\"t\":\"…\"}")]
    public async Task A_refused_token_is_explained_by_the_server_and_never_shown(string json, string shown)
    {
        using var server = Tls();
        server.Answers["AUTH"] = "334 " + Convert.ToBase64String(Encoding.UTF8.GetBytes(json));
        server.Answers[""] = $"535 5.7.8 not accepted {Convert.ToBase64String("user=ada\u0001auth=Bearer t0ken\u0001\u0001"u8)}";
        var result = await Try(server, "ada", token: "t0ken");
        Assert.Equal((535, SendTrouble.SignInRefused), (result.Code, result.Trouble));
        Assert.Contains(shown, result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("t0ken", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("user=ada"u8)[..8], result.Text, StringComparison.Ordinal);
        Assert.Contains("", server.Heard);
    }

    [Theory]
    [InlineData("334 ")]
    [InlineData("334 not base64!")]
    [InlineData("334 AAECAwQ=")]
    [InlineData("535 no")]
    public async Task Any_answer_to_a_token_is_an_outcome(string answer)
    {
        using var server = Tls();
        server.Answers["AUTH"] = answer;
        server.Answers[""] = "535 no";
        var result = await Try(server, "ada", token: "t0ken");
        Assert.Equal(SendTrouble.SignInRefused, result.Trouble);
        Assert.DoesNotContain(result.Text, char.IsControl);
    }

    [Fact]
    public async Task Cancelling_throws()
    {
        using var server = Tls();
        server.Answers["greeting"] = FakeSmtpServer.Silence;
        using var cancel = new CancellationTokenSource();
        await using var sender = new SmtpSender(server.Address(), "desk.example");
        var trying = sender.Try(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trying);
    }

    private static FakeSmtpServer Tls() => new()
    {
        Answers = { ["EHLO"] = "250-fake\r\n250 STARTTLS", ["AUTH"] = "235 welcome" },
        SecureEhlo = "250-fake\r\n250 AUTH PLAIN LOGIN XOAUTH2",
    };

    private static void Break(FakeSmtpServer server, string step, string answer, byte[] handshake)
    {
        if (step == "handshake") server.BadHandshake = handshake;
        else if (step == "second EHLO") server.SecureEhlo = answer;
        else server.Answers[step] = answer;
    }

    private static Task<SendResult> Try(FakeSmtpServer server, string user, SmtpSenderOptions? options = null, string? token = null)
        => Try(server.Address(user: user, token: token), options ?? Trusting);

    private static async Task<SendResult> Try(Smarthost smarthost, SmtpSenderOptions? options = null)
    {
        await using var sender = new SmtpSender(smarthost, "desk.example", options);
        return await sender.Try(default);
    }
}
