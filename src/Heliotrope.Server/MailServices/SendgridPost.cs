using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Heliotrope.Server.MailServices;

/// <summary>
/// Inbound Parse of Twilio SendGrid: a form with the message as it came (<c>email</c>) where that is asked for, otherwise with its parts. Where a
/// security policy signs, it signs the time and the whole body (ECDSA), so what comes again brings nothing new and is stored once: its age
/// does not matter, and a try after hours of ours being away is not refused.
/// </summary>
internal sealed class SendgridPost : IServiceKind
{
    public MailServiceKind Kind => MailServiceKind.Sendgrid;

    /// <summary>It drops a mail after any refusal of the four hundreds.</summary>
    int IServiceKind.Unproved => StatusCodes.Status503ServiceUnavailable;

    public bool IsKey(string key)
    {
        using var read = PublicKey(key);
        return read is not null;
    }

    public async ValueTask<PostReading> Read(ServicePost post, CancellationToken cancel)
    {
        if (post.Key is { } key && Unproved(post, key) is { } refusal)
        {
            return refusal;
        }

        if (await PostedForm.Read(post, cancel) is not { } form)
        {
            return PostRefusal.Unreadable;
        }

        var raw = form.Bytes("email") ?? form.Files.Find(f => f.Field == "email")?.Bytes ?? Built(form);
        if (raw is null)
        {
            return PostRefusal.NoMail;
        }

        using var envelope = PostedJson.Read(form.Text("envelope"));
        return envelope is null
            ? new PostedMail(raw, "", [])
            : new PostedMail(raw, envelope.RootElement.Text("from") ?? "", [.. envelope.RootElement.At("to").Items().Select(to => to.AsText()).OfType<string>()]);
    }

    private static PostRefusal? Unproved(ServicePost post, string key)
    {
        if (post.Headers["X-Twilio-Email-Event-Webhook-Signature"] is not [{ Length: > 0 } signature] || post.Headers["X-Twilio-Email-Event-Webhook-Timestamp"] is not [{ Length: > 0 and < 100 } timestamp])
        {
            return PostRefusal.Unsigned;
        }

        using var read = PublicKey(key);
        var signed = (byte[])[.. Encoding.UTF8.GetBytes(timestamp), .. post.Body];
        return read is not null && PostedJson.FromBase64(signature) is { } bytes && read.VerifyData(signed, bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
            ? null
            : PostRefusal.SignedWrong;
    }

    /// <summary>The key as SendGrid gives it (base64), or in PEM; null when it is none.</summary>
    private static ECDsa? PublicKey(string key)
    {
        var ecdsa = ECDsa.Create();
        try
        {
            var bare = string.Concat(key.Split('\n').Where(line => !line.StartsWith("-----", StringComparison.Ordinal)).Select(line => line.Trim()));
            ecdsa.ImportSubjectPublicKeyInfo(Convert.FromBase64String(bare), out _);
            return ecdsa;
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            ecdsa.Dispose();
            return null;
        }
    }

    private static byte[]? Built(PostedForm form)
    {
        using var charsets = PostedJson.Read(form.Text("charsets"));
        string? Said(string name) => form.Text(name, charsets?.RootElement.Text(name));
        var (headers, text, html) = (Said("headers"), Said("text"), Said("html"));
        if (headers is null && text is null && html is null)
        {
            return null;
        }

        using var about = PostedJson.Read(form.Text("attachment-info"));
        using var mail = new BuiltMail { Text = text, Html = html, Files = [.. form.Files.Select(file => File(file, about?.RootElement.At(file.Field) ?? default))] };
        foreach (var line in Unfolded(headers ?? ""))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                mail.Add(line[..colon].TrimEnd(), line[(colon + 1)..]);
            }
        }

        foreach (var name in (string[])["From", "To", "Cc", "Subject"])
        {
            mail.AddMissing(name, Said(name.ToLowerInvariant()));
        }

        return mail.ToBytes();
    }

    private static MailFile File(PostedFile file, JsonElement about) =>
        new(about.Text("filename") ?? file.Name, about.Text("type") ?? file.Type, file.Bytes, about.Text("content-id")?.Trim('<', '>') is { Length: > 0 } id ? id : null);

    /// <summary>A header runs on over the lines that begin with a blank (RFC 5322, section 2.2.3).</summary>
    private static List<string> Unfolded(string headers)
    {
        var lines = new List<string>();
        foreach (var line in headers.ReplaceLineEndings("\n").Split('\n'))
        {
            if (lines.Count > 0 && line.StartsWith(' ') || line.StartsWith('\t') && lines.Count > 0)
            {
                lines[^1] += line;
            }
            else
            {
                lines.Add(line);
            }
        }

        return lines;
    }
}
