namespace Heliotrope.Mail.Reading;

/// <summary>Quoted-printable (RFC 2045 section 6.7) and the Q form of encoded words (RFC 2047 section 4.2); a "=" that begins no code stays as it is.</summary>
internal sealed class QuotedPrintable : PartDecoder
{
    public override int Decode(ReadOnlySpan<byte> piece, bool whole, Span<byte> output)
    {
        int written = 0, position = 0;
        var damaged = false;
        while (position < piece.Length)
        {
            var start = position;
            Lines.Next(piece, ref position, out var line);
            var hasEnd = piece[position - 1] == '\n';
            // The rest of a line that is longer than a piece comes with the next.
            line = hasEnd || whole ? line.TrimEnd(" \t\r"u8) : piece[start..];
            var soft = (hasEnd || whole) && line.EndsWith("="u8);
            written = DecodeLine(soft ? line[..^1] : line, output, written, false, ref damaged);
            if (!soft && hasEnd)
            {
                output[written++] = (byte)'\n';
            }
        }
        Damaged |= damaged;
        return written;
    }

    /// <summary>Decodes the text of an encoded word, where "_" is a space.</summary>
    public static byte[] DecodeWord(ReadOnlySpan<byte> data)
    {
        var output = new byte[data.Length];
        var damaged = false;
        return output[..DecodeLine(data, output, 0, true, ref damaged)];
    }

    private static int DecodeLine(ReadOnlySpan<byte> line, Span<byte> output, int written, bool word, ref bool damaged)
    {
        if (!word && !line.Contains((byte)'='))
        {
            line.CopyTo(output[written..]);
            return written + line.Length;
        }
        for (var i = 0; i < line.Length; i++)
        {
            var letter = line[i];
            if (letter == '=' && i + 2 < line.Length && Hex(line[i + 1]) is >= 0 and var high && Hex(line[i + 2]) is >= 0 and var low)
            {
                letter = (byte)((high << 4) | low);
                i += 2;
            }
            else if (letter == '=')
            {
                damaged = true;
            }
            else if (word && letter == '_')
            {
                letter = (byte)' ';
            }
            output[written++] = letter;
        }
        return written;
    }

    internal static int Hex(byte letter) => letter switch
    {
        >= (byte)'0' and <= (byte)'9' => letter - '0',
        >= (byte)'A' and <= (byte)'F' => letter - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => letter - 'a' + 10,
        _ => -1,
    };
}
