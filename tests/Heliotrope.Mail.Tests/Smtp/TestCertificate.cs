using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Heliotrope.Mail.Tests.Smtp;

/// <summary>A certificate that no machine trusts by itself.</summary>
internal static class TestCertificate
{
    public static readonly X509Certificate2 SelfMade = Make();

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
