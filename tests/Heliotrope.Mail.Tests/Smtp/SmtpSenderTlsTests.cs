using System.Text;
using Heliotrope.Mail.Smtp;

namespace Heliotrope.Mail.Tests.Smtp;

public sealed class SmtpSenderTlsTests : IDisposable
{
    private const string Offered = "250-fake\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS";
    private static readonly SmtpSenderOptions Trusting = new() { CertificateCheck = TestCertificate.IsTaken };
    private readonly FakeSmtpServer _server = new() { Answers = { ["EHLO"] = Offered, ["AUTH"] = "235 welcome" } };

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task TLS_is_used_when_offered_and_any_certificate_is_better_than_none()
    {
        Assert.Equal(SendOutcome.Accepted, (await Send(null)).Outcome);
        Assert.Equal(["EHLO desk.example", "STARTTLS", "EHLO desk.example"], _server.Heard.Take(3));
    }

    [Fact]
    public async Task Without_credentials_a_server_that_cannot_do_TLS_just_now_still_gets_the_mail()
    {
        _server.Answers["STARTTLS"] = "454 4.7.0 not now";
        Assert.Equal(SendOutcome.Accepted, (await Send(null)).Outcome);
    }

    [Fact]
    public async Task Credentials_go_inside_TLS_to_a_server_with_a_valid_certificate()
    {
        Assert.Equal(SendOutcome.Accepted, (await Send("ada", Trusting)).Outcome);
        Assert.Equal("AUTH PLAIN " + Convert.ToBase64String("\0ada\0s3cret"u8), _server.Heard[3]);
    }

    [Fact]
    public async Task Credentials_are_never_sent_in_clear()
    {
        _server.Answers["EHLO"] = "250-fake\r\n250 AUTH PLAIN LOGIN";
        await RefusedWithoutCredentials(await Send("ada", Trusting), "password was not sent");
    }

    [Fact]
    public async Task Credentials_are_never_sent_in_clear_when_STARTTLS_fails()
    {
        _server.Answers["STARTTLS"] = "454 4.7.0 not now";
        await RefusedWithoutCredentials(await Send("ada", Trusting), "password was not sent");
    }

    [Fact]
    public async Task Credentials_are_never_sent_to_a_server_with_a_certificate_nobody_vouches_for()
        => await RefusedWithoutCredentials(await Send("ada"), "certificate");

    [Fact]
    public async Task A_handshake_of_garbage_is_temporary()
    {
        _server.BadHandshake = "220 this is not TLS at all\r\n"u8.ToArray();
        Assert.Equal(SendOutcome.Temporary, (await Send(null)).Outcome);
    }

    [Fact]
    public async Task Words_slipped_in_behind_the_answer_to_STARTTLS_end_the_attempt()
    {
        _server.Answers["STARTTLS"] = "220 begin\r\n250 evil";
        var result = await Send(null);
        Assert.Equal(SendOutcome.Temporary, result.Outcome);
        Assert.Contains("out of turn", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_knows_only_LOGIN_is_signed_in_to_with_it()
    {
        _server.SecureEhlo = "250-fake\r\n250 AUTH=CRAM-MD5 LOGIN";
        _server.Answers["AUTH"] = "334 VXNlcm5hbWU6";
        _server.Answers[Convert.ToBase64String("ada"u8)] = "334 UGFzc3dvcmQ6";
        _server.Answers[Convert.ToBase64String("s3cret"u8)] = "235 welcome";
        Assert.Equal(SendOutcome.Accepted, (await Send("ada", Trusting)).Outcome);
    }

    [Fact]
    public async Task A_refused_sign_in_waits_for_better_settings_and_shows_no_password()
    {
        _server.Answers["AUTH"] = $"535 5.7.8 bad: s3cret {Convert.ToBase64String("\0ada\0s3cret"u8)}";
        var result = await Send("ada", Trusting);
        Assert.Equal((SendOutcome.Temporary, 535, "The server did not accept the user name and the password: 5.7.8 bad: … …"), (result.Outcome, result.Code, result.Text));
    }

    [Fact]
    public async Task A_server_without_a_way_to_sign_in_is_named_as_such()
    {
        _server.SecureEhlo = "250-fake\r\n250 AUTH GSSAPI";
        Assert.Contains("GSSAPI", (await Send("ada", Trusting)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_smtps_an_unknown_certificate_is_never_accepted()
    {
        using var tls = new FakeSmtpServer { TlsFirst = true };
        await using var wary = new SmtpSender(tls.Address(MailTls.Implicit), "desk.example");
        var refused = await wary.Send("", ["ada@client.example"], "x\r\n"u8.ToArray(), default);
        Assert.Equal(SendOutcome.Temporary, refused.Outcome);
        Assert.Contains("certificate", refused.Text, StringComparison.Ordinal);

        using var known = new FakeSmtpServer { TlsFirst = true };
        await using var sender = new SmtpSender(known.Address(MailTls.Implicit), "desk.example", Trusting);
        var taken = await sender.Send("", ["ada@client.example"], "x\r\n"u8.ToArray(), default);
        Assert.Equal(SendOutcome.Accepted, taken.Outcome);
        Assert.Contains("MAIL FROM:<>", known.Heard);
    }

    private async Task RefusedWithoutCredentials(SendResult result, string why)
    {
        Assert.Equal(SendOutcome.Temporary, result.Outcome);
        Assert.Contains(why, result.Text, StringComparison.Ordinal);
        await _server.Finish();
        Assert.DoesNotContain(_server.Heard, line => line.StartsWith("AUTH", StringComparison.Ordinal) || line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    private async Task<SendResult> Send(string? user, SmtpSenderOptions? options = null)
    {
        await using var sender = new SmtpSender(_server.Address(user: user), "desk.example", options);
        return await sender.Send("help@desk.example", ["ada@client.example"], Encoding.ASCII.GetBytes("x\r\n"), default);
    }
}
