using System.Text;
using System.Text.Json;

namespace Heliotrope.Server.Imports;

/// <summary>One object of an export.</summary>
/// <param name="Number">The line it stands on, or which one of its list it is, from 1.</param>
/// <param name="End">Where the next one begins.</param>
/// <param name="Kind">The name of the list it stands in; empty when that has none.</param>
/// <param name="Object">The object; null when it cannot be read.</param>
/// <param name="Problem">Why not: broken, too-long or cut-off.</param>
internal sealed record JsonPiece(long Number, long End, string Kind, JsonElement? Object, string? Problem);

/// <summary>
/// Reads the objects of a JSON export one after the other, however large the file is: an object a line, one list, or a document with
/// named lists. What is broken is told and passed over, and the rest is read.
/// </summary>
internal static class JsonObjects
{
    /// <summary>A longer object is no conversation that people had.</summary>
    public const int Longest = 64 * 1024 * 1024;

    private const int Block = 64 * 1024;

    private static readonly Encoding Western = Encoding.Latin1;

    /// <summary>The deepest nesting that is read; a bomb of brackets would exhaust the stack.</summary>
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads the objects that end after <paramref name="from"/>; those before it are passed over unread.</summary>
    public static IEnumerable<JsonPiece> Read(Stream file, long from)
    {
        var stream = Unicode(file);
        var head = new byte[Block];
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var input = new Input(stream, head, length);
        return JsonShape.Of(head.AsSpan(0, length)) switch
        {
            JsonShape.Lines => Lines(input, from),
            var depth => Nested(input, depth, from),
        };
    }

    /// <summary>UTF-16 and UTF-32 with a mark at their start become UTF-8.</summary>
    private static Stream Unicode(Stream file)
    {
        Span<byte> mark = stackalloc byte[4];
        var read = file.ReadAtLeast(mark, 2, throwOnEndOfStream: false);
        file.Position = 0;
        Encoding? encoding = mark[..read] switch
        {
            [0xFF, 0xFE, 0, 0] => Encoding.UTF32,
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            _ => null,
        };
        return encoding is null ? file : Encoding.CreateTranscodingStream(file, encoding, Encoding.UTF8);
    }

    private static IEnumerable<JsonPiece> Lines(Input input, long from)
    {
        var line = new MemoryStream();
        var number = 0L;
        while (true)
        {
            line.SetLength(0);
            var (whole, more) = input.Line(line);
            number++;
            if (input.At > from && !IsBlank(line))
            {
                yield return whole ? Parsed(line, number, input.At, "") : new(number, input.At, "", null, "too-long");
            }

            if (!more)
            {
                yield break;
            }
        }
    }

    private static IEnumerable<JsonPiece> Nested(Input input, int level, long from)
    {
        var walk = new JsonWalk(level);
        var piece = new MemoryStream();
        var number = 0L;
        while (input.Next() is var b && b >= 0)
        {
            var step = walk.Take((byte)b);
            if (step is JsonStep.Outside)
            {
                continue;
            }

            if (step is JsonStep.Begins)
            {
                piece.SetLength(0);
            }

            if (piece.Length < Longest)
            {
                piece.WriteByte((byte)b);
            }

            if (step is JsonStep.Ends)
            {
                number++;
                if (input.At > from)
                {
                    yield return piece.Length < Longest ? Parsed(piece, number, input.At, walk.Kind) : new(number, input.At, walk.Kind, null, "too-long");
                }
            }
        }

        if (walk.IsWithin && input.At > from)
        {
            yield return new(number + 1, input.At, walk.Kind, null, "cut-off");
        }
    }

    private static bool IsBlank(MemoryStream line) => line.GetBuffer().AsSpan(0, (int)line.Length).IndexOfAnyExcept(" \t\r\n\uFEFF"u8) < 0;

    private static JsonPiece Parsed(MemoryStream bytes, long number, long end, string kind)
    {
        var text = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        if (text.Span.StartsWith("\uFEFF"u8))
        {
            text = text[3..];
        }

        // What is no UTF-8 was written in the encoding of the West.
        return Parse(System.Text.Unicode.Utf8.IsValid(text.Span) ? text : Encoding.UTF8.GetBytes(Western.GetString(text.Span))) is { } json ? new(number, end, kind, json, null) : new(number, end, kind, null, "broken");
    }

    private static JsonElement? Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The bytes of a file, the head of which has been read already.</summary>
    private sealed class Input(Stream stream, byte[] buffer, int length)
    {
        private int _next;
        private int _length = length;

        /// <summary>How many bytes have been taken.</summary>
        public long At { get; private set; }

        public int Next()
        {
            if (!Fill())
            {
                return -1;
            }

            At++;
            return buffer[_next++];
        }

        /// <summary>Takes a line: whether all of it is kept, and whether more follows.</summary>
        public (bool Whole, bool More) Line(MemoryStream line)
        {
            var whole = true;
            while (Fill())
            {
                var rest = buffer.AsSpan(_next, _length - _next);
                var end = rest.IndexOf((byte)'\n');
                var taken = end < 0 ? rest.Length : end + 1;
                whole &= line.Length + taken <= Longest;
                if (whole)
                {
                    line.Write(rest[..taken]);
                }

                _next += taken;
                At += taken;
                if (end >= 0)
                {
                    return (whole, true);
                }
            }

            return (whole, false);
        }

        private bool Fill()
        {
            if (_next < _length)
            {
                return true;
            }

            (_next, _length) = (0, stream.Read(buffer));
            return _length > 0;
        }
    }
}
