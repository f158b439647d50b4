using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Heliotrope.Mail.Smtp;

/// <summary>Says which certificate a server showed and why it is not taken.</summary>
internal static class SmtpCertificate
{
    // Names in a certificate are whatever its maker wrote.
    private const int MaxShown = 200;
    private const int MaxNames = 5;

    /// <summary>One sentence for people.</summary>
    public static string Explain(string host, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (shown is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)) return "The server showed no certificate.";
        using var certificate = new X509Certificate2(shown);
        var reasons = new List<string>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) reasons.Add($"it is not for {host} but for {Names(certificate)}");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            var found = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
            reasons.AddRange(Reasons(found));
        }
        if (reasons.Count == 0) reasons.Add("it is not the one that was expected");
        return $"The certificate {Short(certificate.Subject)}, issued by {Short(certificate.Issuer)}, valid from {Day(certificate.NotBefore)} to {Day(certificate.NotAfter)}, is not valid: {string.Join("; ", reasons)}.";
    }

    private static IEnumerable<string> Reasons(X509ChainStatusFlags found)
    {
        const X509ChainStatusFlags unknown = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;
        const X509ChainStatusFlags withdrawn = X509ChainStatusFlags.Revoked | X509ChainStatusFlags.ExplicitDistrust;
        if ((found & X509ChainStatusFlags.NotTimeValid) != 0) yield return "it, or one that vouches for it, has expired or is not valid yet";
        if ((found & unknown) != 0) yield return "nobody whom this machine trusts vouches for it";
        if ((found & withdrawn) != 0) yield return "it was withdrawn";
        if ((found & ~(X509ChainStatusFlags.NotTimeValid | unknown | withdrawn)) is not 0 and var rest) yield return rest.ToString();
    }

    private static string Names(X509Certificate2 certificate)
    {
        try
        {
            var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
                .SelectMany(names => names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => address.ToString())))
                .Take(MaxNames + 1).ToList();
            if (names.Count > MaxNames) names[MaxNames] = "others";
            return names.Count == 0 ? "no name at all" : Short(string.Join(", ", names));
        }
        catch (CryptographicException)
        {
            return "names that cannot be read";
        }
    }

    private static string Day(DateTime local) => local.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Short(string text)
    {
        var clean = string.Concat(text.Take(MaxShown).Select(c => char.IsControl(c) ? ' ' : c));
        return text.Length > MaxShown ? clean + "…" : clean;
    }
}
