using System.Text;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using Heliotrope.Mail.Html;

namespace Heliotrope.Mail.Replies;

/// <summary>Finds the new words in the HTML of an answer.</summary>
public static class ReplyHtml
{
    /// <summary>
    /// Takes <paramref name="html"/> apart as <see cref="ReplyText"/> does with plain text; what mail programs mark as quote or signature is taken
    /// at their word. Every word and picture is in one of the two, and style sheets are in both. Not cleaned: see <see cref="HtmlCleaner"/>,
    /// which comes afterwards, as cleaning takes the marks away. Linear in the length.
    /// </summary>
    public static ReplyParts Split(string html)
    {
        var (reader, lines) = HtmlLines.Read(html);
        if (reader.Signature.Any(line => Asks(lines[line])))
        {
            // Some people write in the place of their signature. Nobody signs with a question.
            foreach (var line in reader.Signature)
            {
                lines[line] = lines[line].StartsWith("> ", StringComparison.Ordinal) ? lines[line][2..] : lines[line];
            }
        }
        var searched = Searched(lines);
        var walk = new ReplyWalk(lines[..searched]);
        walk.Run();
        var kept = walk.Kept.Where(line => line >= 0).ToList();
        Trim(kept, lines);
        var gone = Enumerable.Range(0, searched).Where(line => walk.IsCut(line) && lines[line].AsSpan().Trim("> ").Length > 0).ToList();
        if (gone.Count == 0)
        {
            return new ReplyParts(html, "");
        }
        if (kept.Count == 0)
        {
            // Who writes within the signature means what is written; and see ReplyText.
            return walk.CutUnmarked || gone.TrueForAll(reader.Signature.Contains) ? new ReplyParts(html, "") : new ReplyParts("", html);
        }
        var isNew = new bool[lines.Length + 1];
        kept.ForEach(line => isNew[line] = true);
        // White space behind the last line belongs to nobody.
        return new ReplyParts(Write(reader.Pieces, line => isNew[Math.Min(line, lines.Length)]), Write(reader.Pieces, line => !isNew[Math.Min(line, lines.Length)]));
    }

    /// <summary>A question mark behind a word, not within an address.</summary>
    private static bool Asks(string line) => line.EndsWith('?') || line.Contains("? ", StringComparison.Ordinal);

    /// <summary>How many lines are searched for quotes: nobody writes more than that, and what follows belongs to the quote, if there is one.</summary>
    private static int Searched(string[] lines)
    {
        var count = 0;
        for (var chars = 0; count < lines.Length && chars < ReplyText.MaxChars; count++)
        {
            chars += lines[count].Length + 1;
        }
        return count;
    }

    private static void Trim(List<int> kept, string[] lines)
    {
        var first = kept.FindIndex(line => lines[line].Length > 0);
        var last = kept.FindLastIndex(line => lines[line].Length > 0);
        kept.RemoveRange(last + 1, kept.Count - last - 1);
        kept.RemoveRange(0, Math.Max(0, first));
    }

    /// <summary>Writes the pieces that are wanted with the elements around them; elements that hold none are left out.</summary>
    private static string Write(List<HtmlLines.Piece> pieces, Func<int, bool> wanted)
    {
        var output = new StringBuilder();
        var open = new List<(string Name, HtmlTagToken Tag)>();
        var written = 0;
        var style = false;
        foreach (var (token, text, line) in pieces)
        {
            if (token.Type == HtmlTokenType.StartTag && line < 0)
            {
                style = token.Name == "style";
                if (style)
                {
                    Tag(output, (HtmlTagToken)token);
                }
                else if (open.Count < HtmlRules.MaxDepth && !IsEmpty(token.Name))
                {
                    open.Add((token.Name, (HtmlTagToken)token));
                }
            }
            else if (token.Type == HtmlTokenType.EndTag)
            {
                if (token.Name == "style")
                {
                    output.Append("</style>");
                }
                style = false;
                var at = open.FindLastIndex(one => one.Name == token.Name);
                for (var i = open.Count - 1; at >= 0 && i >= at; i--)
                {
                    if (i < written && (i == at || !EndsByItself(open[i].Name)))
                    {
                        output.Append("</").Append(open[i].Name).Append('>');
                    }
                    open.RemoveAt(i);
                }
                written = Math.Min(written, open.Count);
            }
            else if (line < 0)
            {
                output.Append(style ? text : "");
            }
            else if (wanted(line))
            {
                for (; written < open.Count; written++)
                {
                    Tag(output, open[written].Tag);
                }
                if (text is null)
                {
                    Tag(output, (HtmlTagToken)token);
                }
                else
                {
                    HtmlAttributes.Escape(text, output);
                }
            }
        }
        for (var i = written - 1; i >= 0; i--)
        {
            output.Append("</").Append(open[i].Name).Append('>');
        }
        return output.ToString().Trim();
    }

    private static void Tag(StringBuilder output, HtmlTagToken tag)
    {
        output.Append('<').Append(tag.Name);
        foreach (var attribute in tag.Attributes)
        {
            output.Append(' ').Append(attribute.Name).Append("=\"");
            HtmlAttributes.Escape(attribute.Value, output);
            output.Append('"');
        }
        output.Append('>');
    }

    private static bool EndsByItself(string name) => name is "p" or "li" or "td" or "th" or "tr" or "dt" or "dd" or "tbody" or "thead" or "tfoot";

    private static bool IsEmpty(string name) => name is "meta" or "link" or "base" or "col" or "wbr" or "area" or "source" or "embed" || HtmlRules.Hidden.Contains(name);
}
