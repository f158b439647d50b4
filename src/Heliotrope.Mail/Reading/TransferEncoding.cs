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

    /// <summary>The decoded bytes, no more than <paramref name="most"/>; what is wrong in them is noted.</summary>
    public static ReadOnlyMemory<byte> Decode(MimePart part, int most, ReadContext? context)
    {
        var decoder = Decoder(part, context);
        if (part.Bytes.Memory is { } memory && (decoder is PlainDecoder || memory.Length <= Pieces.Size))
        {
            // Most parts: nothing to copy, or a single piece.
            var whole = decoder is PlainDecoder ? memory : PartDecoder.DecodeAll(decoder, memory.Span);
            Note(part, decoder, context);
            return whole[..Math.Min(most, whole.Length)];
        }
        using var stream = new DecodedStream(part.Bytes, decoder);
        // Nothing that is decoded grows but what claims so itself, and that is looked at piece by piece.
        var buffer = new byte[(int)Math.Min(most, part.Bytes.Length + 4)];
        var length = 0;
        while (true)
        {
            var read = stream.Read(buffer.AsSpan(length));
            length += read;
            if (length == buffer.Length && length < most)
            {
                Array.Resize(ref buffer, (int)Math.Min(most, (buffer.Length * 2L) + 64));
            }
            else if (read == 0 || length == most)
            {
                break;
            }
        }
        Note(part, decoder, context);
        return buffer.AsMemory(0, length);
    }

    /// <summary>How many decoded bytes there are; what is wrong in them is noted. Nothing is kept.</summary>
    public static long Length(MimePart part, ReadContext context)
    {
        var decoder = Decoder(part, context);
        if (decoder is PlainDecoder)
        {
            return part.Bytes.Length;
        }
        using var stream = new DecodedStream(part.Bytes, decoder);
        var length = stream.Count();
        Note(part, decoder, context);
        return length;
    }

    public static PartDecoder Decoder(MimePart part, ReadContext? context)
    {
        switch (NameOf(part))
        {
            case "base64":
                return new Base64();
            case "quoted-printable":
                return new QuotedPrintable();
            case "x-uuencode" or "uuencode" or "x-uue" or "uue":
                return new Uuencode();
            case "" or "7bit" or "8bit" or "binary" or "7-bit" or "8-bit" or "8bits" or "none" or "plain" or "utf-8" or "us-ascii":
                return new PlainDecoder();
            default:
                context?.Defect("encoding.unknown", NameOf(part) + " was taken as plain bytes");
                return new PlainDecoder();
        }
    }

    private static void Note(MimePart part, PartDecoder decoder, ReadContext? context)
    {
        if (decoder.Damaged)
        {
            context?.Defect("encoding.damaged", NameOf(part) + " has letters that do not belong there");
        }
    }
}
