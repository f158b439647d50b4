using System.Text;
using System.Text.Json;

namespace Heliotrope.Server.MailServices;

/// <summary>
/// The inbound webhook of Postmark: JSON with the message as it came (<c>RawEmail</c>) where that is asked for, otherwise with its parts. It signs
/// nothing; a name and password may stand in the address and come as basic authentication (RFC 7617).
/// </summary>
internal sealed class PostmarkPost : IServiceKind
{
    public MailServiceKind Kind => MailServiceKind.Postmark;

    /// <summary>The one refusal that Postmark does not try again.</summary>
    public int UnknownRecipient => StatusCodes.Status403Forbidden;

    public bool IsKey(string key) => key.IndexOf(':', StringComparison.Ordinal) > 0;

    public ValueTask<PostReading> Read(ServicePost post, CancellationToken cancel) => new(ReadNow(post));

    private static PostReading ReadNow(ServicePost post)
    {
        const string basic = "Basic ";
        if (post.Key is { } key)
        {
            if (post.Headers.Authorization is not [{ } given] || !given.StartsWith(basic, StringComparison.OrdinalIgnoreCase))
            {
                return PostRefusal.Unsigned;
            }

            if (!ServiceKeys.Same(given[basic.Length..].Trim(), Convert.ToBase64String(Encoding.UTF8.GetBytes(key))))
            {
                return PostRefusal.SignedWrong;
            }
        }

        using var json = PostedJson.Read(post.Body);
        if (json is not { RootElement: { ValueKind: JsonValueKind.Object } mail })
        {
            return PostRefusal.Unreadable;
        }

        var raw = mail.Text("RawEmail") is { Length: > 0 } whole ? Encoding.UTF8.GetBytes(whole) : Built(mail);
        return raw is null ? PostRefusal.NoMail : new PostedMail(raw, "", mail.Text("OriginalRecipient") is { Length: > 0 } to ? [to] : []);
    }

    private static byte[]? Built(JsonElement posted)
    {
        var (text, html) = (NotEmpty(posted.Text("TextBody")), NotEmpty(posted.Text("HtmlBody")));
        if (text is null && html is null && posted.Text("From") is null && posted.At("FromFull").ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        using var mail = new BuiltMail { Text = text, Html = html, Files = [.. posted.At("Attachments").Items().Select(File)] };
        foreach (var header in posted.At("Headers").Items())
        {
            mail.Add(header.Text("Name"), header.Text("Value"));
        }

        mail.AddMissing("From", NotEmpty(People(posted.At("FromFull"))) ?? posted.Text("From"));
        mail.AddMissing("To", NotEmpty(People([.. posted.At("ToFull").Items()])) ?? posted.Text("To"));
        mail.AddMissing("Cc", NotEmpty(People([.. posted.At("CcFull").Items()])) ?? posted.Text("Cc"));
        mail.AddMissing("Reply-To", posted.Text("ReplyTo"));
        mail.AddMissing("Subject", posted.Text("Subject"));
        mail.AddMissing("Date", posted.Text("Date"));
        return mail.ToBytes();
    }

    private static string People(params JsonElement[] people) =>
        string.Join(", ", people.Where(p => !string.IsNullOrWhiteSpace(p.Text("Email"))).Select(p => BuiltMail.Address(p.Text("Name"), p.Text("Email"))));

    private static MailFile File(JsonElement file)
    {
        var content = file.Text("Content") ?? "";
        return new(
            file.Text("Name") ?? "",
            file.Text("ContentType") ?? "",
            PostedJson.FromBase64(content) ?? Encoding.UTF8.GetBytes(content), // broken, and still better kept than lost
            file.Text("ContentID")?.Trim('<', '>') is { Length: > 0 } id ? id : null);
    }

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
