using Heliotrope.Mail.Smtp;

namespace Heliotrope.Mail.Tests.Smtp;

public class SmarthostTests
{
    [Theory]
    [InlineData("smtp://mail.example", "mail.example", 25, MailTls.WhenOffered, null, null)]
    [InlineData(" SMTP://mail.example/ ", "mail.example", 25, MailTls.WhenOffered, null, null)]
    [InlineData("smtp://mail.example:2525", "mail.example", 2525, MailTls.WhenOffered, null, null)]
    [InlineData("smtp://ada:pw@mail.example", "mail.example", 587, MailTls.WhenOffered, "ada", "pw")]
    [InlineData("smtps://ada:pw@mail.example", "mail.example", 465, MailTls.Implicit, "ada", "pw")]
    [InlineData("smtps://mail.example", "mail.example", 465, MailTls.Implicit, null, null)]
    [InlineData("smtp://ada%40b.example:p%3A%2F%25%C3%A4@mail.example:26", "mail.example", 26, MailTls.WhenOffered, "ada@b.example", "p:/%\u00e4")]
    [InlineData("smtp://ada@b.example:p:/w@mail.example", "mail.example", 587, MailTls.WhenOffered, "ada@b.example", "p:/w")]
    [InlineData("smtp://192.0.2.1:25", "192.0.2.1", 25, MailTls.WhenOffered, null, null)]
    [InlineData("smtp://[2001:db8::25]:26", "2001:db8::25", 26, MailTls.WhenOffered, null, null)]
    [InlineData("smtp://[::1]", "::1", 25, MailTls.WhenOffered, null, null)]
    [InlineData("smtp://localhost:25", "localhost", 25, MailTls.WhenOffered, null, null)]
    public void A_smarthost_is_read(string uri, string host, int port, MailTls tls, string? user, string? password)
    {
        Assert.True(Smarthost.TryParse(uri, out var smarthost, out var problem), problem);
        Assert.Equal(new Smarthost(host, port, tls, user, password), smarthost);
    }

    [Theory]
    [InlineData("", "smtp://")]
    [InlineData("mail.example:25", "smtp://")]
    [InlineData("http://mail.example", "smtp://")]
    [InlineData("smtp://", "host is missing")]
    [InlineData("smtp://:25", "host is missing")]
    [InlineData("smtp://mail.example:", "1 to 65535")]
    [InlineData("smtp://mail.example:0", "1 to 65535")]
    [InlineData("smtp://mail.example:65536", "1 to 65535")]
    [InlineData("smtp://mail.example:25/path", "1 to 65535")]
    [InlineData("smtp://mail.example/path", "no host name")]
    [InlineData("smtp://mail example", "no host name")]
    [InlineData("smtp://mail.example\r\nRCPT", "no host name")]
    [InlineData("smtp://2001:db8::25", "brackets")]
    [InlineData("smtp://[192.0.2.1]", "IPv6")]
    [InlineData("smtp://[::1", "IPv6")]
    [InlineData("smtp://s3cret@mail.example", "user:password")]
    [InlineData("smtp://ada:@mail.example", "user:password")]
    [InlineData("smtp://ada:s3cret%zz@mail.example", "%25")]
    [InlineData("smtp://ada:s3cret%0d%0a@mail.example", "%25")]
    [InlineData("smtp://ada:s3cret%ff@mail.example", "%25")]
    public void A_wrong_one_is_explained_without_showing_a_password(string uri, string expected)
    {
        Assert.False(Smarthost.TryParse(uri, out var smarthost, out var problem));
        Assert.Null(smarthost);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("smtp://ada:s3cret@mail.example:26", "smtp://ada@mail.example:26")]
    [InlineData("smtps://[::1]", "smtps://[::1]:465")]
    public void Shown_in_a_log_it_hides_the_password(string uri, string shown)
    {
        Assert.True(Smarthost.TryParse(uri, out var smarthost, out _));
        Assert.Equal(shown, smarthost.ToString());
    }

    [Fact]
    public void Shown_in_a_log_it_hides_the_token()
        => Assert.DoesNotContain("s3cret", $"{new Smarthost("mail.example", 587, MailTls.StartTls, "ada", null) { Token = "s3cret" }}", StringComparison.Ordinal);
}
