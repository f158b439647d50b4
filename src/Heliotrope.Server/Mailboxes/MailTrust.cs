using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Mailboxes;

/// <summary>Which certificates of mail servers are believed: those that this machine believes, and those of the organisation's own authority where one is set.</summary>
internal sealed class MailTrust(ServerSettings settings)
{
    private readonly X509Certificate2Collection _own = settings.MailAuthority is { } file ? Read(file) : [];

    /// <summary>Null where the machine's own judgement is enough.</summary>
    public RemoteCertificateValidationCallback? Check => _own.Count == 0 ? null : Judge;

    /// <summary>Reads the certificates of a file in PEM.</summary>
    /// <exception cref="SettingException">It cannot be read, or holds none.</exception>
    private static X509Certificate2Collection Read(string file)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new SettingException("HELIOTROPE_MAIL_AUTHORITY", file, $"a file with the certificates of your own authority in PEM. {e.Message}");
        }

        return certificates.Count > 0 ? certificates : throw new SettingException("HELIOTROPE_MAIL_AUTHORITY", file, "a file with the certificates of your own authority in PEM; there is none in it");
    }

    private bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors is SslPolicyErrors.None)
        {
            return true;
        }

        // Whose certificate it is was compared already; only who vouches for it is asked once more.
        if (errors is not SslPolicyErrors.RemoteCertificateChainErrors || certificate is null)
        {
            return false;
        }

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(_own);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in chain?.ChainElements.Skip(1) ?? [])
        {
            own.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        using var copy = new X509Certificate2(certificate);
        return own.Build(copy);
    }
}
