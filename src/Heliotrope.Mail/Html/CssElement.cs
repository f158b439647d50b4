using AngleSharp.Html.Parser.Tokens;

namespace Heliotrope.Mail.Html;

/// <summary>What a selector can ask of an element: its name, classes and id.</summary>
internal sealed record CssElement(string Name, string[] Classes, string? Id)
{
    private const int MaxClasses = 20;

    public static CssElement Of(HtmlTagToken tag)
    {
        var classes = tag.GetAttribute("class");
        return new CssElement(
            tag.Name,
            string.IsNullOrEmpty(classes) ? [] : [.. classes.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MaxClasses)],
            tag.GetAttribute("id") is { Length: > 0 } id ? id : null);
    }
}
