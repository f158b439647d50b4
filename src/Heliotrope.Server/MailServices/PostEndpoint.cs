using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.AspNetCore.Http.Features;

namespace Heliotrope.Server.MailServices;

/// <summary>
/// The addresses that mail services post to. Whoever does not know the token learns nothing, not even whether there is such a service; nothing of
/// a body is read before.
/// </summary>
internal static class PostEndpoint
{
    /// <summary>Where posts go; below it the address of each service.</summary>
    public const string Path = "/intake/services/";

    public static void Map(IEndpointRouteBuilder app)
    {
        var posts = app.MapGroup("/intake/services").AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        posts.MapPost("/{address}", Take);
        posts.MapPost("/{address}/mime", Take); // Mailgun posts whole messages to what ends like this
        posts.MapMethods("/{address}", [HttpMethods.Head], async (string address, HttpContext http, Current<KnownServices> known, RateLimits limits) =>
            (await known.Get()).At(address) is null ? Unknown(http, limits) : Answer(StatusCodes.Status200OK, "ready")); // Mandrill looks first whether anybody is here
    }

    private static async Task<IResult> Take(string address, HttpContext http, Current<KnownServices> known, RateLimits limits, TakePost take)
    {
        if ((await known.Get()).At(address) is not { } service)
        {
            return Unknown(http, limits);
        }

        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = TakePost.LimitOf(service.Kind);
        return await take.From(service, http.Request, http.RequestAborted) is { } refusal ? Answer(refusal.Status, refusal.Code) : Answer(StatusCodes.Status200OK, "stored");
    }

    private static IResult Unknown(HttpContext http, RateLimits limits) =>
        limits.IsTooOften(RateLimits.MailGuesses, http) ? Answer(StatusCodes.Status429TooManyRequests, "too-many") : Answer(StatusCodes.Status404NotFound, "unknown");

    /// <summary>A word for whoever reads the service's log.</summary>
    private static IResult Answer(int status, string word) => Results.Text(word, statusCode: status);
}
