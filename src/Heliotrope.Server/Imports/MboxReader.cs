using System.Globalization;
using System.Text;
using Heliotrope.Core.Imports;
using Heliotrope.Mail.Reading;

namespace Heliotrope.Server.Imports;

/// <summary>Where a mail lies within a file.</summary>
/// <param name="Start">Its first byte, after the line that tells mails apart.</param>
/// <param name="Length">How many bytes.</param>
/// <param name="Parted">What stood on that line; empty for a file that is one mail.</param>
internal sealed record MailSpan(long Start, long Length, string Parted);

/// <summary>
/// Reads mailboxes in the forms that are about: mboxo and mboxrd (RFC 4155), with the line ends of either system, and files that
/// are one mail, as in a Maildir. Mails are found by their places, so that the largest mailbox takes no more memory than its largest mail.
/// </summary>
internal static class MboxReader
{
    /// <summary>The head of a mail, and no more of a mail that is all head.</summary>
    private const int LongestHead = 256 * 1024;

    /// <summary>Those that every mail has one of.</summary>
    private static readonly string[] Headers = ["\nFrom:", "\nfrom:", "\nFROM:", "\nMessage-I", "\nReceived:", "\nDate:"];

    private static readonly byte[] From = "From "u8.ToArray();

    /// <summary>Whether a file begins as a mailbox does.</summary>
    public static bool IsMbox(ReadOnlySpan<byte> head) => head.StartsWith(From);

    /// <summary>Whether a file begins as a mail does: with a header that mails have.</summary>
    public static bool IsMail(ReadOnlySpan<byte> head)
    {
        var text = Encoding.ASCII.GetString(head[..Math.Min(head.Length, 4096)]);
        var line = text.Split('\n')[0];
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon is > 0 and < 60 && line[..colon].All(c => char.IsAsciiLetterOrDigit(c) || c is '-')
            && Array.Exists(Headers, name => ("\n" + text).Contains(name, StringComparison.Ordinal));
    }

    /// <summary>Finds the mails of a file.</summary>
    public static IEnumerable<MailSpan> Find(Stream file)
    {
        var lines = new LineWalk(file);
        if (!lines.Next())
        {
            yield break;
        }

        if (!lines.Line.StartsWith(From))
        {
            yield return new(0, file.Length, "");
            yield break;
        }

        var (parted, start, blank) = (lines.Text(), lines.End, false);
        while (lines.Next())
        {
            if (blank && IsParting(lines.Line))
            {
                yield return Span(start, lines.Start, parted);
                (parted, start) = (lines.Text(), lines.End);
            }

            blank = lines.Line.IsEmpty;
        }

        yield return Span(start, lines.End, parted);
    }

    /// <summary>The mail as it was before it was put into the mailbox: the marks before "From " are taken off again.</summary>
    public static byte[] Read(Stream file, FoundMail mail)
    {
        var raw = new byte[mail.Length];
        file.Position = mail.Start;
        file.ReadExactly(raw);
        return mail.InMbox ? Unquoted(raw) : raw;
    }

    /// <summary>The headers alone, for what needs no more.</summary>
    public static MailMessage Head(Stream file, MailSpan span)
    {
        var head = new byte[Math.Min(span.Length, LongestHead)];
        file.Position = span.Start;
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var all = head.AsSpan(0, read);
        var end = all.IndexOf("\n\n"u8) is >= 0 and var unix ? unix + 1 : read;
        end = Math.Min(end, all.IndexOf("\r\n\r\n"u8) is >= 0 and var dos ? dos + 2 : read);
        return MailReader.Read(head.AsMemory(0, end));
    }

    /// <summary>
    /// When a mail was received: what our own server wrote on top of it, or who kept the mailbox. Only where neither says so is it the
    /// date that the sender wrote, which may be any.
    /// </summary>
    public static DateTimeOffset? ReceivedAt(MailMessage mail, MailSpan span, DateTimeOffset now)
    {
        var received = mail.Header("Received") is [var top, ..] && top.LastIndexOf(';') is >= 0 and var mark ? DateIn(top[(mark + 1)..]) : null;
        return ForeignDate.Plausible(received, now) ?? ForeignDate.Plausible(DateIn(Zoned(span.Parted)), now) ?? ForeignDate.Plausible(mail.Date, now);
    }

    private static MailSpan Span(long start, long end, string parted) => new(start, end - start, parted);

    /// <summary>"From ", and a time: sentences that begin so hold none.</summary>
    private static bool IsParting(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith(From))
        {
            return false;
        }

        for (var i = From.Length + 1; i + 2 < line.Length; i++)
        {
            if (line[i] is (byte)':' && char.IsAsciiDigit((char)line[i - 1]) && char.IsAsciiDigit((char)line[i + 1]) && char.IsAsciiDigit((char)line[i + 2]))
            {
                return true;
            }
        }

        return false;
    }

    // The mail library reads the dates of headers, so this is one. The year stands last: "Mon Nov 23 10:00:00 2026".
    private static DateTimeOffset? DateIn(string text) => text.Length == 0 ? null : MailReader.Read(Encoding.ASCII.GetBytes($"Date: {text.ReplaceLineEndings(" ").Trim()}\r\n\r\n")).Date;

    private static string Zoned(string parted)
    {
        string[] words = parted.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var time = Array.FindIndex(words, word => word.Count(c => c is ':') is 1 or 2 && char.IsAsciiDigit(word[0]));
        if (time < 2 || time + 1 >= words.Length)
        {
            return "";
        }

        var year = words.Skip(time + 1).LastOrDefault(word => word.Length == 4 && word.All(char.IsAsciiDigit));
        var zone = words.Skip(time + 1).FirstOrDefault(word => word[0] is '+' or '-') ?? "+0000";
        return string.Create(CultureInfo.InvariantCulture, $"{words[time - 1]} {words[time - 2]} {year} {words[time]} {zone}");
    }

    private static byte[] Unquoted(byte[] raw)
    {
        if (raw.AsSpan().IndexOf(">From "u8) < 0)
        {
            return raw;
        }

        var plain = new MemoryStream(raw.Length);
        var rest = raw.AsSpan();
        while (rest.Length > 0)
        {
            var end = rest.IndexOf((byte)'\n') is >= 0 and var found ? found + 1 : rest.Length;
            var marks = rest[..end].IndexOfAnyExcept((byte)'>');
            plain.Write(rest[(marks > 0 && rest[marks..end].StartsWith(From) ? 1 : 0)..end]);
            rest = rest[end..];
        }

        return plain.ToArray();
    }

    /// <summary>Goes from line to line; of a line that has no end only the beginning is held.</summary>
    private sealed class LineWalk(Stream file)
    {
        private const int LongestLine = 4096;
        private readonly byte[] _buffer = new byte[128 * 1024];
        private readonly byte[] _line = new byte[LongestLine];
        private int _next;
        private int _length;
        private int _kept;

        public long Start { get; private set; }

        public long End { get; private set; }

        /// <summary>The line without its end.</summary>
        public ReadOnlySpan<byte> Line => _line.AsSpan(0, _kept) is [.., (byte)'\r'] full ? full[..^1] : _line.AsSpan(0, _kept);

        public string Text() => Encoding.Latin1.GetString(Line[From.Length..]).Trim();

        public bool Next()
        {
            (Start, _kept) = (End, 0);
            while (true)
            {
                if (_next == _length)
                {
                    (_next, _length) = (0, file.Read(_buffer));
                    if (_length == 0)
                    {
                        return End > Start;
                    }
                }

                var rest = _buffer.AsSpan(_next, _length - _next);
                var end = rest.IndexOf((byte)'\n');
                var line = end < 0 ? rest : rest[..end];
                var kept = Math.Min(line.Length, LongestLine - _kept);
                line[..kept].CopyTo(_line.AsSpan(_kept));
                _kept += kept;
                var taken = end < 0 ? rest.Length : end + 1;
                _next += taken;
                End += taken;
                if (end >= 0)
                {
                    return true;
                }
            }
        }
    }
}
