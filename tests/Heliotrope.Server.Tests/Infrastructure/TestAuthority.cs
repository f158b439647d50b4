using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Heliotrope.Server.Tests.Infrastructure;

/// <summary>A certificate and its key, as mail servers read them.</summary>
internal sealed record TestIdentity(string CertificatePem, string KeyPem);

/// <summary>An authority of the tests' own: no machine trusts it by itself, a test can.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private int _issued;

    public TestAuthority()
    {
        var request = new CertificateRequest("CN=Authority of the tests", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-2), DateTimeOffset.UtcNow.AddYears(1));
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>For localhost, 127.0.0.1 and 127.0.0.2.</summary>
    public TestIdentity Issue() => Issue(["localhost"], DateTimeOffset.UtcNow.AddDays(30));

    /// <summary>For other names, or one that is over already.</summary>
    public TestIdentity Issue(string[] names, DateTimeOffset ends)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        if (names.Contains("localhost"))
        {
            alternatives.AddIpAddress(IPAddress.Loopback);
            alternatives.AddIpAddress(IPAddress.Parse("127.0.0.2"));
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false));
        var serial = BitConverter.GetBytes(++_issued);
        using var made = request.Create(Certificate, ends.AddDays(-60), ends, serial);
        return new(made.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>What a machine would say that trusts this authority and no other: the name and all else must be right too.</summary>
    public bool Check(object sender, X509Certificate? certificate, X509Chain? shown, SslPolicyErrors problems)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return (problems & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None && certificate is X509Certificate2 own && chain.Build(own);
    }

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }
}
