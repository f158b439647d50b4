using System.Text.RegularExpressions;
using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Shape;

public sealed partial class EndpointsTests(SharedServers servers) : IClassFixture<SharedServers>
{
    /// <summary>Everything that strangers may use. Whoever adds to it says why that is safe.</summary>
    private static readonly string[] Open =
    [
        "GET /health/live", "GET /health/ready", // say nothing but whether
        "GET /setup/{token}", "POST /setup/{token}", // the token is the key
        "GET /sign-in", "POST /sign-in",
        "GET /offline", // words that say that we are away
        "GET /confidence/{token}", "POST /confidence/{token}", "POST /confidence/{token}/person", // the token is the key
        "GET /notifications/off/{token}", "POST /notifications/off/{token}", // the token is the key, and can only switch mail off
        "GET /family/{token}", "POST /family/{token}/cancel", "POST /family/{token}/word", // the token is the key; it shows nothing of what was said or bought
        "GET /person/{token}", "POST /person/{token}", // the token is the key, and can only ask for a person
        "POST /intake/services/{address}", "POST /intake/services/{address}/mime", "HEAD /intake/services/{address}", // the token is the key; without it nothing is read and nothing said
        "POST /language", // changes nothing but a cookie of whoever sends it
        "GET /openapi/{documentName}.json", "GET /api", // what the API can do is no secret
    ];

    private sealed record Route(string Method, string Pattern, EndpointMetadataCollection Metadata)
    {
        public string Name => $"{Method} {Pattern}";

        /// <summary>An address that fits the pattern.</summary>
        public string Path => Parameter().Replace(Pattern, "1");
    }

    [Fact]
    public async Task Each_endpoint_names_who_may_use_it_and_strangers_may_use_only_these()
    {
        var routes = Routes(await servers.On(Engine.Sqlite));
        Assert.All(routes, r => Assert.True(r.Metadata.GetMetadata<IAllowAnonymous>() is not null || r.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(a => a.Policy is not null), r.Name));
        Assert.Equal(Open.Order(StringComparer.Ordinal), routes.Where(r => r.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(r => r.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nothing_of_the_api_is_given_without_a_key()
    {
        var server = await servers.On(Engine.Sqlite);
        using var stranger = new ApiClient(server.Url, null);
        var api = Routes(server).Where(r => r.Pattern.StartsWith("/api/v1/", StringComparison.Ordinal)).ToList();
        Assert.True(api.Count > 20);
        foreach (var route in api)
        {
            (await stranger.Send(new HttpRequestMessage(new HttpMethod(route.Method), route.Path))).IsProblem(401, "key.missing");
        }
    }

    [Fact]
    public async Task No_page_of_the_desk_is_shown_without_signing_in()
    {
        var server = await servers.On(Engine.Sqlite);
        var desk = Routes(server).Where(r => !r.Pattern.StartsWith("/api/", StringComparison.Ordinal) && !r.Pattern.StartsWith("/local", StringComparison.Ordinal) && !Open.Contains(r.Name)).ToList();
        Assert.True(desk.Count > 20);
        using var stranger = server.NewBrowser();
        foreach (var route in desk)
        {
            var page = route.Method == "GET" ? await stranger.Get(route.Path) : await stranger.Post(route.Path);

            // A script listens to /live: a page to sign in on would tell it nothing.
            Assert.True(route.Pattern == "/live" ? page.Status == 401 : page.Status == 302 && new Uri(page.Location!).AbsolutePath == "/sign-in", $"{route.Name}: {page.Status}");
        }
    }

    [Fact]
    public async Task A_key_opens_no_page_and_a_cookie_no_api()
    {
        var server = await servers.On(Engine.Sqlite);
        Assert.Equal(302, (int)(await server.Api.Get("/conversations")).Status);
        using var desk = await server.SignedIn(Role.Admin);
        Assert.Equal(401, (await desk.Get("/api/v1/conversations")).Status);
        Assert.Equal(401, (await desk.Get("/api/v1/settings/addresses")).Status);
    }

    [Fact]
    public async Task The_settings_are_for_administrators()
    {
        var server = await servers.On(Engine.Sqlite);
        using var agent = await server.SignedIn(Role.Agent);
        using var lead = await server.SignedIn(Role.Lead);
        var settings = Routes(server).Where(r => r.Pattern.StartsWith("/settings", StringComparison.Ordinal)).ToList();
        Assert.True(settings.Count > 4);
        foreach (var route in settings)
        {
            Assert.Equal(403, (route.Method == "GET" ? await agent.Get(route.Path) : await agent.Post(route.Path)).Status);
            Assert.Equal(403, (route.Method == "GET" ? await lead.Get(route.Path) : await lead.Post(route.Path)).Status);
        }

        Assert.DoesNotContain("\"/settings\"", (await agent.Get("/conversations")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_for_the_command_line_does_not_exist_over_the_network()
    {
        var server = await servers.On(Engine.Sqlite);
        var local = Routes(server).Where(r => r.Pattern.StartsWith("/local", StringComparison.Ordinal)).ToList();
        Assert.True(local.Count > 2);
        foreach (var route in local)
        {
            Assert.Equal(404, (int)(await server.Api.Send(new HttpRequestMessage(new HttpMethod(route.Method), route.Path))).Status);
        }
    }

    [Fact]
    public async Task Every_answer_forbids_what_pages_do_not_need()
    {
        var server = await servers.On(Engine.Sqlite);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        foreach (var path in new[] { "/sign-in", "/confidence/unknown", "/api", "/api/v1/conversations", "/nothing", "/conversations" })
        {
            using var response = await http.GetAsync(new Uri(server.Url, path));
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
            var policy = response.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.True(response.Headers.CacheControl!.NoStore);
            Assert.False(response.Headers.Contains("Server"));
        }
    }

    private static List<Route> Routes(TestServer server) =>
        [.. from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
            select new Route(method, "/" + endpoint.RoutePattern.RawText!.Trim('/'), endpoint.Metadata)];

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
