using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Heliotrope.Mail.Reading;

/// <summary>
/// A message in a file, and its skeleton in memory: all headers and boundaries, but of what lies long between them only the beginning.
/// The skeleton is read like any message; what its parts really hold is a stretch of the file.
/// </summary>
internal sealed class Spool
{
    // Of each part so much is held that messages within it can be read without the file, while there is room; then only the least.
    public const int Beginning = 256 * 1024;
    private const int LeastBeginning = 2 * 1024;

    private readonly SafeFileHandle file;
    private readonly List<Stretch> stretches = [];
    private readonly byte[] skeleton;

    /// <summary>Bytes that stand in the skeleton as they stand in the file.</summary>
    private readonly record struct Stretch(int At, long InFile, int Length);

    public Spool(SafeFileHandle file, MailLimits limits, out bool cut, int beginning = Beginning)
    {
        this.file = file;
        var maker = new Maker(this, new PartBytes(file, 0, RandomAccess.GetLength(file)), limits, beginning);
        skeleton = maker.Run();
        cut = maker.Cut;
    }

    public ReadOnlyMemory<byte> Skeleton => skeleton;

    /// <summary>The stretch of the file that a slice of the skeleton stands for; null for other memory.</summary>
    public PartBytes? Find(ReadOnlyMemory<byte> slice)
    {
        if (!MemoryMarshal.TryGetArray(slice, out var segment) || segment.Array != skeleton)
        {
            return null;
        }
        var start = InFile(segment.Offset, first: true);
        var end = segment.Offset + segment.Count == skeleton.Length ? RandomAccess.GetLength(file) : InFile(segment.Offset + segment.Count, first: false);
        return new PartBytes(file, start, Math.Max(start, end));
    }

    /// <summary>Where bytes were left out, two places in the file are one in the skeleton: what begins there begins before them, what ends there ends after them.</summary>
    private long InFile(int at, bool first)
    {
        int low = 0, high = stretches.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            var beyond = first && stretches[middle].At == at && at > 0;
            (low, high) = stretches[middle].At <= at && !beyond ? (middle, high) : (low, middle - 1);
        }
        return stretches.Count == 0 ? 0 : stretches[low].InFile + (at - stretches[low].At);
    }

    private sealed class Maker(Spool spool, PartBytes bytes, MailLimits limits, int beginning)
    {
        private readonly ArrayBufferWriter<byte> output = new();
        private long position;
        private long sinceStart;
        private bool inHeaders = true;
        private bool leavingOut;
        private (byte, byte) before = (0, (byte)'\n');

        public bool Cut { get; private set; }

        public byte[] Run()
        {
            var pieces = new Pieces(bytes);
            var atLineStart = true;
            while (pieces.Next(out var piece, out _))
            {
                var at = 0;
                while (at < piece.Length)
                {
                    var end = piece[at..].IndexOf((byte)'\n');
                    var line = end < 0 ? piece[at..] : piece.Slice(at, end + 1);
                    Line(line, atLineStart);
                    atLineStart = end >= 0;
                    at += line.Length;
                    position += line.Length;
                    before = line.Length > 1 ? (line[^2], line[^1]) : (before.Item2, line[^1]);
                }
            }
            return output.WrittenSpan.ToArray();
        }

        private void Line(ReadOnlySpan<byte> line, bool starts)
        {
            if (starts && line.StartsWith("--"u8))
            {
                // Perhaps a boundary; the line end before it belongs to it and must be there.
                if (leavingOut && output.WrittenCount < limits.MaxSkeletonBytes)
                {
                    Keep(before.Item1 == '\r' ? "\r\n"u8 : "\n"u8, position - (before.Item1 == '\r' ? 2 : 1));
                    leavingOut = false;
                }
                (sinceStart, inHeaders) = (0, true);
            }
            else if (starts && inHeaders && Lines.IsBlank(line.TrimEnd("\r\n"u8)))
            {
                (sinceStart, inHeaders) = (0, false);
                leavingOut &= output.WrittenCount >= limits.MaxSkeletonBytes;
            }
            var most = inHeaders ? 2 * limits.MaxHeaderBytes : output.WrittenCount < limits.MaxSkeletonBytes / 2 ? beginning : Math.Min(beginning, LeastBeginning);
            if (leavingOut || sinceStart + line.Length > most || output.WrittenCount + line.Length > limits.MaxSkeletonBytes)
            {
                Cut |= output.WrittenCount + line.Length > limits.MaxSkeletonBytes;
                leavingOut = true;
                return;
            }
            sinceStart += line.Length;
            Keep(line, position);
        }

        private void Keep(ReadOnlySpan<byte> kept, long inFile)
        {
            var stretches = spool.stretches;
            if (stretches.Count > 0 && stretches[^1] is var last && last.InFile + last.Length == inFile)
            {
                stretches[^1] = last with { Length = last.Length + kept.Length };
            }
            else
            {
                stretches.Add(new Stretch(output.WrittenCount, inFile, kept.Length));
            }
            output.Write(kept);
        }
    }
}
