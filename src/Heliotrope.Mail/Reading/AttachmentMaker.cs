namespace Heliotrope.Mail.Reading;

/// <summary>Makes attachments of what was found beside the body.</summary>
internal static class AttachmentMaker
{
    public static MailAttachment Make(AttachedPart attached, int index, ReadContext context)
    {
        if (attached.File is { } file)
        {
            var type = file.Type is { Length: > 0 } said ? said : "application/octet-stream";
            return new MailAttachment(() => new DecodedStream(new PartBytes(file.Content), new PlainDecoder()))
            {
                Index = index,
                Name = FileNames.Safe(file.Name, index, type),
                Type = type,
                ContentId = file.ContentId is { Length: > 0 } id ? id : null,
                Inline = attached.Inline,
                Size = file.Content.Length,
            };
        }
        var part = attached.Part!;
        var given = part.FileName ?? (part.Type.Value == "message/rfc822" ? MessageName(part) : part.Headers.First("Content-Location"));
        return new MailAttachment(part.Open)
        {
            Index = index,
            Name = FileNames.Safe(given, index, part.Type.Value),
            Type = part.Type.Value,
            ContentId = part.ContentId,
            Inline = attached.Inline,
            Size = TransferEncoding.Length(part, context),
        };
    }

    private static string? MessageName(MimePart part) =>
        part.Children.Count > 0 && part.Children[0].Headers.First("Subject") is { Length: > 0 } subject
            ? HeaderText.Decode(subject).Replace('/', '-').Replace('\\', '-') + ".eml"
            : null;
}
