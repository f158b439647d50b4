namespace Heliotrope.Mail.Reading;

/// <summary>The decoded bytes of a part, a piece at a time.</summary>
internal sealed class DecodedStream(PartBytes bytes, PartDecoder decoder) : Stream
{
    private readonly Pieces pieces = new(bytes);
    private byte[] output = [];
    private int start;
    private int end;
    private bool finished;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (start == end && !finished)
        {
            Fill();
        }
        var count = Math.Min(buffer.Length, end - start);
        output.AsSpan(start, count).CopyTo(buffer);
        start += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Runs to the end and gives how many bytes there were.</summary>
    public long Count()
    {
        long count = end - start;
        while (!finished)
        {
            Fill();
            count += end;
        }
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Fill()
    {
        start = end = 0;
        if (pieces.Next(out var piece, out var whole))
        {
            var room = decoder.Room(piece.Length) + 4;
            output = output.Length < room ? new byte[room] : output;
            end = decoder.Decode(piece, whole, output);
        }
        else
        {
            finished = true;
            output = output.Length < 4 ? new byte[4] : output;
            end = decoder.Finish(output);
        }
    }
}
