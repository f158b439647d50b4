using System.Text;

namespace Heliotrope.Mail.Reading;

/// <summary>Cuts a block of headers into fields (RFC 5322 section 2.2), forgiving what real mail gets wrong.</summary>
internal static class HeaderParser
{
    /// <summary>
    /// Reads the headers at the start of <paramref name="message"/> and gives where the body begins. A part that begins
    /// with a blank line has no headers; before those of a whole message something may stand.
    /// </summary>
    public static (HeaderList Headers, int BodyStart) Parse(ReadOnlyMemory<byte> message, ReadContext context, bool whole = true)
    {
        var headers = new HeaderList();
        var data = message.Span;
        var position = whole ? SkipWhatPrecedes(data, context) : 0;
        var field = default(Slice);
        var kept = 0;
        while (position < data.Length)
        {
            var start = position;
            var end = LineEnd(data, ref position);
            var line = data[start..end];
            if (line.IsEmpty || (Lines.IsBlank(line) && !GoesOn(data, position)))
            {
                Keep(headers, message, field, ref kept, context);
                return (headers, position);
            }
            if (line[0] is (byte)' ' or (byte)'\t')
            {
                field.End = end;
                continue;
            }
            var colon = NameLength(line);
            if (colon > 0)
            {
                Keep(headers, message, field, ref kept, context);
                var name = Encoding.ASCII.GetString(line[..colon].TrimEnd(" \t"u8));
                field = new Slice { Name = name, Start = start + colon + 1, End = end };
            }
            else if (GoesOnWithKnownName(data, position))
            {
                context.Defect("header.junk", "a line among the headers is none; it was left out");
            }
            else
            {
                Keep(headers, message, field, ref kept, context);
                context.Defect("header.no-blank-line", "the body begins without a blank line after the headers");
                return (headers, start);
            }
        }
        Keep(headers, message, field, ref kept, context);
        return (headers, data.Length);
    }

    private struct Slice
    {
        public string? Name;
        public int Start;
        public int End;
    }

    private static void Keep(HeaderList headers, ReadOnlyMemory<byte> message, Slice field, ref int kept, ReadContext context)
    {
        if (field.Name is null)
        {
            return;
        }
        var room = context.Limits.MaxHeaderBytes - kept - field.Name.Length;
        if (room <= 0 || headers.Count >= context.Limits.MaxHeaders)
        {
            context.Defect("header.too-many", "headers beyond the limit were left out");
            return;
        }
        var length = field.End - field.Start;
        if (length > room)
        {
            context.Defect("header.too-large", $"{field.Name} was cut to the limit");
            length = room;
        }
        kept += length + field.Name.Length;
        headers.Add(new HeaderField(field.Name, message.Slice(field.Start, length)));
    }

    /// <summary>A byte order mark, the envelope line of an mbox and blank lines may stand before the first header.</summary>
    private static int SkipWhatPrecedes(ReadOnlySpan<byte> data, ReadContext context)
    {
        var position = data.StartsWith("\uFEFF"u8) ? 3 : 0;
        var next = position;
        while (Lines.Next(data, ref next, out var line))
        {
            var envelope = (line.StartsWith("From "u8) || line.StartsWith(">From "u8)) && NameLength(line) == 0;
            if (!envelope && (!Lines.IsBlank(line) || !GoesOnWithKnownName(data, next)))
            {
                break;
            }
            context.Defect(envelope ? "header.mbox-from" : "header.leading-blank", "a line before the headers was left out");
            position = next;
        }
        return position;
    }

    /// <summary>A line ends at LF, and at a bare CR when a header seems to follow it.</summary>
    private static int LineEnd(ReadOnlySpan<byte> data, ref int position)
    {
        var start = position;
        var feed = data[start..].IndexOf((byte)'\n');
        var limit = feed < 0 ? data.Length : start + feed;
        position = feed < 0 ? limit : limit + 1;
        while (limit > start && data[limit - 1] == '\r')
        {
            limit--;
        }
        for (var i = start; i < limit; i++)
        {
            var step = data[i..limit].IndexOf((byte)'\r');
            if (step < 0)
            {
                break;
            }
            i += step;
            if (NameLength(data[(i + 1)..Math.Min(limit, i + 80)]) > 0)
            {
                position = i + 1;
                return i;
            }
        }
        return limit;
    }

    /// <summary>Where the colon is when the line begins like a field; 0 when it does not.</summary>
    private static int NameLength(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0)
        {
            return 0;
        }
        var name = line[..colon].TrimEnd(" \t"u8);
        return name.Length is > 0 and <= 200 && name.IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0 ? colon : 0;
    }

    private static bool GoesOn(ReadOnlySpan<byte> data, int position) =>
        Lines.Next(data, ref position, out var line)
        && !line.IsEmpty
        && ((line[0] is (byte)' ' or (byte)'\t' && !Lines.IsBlank(line)) || IsKnown(line));

    private static bool GoesOnWithKnownName(ReadOnlySpan<byte> data, int position) =>
        Lines.Next(data, ref position, out var line) && IsKnown(line);

    private static bool IsKnown(ReadOnlySpan<byte> line)
    {
        var colon = NameLength(line);
        if (colon == 0)
        {
            return false;
        }
        var name = Encoding.ASCII.GetString(line[..colon]).TrimEnd().ToUpperInvariant();
        return name.StartsWith("X-", StringComparison.Ordinal)
            || name.StartsWith("CONTENT-", StringComparison.Ordinal)
            || Known.Contains(name);
    }

    private static readonly HashSet<string> Known =
    [
        "FROM", "TO", "CC", "BCC", "SUBJECT", "DATE", "MESSAGE-ID", "REPLY-TO", "SENDER", "RECEIVED", "RETURN-PATH",
        "MIME-VERSION", "IN-REPLY-TO", "REFERENCES", "DELIVERED-TO", "DKIM-SIGNATURE", "AUTHENTICATION-RESULTS",
        "LIST-ID", "PRECEDENCE", "AUTO-SUBMITTED", "USER-AGENT", "IMPORTANCE", "THREAD-TOPIC", "THREAD-INDEX",
    ];
}
