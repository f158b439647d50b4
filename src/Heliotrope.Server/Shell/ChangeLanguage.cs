using Heliotrope.Server.Platform;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;

namespace Heliotrope.Server.Shell;

/// <summary>A person's choice of language. It is kept in their browser alone, so that it also holds before they sign in.</summary>
internal static class ChangeLanguage
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/language", Run).AllowAnonymous();

    private static IResult Run([FromForm] string? language, [FromForm] string? back, ServerSettings settings, HttpContext http)
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
        }

        return Results.LocalRedirect(LocalPath.Of(back) ?? "/");
    }
}
