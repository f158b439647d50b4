using System.Text;
using AngleSharp.Html.Parser.Tokens;

namespace Heliotrope.Mail.Html;

/// <summary>Writes the attributes that may stay, each of them checked and escaped.</summary>
internal static class HtmlAttributes
{
    private const int MaxPerTag = 100;
    private const int MaxLength = 4000;

    public static void Write(string element, HtmlTagToken tag, string? style, StringBuilder output)
    {
        var written = new HashSet<string>();
        foreach (var attribute in tag.Attributes.Take(MaxPerTag))
        {
            var name = attribute.Name;
            if (name == "style" || !HtmlRules.AllowsAttribute(element, name) || Clean(name, attribute.Value ?? "") is not { } value)
            {
                continue;
            }
            // A picture elsewhere is only fetched when the reader asks for it: fetching tells the sender who read when.
            name = name == "src" && HtmlUrls.IsWeb(value) ? RemotePictures.Attribute : name;
            if (written.Add(name))
            {
                output.Append(' ').Append(name).Append("=\"");
                Escape(value, output);
                output.Append('"');
            }
        }
        if (style is not null)
        {
            output.Append(" style=\"");
            Escape(style, output);
            output.Append('"');
        }
        if (written.Contains("href"))
        {
            output.Append(" rel=\"noopener noreferrer nofollow\" target=\"_blank\"");
        }
    }

    /// <summary>The value as it may stay; null when it may not.</summary>
    private static string? Clean(string name, string value) => name switch
    {
        "href" => HtmlUrls.Link(value),
        "src" => HtmlUrls.Image(value),
        RemotePictures.Attribute => HtmlUrls.Link(value) is { } url && HtmlUrls.IsWeb(url) ? url : null,
        _ => value.Length <= MaxLength ? value : null,
    };

    /// <summary>Escapes for text and for double-quoted values, and drops what HTML cannot hold.</summary>
    public static void Escape(string text, StringBuilder output)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '&':
                    output.Append("&amp;");
                    break;
                case '<':
                    output.Append("&lt;");
                    break;
                case '>':
                    output.Append("&gt;");
                    break;
                case '"':
                    output.Append("&quot;");
                    break;
                case '\r':
                    output.Append('\n');
                    break;
                default:
                    if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                    {
                        output.Append(c).Append(text[++i]);
                    }
                    else if (!char.IsControl(c) || c is '\n' or '\t')
                    {
                        output.Append(char.IsSurrogate(c) ? '\uFFFD' : c);
                    }
                    break;
            }
        }
    }
}
