namespace Heliotrope.Mail.Replies;

/// <summary>Finds the new words in the plain text of an answer.</summary>
public static class ReplyText
{
    private const int MaxChars = 256 * 1024;

    /// <summary>
    /// Takes <paramref name="text"/> apart. Answers written between the lines of a quote are kept; when unsure, a line
    /// counts as new; and when an unmarked quote would be all there is, everything is new. Linear in the length.
    /// </summary>
    public static ReplyParts Split(string text)
    {
        if (text.Length > MaxChars)
        {
            // Nobody writes that much: what lies beyond is not searched for quotes.
            var cut = text.LastIndexOf('\n', MaxChars);
            var head = Split(text[..(cut > 0 ? cut : MaxChars)]);
            var tail = text[(cut > 0 ? cut : MaxChars)..];
            return head.Quoted.Length > 0 ? head with { Quoted = head.Quoted + tail } : new ReplyParts(text.Trim(), "");
        }
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        var walk = new Walk(lines);
        walk.Run();
        var reply = string.Join('\n', walk.Kept).Trim();
        if (reply.Length == 0 && walk.CutUnmarked)
        {
            return new ReplyParts(text.Trim(), "");
        }
        return new ReplyParts(reply, string.Join('\n', walk.Dropped).Trim());
    }

    private sealed class Walk(string[] lines)
    {
        private int position;
        private bool justDropped;

        public List<string> Kept { get; } = [];

        public List<string> Dropped { get; } = [];

        /// <summary>Whether the rest was dropped though it may hold answers: only its first line says that it is a quote.</summary>
        public bool CutUnmarked { get; private set; }

        public void Run()
        {
            while (position < lines.Length)
            {
                var line = lines[position];
                if (IsQuoted(line) || IsWrapOfQuote())
                {
                    Drop(1);
                }
                else if (string.IsNullOrWhiteSpace(line))
                {
                    Kept.AddRange(justDropped ? [] : [""]);
                    position++;
                }
                else if (QuoteHeaders.LengthAt(lines, position) is > 0 and var header)
                {
                    TakeBackSeparators();
                    DropQuote(header, false);
                }
                else if (Attributions.LengthAt(lines, position) is > 0 and var attribution)
                {
                    DropQuote(attribution, true);
                }
                else if (Signatures.LengthAt(lines, position, Kept.Exists(kept => kept.Length > 0)) is > 0 and var signature)
                {
                    Drop(signature);
                }
                else
                {
                    justDropped = false;
                    Kept.Add(line.TrimEnd());
                    position++;
                }
            }
        }

        /// <summary>Below a quote's header marked lines follow, which are dropped one by one, or the quote is all the rest.</summary>
        private void DropQuote(int header, bool mayHoldAnswers)
        {
            Drop(header);
            var next = position;
            while (next < lines.Length && string.IsNullOrWhiteSpace(lines[next]))
            {
                next++;
            }
            var another = next < lines.Length
                && (IsQuoted(lines[next]) || QuoteHeaders.LengthAt(lines, next) > 0 || Attributions.LengthAt(lines, next) > 0);
            if (!another)
            {
                CutUnmarked |= mayHoldAnswers && next < lines.Length;
                Drop(lines.Length - position);
            }
        }

        private void Drop(int count)
        {
            for (; count > 0; count--)
            {
                Dropped.Add(lines[position++]);
            }
            if (Kept.Count > 0 && Kept[^1].Length > 0)
            {
                Kept.Add("");
            }
            justDropped = true;
        }

        /// <summary>A rule above the header belongs to the quote.</summary>
        private void TakeBackSeparators()
        {
            while (Kept.Count > 0 && (Kept[^1].Length == 0 || QuoteHeaders.IsRule(Kept[^1])))
            {
                if (Kept[^1].Length > 0)
                {
                    Dropped.Add(Kept[^1]);
                }
                Kept.RemoveAt(Kept.Count - 1);
            }
        }

        /// <summary>A long quoted line that was broken on the way leaves its end on a line of its own, without a mark.</summary>
        private bool IsWrapOfQuote()
        {
            var line = lines[position];
            return position > 0 && position + 1 < lines.Length && IsQuoted(lines[position - 1]) && IsQuoted(lines[position + 1])
                && lines[position - 1].Length >= 60 && !lines[position - 1].TrimEnd().EndsWith('?')
                && line.Length is > 0 and <= 60 && char.IsLower(line[0]);
        }
    }

    internal static bool IsQuoted(string line) => line.AsSpan().TrimStart(' ') is ['>', ..];
}
