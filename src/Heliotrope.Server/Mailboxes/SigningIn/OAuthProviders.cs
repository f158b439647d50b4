using System.Security.Cryptography;
using Heliotrope.Mail.Smtp;
using Heliotrope.Server.Database;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Mailboxes;

/// <summary>A provider at which an administrator signs in instead of giving a password.</summary>
/// <param name="Name">A stable code.</param>
/// <param name="Label">What it is called.</param>
/// <param name="AuthorizeUrl">Where its sign-in is (RFC 6749 section 3.1).</param>
/// <param name="TokenUrl">Where it gives tokens (RFC 6749 section 3.2).</param>
/// <param name="Scope">What is asked for: to read and send mail, also while nobody is there.</param>
/// <param name="ImapHost">Its IMAP server, on port 993 with TLS.</param>
/// <param name="SmtpHost">Its SMTP server, on port 587 with STARTTLS.</param>
internal sealed record OAuthProvider(string Name, string Label, Uri AuthorizeUrl, Uri TokenUrl, string Scope, string ImapHost, string SmtpHost)
{
    /// <summary>The codes of what <see cref="Providers"/> knows of it, the usual one first.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    public string? Help => Codes.Count > 0 ? Codes[0] : null;

    public int ImapPort { get; init; } = 993;

    public MailTls ImapTls { get; init; } = MailTls.Implicit;

    public int SmtpPort { get; init; } = 587;

    public MailTls SmtpTls { get; init; } = MailTls.StartTls;

    /// <summary>Beside the usual parameters: what makes the provider give a refresh token.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>();
}

/// <summary>This installation as the provider knows it: registered there by its administrator.</summary>
internal sealed record OAuthApp(string ClientId, string ClientSecret);

/// <summary>The providers at which one can sign in, and how this installation is known there.</summary>
internal sealed class OAuthProviders(Store store, IDataProtectionProvider protection, IReadOnlyList<OAuthProvider> all)
{
    /// <summary>As Google and Microsoft document them for IMAP and SMTP.</summary>
    public static readonly IReadOnlyList<OAuthProvider> Known =
    [
        new("google", "Google", new("https://accounts.google.com/o/oauth2/v2/auth"), new("https://oauth2.googleapis.com/token"), "https://mail.google.com/", "imap.gmail.com", "smtp.gmail.com")
        {
            Codes = ["google"],
            Extra = new Dictionary<string, string> { ["access_type"] = "offline", ["prompt"] = "consent" },
        },
        new(
            "microsoft", "Microsoft", new("https://login.microsoftonline.com/common/oauth2/v2.0/authorize"), new("https://login.microsoftonline.com/common/oauth2/v2.0/token"),
            "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access", "outlook.office365.com", "smtp.office365.com")
        {
            Codes = ["microsoft-365", "outlook"],
        },
    ];

    private readonly IDataProtector _protector = protection.CreateProtector("Heliotrope.OAuth");

    public IReadOnlyList<OAuthProvider> All => all;

    public static string ClientKey(string provider) => $"oauth-client-{provider}";

    public static string SecretKey(string provider) => $"oauth-secret-{provider}";

    public OAuthProvider? Find(string? name) => all.FirstOrDefault(provider => provider.Name == name);

    /// <summary>Where one signs in to mailboxes of a provider that we know; null where that is not possible.</summary>
    public OAuthProvider? ForHelp(string code) => all.FirstOrDefault(provider => provider.Codes.Contains(code));

    public string Lock(string secret) => _protector.Protect(secret);

    /// <summary>How this installation is known there; null while nobody has registered it.</summary>
    public async Task<OAuthApp?> App(string provider, CancellationToken cancel)
    {
        var (client, secret) = (ClientKey(provider), SecretKey(provider));
        var found = await store.Read(db => db.Settings.Where(s => s.Key == client || s.Key == secret).ToDictionaryAsync(s => s.Key, s => s.Value, cancel));
        return found.TryGetValue(client, out var id) && found.TryGetValue(secret, out var locked) && Unlock(locked) is { } known ? new(id, known) : null;
    }

    private string? Unlock(string locked)
    {
        try
        {
            return _protector.Unprotect(locked);
        }
        catch (CryptographicException)
        {
            return null; // the key that locked it is gone: it has to be registered again
        }
    }

    /// <exception cref="MailKit.Security.AuthenticationException">The provider is not known, or this installation not to it.</exception>
    public async Task<(OAuthProvider Provider, OAuthApp App)> Of(string name, CancellationToken cancel) =>
        Find(name) is { } provider && await App(name, cancel) is { } app
            ? (provider, app)
            : throw new MailKit.Security.AuthenticationException("This installation is not registered with the provider any more.");
}
