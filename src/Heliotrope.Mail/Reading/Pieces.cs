namespace Heliotrope.Mail.Reading;

/// <summary>Walks bytes in pieces of whole lines; a line longer than a piece comes in several.</summary>
internal sealed class Pieces(PartBytes bytes)
{
    public const int Size = 64 * 1024;

    private long position;
    private byte[]? buffer;

    /// <summary>False at the end. <paramref name="whole"/> tells whether the last line ends with the piece.</summary>
    public bool Next(out ReadOnlySpan<byte> piece, out bool whole)
    {
        piece = bytes.Window(position, Size, ref buffer);
        var atEnd = position + piece.Length >= bytes.Length;
        whole = atEnd;
        if (piece.IsEmpty)
        {
            return false;
        }
        if (!atEnd)
        {
            var end = piece.LastIndexOf((byte)'\n') + 1;
            whole = end > 0;
            // What belongs together is not cut: a code such as =C3, blanks and a line end.
            piece = piece[..(end > 0 ? end : Cut(piece))];
        }
        position += piece.Length;
        return true;
    }

    private static int Cut(ReadOnlySpan<byte> piece)
    {
        var tail = piece[^3..].IndexOfAny((byte)'=', (byte)'\r');
        return tail < 0 ? piece.Length : piece.Length - 3 + tail;
    }
}
