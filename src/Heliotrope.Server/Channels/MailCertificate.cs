using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Channels;

/// <summary>
/// The certificate with which mail is taken in encrypted. Its files are read again when they change: they are renewed every few
/// weeks, and nobody restarts a server for that.
/// </summary>
internal sealed class MailCertificate
{
    private readonly (string Certificate, string Key)? _files;
    private readonly ILogger _log;
    private readonly Lock _lock = new();
    private string _seen = "";
    private Loaded? _current;

    /// <exception cref="SettingException">One is set that cannot be used.</exception>
    public MailCertificate(ServerSettings settings, ILogger<MailCertificate> log)
    {
        (_files, _log) = (settings.SmtpCertificate, log);
        if (_files is not { } files)
        {
            return;
        }

        try
        {
            _seen = Read(files);
            _current = Load(_seen);
        }
        catch (Exception e) when (IsUnusable(e))
        {
            throw new SettingException("HELIOTROPE_SMTP_CERTIFICATE", files.Certificate, $"{ServerSettings.AllowedCertificate}. {e.Message}");
        }
    }

    /// <summary>A certificate with its key, and what leads from it to an authority.</summary>
    internal sealed record Loaded(X509Certificate2 Certificate, X509Certificate2Collection Chain);

    /// <summary>The newest that could be used; null when none is set. The files are small, and this is asked once a connection.</summary>
    public Loaded? Current
    {
        get
        {
            if (_files is not { } files)
            {
                return null;
            }

            lock (_lock)
            {
                Renew(files);
                return _current;
            }
        }
    }

    private void Renew((string Certificate, string Key) files)
    {
        var seen = "";
        try
        {
            seen = Read(files);
            if (seen == _seen)
            {
                return;
            }

            _current = Load(seen);
            _log.LogInformation("Mail is taken in with the certificate of {Subject}, valid until {End:u}", _current.Certificate.Subject, _current.Certificate.NotAfter.ToUniversalTime());
        }
        catch (Exception e) when (IsUnusable(e))
        {
            // Said once for each state of the files: a renewal may be only half written yet.
            if (seen != _seen)
            {
                _log.LogError("The new certificate in {File} cannot be used, and the old one stays: {Why}", files.Certificate, e.Message);
            }
        }

        _seen = seen;
    }

    private static string Read((string Certificate, string Key) files) =>
        files.Certificate == files.Key ? File.ReadAllText(files.Certificate) : $"{File.ReadAllText(files.Certificate)}\n{File.ReadAllText(files.Key)}";

    private static Loaded Load(string pem)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(pem);
        if (chain.Count == 0)
        {
            throw new CryptographicException("There is no certificate in it.");
        }

        chain.RemoveAt(0);
        var certificate = X509Certificate2.CreateFromPem(pem, pem);
        if (OperatingSystem.IsWindows())
        {
            // There, TLS takes no key that was only ever in memory.
            certificate = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
        }

        return new(certificate, chain);
    }

    private static bool IsUnusable(Exception e) => e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException or NotSupportedException;
}
