using System.Text;
using Heliotrope.Mail.Smtp;
using MimeKit;
using MimeKit.Cryptography;

namespace Heliotrope.Mail.Writing;

/// <summary>Signs what leaves, so that others can tell it from what only bears our name (RFC 6376).</summary>
public static class DkimSignature
{
    private static readonly string[] Signed =
        ["From", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Reply-To", "MIME-Version", "Content-Type", "Auto-Submitted"];

    /// <summary>The signature's header followed by exactly the bytes that were given.</summary>
    /// <param name="message">As it will be sent: with a From header, and not changed any more by whoever sends it.</param>
    /// <param name="domain">Whose name is vouched for; receivers want it to be the one in From.</param>
    /// <param name="selector">Under which the key's <see cref="DkimKey.DnsRecord"/> is published.</param>
    /// <param name="key">The domain's.</param>
    /// <exception cref="ArgumentException">The domain or the selector is none, or the message has no From header.</exception>
    public static byte[] Sign(ReadOnlySpan<byte> message, string domain, string selector, DkimKey key)
    {
        var name = EnvelopeAddress.Domain(domain);
        if (name is null or ['[', ..]) throw new ArgumentException("This is no domain.", nameof(domain));
        if (EnvelopeAddress.Domain(selector) != selector || selector.StartsWith('[')) throw new ArgumentException("This is no selector.", nameof(selector));

        var bytes = message.ToArray();
        var parsed = Parse(bytes);
        if (!parsed.Headers.Contains(HeaderId.From)) throw new ArgumentException("There is no From header.", nameof(message));
        var present = Signed.Where(header => parsed.Headers.Contains(header) || parsed.Body?.Headers.Contains(header) is true);
        var signer = new DkimSigner(key.Private, name, selector, DkimSignatureAlgorithm.RsaSha256)
        {
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
        };
        // Each is named once more than it is there: nobody can put another From or Subject before it, or a Reply-To where there is none (RFC 6376 section 8.15).
        signer.Sign(parsed, [.. present, .. Signed]);

        var signature = parsed.Headers.First(header => header.Id is HeaderId.DkimSignature);
        return [.. Encoding.ASCII.GetBytes($"{signature.Field}:{Encoding.ASCII.GetString(signature.RawValue).ReplaceLineEndings("\r\n")}"), .. bytes];
    }

    private static MimeMessage Parse(byte[] message)
    {
        try
        {
            using var stream = new MemoryStream(message, writable: false);
            return MimeMessage.Load(stream);
        }
        catch (FormatException e)
        {
            throw new ArgumentException("This is no message.", nameof(message), e);
        }
    }
}
