using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Shape;

public sealed class OpenApiTests
{
    [Fact]
    public async Task The_description_is_openapi_3_1_and_names_every_route_with_words()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        using var stranger = new ApiClient(server.Url, null);
        var document = (await stranger.Get("/openapi/v1.json")).Is(200).Json;
        Assert.StartsWith("3.1", document.Text("openapi"), StringComparison.Ordinal);

        var described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => (Name: $"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value)))
            .ToList();
        var routes = from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                     let pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/').Replace(":long", "", StringComparison.Ordinal)
                     where pattern.StartsWith("/api/v1/", StringComparison.Ordinal)
                     from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
                     select $"{method} {pattern}";
        Assert.Equal(routes.Order(StringComparer.Ordinal), described.Select(d => d.Name).Order(StringComparer.Ordinal));
        Assert.All(described, d => Assert.False(string.IsNullOrWhiteSpace(d.Value.Text("summary")), d.Name));
        Assert.All(described, d => Assert.False(string.IsNullOrWhiteSpace(d.Value.Text("operationId")), d.Name));
        Assert.Equal(described.Count, described.Select(d => d.Value.Text("operationId")).Distinct().Count());
        Assert.All(described, d => Assert.Contains("200", d.Value.GetProperty("responses").Names()));
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("key").Text("scheme"));
        (await stranger.Get("/api")).Is(200);
    }

    [Fact]
    public async Task Health_is_told_without_a_key()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        using var stranger = new ApiClient(server.Url, null);
        Assert.Equal("live", (await stranger.Get("/health/live")).Is(200).Body);
        Assert.Equal("ready", (await stranger.Get("/health/ready")).Is(200).Body);
    }
}
