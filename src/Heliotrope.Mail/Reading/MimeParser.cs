namespace Heliotrope.Mail.Reading;

/// <summary>Builds the tree of parts (RFC 2046 section 5).</summary>
internal static class MimeParser
{
    /// <param name="entity">A whole message, or a part of one.</param>
    /// <param name="context">The limits, and where defects go.</param>
    /// <param name="depth">How many containers it is within.</param>
    /// <param name="partOf">The type of the multipart it is a part of; null for a whole message.</param>
    public static MimePart Parse(ReadOnlyMemory<byte> entity, ReadContext context, int depth = 0, string? partOf = null)
    {
        context.Parts++;
        var (headers, start) = HeaderParser.Parse(entity, context, whole: partOf is null);
        var type = MediaType.ParseContentType(headers.First("Content-Type"),
            partOf == "multipart/digest" ? "message/rfc822" : "text/plain", context);
        headers.Charset = type["charset"];
        var part = new MimePart(headers, type, entity[start..], context.Bytes(entity[start..]));
        if (type.IsMultipart || type.Value is "message/rfc822" or "message/global")
        {
            if (depth >= context.Limits.MaxDepth)
            {
                context.Defect("limit.depth", $"nothing deeper than {context.Limits.MaxDepth} levels was read");
            }
            else if (type.IsMultipart)
            {
                ReadParts(part, context, depth);
            }
            else
            {
                part.Children.Add(Parse(Content(part, context), context, depth + 1));
            }
        }
        return part;
    }

    private static void ReadParts(MimePart part, ReadContext context, int depth)
    {
        foreach (var slice in Multipart.Cut(Content(part, context), part.Type["boundary"], context))
        {
            if (context.Parts >= context.Limits.MaxParts)
            {
                context.Defect("limit.parts", $"only {context.Limits.MaxParts} parts were read");
                return;
            }
            part.Children.Add(Parse(slice, context, depth + 1, part.Type.Value));
        }
    }

    /// <summary>Containers must not be encoded (RFC 2045 section 6.4), but some are.</summary>
    private static ReadOnlyMemory<byte> Content(MimePart part, ReadContext context) =>
        TransferEncoding.NameOf(part) is "base64" or "quoted-printable" && !part.Body.Span.StartsWith("--"u8) && part.Body.Span.IndexOf("\n--"u8) < 0
            ? context.Unpack(part)
            : part.Body;
}
