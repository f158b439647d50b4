using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace Heliotrope.Mail.Writing;

/// <summary>The key for RSA with which a domain signs its mail (RFC 6376). Its private part is a secret: it is in <see cref="Pem"/> and nowhere else.</summary>
public sealed class DkimKey
{
    // RFC 8301 section 3.2: verifiers need not take less than 1024, signers should use 2048. Larger ones do not fit into a UDP answer.
    private const int Bits = 2048;

    private DkimKey(RsaPrivateCrtKeyParameters key)
    {
        Private = key;
        Pem = PemEncoding.WriteString("PRIVATE KEY", PrivateKeyInfoFactory.CreatePrivateKeyInfo(key).GetEncoded());
        DnsRecord = "v=DKIM1; k=rsa; p=" + Convert.ToBase64String(SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(new RsaKeyParameters(false, key.Modulus, key.PublicExponent)).GetEncoded());
    }

    /// <summary>The private key to be kept (PKCS #8, unencrypted).</summary>
    public string Pem { get; }

    /// <summary>
    /// The TXT record to be published at <c>SELECTOR._domainkey.DOMAIN</c>. One string of DNS holds at most 255 characters: a longer
    /// record is entered in several, which are joined again without a blank.
    /// </summary>
    public string DnsRecord { get; }

    internal RsaPrivateCrtKeyParameters Private { get; }

    /// <summary>A new key.</summary>
    public static DkimKey New()
    {
        using var rsa = RSA.Create(Bits);
        return FromPem(rsa.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Reads what <see cref="Pem"/> gave.</summary>
    /// <exception cref="CryptographicException">It is no unencrypted private key for RSA. The message does not repeat it.</exception>
    public static DkimKey FromPem(string pem)
    {
        if (!PemEncoding.TryFind(pem, out var fields)) throw new CryptographicException("This is no key in the PEM format.");
        if (pem[fields.Label] is not "PRIVATE KEY" and var label) throw new CryptographicException($"This is no unencrypted private key but: {label}");
        try
        {
            return new(PrivateKeyFactory.CreateKey(Convert.FromBase64String(pem[fields.Base64Data])) as RsaPrivateCrtKeyParameters ?? throw new CryptographicException("A DKIM key is one for RSA."));
        }
        catch (Exception e) when (e is not CryptographicException)
        {
            // Whatever the libraries say of a damaged key may hold a part of it.
            throw new CryptographicException("The private key is damaged.");
        }
    }
}
