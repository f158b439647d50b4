using System.Text;

namespace Heliotrope.Mail.Html;

/// <summary>Collects text as a browser would lay it out in lines: white space collapsed, quotes marked.</summary>
internal sealed class TextLines
{
    private const int MaxQuoteDepth = 20;
    private const int MaxBlankLines = 2;

    private readonly StringBuilder done = new();
    private readonly StringBuilder line = new();
    private int quote;
    private int lastQuote;
    private int blankDue;
    private int blankDone = MaxBlankLines;
    private bool space;
    private bool preformatted;

    /// <summary>How much was written so far; only good for telling what came after.</summary>
    public int Length => done.Length + line.Length;

    public void Add(string text)
    {
        foreach (var c in text)
        {
            if (c == '\n' && preformatted)
            {
                Break();
            }
            else if (c is ' ' or '\t' or '\n' or '\r' or '\f')
            {
                if (preformatted)
                {
                    line.Append(c == '\r' ? "" : " ");
                }
                space = !preformatted;
            }
            else if (c is not ('\u200B' or '\u200C' or '\u034F' or '\u00AD' or '\uFEFF') && !char.IsControl(c))
            {
                line.Append(space && line.Length > 0 ? " " : "").Append(c == '\u00A0' ? ' ' : c);
                space = false;
            }
        }
    }

    /// <summary>Ends the line, however short.</summary>
    public void Break()
    {
        var text = line.ToString().TrimEnd();
        line.Clear();
        space = false;
        if (text.Length == 0)
        {
            Blank(quote);
            return;
        }
        for (; blankDue > 0 && blankDone == 0; blankDue--)
        {
            // Between a quote and what is none the blank line belongs to neither.
            Blank(Math.Min(quote, lastQuote));
        }
        lastQuote = quote;
        (blankDue, blankDone) = (0, 0);
        done.Append('>', quote).Append(quote > 0 ? " " : "").Append(text).Append('\n');
    }

    /// <summary>Ends the line when it holds something; a blank line comes before the next when <paramref name="lines"/> is 2.</summary>
    public void Gap(int lines)
    {
        if (string.IsNullOrWhiteSpace(line.ToString()))
        {
            line.Clear();
        }
        else
        {
            Break();
        }
        space = false;
        blankDue = Math.Max(blankDue, lines - 1);
    }

    /// <summary>Deeper or less deep into a quote; only between lines.</summary>
    public void Quote(int change) => quote = Math.Clamp(quote + change, 0, MaxQuoteDepth);

    public void Preformatted(bool on) => preformatted = on;

    public void Mark(string bullet) => line.Append(bullet);

    /// <summary>Adds the address of a link unless the text since <paramref name="start"/> says it already.</summary>
    public void AddLink(string url, int start)
    {
        var since = Length - start;
        var text = since <= line.Length && since > 0 ? line.ToString(line.Length - since, since) : "";
        var bare = url[(url.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim('/');
        if (text.Trim().Length > 0 && !text.Contains(bare, StringComparison.OrdinalIgnoreCase))
        {
            line.Append(" <").Append(url).Append('>');
        }
    }

    public override string ToString()
    {
        Gap(1);
        return done.ToString().Trim('\n');
    }

    private void Blank(int depth)
    {
        if (++blankDone <= MaxBlankLines)
        {
            done.Append('>', depth).Append('\n');
        }
    }
}
