namespace Heliotrope.Mail.Html;

/// <summary>What may stay in the HTML of a message: nothing that runs, loads, submits or has a name.</summary>
internal static class HtmlRules
{
    /// <summary>Deep enough for newsletters built of tables in tables; beyond it a tag is left out and its content kept.</summary>
    public const int MaxDepth = 200;

    public static readonly HashSet<string> Elements =
    [
        "a", "abbr", "acronym", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center",
        "cite", "code", "col", "colgroup", "dd", "del", "dfn", "dir", "div", "dl", "dt", "em", "figcaption", "figure", "font",
        "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "menu",
        "nav", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike", "strong", "sub",
        "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
    ];

    public static readonly HashSet<string> Void = ["br", "col", "hr", "img", "wbr"];

    /// <summary>Elements whose content is no text to read.</summary>
    public static readonly HashSet<string> Hidden = ["script", "style", "title", "iframe", "noembed", "noframes", "xmp", "plaintext"];

    public static readonly HashSet<string> Blocks =
    [
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "dir", "div", "dl", "dt", "figcaption",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "menu", "nav", "ol",
        "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
    ];

    private static readonly HashSet<string> Everywhere =
        ["align", "bgcolor", "color", "dir", "height", "lang", "style", "title", "valign", "width"];

    private static readonly Dictionary<string, string[]> Own = new()
    {
        ["a"] = ["href"],
        ["blockquote"] = ["type"],
        ["br"] = ["clear"],
        ["col"] = ["span"],
        ["colgroup"] = ["span"],
        ["font"] = ["face", "size"],
        ["hr"] = ["size", "noshade"],
        ["img"] = ["src", RemotePictures.Attribute, "alt", "border", "hspace", "vspace"],
        ["li"] = ["type", "value"],
        ["ol"] = ["start", "type", "reversed"],
        ["table"] = ["border", "cellpadding", "cellspacing", "frame", "rules", "summary"],
        ["td"] = ["abbr", "colspan", "nowrap", "rowspan", "scope"],
        ["th"] = ["abbr", "colspan", "nowrap", "rowspan", "scope"],
        ["time"] = ["datetime"],
        ["ul"] = ["type"],
    };

    public static bool AllowsAttribute(string element, string attribute) =>
        Everywhere.Contains(attribute) || (Own.TryGetValue(element, out var own) && own.Contains(attribute));

    /// <summary>What the start of an element ends, looking outwards no further than the barriers (HTML, optional tags).</summary>
    public static (string[] Ends, string[] Barriers)? EndedBy(string name) => name switch
    {
        "li" => (["li"], ["ul", "ol", "menu", "dir", "table"]),
        "dt" or "dd" => (["dt", "dd"], ["dl", "table"]),
        "td" or "th" => (["td", "th"], ["table"]),
        "tr" => (["tr", "caption"], ["table"]),
        "tbody" or "thead" or "tfoot" => (["tbody", "thead", "tfoot", "caption", "colgroup"], ["table"]),
        "a" => (["a"], ["td", "th", "table"]),
        _ when Blocks.Contains(name) => (["p"], ["td", "th", "table", "li", "div", "blockquote"]),
        _ => null,
    };
}
