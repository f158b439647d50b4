using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;

namespace Heliotrope.Mail.Html;

/// <summary>Makes readable plain text from HTML.</summary>
public static class HtmlText
{
    private const int MaxListDepth = 50;
    private const int MaxLinkLength = 200;

    /// <summary>The text with LF line ends; quoted blocks have "&gt; " before each line, list items a dash or number.</summary>
    public static string FromHtml(string html)
    {
        var lines = new TextLines();
        var lists = new Stack<int>();
        var hidden = false;
        (string Url, int Start)? link = null;
        foreach (var token in HtmlTokens.Read(html))
        {
            if (token.Type == HtmlTokenType.Character)
            {
                if (!hidden)
                {
                    lines.Add(token.Data);
                }
                continue;
            }
            var start = token.Type == HtmlTokenType.StartTag;
            hidden = start && HtmlRules.Hidden.Contains(token.Name);
            switch (token.Name)
            {
                case "br":
                    lines.Break();
                    break;
                case "p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "dl" or "table":
                    lines.Gap(token.Name == "table" ? 1 : 2);
                    break;
                case "ul" or "ol":
                    lines.Gap(lists.Count == 0 ? 2 : 1);
                    Nest(lists, start, token.Name == "ol" ? 0 : -1);
                    break;
                case "li" when start:
                    lines.Gap(1);
                    lines.Mark(Bullet(lists));
                    break;
                case "blockquote":
                    lines.Gap(1);
                    lines.Quote(start ? 1 : -1);
                    break;
                case "pre":
                    lines.Gap(1);
                    lines.Preformatted(start);
                    break;
                case "td" or "th" when start:
                    lines.Add(" ");
                    break;
                case "img" when start:
                    lines.Add(((HtmlTagToken)token).GetAttribute("alt") ?? "");
                    break;
                case "a":
                    if (link is { } open)
                    {
                        // Only an address that the text does not already say.
                        lines.AddLink(open.Url, open.Start);
                    }
                    link = start ? LinkOf((HtmlTagToken)token, lines.Length) : null;
                    break;
                default:
                    if (HtmlRules.Blocks.Contains(token.Name))
                    {
                        lines.Gap(1);
                    }
                    break;
            }
        }
        return lines.ToString();
    }

    private static (string, int)? LinkOf(HtmlTagToken tag, int start) =>
        HtmlUrls.Link(tag.GetAttribute("href") ?? "") is { Length: <= MaxLinkLength } url && HtmlUrls.IsWeb(url) ? (url, start) : null;

    private static void Nest(Stack<int> lists, bool start, int counter)
    {
        if (start && lists.Count < MaxListDepth)
        {
            lists.Push(counter);
        }
        else if (!start && lists.Count > 0)
        {
            lists.Pop();
        }
    }

    private static string Bullet(Stack<int> lists)
    {
        if (lists.Count == 0 || lists.Peek() < 0)
        {
            return "- ";
        }
        var number = lists.Pop() + 1;
        lists.Push(number);
        return $"{number}. ";
    }
}
