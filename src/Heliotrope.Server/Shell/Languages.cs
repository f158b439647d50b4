using Microsoft.AspNetCore.Localization;

namespace Heliotrope.Server.Shell;

/// <summary>The languages of the interface: a person's own choice first, then what their browser asks for, then English.</summary>
internal static class Languages
{
    public const string Cookie = "heliotrope-language";

    /// <summary>Each with its own name for itself. What it needs besides is told in docs/develop/words.md.</summary>
    public static IReadOnlyList<(string Tag, string Name)> All { get; } = [("en", "English"), ("de", "Deutsch")];

    /// <summary>Programs are spoken to in English alone: they read codes, and whoever reads their logs must be able to look sentences up.</summary>
    private static readonly string[] ForPrograms = ["/api", "/openapi", "/local", "/health"];

    public static void Configure(RequestLocalizationOptions options)
    {
        string[] tags = [.. All.Select(language => language.Tag)];
        options.SetDefaultCulture(tags[0]).AddSupportedCultures(tags).AddSupportedUICultures(tags);
        options.RequestCultureProviders =
        [
            new CustomRequestCultureProvider(http => Task.FromResult(
                Array.Exists(ForPrograms, path => http.Request.Path.StartsWithSegments(path)) ? new ProviderCultureResult(tags[0]) : null)),
            new CookieRequestCultureProvider { CookieName = Cookie, Options = options },
            new AcceptLanguageHeaderRequestCultureProvider { Options = options },
        ];
    }
}
