using System.Text;

namespace Heliotrope.Mail.Reading;

/// <summary>Decodes the encoded words in a header value (RFC 2047), also those that break its rules.</summary>
internal static class HeaderText
{
    /// <summary>The readable value on one line, without control characters.</summary>
    public static string Decode(string value) => OneLine(DecodeWords(value));

    /// <summary>Neither control characters nor the ones that turn the writing direction, with which names are faked.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '\t' or '\n' or '\r')
            {
                line.Append(' ');
            }
            else if (!char.IsControl(c) && c is not ((>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF'))
            {
                line.Append(c);
            }
        }
        return line.ToString().Trim();
    }

    private static string DecodeWords(string value)
    {
        var next = value.IndexOf("=?", StringComparison.Ordinal);
        if (next < 0)
        {
            return value;
        }
        var text = new StringBuilder(value.Length);
        var run = new WordRun(text);
        var position = 0;
        var ends = new WordEnds(value);
        while (next >= 0)
        {
            if (EncodedWord.TryRead(value, next, ends, out var word, out var after))
            {
                // White space between two encoded words is only there to fold the line (RFC 2047 section 6.2).
                var between = value.AsSpan(position, next - position);
                if (!run.IsOpen || !between.IsWhiteSpace())
                {
                    run.Close();
                    text.Append(between);
                }
                run.Add(word);
                position = after;
                next = value.IndexOf("=?", after, StringComparison.Ordinal);
            }
            else
            {
                next = value.IndexOf("=?", next + 2, StringComparison.Ordinal);
            }
        }
        run.Close();
        return text.Append(value, position, value.Length - position).ToString();
    }

    /// <summary>Neighbouring words of one charset are decoded together: a character may be split between them.</summary>
    private sealed class WordRun(StringBuilder output)
    {
        private readonly List<byte> bytes = [];
        private string? charset;

        public bool IsOpen => charset is not null;

        public void Add(EncodedWord word)
        {
            if (charset is not null && !charset.Equals(word.Charset, StringComparison.OrdinalIgnoreCase))
            {
                Close();
            }
            charset = word.Charset;
            bytes.AddRange(word.Bytes);
        }

        public void Close()
        {
            if (charset is not null)
            {
                output.Append(Charsets.Decode([.. bytes], charset, out _));
            }
            charset = null;
            bytes.Clear();
        }
    }
}
