namespace Heliotrope.Mail.Reading;

/// <summary>Reads a raw message (RFC 5322 and RFC 2045 to 2049). Never throws, whatever the bytes; linear in their number.</summary>
public static class MailReader
{
    /// <summary>Reads <paramref name="raw"/>, which must not change while the message or its attachments are used.</summary>
    public static MailMessage Read(ReadOnlyMemory<byte> raw, MailLimits? limits = null) =>
        Read(Lines.WithoutBareCarriageReturns(raw), new ReadContext(limits ?? MailLimits.Default), false);

    internal static MailMessage Read(ReadOnlyMemory<byte> raw, ReadContext context, bool cut)
    {
        if (cut)
        {
            context.Defect("limit.skeleton", $"headers and beginnings of parts beyond {context.Limits.MaxSkeletonBytes} bytes were not looked at");
        }
        var root = MimeParser.Parse(raw, context);
        var headers = root.Headers;
        var body = BodyPicker.Pick(root, context);
        var attachments = ShownInHtml.Mark(body).Select((part, index) => AttachmentMaker.Make(part, index, context)).ToList();
        var from = AddressParser.Parse(headers.Raw("From"), context);
        var text = body.Text ?? "";
        var verdict = AutoDetector.Judge(root, text);
        return new MailMessage(headers)
        {
            MessageId = headers.Raw("Message-ID").SelectMany(MessageIds.Parse).FirstOrDefault(),
            InReplyTo = [.. headers.Raw("In-Reply-To").SelectMany(MessageIds.Parse).Take(context.Limits.MaxReferences)],
            References = [.. headers.Raw("References").SelectMany(MessageIds.Parse).TakeLast(context.Limits.MaxReferences)],
            From = from.Count > 0 ? from[0] : null,
            To = AddressParser.Parse(headers.Raw("To"), context),
            Cc = AddressParser.Parse(headers.Raw("Cc"), context),
            ReplyTo = AddressParser.Parse(headers.Raw("Reply-To"), context),
            Subject = HeaderText.Decode(headers.First("Subject") ?? ""),
            Date = ReadDate(headers, context),
            Text = text,
            Html = body.Html,
            Attachments = attachments,
            Auto = verdict.Kind,
            Bounce = verdict.Bounce,
            Feedback = verdict.Feedback,
            ContentHash = ContentHash.Of(headers, root.Bytes),
            Defects = context.Defects.Items,
        };
    }

    private static DateTimeOffset? ReadDate(HeaderList headers, ReadContext context)
    {
        var value = headers.First("Date");
        var date = value is null ? null : DateParser.Parse(value);
        if (date is null)
        {
            context.Defect(value is null ? "date.missing" : "date.unreadable", value ?? "");
        }
        return date;
    }
}
