using AngleSharp.Html.Parser.Tokens;

namespace Heliotrope.Mail.Replies;

/// <summary>How mail programs mark quotes and signatures in their HTML, by classes and ids.</summary>
internal static class HtmlMarks
{
    internal enum Mark
    {
        None,
        /// <summary>All of it is a quote.</summary>
        Quote,
        /// <summary>The line above a quote.</summary>
        Attribution,
        Signature,
        /// <summary>The headers of a quote that goes to the end of the message.</summary>
        Header,
        /// <summary>The line that Outlook draws above such headers, but people draw lines, too.</summary>
        Line,
    }

    // Not the div that Gmail puts around quote and answers alike ("gmail_quote" on a div): what is new within it stands outside the blockquotes.
    private static readonly HashSet<string> Quotes = new(StringComparer.OrdinalIgnoreCase)
    {
        "moz-forward-container", "moz-email-headers-table", "yahoo_quoted", "yahooquoted", "protonmail_quote",
        "tutanota_quote", "tutanota_reply", "zmail_extra", "front-blockquote", "sh-quoted-content", "gmx_quote", "webde_quote", "mailru-quote",
        "yandex_quote", "zendesk_quote", "hs_reply", "airmail_ext_on", "bloop_original_html", "edo-original_message", "mailplane_quote",
        "hey-quote",
    };

    private static readonly HashSet<string> Attributions = new(StringComparer.OrdinalIgnoreCase) { "gmail_attr", "moz-cite-prefix", "fastmail-quote-header" };

    private static readonly HashSet<string> Signatures = new(StringComparer.OrdinalIgnoreCase)
    {
        "gmail_signature", "gmail_signature_prefix", "moz-signature", "protonmail_signature_block", "applemailsignature", "signature",
        "ms-outlook-mobile-signature", "tutanota_signature", "yahoo_signature", "fastmail-signature", "edo-signature", "bloop_sign",
        "heliotrope-signature",
    };

    private static readonly HashSet<string> Headers = new(StringComparer.OrdinalIgnoreCase)
    {
        "divrplyfwdmsg", "outlookmessageheader", "mail-editor-reference-message-container",
    };

    /// <summary>A blockquote is also what people indent with: a quote has a type, a source, a class, or a line along its side.</summary>
    private static bool IsMarked(HtmlTagToken tag) =>
        tag.GetAttribute("type") is "cite" || tag.GetAttribute("cite") is { Length: > 0 } || tag.GetAttribute("class") is { Length: > 0 }
        || (tag.GetAttribute("style") ?? "").Contains("border-left", StringComparison.OrdinalIgnoreCase);

    public static Mark Of(HtmlTagToken tag)
    {
        var id = tag.GetAttribute("id") ?? "";
        var names = (tag.GetAttribute("class") ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(20).Append(id).ToList();
        if (names.Exists(Headers.Contains))
        {
            return Mark.Header;
        }
        if ((tag.Name == "blockquote" && IsMarked(tag)) || names.Exists(Quotes.Contains) || id.StartsWith("yahoo_quoted", StringComparison.OrdinalIgnoreCase)
            || (tag.Name == "div" && tag.GetAttribute("name") is "quote"))
        {
            return Mark.Quote;
        }
        if (names.Exists(Attributions.Contains))
        {
            return Mark.Attribution;
        }
        // "signature" alone is an id of Outlook's, but as a class anybody's.
        if (names.Exists(name => Signatures.Contains(name) && (name != "signature" || name == id)) || tag.GetAttribute("data-smartmail") is "gmail_signature")
        {
            return Mark.Signature;
        }
        var style = tag.GetAttribute("style") ?? "";
        return style.Contains("border-top:solid #E1E1E1 1", StringComparison.OrdinalIgnoreCase) || style.Contains("border-top:solid #B5C4DF 1", StringComparison.OrdinalIgnoreCase)
            ? Mark.Line
            : Mark.None;
    }
}
