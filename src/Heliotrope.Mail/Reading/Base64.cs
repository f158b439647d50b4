namespace Heliotrope.Mail.Reading;

/// <summary>Base64 (RFC 2045 section 6.8) as it really comes: cut, joined, padded wrongly, with strange characters between.</summary>
internal sealed class Base64 : PartDecoder
{
    private int bits;
    private int count;
    private bool padded;
    private bool done;

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

    /// <summary>Decodes what can be decoded.</summary>
    public static byte[] Decode(ReadOnlySpan<byte> data) => DecodeAll(new Base64(), data).ToArray();

    public override int Decode(ReadOnlySpan<byte> piece, bool whole, Span<byte> output)
    {
        int written = 0, position = 0;
        while (!done && Lines.Next(piece, ref position, out var line))
        {
            if (padded && HasStrangers(line))
            {
                // Plain text that a mailing list or scanner put below the encoded body.
                Damaged = done = true;
                break;
            }
            if (count == 0 && !padded)
            {
                // Most lines are clean; what the framework will not take is looked at letter by letter.
                System.Buffers.Text.Base64.DecodeFromUtf8(line, output[written..], out var taken, out var made, isFinalBlock: false);
                written += made;
                line = line[taken..];
            }
            foreach (var letter in line)
            {
                written = Letter(letter, output, written);
            }
        }
        return written;
    }

    public override int Finish(Span<byte> output)
    {
        Damaged |= count != 0;
        return Release(output, 0);
    }

    private int Letter(byte letter, Span<byte> output, int written)
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
            written = Release(output, written);
        }
        else if (letter is not ((byte)' ' or (byte)'\t' or (byte)'\r'))
        {
            Damaged = true;
        }
        return written;
    }

    /// <summary>The bytes that are whole before the padding.</summary>
    private int Release(Span<byte> output, int written)
    {
        if (count >= 2)
        {
            output[written++] = (byte)(count == 2 ? bits >> 4 : bits >> 10);
        }
        if (count == 3)
        {
            output[written++] = (byte)(bits >> 2);
        }
        bits = count = 0;
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
