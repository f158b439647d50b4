using System.Text;
using AngleSharp.Html.Parser;

namespace Heliotrope.Mail.Html;

/// <summary>
/// The style sheets of a message, only to put what they say on the elements they mean: a sheet left in would also style
/// the page around the message. Rules for other screens and states are left out.
/// </summary>
internal sealed class StyleSheet
{
    private const int MaxChars = 256 * 1024;
    private const int MaxRules = 2000;

    private readonly Dictionary<string, List<Rule>> rules = [];
    private int count;

    // What all elements together may cost, so that many rules and many elements cannot multiply.
    private int comparisons = 4_000_000;
    private int declarations = 200_000;

    private sealed record Rule(CssSelector Selector, List<CssDeclaration> Declarations, int Order);

    /// <summary>Null when the document has no style sheet.</summary>
    public static StyleSheet? Of(string html)
    {
        if (!html.Contains("<style", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        var css = new StringBuilder();
        var within = false;
        foreach (var token in HtmlTokens.Read(html))
        {
            if (token.Type != HtmlTokenType.Character)
            {
                within = token.Type == HtmlTokenType.StartTag && token.Name == "style";
            }
            else if (within && css.Length < MaxChars)
            {
                css.Append(token.Data).Append('\n');
            }
        }
        var sheet = new StyleSheet();
        sheet.Read(WithoutComments(css.ToString()));
        return sheet.count > 0 ? sheet : null;
    }

    /// <summary>The declarations for an element, the weakest first.</summary>
    public IEnumerable<CssDeclaration> Meant(CssElement element, IReadOnlyList<CssElement> path)
    {
        var found = new List<Rule>();
        foreach (var key in element.Classes.Select(name => "." + name).Append(element.Name).Append("*").Append("#" + element.Id).Distinct())
        {
            foreach (var rule in rules.GetValueOrDefault(key) ?? [])
            {
                comparisons -= 1 + path.Count / 4;
                if (comparisons > 0 && rule.Selector.Matches(element, path))
                {
                    found.Add(rule);
                }
            }
        }
        declarations -= found.Sum(rule => rule.Declarations.Count);
        return declarations < 0 ? [] : found.OrderBy(rule => rule.Selector.Weight).ThenBy(rule => rule.Order).SelectMany(rule => rule.Declarations);
    }

    private void Read(string css)
    {
        var position = 0;
        while (position < css.Length && count < MaxRules)
        {
            var open = css.IndexOfAny(['{', ';'], position);
            if (open < 0)
            {
                return;
            }
            var prelude = css[position..open].Trim();
            position = open + 1;
            if (css[open] == ';')
            {
                continue;
            }
            var close = EndOfBlock(css, position);
            if (!prelude.StartsWith('@'))
            {
                Add(prelude, css[position..close]);
            }
            position = close + 1;
        }
    }

    private void Add(string selectors, string block)
    {
        var kept = CssCleaner.Read(block);
        foreach (var text in kept.Count == 0 ? [] : selectors.Split(','))
        {
            if (count < MaxRules && CssSelector.Parse(text) is { } selector)
            {
                if (!rules.TryGetValue(selector.Key, out var list))
                {
                    rules[selector.Key] = list = [];
                }
                list.Add(new Rule(selector, kept, count++));
            }
        }
    }

    private static int EndOfBlock(string css, int start)
    {
        var depth = 1;
        for (var i = start; i < css.Length; i++)
        {
            depth += css[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }
        return css.Length;
    }

    private static string WithoutComments(string css)
    {
        var kept = new StringBuilder(css.Length);
        var position = 0;
        while (css.IndexOf("/*", position, StringComparison.Ordinal) is >= 0 and var open)
        {
            kept.Append(css, position, open - position).Append(' ');
            var close = css.IndexOf("*/", open + 2, StringComparison.Ordinal);
            position = close < 0 ? css.Length : close + 2;
        }
        kept.Append(css, position, css.Length - position);
        return kept.Replace("<!--", " ").Replace("-->", " ").ToString();
    }
}
