using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Heliotrope.Mail.Smtp;
using Npgsql;

namespace Heliotrope.Server.Platform;

/// <summary>A setting from outside cannot be used. The message names the setting, the value and what is allowed.</summary>
internal sealed class SettingException(string setting, string value, string allowed)
    : Exception($"{setting} is \"{value}\", which cannot be used. Allowed: {allowed}");

/// <summary>What the environment says about this process. Checked once, at start.</summary>
internal sealed record ServerSettings
{
    /// <summary>What HELIOTROPE_SMTP_CERTIFICATE may be.</summary>
    public const string AllowedCertificate = "the path of a PEM file with the certificate, the chain behind it and, unless HELIOTROPE_SMTP_KEY names another file, its private key, not encrypted";

    private const string AllowedFolder = "the path of a folder that can be written";

    public required string DataFolder { get; init; }

    /// <summary>Where pages and the API are served.</summary>
    public required IReadOnlyList<Uri> Urls { get; init; }

    /// <summary>The address under which people and customers reach us; null: the first one served.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Where mail is taken in; null: nowhere.</summary>
    public (string Host, int Port)? SmtpListen { get; init; }

    /// <summary>Where a mail server hands mail over by LMTP, an address or a Unix socket; null: nowhere.</summary>
    public EndPoint? LmtpListen { get; init; }

    /// <summary>The files, often the same, of the certificate and of its key; null: mail comes in unencrypted. They are read, and judged, by <see cref="Channels.MailCertificate"/>.</summary>
    public (string Certificate, string Key)? SmtpCertificate { get; init; }

    /// <summary>Through which mail leaves; null: it is kept in the development outbox.</summary>
    public Smarthost? Smarthost { get; init; }

    /// <summary>The certificates of an authority of the organisation's own, which mail servers may show beside those that this machine believes; null: none.</summary>
    public string? MailAuthority { get; init; }

    /// <summary>A PostgreSQL connection string; null: SQLite in the data folder.</summary>
    public string? Postgres { get; init; }

    public string SqliteFile => Path.Combine(DataFolder, "heliotrope.db");

    public string MailFolder => Path.Combine(DataFolder, "mail");

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="SettingException">One of them cannot be used.</exception>
    public static ServerSettings From(Func<string, string?> environment)
    {
        string? Value(string name) => environment(name)?.Trim() is { Length: > 0 } value ? value : null;
        return new()
        {
            DataFolder = FullPath("HELIOTROPE_DATA", Value("HELIOTROPE_DATA") ?? "data", AllowedFolder),
            Urls = ReadUrls(Value("HELIOTROPE_URLS") ?? "http://127.0.0.1:5100"),
            PublicUrl = Value("HELIOTROPE_PUBLIC_URL") is { } url ? ReadPublicUrl(url) : null,
            SmtpListen = ReadSmtpListen(Value("HELIOTROPE_SMTP_LISTEN") ?? "127.0.0.1:2525"),
            LmtpListen = ReadLmtpListen(Value("HELIOTROPE_LMTP_LISTEN") ?? "off"),
            SmtpCertificate = ReadCertificate(Value("HELIOTROPE_SMTP_CERTIFICATE"), Value("HELIOTROPE_SMTP_KEY")),
            Smarthost = Value("HELIOTROPE_SMARTHOST") is { } smarthost ? ReadSmarthost(smarthost) : null,
            MailAuthority = Value("HELIOTROPE_MAIL_AUTHORITY"),
            Postgres = Value("HELIOTROPE_DATABASE") is { } database ? ReadPostgres(database) : null,
        };
    }

    /// <summary>Makes the data folder when it is missing, for this user alone: it holds every customer's words.</summary>
    /// <exception cref="SettingException">It cannot be made, or not be written.</exception>
    public void CreateDataFolder()
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(DataFolder);
            }
            else
            {
                Directory.CreateDirectory(DataFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            using var probe = File.Create(Path.Combine(DataFolder, $".{Guid.NewGuid():N}"), 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException("HELIOTROPE_DATA", DataFolder, $"{AllowedFolder}. {e.Message}");
        }
    }

    public static ServerSettings FromEnvironment() => From(Environment.GetEnvironmentVariable);

    private static string FullPath(string setting, string value, string allowed)
    {
        try
        {
            return Path.GetFullPath(value);
        }
        catch (ArgumentException)
        {
            throw new SettingException(setting, value, allowed);
        }
    }

    private static List<Uri> ReadUrls(string value)
    {
        const string allowed = "one or more of http://ADDRESS:PORT, separated by semicolons; put a proxy in front for https";
        var urls = new List<Uri>();
        foreach (var part in value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // Kestrel's own way to say "every address".
            var written = part.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal);
            if (!Uri.TryCreate(written, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp || url.PathAndQuery != "/" || url.UserInfo.Length > 0 || ListenAddress(url.IdnHost) is null)
            {
                throw new SettingException("HELIOTROPE_URLS", value, allowed);
            }

            urls.Add(url);
        }

        return urls.Count > 0 ? urls : throw new SettingException("HELIOTROPE_URLS", value, allowed);
    }

    /// <summary>The address to listen on; null when the host is neither an IP address nor localhost.</summary>
    public static IPAddress? ListenAddress(string host) =>
        host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address : null;

    private static Uri ReadPublicUrl(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.AbsolutePath == "/" && url.Query.Length == 0 && url.Fragment.Length == 0 && url.UserInfo.Length == 0
            ? url
            : throw new SettingException("HELIOTROPE_PUBLIC_URL", value, "http://HOST or https://HOST, with a port when it is not the usual one, and no path");

    private static (string Host, int Port)? ReadSmtpListen(string value) =>
        value is "off" ? null
        : ReadPlace(value) ?? throw new SettingException("HELIOTROPE_SMTP_LISTEN", value, "ADDRESS:PORT such as 127.0.0.1:2525 or [::1]:25, or off");

    private static EndPoint? ReadLmtpListen(string value)
    {
        const string unix = "unix:";
        if (value is "off")
        {
            return null;
        }

        if (value.StartsWith(unix, StringComparison.Ordinal))
        {
            var path = value[unix.Length..];
            try
            {
                return Path.IsPathRooted(path) ? new UnixDomainSocketEndPoint(path) : throw Wrong("It begins with a slash.");
            }
            catch (Exception e) when (e is ArgumentException or PlatformNotSupportedException)
            {
                throw Wrong(e.Message);
            }
        }

        return ReadPlace(value) is var (host, port) ? new IPEndPoint(ListenAddress(host)!, port) : throw Wrong("");

        SettingException Wrong(string why) => new("HELIOTROPE_LMTP_LISTEN", value, $"ADDRESS:PORT such as 127.0.0.1:2424, unix:/PATH for a Unix socket, or off. {why}".TrimEnd());
    }

    private static (string Host, int Port)? ReadPlace(string value)
    {
        var colon = value.LastIndexOf(':');
        var host = colon > 0 ? value[..colon] : "";
        return colon > 0 && int.TryParse(value.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort && ListenAddress(host) is not null ? (host, port) : null;
    }

    private static (string Certificate, string Key)? ReadCertificate(string? certificate, string? key)
    {
        if (certificate is null)
        {
            return key is null ? null : throw new SettingException("HELIOTROPE_SMTP_KEY", key, "nothing while HELIOTROPE_SMTP_CERTIFICATE is not set");
        }

        var file = FullPath("HELIOTROPE_SMTP_CERTIFICATE", certificate, AllowedCertificate);
        return (file, key is null ? file : FullPath("HELIOTROPE_SMTP_KEY", key, "the path of a PEM file with the private key, not encrypted"));
    }

    private static Smarthost ReadSmarthost(string value) =>
        Smarthost.TryParse(value, out var smarthost, out var problem)
            ? smarthost!
            : throw new SettingException("HELIOTROPE_SMARTHOST", WithoutPassword(value, "@"), $"smtp://USER:PASSWORD@HOST:PORT or smtps://USER:PASSWORD@HOST:PORT. {problem}");

    /// <summary>What ends up in logs holds no password.</summary>
    private static string WithoutPassword(string value, params string[] signs) =>
        Array.Exists(signs, sign => value.Contains(sign, StringComparison.OrdinalIgnoreCase)) ? "(not shown: it holds a password)" : value;

    private static string ReadPostgres(string value)
    {
        try
        {
            if (new NpgsqlConnectionStringBuilder(value) is { Host: not null } built)
            {
                return built.ToString();
            }
        }
        catch (ArgumentException)
        {
            // Said below, without the value: it may hold a password.
        }

        throw new SettingException("HELIOTROPE_DATABASE", WithoutPassword(value, "password", "pwd"), "nothing, for SQLite in the data folder, or a PostgreSQL connection string: Host=…;Database=…;Username=…;Password=…");
    }
}
