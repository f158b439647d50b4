namespace Heliotrope.Mail.Reading;

/// <summary>Undoes Content-Transfer-Encoding (RFC 2045 section 6).</summary>
internal static class TransferEncoding
{
    /// <summary>The encoding's name in lower case; empty when none was given.</summary>
    public static string NameOf(MimePart part) => NameOf(part.Headers);

    public static string NameOf(HeaderList headers)
    {
        var name = headers.First("Content-Transfer-Encoding") ?? "";
        var end = name.AsSpan().IndexOfAny(';', '(');
        name = (end < 0 ? name : name[..end]).Trim().Trim('"', '\'').ToLowerInvariant();
        return name is "quoted printable" or "quoted_printable" or "quotedprintable" or "qp" or "q" ? "quoted-printable"
            : name is "base-64" or "b64" or "b" ? "base64"
            : name;
    }

    public static byte[] Decode(MimePart part, ReadContext? context)
    {
        var data = part.Body.Span;
        var damaged = false;
        byte[] decoded;
        switch (NameOf(part))
        {
            case "base64":
                decoded = Base64.Decode(data, out damaged);
                break;
            case "quoted-printable":
                decoded = QuotedPrintable.Decode(data, out damaged);
                break;
            case "x-uuencode" or "uuencode" or "x-uue" or "uue":
                decoded = Uuencode.Decode(data);
                break;
            case "" or "7bit" or "8bit" or "binary" or "7-bit" or "8-bit" or "8bits" or "none" or "plain" or "utf-8" or "us-ascii":
                decoded = data.ToArray();
                break;
            default:
                context?.Defect("encoding.unknown", NameOf(part) + " was taken as plain bytes");
                decoded = data.ToArray();
                break;
        }
        if (damaged)
        {
            context?.Defect("encoding.damaged", NameOf(part) + " has letters that do not belong there");
        }
        return decoded;
    }
}
