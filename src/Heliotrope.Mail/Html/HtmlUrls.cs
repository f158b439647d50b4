namespace Heliotrope.Mail.Html;

/// <summary>Which addresses HTML may refer to: a list of schemes, everything else is dropped.</summary>
internal static class HtmlUrls
{
    private const int MaxLength = 8000;
    private const int MaxDataLength = 2 * 1024 * 1024;

    private static readonly string[] Links = ["http", "https", "mailto", "tel", "sms"];

    private static readonly string[] Pictures = ["image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp", "image/bmp"];

    /// <summary>The address of a link; null when it must go. Relative ones mean nothing in mail and go too.</summary>
    public static string? Link(string raw)
    {
        var url = Tidy(raw, MaxLength);
        return url is null ? null
            : url.StartsWith('#') || Array.Exists(Links, scheme => HasScheme(url, scheme)) ? url
            : null;
    }

    /// <summary>The address of a picture: part of the message, within the page, or on the web; null when it must go.</summary>
    public static string? Image(string raw)
    {
        var url = Tidy(raw, MaxDataLength);
        if (url is null)
        {
            return null;
        }
        if (HasScheme(url, "data"))
        {
            var isPicture = Array.Exists(Pictures, type => url.AsSpan(5).StartsWith(type + ";base64,", StringComparison.OrdinalIgnoreCase));
            return isPicture ? url : null;
        }
        return url.Length <= MaxLength && (HasScheme(url, "cid") || IsWeb(url)) ? url : null;
    }

    /// <summary>What follows <c>cid:</c>; null when the address is another.</summary>
    public static string? ContentId(string? url) => url is not null && HasScheme(url, "cid") ? url[4..] : null;

    public static bool IsWeb(string url) => HasScheme(url, "http") || HasScheme(url, "https");

    /// <summary>Browsers pass over white space and control characters in an address, so must the check.</summary>
    private static string? Tidy(string raw, int limit)
    {
        if (raw.Length > limit)
        {
            return null;
        }
        var url = raw.AsSpan().IndexOfAnyInRange('\0', ' ') < 0 && !raw.Any(char.IsControl)
            ? raw
            : new string([.. raw.Trim().Where(c => !char.IsControl(c))]).Trim().Replace(" ", "%20", StringComparison.Ordinal);
        return url.StartsWith("//", StringComparison.Ordinal) ? "https:" + url : url.Length == 0 ? null : url;
    }

    private static bool HasScheme(string url, string scheme) =>
        url.Length > scheme.Length && url[scheme.Length] == ':' && url.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);
}
