using System.Text;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using Heliotrope.Mail.Html;

namespace Heliotrope.Mail.Replies;

/// <summary>HTML as the lines that a reader sees, each knowing which pieces of the HTML it is made of.</summary>
internal sealed class HtmlLines
{
    // Stands for a picture, which is something to see but nothing to read.
    private const char Picture = '\uFFFC';

    private readonly List<string> lines = [];
    private readonly StringBuilder line = new();
    private readonly List<(string Name, HtmlMarks.Mark Mark)> open = [];
    private readonly List<int> drawn = [];
    private int quotes;
    private bool announced;
    private bool lineHasPieces;

    /// <summary>A piece of the HTML: a token, or of preformatted text one line of it.</summary>
    /// <param name="Token">What it was read from.</param>
    /// <param name="Text">Its text; null for a tag.</param>
    /// <param name="Line">The line it stands in; -1 for what belongs to none, such as the start of an element.</param>
    internal readonly record struct Piece(HtmlToken Token, string? Text, int Line);

    public List<Piece> Pieces { get; } = [];

    /// <summary>The lines that are marked as a signature by their program, and as nothing else.</summary>
    public HashSet<int> Signature { get; } = [];

    /// <summary>The lines; those within quotes and signatures begin with ">".</summary>
    public static (HtmlLines Reader, string[] Lines) Read(string html)
    {
        var reader = new HtmlLines();
        var hidden = "";
        foreach (var token in HtmlTokens.Read(html))
        {
            if (token.Type == HtmlTokenType.Character)
            {
                if (hidden.Length == 0)
                {
                    reader.Text(token);
                }
                else if (hidden == "style")
                {
                    // Style sheets belong to both halves.
                    reader.Pieces.Add(new Piece(token, token.Data, -1));
                }
                continue;
            }
            hidden = token.Type == HtmlTokenType.StartTag && HtmlRules.Hidden.Contains(token.Name) ? token.Name : "";
            if (token.Type == HtmlTokenType.StartTag)
            {
                reader.Start((HtmlTagToken)token);
            }
            else
            {
                reader.End(token);
            }
        }
        reader.EndLine();
        return (reader, reader.Lines());
    }

    private string[] Lines()
    {
        var all = lines.ToArray();
        foreach (var at in drawn)
        {
            // Only a line with something like a header below it.
            if (at + 1 < all.Length && all[at + 1].IndexOf(':', StringComparison.Ordinal) is > 0 and < 40 && all.Skip(at + 1).Take(4).Any(text => text.Contains('@', StringComparison.Ordinal)))
            {
                all[at] = Title;
            }
        }
        return all;
    }

    /// <summary>What <see cref="QuoteHeaders"/> knows to begin a quote.</summary>
    private const string Title = "-----Original Message-----";

    private void Text(HtmlToken token)
    {
        var within = open.Exists(one => one.Name == "pre") ? token.Data.Split('\n') : [token.Data];
        for (var i = 0; i < within.Length; i++)
        {
            Pieces.Add(new Piece(token, within[i] + (i < within.Length - 1 ? "\n" : ""), lines.Count));
            lineHasPieces |= within.Length > 1 || !string.IsNullOrWhiteSpace(within[i]);
            foreach (var c in within[i])
            {
                if (char.IsWhiteSpace(c))
                {
                    line.Append(line.Length > 0 && line[^1] != ' ' ? " " : "");
                }
                else if (c is not ('\u200B' or '\u200C' or '\u034F' or '\u00AD' or '\uFEFF'))
                {
                    line.Append(c);
                }
            }
            if (i < within.Length - 1)
            {
                EndLine();
            }
        }
    }

    private void Start(HtmlTagToken tag)
    {
        var name = tag.Name;
        if (name is "br" or "img" or "hr" or "input")
        {
            Pieces.Add(new Piece(tag, null, lines.Count));
            lineHasPieces = true;
            line.Append(name == "img" ? Picture.ToString() : name == "hr" ? "________" : "");
            if (name is "br" or "hr")
            {
                EndLine();
            }
            return;
        }
        if (HtmlRules.Blocks.Contains(name) || name == "blockquote")
        {
            Block(name);
        }
        line.Append(name is "td" or "th" && line.Length > 0 ? " " : "");
        Pieces.Add(new Piece(tag, null, -1));
        if (tag.IsSelfClosing && HtmlRules.Void.Contains(name) || name is "meta" or "link" or "base" or "col" or "wbr" or "area" or "source" or "embed")
        {
            return;
        }
        var mark = open.Count < HtmlRules.MaxDepth ? HtmlMarks.Of(tag) : HtmlMarks.Mark.None;
        if (mark is HtmlMarks.Mark.None && name == "blockquote" && open.Count < HtmlRules.MaxDepth && IsAttributed())
        {
            mark = HtmlMarks.Mark.Quote;
        }
        if (open.Count < HtmlRules.MaxDepth)
        {
            open.Add((name, mark));
        }
        switch (mark)
        {
            case HtmlMarks.Mark.Quote or HtmlMarks.Mark.Signature or HtmlMarks.Mark.Attribution:
                EndLineWithPieces();
                quotes++;
                announced = false;
                break;
            case HtmlMarks.Mark.Header:
                EndLineWithPieces();
                lines.Add(Prefix + Title);
                break;
            case HtmlMarks.Mark.Line when quotes == 0:
                EndLineWithPieces();
                drawn.Add(lines.Count);
                lines.Add("");
                break;
        }
    }

    /// <summary>Whether the line above says whose words follow.</summary>
    private bool IsAttributed()
    {
        var last = lines.Skip(Math.Max(0, lines.Count - 6)).Where(text => text.Length > 0).TakeLast(3).ToArray();
        return Enumerable.Range(0, last.Length).Any(at => Attributions.LengthAt(last, at) is > 0 and var length && at + length == last.Length);
    }

    private void End(HtmlToken token)
    {
        if (HtmlRules.Blocks.Contains(token.Name))
        {
            Block(token.Name);
        }
        Pieces.Add(new Piece(token, null, -1));
        var at = open.FindLastIndex(one => one.Name == token.Name);
        for (var i = open.Count - 1; at >= 0 && i >= at; i--)
        {
            if (open[i].Mark is HtmlMarks.Mark.Quote or HtmlMarks.Mark.Signature or HtmlMarks.Mark.Attribution)
            {
                EndLineWithPieces();
                quotes--;
                announced = false;
            }
            open.RemoveAt(i);
        }
    }

    private void Block(string name)
    {
        var had = lineHasPieces;
        EndLineWithPieces();
        if (had && name is "p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "table" && lines.Count > 0 && lines[^1].Length > 0)
        {
            // The space that a browser leaves below a paragraph.
            lines.Add("");
        }
    }

    private void EndLineWithPieces()
    {
        if (lineHasPieces)
        {
            EndLine();
        }
    }

    private string Prefix => quotes > 0 && !announced ? "> " : "";

    private void EndLine()
    {
        var text = line.ToString().Trim();
        // Above a forwarded message, whose own lines have no mark: they are known to be a quote by this line.
        announced |= quotes == 1 && open.Exists(one => one.Mark == HtmlMarks.Mark.Attribution) && text.StartsWith("---", StringComparison.Ordinal);
        if (quotes > 0 && open.TrueForAll(one => one.Mark is HtmlMarks.Mark.None or HtmlMarks.Mark.Line or HtmlMarks.Mark.Signature))
        {
            Signature.Add(lines.Count);
        }
        lines.Add(Prefix + text);
        line.Clear();
        lineHasPieces = false;
    }
}
