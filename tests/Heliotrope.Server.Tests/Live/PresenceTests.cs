using System.Net.ServerSentEvents;
using System.Text.Json;
using Heliotrope.Core.People;
using Heliotrope.Server.Live;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Live;

public sealed class PresenceTests
{
    [Theory, EveryDatabase]
    public async Task Somebody_who_reads_and_writes_is_told_to_others_and_never_to_themselves(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var lena = await server.SignedIn(name: "Lena Fischer");
        using var jonas = await server.SignedIn(name: "Jonas Weber");
        var number = await server.Receive(TestMail.FromSomebodyNew());
        await using var hears = await Heard.By(jonas);

        await Says(lena, number, "reading");
        Assert.Equal(["Lena Fischer reading"], await hears.Next(number));
        await Says(lena, number, "writing-reply");
        Assert.Equal(["Lena Fischer writing-reply"], await hears.Next(number));

        // What he does himself changes nothing for him; the others see both.
        await Says(jonas, number, "writing-note");
        Assert.Equal(["Lena Fischer writing-reply"], await hears.Next(number));
        Assert.Equal(["Lena Fischer writing-reply", "Jonas Weber writing-note"], await People(server.Api, number));
        var seen = (await jonas.Get($"/conversations/{number}")).Document;
        Assert.Equal("Lena Fischer is writing a reply.", seen.QuerySelector("#presence-people li > span:last-child")!.TextContent);
        Assert.Equal("Also open: Lena Fischer", seen.QuerySelector($"[data-there='{number}'] .vh")!.TextContent);
        Assert.DoesNotContain(seen.QuerySelectorAll("#presence-people li"), li => li.TextContent.Contains("Jonas", StringComparison.Ordinal));

        await Says(lena, number, "gone");
        Assert.Empty(await hears.Next(number));
        Assert.Equal(["Jonas Weber writing-note"], await People(server.Api, number));
    }

    [Fact]
    public async Task Two_windows_of_one_person_count_once_and_the_one_that_writes_tells_more()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        using var lena = await server.SignedIn(name: "Lena Fischer");
        var (one, two) = (await server.Receive(TestMail.FromSomebodyNew()), await server.Receive(TestMail.FromSomebodyNew()));
        await Says(lena, one, "writing-note", page: "a");
        await Says(lena, one, "reading", page: "b");
        Assert.Equal(["Lena Fischer writing-note"], await People(server.Api, one));

        // A window that goes on leaves the one before by itself, and its late goodbye takes nobody away.
        await Says(lena, two, "reading", page: "a");
        await Says(lena, one, "gone", page: "a");
        Assert.Equal(["Lena Fischer reading"], await People(server.Api, one));
        Assert.Equal(["Lena Fischer reading"], await People(server.Api, two));
        await Says(lena, one, "gone", page: "b");
        Assert.Empty(await People(server.Api, one));
    }

    [Fact]
    public async Task Who_is_not_heard_of_any_more_is_forgotten_and_pages_hear_of_it()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        using var lena = await server.SignedIn(name: "Lena Fischer");
        using var jonas = await server.SignedIn(name: "Jonas Weber");
        var number = await server.Receive(TestMail.FromSomebodyNew());
        await using var hears = await Heard.By(jonas);
        await Says(lena, number, "reading");
        Assert.Single(await hears.Next(number));
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Single(await People(server.Api, number));
        server.Clock.Advance(TimeSpan.FromSeconds(21));
        Assert.Empty(await People(server.Api, number));
        Assert.Empty(await hears.Next(number));
    }

    [Fact]
    public async Task What_one_process_hears_is_told_by_the_other()
    {
        await using var database = await TestDatabase.CreateMigrated(Engine.Postgres);
        await using var here = await TestServer.Start(database);
        await using var there = await TestServer.Start(database);
        using var lena = await there.SignedIn(name: "Lena Fischer");
        var number = await there.Receive(TestMail.FromSomebodyNew());

        // It says so again and again, as pages do: the other process may not listen yet.
        Assert.Equal(["Lena Fischer reading"], await here.Until(async () =>
        {
            await Says(lena, number, "reading");
            return await People(here.Api, number);
        }, people => people.Length > 0));
        await Says(lena, number, "gone");
        await here.Until(() => People(here.Api, number), people => people.Length == 0);
    }

    [Fact]
    public async Task Only_what_can_be_right_is_taken()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        (await server.Api.Post("/api/v1/presence", new { conversation = 999, doing = "reading", page = "a" })).IsProblem(404, "conversation.unknown");
        (await server.Api.Post("/api/v1/presence", new { conversation = number, doing = "reading", page = "" })).IsProblem(422, "page.malformed");
        (await server.Api.Post("/api/v1/presence", new { conversation = number, doing = "reading", page = new string('a', 65) })).IsProblem(422, "page.malformed");
        (await server.Api.Post("/api/v1/presence", new { conversation = number, doing = "dreaming", page = "a" })).IsProblem(400, "request.malformed");
        (await server.Api.Get("/api/v1/presence?conversation=999")).IsProblem(404, "conversation.unknown");
        using var lena = await server.SignedIn();
        Assert.Equal(400, (await lena.Post("/presence", ("conversation", "1"), ("doing", "reading"), ("page", "a"))).Status); // not from our page
    }

    [Fact]
    public async Task A_program_may_be_there_too_and_invented_windows_do_not_pile_up()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        using var lena = await server.SignedIn(name: "Lena Fischer");
        var (one, two) = (await server.Receive(TestMail.FromSomebodyNew()), await server.Receive(TestMail.FromSomebodyNew()));
        (await server.Api.Post("/api/v1/presence", new { conversation = one, doing = "writing-reply", page = "bot" })).Is(200);
        Assert.Equal("tests is writing a reply.", (await lena.Get($"/conversations/{one}")).Document.QuerySelector("#presence-people li > span:last-child")!.TextContent);
        Assert.Empty(await People(server.Api, one)); // it does not see itself

        var presence = server.Services.GetRequiredService<Presence>();
        for (var i = 0; i < 100; i++)
        {
            presence.Hear(new(two, ActorKind.ApiKey, 7, "mad", $"p{i}", Doing.Reading));
            presence.Hear(new(one, ActorKind.ApiKey, 7, "mad", "first", Doing.Reading));
        }

        // The one that is heard of again and again is not what is dropped.
        Assert.Contains("mad reading", (await People(server.Api, one)));
    }

    [Fact]
    public async Task A_mail_that_left_is_told_only_as_something_within_its_conversation()
    {
        await using var smarthost = new FakeSmarthost();
        await using var server = await TestServer.Start(Engine.Sqlite, smarthost.Url);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var changes = server.Services.GetRequiredService<LiveUpdates>().Listen();
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Please hold the switch." })).Is(200);
        await server.Until(() => server.Api.Outbox(number), outbox => outbox.Single().Text("state") == "sent");
        var heard = new List<LiveChange>();
        while (changes.Changes.TryRead(out var change))
        {
            heard.Add(change);
        }

        Assert.Single(heard, change => change.Conversations.Contains(number));
        Assert.Contains(heard, change => change.Within.Contains(number) && change.Conversations.Count == 0);
    }

    private static async Task Says(Browser who, long number, string doing, string page = "a") =>
        Assert.Equal(204, (await who.Submit($"/conversations/{number}", "/presence", ("doing", doing), ("page", page))).Status);

    private static async Task<string[]> People(ApiClient api, long number) =>
        [.. (await api.Get($"/api/v1/presence?conversation={number}")).Is(200).Json.Items("people").Select(p => $"{p.Text("name")} {p.Text("doing")}")];

    /// <summary>What somebody's pages are told of who is where.</summary>
    private sealed class Heard(HttpResponseMessage response, IAsyncEnumerator<SseItem<string>> events) : IAsyncDisposable
    {
        public static async Task<Heard> By(Browser browser)
        {
            var response = await browser.Stream("/live", Patience.Token());
            var events = SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync(Patience.Token()).GetAsyncEnumerator();
            Assert.True(await events.MoveNextAsync());
            return new(response, events);
        }

        public async Task<string[]> Next(long number)
        {
            while (await events.MoveNextAsync())
            {
                if (events.Current.EventType == "presence" && JsonDocument.Parse(events.Current.Data).RootElement is var told && told.GetProperty("conversation").GetInt64() == number)
                {
                    return [.. told.Items("people").Select(p => $"{p.Text("name")} {p.Text("doing")}")];
                }
            }

            throw new InvalidOperationException("The stream ended.");
        }

        public async ValueTask DisposeAsync()
        {
            await events.DisposeAsync();
            response.Dispose();
        }
    }
}
