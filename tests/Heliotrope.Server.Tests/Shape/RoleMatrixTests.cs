using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Heliotrope.Core.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Tests.Infrastructure;
using Heliotrope.Server.Tests.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Shape;

/// <summary>Every page and endpoint, tried by every role: what a person may not see is not told, counted or changed anywhere, and whoever only reads changes nothing.</summary>
public sealed partial class RoleMatrixTests
{
    /// <summary>All that somebody may change who only reads. Whoever adds to it says why.</summary>
    private static readonly string[] ReadersMay =
    [
        "POST /conversations/{number:long}/note", "POST /conversations/{number:long}/draft", "POST /api/v1/conversations/{number:long}/notes", // words among colleagues
        "POST /presence", "POST /api/v1/presence", // that they are there
        "POST /people/{id:long}/away", "POST /api/v1/users/{id:long}/away", // of themselves
        "POST /notifications/read", "POST /notifications/{id:long}/read", "POST /notifications/{id:long}/open", "POST /notifications/off", "POST /me/notifications", "POST /me/morning", // what they are told
        "POST /conversations/{number:long}/follow", // of what they are told
        "POST /views/{id:long}/pin", "POST /views/{id:long}/move", // their own menu
        "POST /sign-out",
    ];

    private sealed record Route(string Method, string Pattern, EndpointMetadataCollection Metadata)
    {
        public string Name => $"{Method} {Pattern}";

        public bool OfApi => Pattern.StartsWith("/api/", StringComparison.Ordinal);

        public bool Changes => Method is not "GET";
    }

    [Fact]
    public async Task Whoever_only_reads_changes_nothing_but_what_is_listed()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var changes = Routes(server).Where(r => r.Changes && r.Metadata.GetMetadata<IAllowAnonymous>() is null).ToList();
        Assert.Equal(ReadersMay.Order(StringComparer.Ordinal), changes.Where(r => Readers.IsForReaders(r.Metadata)).Select(r => r.Name).Order(StringComparer.Ordinal));

        using var desk = await server.SignedIn(Role.Light);
        using var program = await server.ApiAs(Role.Light);
        var refused = changes.Where(r => !Readers.IsForReaders(r.Metadata)).ToList();
        Assert.True(refused.Count > 60);
        foreach (var route in refused)
        {
            var path = Parameter().Replace(route.Pattern, "1");
            var status = route.OfApi ? (int)(await program.Send(new HttpRequestMessage(new HttpMethod(route.Method), path))).Status : (await desk.Post(path)).Status;
            Assert.True(status == 403, $"{route.Name}: {status}");
        }
    }

    [Fact]
    public async Task Nothing_hidden_is_told_or_changed_by_any_address_for_any_role()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var hidden = await HiddenMatter.On(server);
        var routes = Routes(server).Where(r => r.Metadata.GetMetadata<IAllowAnonymous>() is null && r.Pattern is not ("/live" or "/sign-out")).ToList();
        var before = await hidden.Versions(server);
        foreach (var role in (Role[])[Role.Light, Role.Agent, Role.Lead])
        {
            using var desk = await server.SignedIn(role, $"Outsider {role}");
            using var program = await server.ApiAs(role);
            var token = (await desk.Get("/conversations")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            foreach (var route in routes)
            {
                var path = hidden.Fill(route.Pattern);
                var (status, body) = (route.OfApi, route.Changes) switch
                {
                    (true, false) => Of(await program.Get($"{path}?{hidden.Query}")),
                    (true, true) => Of(await program.Send(new(new HttpMethod(route.Method), path) { Content = JsonContent.Create(hidden.Body) })),
                    (false, false) => Of(await desk.Get($"{path}?{hidden.Query}")),
                    (false, true) => Of(await desk.Post(path, [("__RequestVerificationToken", token), .. hidden.Form])),
                };
                Assert.True(status < 500, $"{role}: {route.Name}: {status}");
                Assert.False(HiddenMatter.Shows(body), $"{role}: {route.Name} shows what is hidden: {HiddenMatter.Around(body)}");
            }
        }

        Assert.Equal(before, await hidden.Versions(server));

        // The walk would see it: an administrator does.
        Assert.Contains(HiddenMatter.Mark, (await server.Api.Get($"/api/v1/conversations/{hidden.Number}")).Is(200).Body, StringComparison.Ordinal);
    }

    private static (int Status, string Body) Of(ApiAnswer answer) => ((int)answer.Status, answer.Body);

    private static (int Status, string Body) Of(Page page) => (page.Status, page.Html);

    private static List<Route> Routes(TestServer server) =>
        [.. from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
            let pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/')
            where !pattern.StartsWith("/local", StringComparison.Ordinal)
            select new Route(method, pattern, endpoint.Metadata)];

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
