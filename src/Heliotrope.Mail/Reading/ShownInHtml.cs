using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using Heliotrope.Mail.Html;

namespace Heliotrope.Mail.Reading;

/// <summary>Finds the parts that the HTML shows as pictures. Some programs mark those as files to save, or do not say what they are.</summary>
internal static class ShownInHtml
{
    public static IEnumerable<AttachedPart> Mark(PickedBody body)
    {
        if (body.Html is null || !body.Attached.Exists(one => !one.Inline && one.ContentId is not null))
        {
            return body.Attached;
        }
        var parts = new ContentIds<AttachedPart>(body.Attached, one => one.ContentId);
        var shown = Addresses(body.Html).Select(parts.Find).OfType<AttachedPart>().ToHashSet(ReferenceEqualityComparer.Instance);
        return body.Attached.Select(one => shown.Contains(one) ? one with { Inline = true } : one);
    }

    private static IEnumerable<string> Addresses(string html) => HtmlTokens.Read(html)
        .Where(token => token.Type == HtmlTokenType.StartTag && token.Name == "img")
        .Select(token => HtmlUrls.ContentId(HtmlUrls.Image(((HtmlTagToken)token).GetAttribute("src") ?? "")))
        .OfType<string>();
}
