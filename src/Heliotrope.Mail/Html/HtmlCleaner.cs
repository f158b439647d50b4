using System.Text;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;

namespace Heliotrope.Mail.Html;

/// <summary>Makes the HTML of a stranger safe to show within a page.</summary>
public static class HtmlCleaner
{
    /// <summary>
    /// Keeps what is on an allow-list and writes it anew, well-formed: no script, no form, no frame, no name or class.
    /// Style sheets go too, after what they say was put on the elements they mean. Pictures that came with the message (cid:) stay; those on other machines wait in
    /// <c>data-remote-src</c>. Linear in the length, and cleaning twice changes nothing.
    /// </summary>
    public static string Clean(string html)
    {
        var writer = new Writer(html.Length, StyleSheet.Of(html));
        foreach (var token in HtmlTokens.Read(html))
        {
            switch (token.Type)
            {
                case HtmlTokenType.StartTag:
                    writer.Start((HtmlTagToken)token);
                    break;
                case HtmlTokenType.EndTag:
                    writer.End(token.Name);
                    break;
                default:
                    writer.Text(token.Data);
                    break;
            }
        }
        return writer.Finish();
    }

    private sealed class Writer(int length, StyleSheet? sheet)
    {
        private readonly StringBuilder output = new(Math.Min(length, HtmlTokens.MaxChars));
        private readonly List<string> open = [];
        private readonly List<CssElement> path = [];
        private bool hidden;
        private bool bodySeen;

        public void Start(HtmlTagToken tag)
        {
            hidden = HtmlRules.Hidden.Contains(tag.Name);
            var name = tag.Name == "body" && !bodySeen ? "div" : tag.Name;
            bodySeen |= tag.Name == "body";
            if (!HtmlRules.Elements.Contains(name))
            {
                return;
            }
            if (HtmlRules.EndedBy(name) is var (ends, barriers))
            {
                EndImplied(ends, barriers);
            }
            var isVoid = HtmlRules.Void.Contains(name);
            if (!isVoid && open.Count >= HtmlRules.MaxDepth)
            {
                return;
            }
            output.Append('<').Append(name);
            var element = CssElement.Of(tag);
            HtmlAttributes.Write(name, tag, Style(element, tag), output);
            output.Append('>');
            if (!isVoid)
            {
                open.Add(name);
                path.Add(element);
            }
        }

        public void End(string name)
        {
            hidden = false;
            if (name is "br")
            {
                output.Append("<br>");
            }
            name = name == "body" ? "div" : name;
            // What is open within a cell is not closed by an end tag that belongs outside the cell.
            var within = name is "table" or "tr" or "tbody" or "thead" or "tfoot" or "td" or "th" ? "table" : "td";
            for (var i = open.Count - 1; i >= 0; i--)
            {
                if (open[i] == name)
                {
                    CloseTo(i);
                    return;
                }
                if (open[i] == within || (within == "td" && open[i] == "th"))
                {
                    return;
                }
            }
        }

        public void Text(string text)
        {
            if (!hidden)
            {
                HtmlAttributes.Escape(text, output);
            }
        }

        public string Finish()
        {
            CloseTo(0);
            return output.ToString().Trim();
        }

        private string? Style(CssElement element, HtmlTagToken tag)
        {
            var own = CssCleaner.Read(tag.GetAttribute("style") ?? "");
            return CssCleaner.Write(sheet is null ? own : sheet.Meant(element, path).Concat(own));
        }

        private void EndImplied(string[] ends, string[] barriers)
        {
            for (var i = open.Count - 1; i >= 0; i--)
            {
                if (ends.Contains(open[i]))
                {
                    CloseTo(i);
                    return;
                }
                if (barriers.Contains(open[i]))
                {
                    return;
                }
            }
        }

        private void CloseTo(int depth)
        {
            for (var i = open.Count - 1; i >= depth; i--)
            {
                output.Append("</").Append(open[i]).Append('>');
                open.RemoveAt(i);
                path.RemoveAt(i);
            }
        }
    }
}
