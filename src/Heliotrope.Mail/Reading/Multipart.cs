using System.Text;

namespace Heliotrope.Mail.Reading;

/// <summary>Cuts the body of a multipart at its boundary lines (RFC 2046 section 5.1.1), also when the boundary is wrong.</summary>
internal static class Multipart
{
    public static List<ReadOnlyMemory<byte>> Cut(ReadOnlyMemory<byte> body, string? boundary, ReadContext context)
    {
        if (!string.IsNullOrEmpty(boundary) && boundary.Length <= 500)
        {
            var parts = CutAt(body, Encoding.Latin1.GetBytes("--" + boundary.TrimEnd()), context);
            if (parts is not null)
            {
                return parts;
            }
        }
        context.Defect(string.IsNullOrEmpty(boundary) ? "multipart.no-boundary" : "multipart.boundary-not-found", boundary ?? "");
        return Guess(body.Span) is { } guessed ? CutAt(body, guessed, context) ?? [] : [];
    }

    /// <summary>Null when there is no line with that boundary.</summary>
    private static List<ReadOnlyMemory<byte>>? CutAt(ReadOnlyMemory<byte> body, byte[] delimiter, ReadContext context)
    {
        var data = body.Span;
        List<ReadOnlyMemory<byte>>? parts = null;
        var partStart = -1;
        var closed = false;
        var position = 0;
        while (Find(data, delimiter, ref position, out var lineStart, out var final))
        {
            parts ??= [];
            if (partStart >= 0)
            {
                parts.Add(body[partStart..EndOfContent(data, partStart, lineStart)]);
                if (parts.Count > context.Limits.MaxParts)
                {
                    return parts;
                }
            }
            else if (closed && !final)
            {
                context.Defect("multipart.after-end", "parts follow the closing boundary");
            }
            partStart = final ? -1 : position;
            closed |= final;
        }
        if (partStart >= 0)
        {
            context.Defect("multipart.unclosed", "the closing boundary is missing");
            parts!.Add(body[partStart..]);
        }
        return parts;
    }

    /// <summary>Moves <paramref name="position"/> past the next boundary line.</summary>
    private static bool Find(ReadOnlySpan<byte> data, ReadOnlySpan<byte> delimiter, ref int position, out int lineStart, out bool final)
    {
        while (position < data.Length)
        {
            var step = data[position..].IndexOf(delimiter);
            if (step < 0)
            {
                break;
            }
            lineStart = position + step;
            position = lineStart + delimiter.Length;
            if (lineStart > 0 && data[lineStart - 1] != '\n')
            {
                continue;
            }
            var lineEnd = data[position..].IndexOf((byte)'\n');
            var rest = data[position..(lineEnd < 0 ? data.Length : position + lineEnd)];
            final = rest.StartsWith("--"u8);
            if (Lines.IsBlank(final ? rest[2..] : rest))
            {
                position += lineEnd < 0 ? rest.Length : lineEnd + 1;
                return true;
            }
        }
        (position, lineStart, final) = (data.Length, data.Length, false);
        return false;
    }

    /// <summary>The line end before a boundary belongs to the boundary.</summary>
    private static int EndOfContent(ReadOnlySpan<byte> data, int start, int end)
    {
        end -= end > start && data[end - 1] == '\n' ? 1 : 0;
        return end - (end > start && data[end - 1] == '\r' ? 1 : 0);
    }

    /// <summary>The first line that begins with two dashes and is followed by what looks like the headers of a part.</summary>
    private static byte[]? Guess(ReadOnlySpan<byte> data)
    {
        var position = 0;
        while (Lines.Next(data, ref position, out var line))
        {
            line = line.TrimEnd(" \t"u8);
            var next = position;
            if (line.Length is > 3 and < 500 && line.StartsWith("--"u8) && Lines.Next(data, ref next, out var header)
                && header.StartsWith("Content-"u8))
            {
                return line.ToArray();
            }
        }
        return null;
    }
}
