namespace Heliotrope.Mail.Replies;

/// <summary>Goes through the lines of an answer once and tells which are new. Lines of a quote begin with ">".</summary>
internal sealed class ReplyWalk(string[] lines)
{
    private readonly bool[] cut = new bool[lines.Length];
    private int position;
    private int held;
    private bool justDropped;

    /// <summary>The lines that are new, by their place; -1 stands for a blank line where something was cut.</summary>
    public List<int> Kept { get; } = [];

    /// <summary>Whether the rest was dropped though it may hold answers: only its first line says that it is a quote.</summary>
    public bool CutUnmarked { get; private set; }

    public bool IsCut(int line) => cut[line];

    public void Run()
    {
        while (position < lines.Length)
        {
            var line = lines[position];
            if (ReplyText.IsQuoted(line) || IsWrapOfQuote())
            {
                Drop(1);
            }
            else if (string.IsNullOrWhiteSpace(line))
            {
                Kept.AddRange(justDropped ? [] : [position]);
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
            else if (Signatures.LengthAt(lines, position, held > 0) is > 0 and var signature)
            {
                Drop(signature);
            }
            else if (Disclaimers.LengthAt(lines, position, held > 0) is > 0 and var disclaimer)
            {
                Drop(disclaimer);
            }
            else
            {
                justDropped = false;
                held++;
                Kept.Add(position++);
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
            && (ReplyText.IsQuoted(lines[next]) || QuoteHeaders.LengthAt(lines, next) > 0 || Attributions.LengthAt(lines, next) > 0);
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
            cut[position++] = true;
        }
        if (Kept.Count > 0 && !IsBlank(Kept[^1]))
        {
            Kept.Add(-1);
        }
        justDropped = true;
    }

    /// <summary>A rule above the header belongs to the quote.</summary>
    private void TakeBackSeparators()
    {
        while (Kept.Count > 0 && (IsBlank(Kept[^1]) || QuoteHeaders.IsRule(lines[Kept[^1]])))
        {
            if (!IsBlank(Kept[^1]))
            {
                cut[Kept[^1]] = true;
                held--;
            }
            Kept.RemoveAt(Kept.Count - 1);
        }
    }

    private bool IsBlank(int line) => line < 0 || string.IsNullOrWhiteSpace(lines[line]);

    /// <summary>A long quoted line that was broken on the way leaves its end on a line of its own, without a mark.</summary>
    private bool IsWrapOfQuote()
    {
        var line = lines[position];
        return position > 0 && position + 1 < lines.Length && ReplyText.IsQuoted(lines[position - 1]) && ReplyText.IsQuoted(lines[position + 1])
            && lines[position - 1].Length >= 60 && !lines[position - 1].TrimEnd().EndsWith('?')
            && line.Length is > 0 and <= 60 && char.IsLower(line[0]);
    }
}
