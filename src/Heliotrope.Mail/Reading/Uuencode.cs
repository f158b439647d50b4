using System.Text;

namespace Heliotrope.Mail.Reading;

/// <summary>The old Unix-to-Unix encoding, as a transfer encoding and as files within text.</summary>
internal sealed class Uuencode : PartDecoder
{
    private long room;
    private bool within;
    private bool done;

    public override int Room(int length) => (2 * length) + 64;

    public override int Decode(ReadOnlySpan<byte> piece, bool whole, Span<byte> output)
    {
        int written = 0, position = 0;
        while (!done && Lines.Next(piece, ref position, out var line))
        {
            // A line of two letters may claim 63 bytes: files cannot grow by that out of all proportion.
            room += Room(line.Length + 1) - 64;
            if (!within)
            {
                done = line.StartsWith("end"u8);
                written = done || line.StartsWith("begin "u8) ? written : DecodeLine(line, output, written);
            }
            within = position == piece.Length && !whole;
        }
        room = Math.Min(room, 64);
        return written;
    }

    /// <summary>Takes the encoded files out of <paramref name="text"/> and gives what remains.</summary>
    public static string TakeOut(string text, List<FoundFile> files)
    {
        if (!text.Contains("begin ", StringComparison.Ordinal) || !text.Contains("\nend", StringComparison.Ordinal))
        {
            return text;
        }
        var lines = text.Split('\n');
        var kept = new List<string>(lines.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            var end = IsBegin(lines[i]) ? EndOf(lines, i + 1) : -1;
            if (end < 0)
            {
                kept.Add(lines[i]);
                continue;
            }
            files.Add(new FoundFile(lines[i][10..].Trim(), DecodeAll(new Uuencode(), Encoding.Latin1.GetBytes(string.Join('\n', lines, i + 1, end - i - 1)))));
            i = end;
        }
        return string.Join('\n', kept);
    }

    private static bool IsBegin(string line) =>
        line.Length > 10 && line.StartsWith("begin ", StringComparison.Ordinal) && line[9] == ' '
        && line.AsSpan(6, 3).IndexOfAnyExceptInRange('0', '7') < 0;

    /// <summary>The line that says "end", when every line before it has the length its first letter claims; else -1.</summary>
    private static int EndOf(string[] lines, int start)
    {
        for (var i = start; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd();
            if (line == "end")
            {
                return i;
            }
            var claimed = line.Length == 0 ? 0 : (line[0] - 32) & 63;
            if (line.Length > 1 && (line.Length > 90 || line[0] is < ' ' or > '`' || ((claimed + 2) / 3 * 4) + 2 < line.Length - 1))
            {
                return -1;
            }
        }
        return -1;
    }

    private int DecodeLine(ReadOnlySpan<byte> line, Span<byte> output, int written)
    {
        if (line.IsEmpty)
        {
            return written;
        }
        var left = (line[0] - 32) & 63;
        if (left > room)
        {
            left = (int)room;
            Damaged = true;
        }
        room -= left;
        for (var i = 1; left > 0; i += 4)
        {
            var bits = (Six(line, i) << 18) | (Six(line, i + 1) << 12) | (Six(line, i + 2) << 6) | Six(line, i + 3);
            for (var shift = 16; shift >= 0 && left > 0; shift -= 8, left--)
            {
                output[written++] = (byte)(bits >> shift);
            }
        }
        return written;
    }

    // Trailing spaces are lost on the way; they stand for zero.
    private static int Six(ReadOnlySpan<byte> line, int index) => index < line.Length ? (line[index] - 32) & 63 : 0;
}
