namespace Heliotrope.Mail.Reading;

/// <summary>Undoes a transfer encoding piece by piece.</summary>
internal abstract class PartDecoder
{
    /// <summary>Whether something had to be skipped or guessed.</summary>
    public bool Damaged { get; protected set; }

    /// <summary>How many bytes a piece of that length can become.</summary>
    public virtual int Room(int length) => length + 4;

    /// <summary>Decodes a piece (see <see cref="Pieces"/>) and gives how many bytes were written.</summary>
    public abstract int Decode(ReadOnlySpan<byte> piece, bool whole, Span<byte> output);

    /// <summary>Writes what was held back; at most four bytes.</summary>
    public virtual int Finish(Span<byte> output) => 0;

    public static ReadOnlyMemory<byte> DecodeAll(PartDecoder decoder, ReadOnlySpan<byte> data)
    {
        var output = new byte[decoder.Room(data.Length) + 4];
        var written = decoder.Decode(data, true, output);
        return output.AsMemory(0, written + decoder.Finish(output.AsSpan(written)));
    }
}

/// <summary>7bit, 8bit and binary: the bytes are what they are.</summary>
internal sealed class PlainDecoder : PartDecoder
{
    public override int Decode(ReadOnlySpan<byte> piece, bool whole, Span<byte> output)
    {
        piece.CopyTo(output);
        return piece.Length;
    }
}
