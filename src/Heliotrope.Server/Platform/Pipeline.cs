using Heliotrope.Server.Shell;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;

namespace Heliotrope.Server.Platform;

/// <summary>What every request passes on its way to an endpoint.</summary>
internal static class Pipeline
{
    // Styles come from our own file alone; Turbo's progress bar is styled there, too.
    private const string PagePolicy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static void Use(WebApplication app)
    {
        app.UseResponseCompression();
        app.Use(SetHeaders);
        app.UseRequestLocalization(Languages.Configure); // before what answers for failures: the language is gone again once this has passed
        app.UseExceptionHandler(errors => errors.Run(http => Answer(http, StatusOf(http.Features.Get<IExceptionHandlerFeature>()?.Error))));
        app.UseStatusCodePages(context => Answer(context.HttpContext, context.HttpContext.Response.StatusCode));
        app.UseStaticFiles(new StaticFileOptions
        {
            // The address holds a mark of the content.
            OnPrepareResponse = file =>
            {
                file.Context.Response.Headers.CacheControl = file.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "no-cache";
                file.Context.Response.Headers["Service-Worker-Allowed"] = "/"; // the page for when we are away stands in for every page
            },
        });
        app.UseRouting();
        app.Use(RefuseWhatNoEndpointTakes);
        app.Use(app.Services.GetRequiredService<RateLimits>().Refuse);
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(Readers.Refuse);
        app.UseAntiforgery();
        app.Use(RefuseForged);
    }

    private static Task SetHeaders(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = PagePolicy;
        headers["Referrer-Policy"] = "no-referrer"; // addresses hold tokens
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        if (!http.Request.Path.StartsWithSegments("/assets"))
        {
            headers.CacheControl = "no-store"; // customers' words do not belong into caches
        }

        return next(http);
    }

    /// <summary>A wrong method or media type is said to be that; asking who somebody is first would send a program to the sign-in page.</summary>
    private static Task RefuseWhatNoEndpointTakes(HttpContext http, RequestDelegate next) =>
        http.GetEndpoint() is { RequestDelegate: { } refuse } and not RouteEndpoint ? refuse(http) : next(http);

    /// <summary>The framework checks forms that it reads; a button alone posts no field that it would read, so all are checked here.</summary>
    private static async Task RefuseForged(HttpContext http, RequestDelegate next)
    {
        var changes = HttpMethods.IsPost(http.Request.Method) || HttpMethods.IsPut(http.Request.Method) || HttpMethods.IsDelete(http.Request.Method) || HttpMethods.IsPatch(http.Request.Method);
        if (changes && http.GetEndpoint() is RouteEndpoint endpoint && endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: false }
            && await Unfit(http) is { } status)
        {
            await Answer(http, status);
            return;
        }

        await next(http);
    }

    /// <summary>What is wrong with a form, as a status; null when it is one of ours.</summary>
    private static async Task<int?> Unfit(HttpContext http)
    {
        try
        {
            if (http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } invalid)
            {
                return Unread(invalid.Error);
            }

            return await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http) ? null : StatusCodes.Status400BadRequest;
        }
        catch (AntiforgeryValidationException error)
        {
            return Unread(error); // thrown where it cannot even be read as a form
        }
    }

    /// <summary>A form that is too large looks forged, since its token was never read; people are told what it really is.</summary>
    private static int Unread(Exception? error) =>
        error is null ? StatusCodes.Status400BadRequest : error is BadHttpRequestException bad ? bad.StatusCode : Unread(error.InnerException);

    /// <summary>Kestrel throws what is the sender's own fault, such as a body that is too large.</summary>
    private static int StatusOf(Exception? error) => error is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;

    private static Task Answer(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        if (!http.Request.Path.StartsWithSegments("/api"))
        {
            var trace = status >= 500 ? http.TraceIdentifier : null;
            return Pages.Component<StatusPage>(new { Status = status, TraceId = trace, Customer = http.Request.Path.StartsWithSegments("/confidence") }, status).ExecuteAsync(http);
        }

        var (code, detail) = status switch
        {
            StatusCodes.Status400BadRequest => ("request.malformed", "The request could not be read: see the API's description for its form."),
            StatusCodes.Status404NotFound => ("route.unknown", "Nothing is at this address."),
            StatusCodes.Status405MethodNotAllowed => ("method.unknown", "This address does not answer to this method."),
            StatusCodes.Status413PayloadTooLarge => ("request.too-large", "The request is larger than is taken here."),
            StatusCodes.Status415UnsupportedMediaType => ("request.media-type", "Send JSON with Content-Type: application/json."),
            StatusCodes.Status429TooManyRequests => ("request.too-many", "Too many requests: wait a minute."),
            >= 500 => ("server.failed", "Something failed on our side. It has been noted."),
            _ => ("request.refused", "The request was refused."),
        };
        return TypedResults.Problem(detail, statusCode: status, type: "about:blank", extensions: new Dictionary<string, object?> { ["code"] = code, ["trace"] = http.TraceIdentifier }).ExecuteAsync(http);
    }
}
