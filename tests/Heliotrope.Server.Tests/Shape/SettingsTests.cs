using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Tests.Shape;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("HELIOTROPE_URLS", "5100")]
    [InlineData("HELIOTROPE_URLS", "https://127.0.0.1:5100")]
    [InlineData("HELIOTROPE_URLS", "http://desk.example:5100")]
    [InlineData("HELIOTROPE_URLS", "http://127.0.0.1:5100/desk")]
    [InlineData("HELIOTROPE_URLS", "http://127.0.0.1:99999")]
    [InlineData("HELIOTROPE_URLS", ";")]
    [InlineData("HELIOTROPE_PUBLIC_URL", "desk.example")]
    [InlineData("HELIOTROPE_PUBLIC_URL", "ftp://desk.example")]
    [InlineData("HELIOTROPE_PUBLIC_URL", "https://desk.example/help")]
    [InlineData("HELIOTROPE_PUBLIC_URL", "https://desk.example?x=1")]
    [InlineData("HELIOTROPE_SMTP_LISTEN", "25")]
    [InlineData("HELIOTROPE_SMTP_LISTEN", "127.0.0.1")]
    [InlineData("HELIOTROPE_SMTP_LISTEN", "127.0.0.1:70000")]
    [InlineData("HELIOTROPE_SMTP_LISTEN", "mail.example:25")]
    [InlineData("HELIOTROPE_LMTP_LISTEN", "on")]
    [InlineData("HELIOTROPE_LMTP_LISTEN", "mail.example:24")]
    [InlineData("HELIOTROPE_LMTP_LISTEN", "127.0.0.1:70000")]
    [InlineData("HELIOTROPE_LMTP_LISTEN", "unix:")]
    [InlineData("HELIOTROPE_LMTP_LISTEN", "unix:lmtp.sock")]
    [InlineData("HELIOTROPE_LMTP_LISTEN", "unix:/0123456789/0123456789/0123456789/0123456789/0123456789/0123456789/0123456789/0123456789/0123456789/0123456789")]
    [InlineData("HELIOTROPE_SMTP_CERTIFICATE", "a\0b")]
    [InlineData("HELIOTROPE_SMTP_KEY", "/etc/ssl/key.pem")]
    [InlineData("HELIOTROPE_SMARTHOST", "mail.example")]
    [InlineData("HELIOTROPE_SMARTHOST", "http://mail.example")]
    [InlineData("HELIOTROPE_SMARTHOST", "smtp://mail.example:99999")]
    [InlineData("HELIOTROPE_DATABASE", "heliotrope.db")]
    [InlineData("HELIOTROPE_DATABASE", "Database=heliotrope")]
    [InlineData("HELIOTROPE_DATA", "a\0b")]
    public void A_wrong_value_is_named_with_its_setting_and_what_is_allowed(string setting, string value)
    {
        var refused = Assert.Throws<SettingException>(() => Read(setting, value));
        Assert.Contains(setting, refused.Message, StringComparison.Ordinal);
        Assert.Contains($"\"{value}\"", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Allowed: ", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HELIOTROPE_SMARTHOST", "smtp://desk:s3cret@mail.example:x")]
    [InlineData("HELIOTROPE_SMARTHOST", "desk:s3cret@mail.example")]
    [InlineData("HELIOTROPE_DATABASE", "Server=db;Password=s3cret;Nonsense=1")]
    [InlineData("HELIOTROPE_DATABASE", "Password=s3cret")]
    [InlineData("HELIOTROPE_DATABASE", "pwd=s3cret")]
    public void A_password_is_never_repeated(string setting, string value)
    {
        var refused = Assert.Throws<SettingException>(() => Read(setting, value));
        Assert.Contains(setting, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HELIOTROPE_URLS", "http://127.0.0.1:0;http://[::1]:5100")]
    [InlineData("HELIOTROPE_URLS", "http://*:5100")]
    [InlineData("HELIOTROPE_URLS", "http://localhost:5100")]
    [InlineData("HELIOTROPE_PUBLIC_URL", "https://desk.example")]
    [InlineData("HELIOTROPE_PUBLIC_URL", "http://desk.example:8080/")]
    [InlineData("HELIOTROPE_SMTP_LISTEN", "0.0.0.0:25")]
    [InlineData("HELIOTROPE_SMTP_LISTEN", "[::1]:2525")]
    [InlineData("HELIOTROPE_SMTP_LISTEN", "off")]
    [InlineData("HELIOTROPE_LMTP_LISTEN", "127.0.0.1:2424")]
    [InlineData("HELIOTROPE_LMTP_LISTEN", "[::1]:24")]
    [InlineData("HELIOTROPE_LMTP_LISTEN", "unix:/run/heliotrope/lmtp.sock")]
    [InlineData("HELIOTROPE_LMTP_LISTEN", "off")]
    [InlineData("HELIOTROPE_SMTP_CERTIFICATE", "/etc/ssl/mail.pem")]
    [InlineData("HELIOTROPE_SMARTHOST", "smtps://desk:p%40ss@mail.example:465")]
    [InlineData("HELIOTROPE_SMARTHOST", "smtp://mail.example")]
    [InlineData("HELIOTROPE_DATABASE", "Host=db;Database=heliotrope;Username=desk;Password=x")]
    [InlineData("HELIOTROPE_DATABASE", " ")]
    public void A_right_value_is_taken(string setting, string value) => Assert.NotNull(Read(setting, value));

    private static ServerSettings Read(string setting, string value) => ServerSettings.From(name => name == setting ? value : null);
}
