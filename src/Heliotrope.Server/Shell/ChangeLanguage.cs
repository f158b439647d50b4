using Heliotrope.Server.Platform;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;

namespace Heliotrope.Server.Shell;

/// <summary>A person's choice of language. It is kept in their browser, so that it also holds before they sign in; and for whoever is signed in, for the mails that we send them.</summary>
internal static class ChangeLanguage
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/language", Run).AllowAnonymous();

    private static async Task<IResult> Run([FromForm] string? language, [FromForm] string? back, ServerSettings settings, HttpContext http)
    {
        if (Languages.All.Any(known => known.Tag == language))
        {
            http.Response.Cookies.Append(Languages.Cookie, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language!)), new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                MaxAge = Kept,
                SameSite = SameSiteMode.Lax,
                Secure = http.Request.IsHttps || settings.PublicUrl?.Scheme == Uri.UriSchemeHttps,
            });
            if (http.User.Identity?.IsAuthenticated is true)
            {
                // Mails follow their reader, and a worker has no browser to ask.
                await http.RequestServices.GetRequiredService<Notifications.ChooseNotifications>().Speak(http.Actor(), language!, http.RequestAborted);
            }
        }

        return Results.LocalRedirect(LocalPath.Of(back) ?? "/");
    }
}
