using System.Buffers.Text;
using System.Text;

namespace Heliotrope.Server.Shell;

/// <summary>What was just done, told once more on the pages that follow.</summary>
/// <param name="Text">In words.</param>
/// <param name="Undo">The token that takes it back; null when nothing does.</param>
/// <param name="Wrong">It could not be done.</param>
public sealed record Notice(string Text, string? Undo = null, bool Wrong = false);

/// <summary>
/// Hands a notice from the answer to a form on to the page that it leads to. A cookie that scripts cannot read and no other site sends
/// holds the token: an address would be kept in histories and logs. It is told for a minute, since what is open is renewed meanwhile.
/// </summary>
internal static class Notices
{
    private const string Name = "heliotrope-done";
    private const int LongestAbout = 300;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>Done, and can be taken back with a token.</summary>
    public static void Done(HttpContext http, string what, string about, string token) => Set(http, ["done", what, about, token]);

    /// <summary>Taken back.</summary>
    public static void TakenBack(HttpContext http, string what, string about) => Set(http, ["back", what, about]);

    /// <summary>Could not be done.</summary>
    public static void Refused(HttpContext http, Core.Refusal refusal) => Set(http, ["no", refusal.Code]);

    /// <summary>Something newer happened that is taken back in its own way.</summary>
    public static void Clear(HttpContext http) => http.Response.Cookies.Delete(Name);

    public static Notice? Of(HttpContext http)
    {
        if (http.Request.Cookies[Name]?.Split('.') is not { Length: > 1 and <= 4 } parts || !parts.All(part => Base64Url.IsValid(part)))
        {
            return null;
        }

        return parts.Select(part => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part))).ToArray() switch
        {
            ["done", var what, var about, var token] => new(Words.T("done." + what, about), token),
            ["back", var what, var about] => new(Words.T("undo.taken-back", Words.T("done." + what, about))),
            ["no", var code] => new(Words.T("refusal." + code), Wrong: true),
            _ => null,
        };
    }

    private static void Set(HttpContext http, string[] parts) => http.Response.Cookies.Append(
        Name,
        string.Join('.', parts.Select(part => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part[..Math.Min(part.Length, LongestAbout)])))),
        new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, MaxAge = Lifetime, Path = "/", IsEssential = true });
}
