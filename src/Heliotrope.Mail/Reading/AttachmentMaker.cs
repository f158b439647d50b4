using System.Globalization;
using System.Text;

namespace Heliotrope.Mail.Reading;

/// <summary>Gives attachments names that can do no harm.</summary>
internal static class AttachmentMaker
{
    private const int MaxNameLength = 150;

    public static MailAttachment Make(AttachedPart attached, int index, ReadContext context)
    {
        if (attached.File is { } file)
        {
            return new MailAttachment(() => file.Content)
            {
                Index = index,
                Name = SafeName(file.Name, index, "application/octet-stream"),
                Type = "application/octet-stream",
                Size = file.Content.Length,
            };
        }
        var part = attached.Part!;
        var given = part.FileName ?? (part.Type.Value == "message/rfc822" ? MessageName(part) : part.Headers.First("Content-Location"));
        return new MailAttachment(() => part.Decode())
        {
            Index = index,
            Name = SafeName(given, index, part.Type.Value),
            Type = part.Type.Value,
            ContentId = part.ContentId,
            Inline = attached.Inline,
            Size = part.Decode(context).Length,
        };
    }

    private static string? MessageName(MimePart part) =>
        part.Children.Count > 0 && part.Children[0].Headers.First("Subject") is { Length: > 0 } subject
            ? HeaderText.Decode(subject).Replace('/', '-').Replace('\\', '-') + ".eml"
            : null;

    /// <summary>Only the last step of a path, nothing a file system treats specially, and never empty.</summary>
    private static string SafeName(string? given, int index, string type)
    {
        var name = HeaderText.OneLine(given ?? "");
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var safe = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            var replace = rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
                || (rune.IsAscii && "<>:\"|?*".Contains((char)rune.Value, StringComparison.Ordinal));
            safe.Append(replace ? "_" : rune.ToString());
        }
        name = safe.ToString().Trim(' ', '.');
        if (name.Length > MaxNameLength)
        {
            var dot = name.LastIndexOf('.');
            var extension = dot >= 0 && name.Length - dot <= 10 ? name[dot..] : "";
            name = name[..(MaxNameLength - extension.Length)].TrimEnd('\uD800', ' ', '.') + extension;
            name = PartText.NormaliseLines(name);
        }
        return name.Length > 0 ? name : $"attachment-{index + 1}{Extension(type)}";
    }

    private static string Extension(string type) => type switch
    {
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        "image/gif" => ".gif",
        "image/svg+xml" => ".svg",
        "application/pdf" => ".pdf",
        "text/plain" => ".txt",
        "text/html" => ".html",
        "text/calendar" => ".ics",
        "text/csv" => ".csv",
        "text/vcard" or "text/x-vcard" => ".vcf",
        "message/rfc822" => ".eml",
        "message/delivery-status" or "text/rfc822-headers" or "message/feedback-report" => ".txt",
        "application/zip" => ".zip",
        "application/pgp-signature" => ".asc",
        "application/pkcs7-signature" or "application/x-pkcs7-signature" => ".p7s",
        _ => ".bin",
    };
}
