namespace Heliotrope.Mail.Reading;

/// <summary>Base64 (RFC 2045 section 6.8) as it really comes: cut, joined, padded wrongly, with strange characters between.</summary>
internal static class Base64
{
    /// <summary>The six bits of a letter; -1 when it is none. The URL alphabet is accepted too.</summary>
    public static int Value(byte letter) => letter switch
    {
        >= (byte)'A' and <= (byte)'Z' => letter - 'A',
        >= (byte)'a' and <= (byte)'z' => letter - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => letter - '0' + 52,
        (byte)'+' or (byte)'-' => 62,
        (byte)'/' or (byte)'_' => 63,
        _ => -1,
    };

    /// <summary>Decodes what can be decoded; <paramref name="damaged"/> tells whether something had to be skipped.</summary>
    public static byte[] Decode(ReadOnlySpan<byte> data, out bool damaged)
    {
        var output = new byte[(data.Length * 3L / 4) + 3];
        int written = 0, bits = 0, count = 0, position = 0;
        var padded = damaged = false;
        while (Lines.Next(data, ref position, out var line))
        {
            if (padded && HasStrangers(line))
            {
                // Plain text that a mailing list or scanner put below the encoded body.
                damaged = true;
                break;
            }
            foreach (var letter in line)
            {
                var value = Value(letter);
                if (value >= 0)
                {
                    bits = (bits << 6) | value;
                    if (++count == 4)
                    {
                        output[written++] = (byte)(bits >> 16);
                        output[written++] = (byte)(bits >> 8);
                        output[written++] = (byte)bits;
                        bits = count = 0;
                    }
                }
                else if (letter == '=')
                {
                    padded = true;
                    written = Flush(output, written, bits, count);
                    bits = count = 0;
                }
                else if (letter is not ((byte)' ' or (byte)'\t' or (byte)'\r'))
                {
                    damaged = true;
                }
            }
        }
        damaged |= count != 0;
        return output[..Flush(output, written, bits, count)];
    }

    private static int Flush(byte[] output, int written, int bits, int count)
    {
        if (count >= 2)
        {
            output[written++] = (byte)(count == 2 ? bits >> 4 : bits >> 10);
        }
        if (count == 3)
        {
            output[written++] = (byte)(bits >> 2);
        }
        return written;
    }

    private static bool HasStrangers(ReadOnlySpan<byte> line)
    {
        foreach (var letter in line.Trim(" \t\r="u8))
        {
            if (Value(letter) < 0)
            {
                return true;
            }
        }
        return line.StartsWith("--"u8) || line.StartsWith("__"u8);
    }
}
