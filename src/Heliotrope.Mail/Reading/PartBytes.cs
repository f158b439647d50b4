using Microsoft.Win32.SafeHandles;

namespace Heliotrope.Mail.Reading;

/// <summary>The bytes of a part, still encoded: a stretch of memory, or of the file that a large message was put into.</summary>
internal readonly struct PartBytes
{
    private readonly ReadOnlyMemory<byte> memory;
    private readonly SafeFileHandle? file;
    private readonly long start;

    public PartBytes(ReadOnlyMemory<byte> memory)
    {
        this.memory = memory;
        Length = memory.Length;
    }

    public PartBytes(SafeFileHandle file, long start, long end)
    {
        this.file = file;
        this.start = start;
        Length = end - start;
    }

    public long Length { get; }

    /// <summary>All of it when it is in memory; null when it is in a file.</summary>
    public ReadOnlyMemory<byte>? Memory => file is null ? memory : default(ReadOnlyMemory<byte>?);

    /// <summary>Some of the bytes from <paramref name="offset"/> on; fewer than wanted only at the end.</summary>
    /// <param name="offset">From the start of the part.</param>
    /// <param name="most">How many are wanted.</param>
    /// <param name="buffer">Where bytes from a file go; made when needed.</param>
    public ReadOnlySpan<byte> Window(long offset, int most, ref byte[]? buffer)
    {
        var length = (int)Math.Min(most, Length - offset);
        if (file is null)
        {
            return memory.Span.Slice((int)offset, length);
        }
        buffer = buffer is null || buffer.Length < length ? new byte[most] : buffer;
        var read = 0;
        while (read < length && RandomAccess.Read(file, buffer.AsSpan(read, length - read), start + offset + read) is > 0 and var more)
        {
            read += more;
        }
        return buffer.AsSpan(0, read);
    }
}
