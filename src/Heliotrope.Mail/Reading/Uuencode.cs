using System.Text;

namespace Heliotrope.Mail.Reading;

/// <summary>A file found in text between "begin 644 name" and "end", as mail carried files before MIME.</summary>
internal sealed record UuFile(string Name, byte[] Content);

/// <summary>The old Unix-to-Unix encoding.</summary>
internal static class Uuencode
{
    /// <summary>Decodes a whole encoded body.</summary>
    public static byte[] Decode(ReadOnlySpan<byte> data)
    {
        using var output = new MemoryStream(data.Length);
        var position = 0;
        while (Lines.Next(data, ref position, out var line) && !line.StartsWith("end"u8))
        {
            if (!line.StartsWith("begin "u8))
            {
                DecodeLine(line, output);
            }
        }
        return output.ToArray();
    }

    /// <summary>Takes the encoded files out of <paramref name="text"/> and gives what remains.</summary>
    public static string TakeOut(string text, List<UuFile> files)
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
            using var output = new MemoryStream();
            for (var k = i + 1; k < end; k++)
            {
                DecodeLine(Encoding.Latin1.GetBytes(lines[k]), output);
            }
            files.Add(new UuFile(lines[i][10..].Trim(), output.ToArray()));
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

    private static void DecodeLine(ReadOnlySpan<byte> line, MemoryStream output)
    {
        if (line.IsEmpty)
        {
            return;
        }
        var left = (line[0] - 32) & 63;
        for (var i = 1; left > 0; i += 4)
        {
            var bits = (Six(line, i) << 18) | (Six(line, i + 1) << 12) | (Six(line, i + 2) << 6) | Six(line, i + 3);
            for (var shift = 16; shift >= 0 && left > 0; shift -= 8, left--)
            {
                output.WriteByte((byte)(bits >> shift));
            }
        }
    }

    // Trailing spaces are lost on the way; they stand for zero.
    private static int Six(ReadOnlySpan<byte> line, int index) => index < line.Length ? (line[index] - 32) & 63 : 0;
}
