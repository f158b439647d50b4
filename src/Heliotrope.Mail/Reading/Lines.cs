namespace Heliotrope.Mail.Reading;

/// <summary>Walks the lines of raw bytes: ended by LF, with any CR before it taken off.</summary>
internal static class Lines
{
    /// <summary>Gives the line at <paramref name="position"/> without its end and moves past it; false at the end.</summary>
    public static bool Next(ReadOnlySpan<byte> data, ref int position, out ReadOnlySpan<byte> line)
    {
        if (position >= data.Length)
        {
            line = default;
            return false;
        }
        var rest = data[position..];
        var end = rest.IndexOf((byte)'\n');
        line = end < 0 ? rest : rest[..end];
        position += end < 0 ? rest.Length : end + 1;
        line = line.TrimEnd((byte)'\r');
        return true;
    }

    public static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(" \t\r"u8) < 0;

    /// <summary>Messages from very old systems end lines with CR alone; those are read as if it were LF.</summary>
    public static ReadOnlyMemory<byte> WithoutBareCarriageReturns(ReadOnlyMemory<byte> raw)
    {
        var span = raw.Span;
        if (span.Contains((byte)'\n') || !span.Contains((byte)'\r'))
        {
            return raw;
        }
        var copy = raw.ToArray();
        copy.AsSpan().Replace((byte)'\r', (byte)'\n');
        return copy;
    }
}
