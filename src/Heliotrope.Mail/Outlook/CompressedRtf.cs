using System.Buffers.Binary;

namespace Heliotrope.Mail.Outlook;

/// <summary>Unpacks the RTF within a winmail.dat (MS-OXRTFCP).</summary>
internal static class CompressedRtf
{
    private const uint Compressed = 0x75465A4C;
    private const uint Plain = 0x414C454D;
    private const int DictionarySize = 4096;

    /// <summary>What the dictionary holds before anything was written (MS-OXRTFCP section 2.1.2.1).</summary>
    internal static ReadOnlySpan<byte> Beginning =>
        "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"u8;

    /// <summary>Null when it is not packed this way. What is damaged gives what could be read before the damage.</summary>
    /// <param name="packed">The value of the property.</param>
    /// <param name="limit">The most bytes wanted; what claims to be larger is cut there.</param>
    public static byte[]? Unpack(ReadOnlySpan<byte> packed, int limit)
    {
        if (packed.Length < 16)
        {
            return null;
        }
        var size = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(packed[4..]), (uint)limit);
        var kind = BinaryPrimitives.ReadUInt32LittleEndian(packed[8..]);
        var content = packed[16..];
        return kind switch
        {
            Plain => content[..Math.Min(size, content.Length)].ToArray(),
            Compressed => Expand(content, size),
            _ => null,
        };
    }

    private static byte[] Expand(ReadOnlySpan<byte> input, int size)
    {
        Span<byte> dictionary = stackalloc byte[DictionarySize];
        dictionary.Clear();
        Beginning.CopyTo(dictionary);
        var write = Beginning.Length;
        // A pair of bytes stands for 17 at most: what claims more than that gets no room for it.
        var output = new byte[(int)Math.Min(size, input.Length * 9L)];
        int written = 0, position = 0;
        while (position < input.Length)
        {
            var control = input[position++];
            for (var bit = 0; bit < 8 && position < input.Length; bit++)
            {
                if (((control >> bit) & 1) == 0)
                {
                    if (!Put(input[position++], dictionary, ref write, output, ref written))
                    {
                        return output;
                    }
                    continue;
                }
                if (position + 1 >= input.Length)
                {
                    return output[..written];
                }
                var reference = (input[position] << 8) | input[position + 1];
                position += 2;
                var read = reference >> 4;
                if (read == write)
                {
                    return output[..written];
                }
                for (var count = (reference & 0xF) + 2; count > 0; count--)
                {
                    if (!Put(dictionary[read], dictionary, ref write, output, ref written))
                    {
                        return output;
                    }
                    read = (read + 1) % DictionarySize;
                }
            }
        }
        return output[..written];
    }

    private static bool Put(byte one, Span<byte> dictionary, ref int write, byte[] output, ref int written)
    {
        if (written == output.Length)
        {
            return false;
        }
        output[written++] = one;
        dictionary[write] = one;
        write = (write + 1) % DictionarySize;
        return true;
    }
}
