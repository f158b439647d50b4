using System.Text;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;

namespace Heliotrope.Mail.Html;

/// <summary>Walks over cleaned HTML and changes what its pictures say; everything else stays as it is.</summary>
internal static class ImageTags
{
    /// <summary>Every attribute of every picture.</summary>
    public static IEnumerable<(string Name, string Value)> Read(string cleanedHtml) =>
        HtmlTokens.Read(cleanedHtml, int.MaxValue).OfType<HtmlTagToken>().Where(IsPicture)
            .SelectMany(tag => tag.Attributes.Select(attribute => (attribute.Name, attribute.Value ?? "")));

    /// <summary>Writes the HTML with other attributes on its pictures.</summary>
    /// <param name="cleanedHtml">As <see cref="HtmlCleaner"/> wrote it.</param>
    /// <param name="change">What to write for an attribute; a name of null leaves it out.</param>
    public static string Write(string cleanedHtml, Func<string, string, (string? Name, string Value)> change)
    {
        var output = new StringBuilder(cleanedHtml.Length);
        foreach (var token in HtmlTokens.Read(cleanedHtml, int.MaxValue))
        {
            switch (token.Type)
            {
                case HtmlTokenType.StartTag:
                    Start((HtmlTagToken)token, change, output);
                    break;
                case HtmlTokenType.EndTag:
                    output.Append("</").Append(token.Name).Append('>');
                    break;
                default:
                    HtmlAttributes.Escape(token.Data, output);
                    break;
            }
        }
        return output.ToString();
    }

    private static bool IsPicture(HtmlTagToken tag) => tag is { Type: HtmlTokenType.StartTag, Name: "img" };

    private static void Start(HtmlTagToken tag, Func<string, string, (string? Name, string Value)> change, StringBuilder output)
    {
        output.Append('<').Append(tag.Name);
        foreach (var attribute in tag.Attributes)
        {
            var (name, value) = IsPicture(tag) ? change(attribute.Name, attribute.Value ?? "") : (attribute.Name, attribute.Value ?? "");
            if (name is null)
            {
                continue;
            }
            output.Append(' ').Append(name).Append("=\"");
            HtmlAttributes.Escape(value, output);
            output.Append('"');
        }
        output.Append('>');
    }
}
