using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Heliotrope.Server.Platform;

/// <summary>The description of the API: OpenAPI 3.1 for programs, and a page for people.</summary>
internal static class ApiDocument
{
    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) is true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "Heliotrope",
                Version = "v1",
                Description = "Everything the screens do. Send a key as `Authorization: Bearer …`. Errors are problem details (RFC 9457) whose `code` never changes its meaning. Times are UTC, ISO 8601.",
            };
            document.Components ??= new();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key made in the settings or with ./heliotrope apikey add" },
            };
            document.Security = [new() { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
            return Task.CompletedTask;
        });
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        // What the API can do is no secret; what it holds is.
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapGet("/api", async ([FromKeyedServices("v1")] IOpenApiDocumentProvider documents, HttpContext http) =>
            Shell.Pages.Component<Shell.ApiPage>(new { Document = await documents.GetOpenApiDocumentAsync(http.RequestAborted) })).AllowAnonymous();
    }
}
