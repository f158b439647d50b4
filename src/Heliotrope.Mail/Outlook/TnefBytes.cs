using System.Buffers.Binary;

namespace Heliotrope.Mail.Outlook;

/// <summary>Little-endian values one after another; what goes beyond the end is empty and ends the reading.</summary>
internal sealed class TnefBytes(ReadOnlyMemory<byte> data)
{
    private int position;

    public int Left => data.Length - position;

    /// <summary>Whether more was wanted than there is.</summary>
    public bool Broken { get; private set; }

    public byte Byte() => Take(1) is { Length: 1 } one ? one.Span[0] : (byte)0;

    public int Short() => Take(2) is { Length: 2 } two ? BinaryPrimitives.ReadUInt16LittleEndian(two.Span) : 0;

    public uint Int() => Take(4) is { Length: 4 } four ? BinaryPrimitives.ReadUInt32LittleEndian(four.Span) : 0;

    /// <summary>So many bytes; of a length that cannot be, all that are left.</summary>
    public ReadOnlyMemory<byte> Take(long length)
    {
        if (length > Left)
        {
            Broken = true;
            length = Left;
        }
        var taken = data.Slice(position, (int)length);
        position += (int)length;
        return taken;
    }

    /// <summary>So many bytes and those that fill up to a multiple of four.</summary>
    public ReadOnlyMemory<byte> Padded(long length)
    {
        var taken = Take(length);
        Skip((4 - (length % 4)) % 4);
        return taken;
    }

    public void Skip(long length) => position += (int)Math.Min(length, Left);
}
