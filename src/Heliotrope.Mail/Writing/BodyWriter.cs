using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Heliotrope.Mail.Reading;

namespace Heliotrope.Mail.Writing;

/// <summary>Everything from the Content-Type on: files beside what is read, pictures beside the HTML, the HTML beside the text; only the levels that are needed.</summary>
internal sealed partial class BodyWriter(MailBytes message, string messageId)
{
    public static void Write(MailBytes message, OutgoingMail mail)
    {
        var writer = new BodyWriter(message, mail.MessageId);
        var files = mail.Attachments.Select(file => file with { ContentId = IdOf(file) }).ToList();
        // Pictures have their place in HTML; without it they are files like the others.
        var pictures = mail.Html is null ? [] : files.Where(file => file.ContentId is not null).ToList();
        var beside = files.Where(file => mail.Html is null || file.ContentId is null).ToList();
        writer.Mixed(mail, pictures, beside);
    }

    private void Mixed(OutgoingMail mail, List<OutgoingAttachment> pictures, List<OutgoingAttachment> beside)
    {
        if (beside.Count == 0) Related(mail, pictures);
        else
            Multipart("mixed", "", [
                () => Related(mail, pictures),
                .. beside.Select((file, i) => (Action)(() => File(file, pictures.Count + i, "attachment")))]);
    }

    private void Related(OutgoingMail mail, List<OutgoingAttachment> pictures)
    {
        if (pictures.Count == 0) Words(mail);
        else
            Multipart("related", " type=\"multipart/alternative\";\r\n", [
                () => Words(mail),
                .. pictures.Select((picture, i) => (Action)(() => File(picture, i, "inline")))]);
    }

    private void Words(OutgoingMail mail)
    {
        var text = TextPart.From("plain", mail.Text);
        if (mail.Html is null) Part(text);
        else Multipart("alternative", "", [() => Part(text), () => Part(TextPart.From("html", mail.Html))]);
    }

    /// <summary>No line of a part begins with two hyphens (see <see cref="TextPart"/>; base 64 has none), so the boundary cannot be met inside one.</summary>
    private void Multipart(string subtype, string parameter, List<Action> parts)
    {
        var boundary = "=_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{subtype} {messageId}")).AsSpan(0, 12));
        message.Text($"Content-Type: multipart/{subtype};\r\n{parameter} boundary=\"{boundary}\"\r\n\r\n");
        foreach (var part in parts)
        {
            message.Text($"--{boundary}\r\n");
            part();
        }
        message.Text($"--{boundary}--\r\n");
    }

    private void Part(TextPart part)
        => message.Text($"Content-Type: {part.ContentType}\r\nContent-Transfer-Encoding: {part.Encoding}\r\n\r\n").Text(part.Body);

    private void File(OutgoingAttachment file, int index, string disposition)
    {
        var name = FileNames.ToSend(file.Name, index, file.Type);
        var head = new StringBuilder();
        HeaderWriter.Structured(head, "Content-Type", [$" {TypeOf(file)};", .. FileParameter.Type(name)]);
        HeaderWriter.Structured(head, "Content-Disposition", [$" {disposition};", .. FileParameter.Disposition(name)]);
        if (file.ContentId is { } id) HeaderWriter.Structured(head, "Content-ID", [$" <{id}>"]);
        head.Append("Content-Transfer-Encoding: base64\r\n\r\n");
        message.Text(head.ToString()).Base64(file.Content);
        if (file.Content.IsEmpty) message.Text("\r\n");
    }

    private static string? IdOf(OutgoingAttachment file)
        => file.ContentId is { } id && MailWriter.IsId(id) && HeaderWriter.IsPlain(id) ? id : null;

    /// <summary>Messages and multiparts may not be encoded (RFC 2045 section 6.4), and unencoded they may be changed on the way: they go as bytes.</summary>
    private static string TypeOf(OutgoingAttachment file)
    {
        var type = file.Type.ToLowerInvariant();
        return Token().IsMatch(type) && !type.StartsWith("message/", StringComparison.Ordinal) && !type.StartsWith("multipart/", StringComparison.Ordinal)
            ? type
            : "application/octet-stream";
    }

    /// <summary>What a registered type may consist of (RFC 6838 section 4.2).</summary>
    [GeneratedRegex(@"\A[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\z")]
    private static partial Regex Token();
}
