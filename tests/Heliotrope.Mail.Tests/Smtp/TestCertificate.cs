using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Heliotrope.Mail.Tests.Smtp;

/// <summary>A certificate that no machine trusts by itself.</summary>
internal static class TestCertificate
{
    public static readonly X509Certificate2 SelfMade = Make();

    /// <summary>Takes this one and no other.</summary>
    public static bool IsTaken(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => certificate?.GetCertHashString() == SelfMade.Thumbprint;

    /// <summary>A certificate of an authority, one of an authority below it, and one of a server below that.</summary>
    public static X509Certificate2[] Chain()
    {
        var made = new List<X509Certificate2>();
        foreach (var name in new[] { "CN=root.example", "CN=issuer.example", "CN=mail.desk.example" })
        {
            var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(made.Count < 2, false, 0, true));
            var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30 - made.Count));
            made.Add(made.Count == 0 ? request.CreateSelfSigned(from, to) : request.Create(made[^1], from.AddHours(made.Count), to, [1, (byte)made.Count]).CopyWithPrivateKey(key));
        }
        return [.. made];
    }

    private static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=desk.example", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
    }
}
