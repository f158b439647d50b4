using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Filing;

public sealed class TagsTests(SharedServers servers) : IClassFixture<SharedServers>
{
    private static async Task<string[]> TagsOf(TestServer server, long number) =>
        [.. (await server.Api.Conversation(number)).GetProperty("filing").Items("tags").Select(tag => tag.GetString()!)];

    private static Task<ApiAnswer> Change(TestServer server, long number, string?[]? add = null, string?[]? remove = null) =>
        server.Api.Post($"/api/v1/conversations/{number}/tags", new { add, remove });

    [Theory, EveryDatabase]
    public async Task Tags_are_put_on_and_taken_off_and_case_means_nothing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (one, two) = (await server.Receive(TestMail.FromSomebodyNew()), await server.Receive(TestMail.FromSomebodyNew()));
        (await Change(server, one, ["Überweisung", "  two   words "])).Is(200);
        (await Change(server, two, ["ÜBERWEISUNG", "überweisung"])).Is(200);
        (await Change(server, one, ["überweisung"])).Is(200);
        Assert.Equal(["two words", "Überweisung"], (await TagsOf(server, one)).Order(StringComparer.Ordinal));
        Assert.Equal(["Überweisung"], await TagsOf(server, two));
        var listed = (await server.Api.Get("/api/v1/tags")).Is(200).Json.EnumerateArray().ToDictionary(tag => tag.Text("name"), tag => tag.GetProperty("conversations").GetInt32());
        Assert.Equal((2, 1), (listed["Überweisung"], listed["two words"]));

        (await Change(server, one, remove: ["TWO WORDS", "never there"])).Is(200);
        Assert.Equal(["Überweisung"], await TagsOf(server, one));
        Assert.Equal(["tagged", "tagged", "untagged"], await server.Api.Events(one));
        Assert.DoesNotContain("two words", (await server.Api.Get("/api/v1/tags")).Body, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_tag_that_cannot_be_is_refused_and_nothing_is_changed(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        (await Change(server, number, ["kept"])).Is(200);
        foreach (var name in new[] { "", "  ", null, new string('a', 41), "\0", "a\u0007b" })
        {
            Assert.Equal("tag", (await Change(server, number, ["good", name], ["kept"])).IsProblem(422, "tag.malformed").Json.Text("field"));
        }

        Assert.Equal(["kept"], await TagsOf(server, number));
        (await Change(server, number, [.. Enumerable.Range(1, 20).Select(i => $"tag {i}")])).IsProblem(422, "tag.too-many");
        (await Change(server, number, [.. Enumerable.Range(1, 19).Select(i => $"tag {i}")])).Is(200);
        (await Change(server, number, ["one more"])).IsProblem(422, "tag.too-many");
        (await Change(server, number, ["one more"], ["kept"])).Is(200);
        Assert.Equal(20, (await TagsOf(server, number)).Length);
        (await Change(server, 999_999, ["a"])).IsProblem(404, "conversation.unknown");
    }

    [Theory, EveryDatabase]
    public async Task The_queue_shows_those_with_a_tag_alone(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (one, two) = (await server.Receive(TestMail.FromSomebodyNew()), await server.Receive(TestMail.FromSomebodyNew()));
        (await Change(server, one, ["C# & co"])).Is(200);
        using var desk = await server.SignedIn();
        var page = (await desk.Get("/conversations?tag=c%23%20%26%20CO")).Document;
        Assert.NotNull(page.QuerySelector($"#row-{one}"));
        Assert.Null(page.QuerySelector($"#row-{two}"));
        Assert.Equal("1", page.QuerySelector("#queue-heading .count")!.TextContent);
        Assert.StartsWith($"/conversations/{one}?tag=C%23%20%26%20co", page.QuerySelector($"#row-{one} a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("C# & co", page.QuerySelector($"#row-{one} .row-tags")!.TextContent, StringComparison.Ordinal);
        Assert.Empty((await desk.Get("/conversations?tag=unknown")).Document.QuerySelectorAll("[data-row]"));
        Assert.Single((await desk.Get($"/conversations/{one}?tag=C%23%20%26%20co")).Document.QuerySelectorAll("[data-row]"));
    }

    [Theory, EveryDatabase]
    public async Task The_desk_puts_a_tag_on_and_takes_it_off(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var desk = await server.SignedIn();
        var (page, action) = ($"/conversations/{number}", $"/conversations/{number}/tags");
        Assert.Equal(302, (await desk.Submit(page, action, ("add", "warranty"))).Status);
        Assert.Equal(["warranty"], await TagsOf(server, number));
        Assert.Equal(422, (await desk.Submit(page, action, ("add", new string('a', 41)))).Status);
        Assert.Equal(302, (await desk.Submit(page, action, ("remove", "warranty"))).Status);
        Assert.Empty(await TagsOf(server, number));
    }
}
