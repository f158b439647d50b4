using System.Net.ServerSentEvents;
using System.Text.Json;
using Heliotrope.Server.Live;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Live;

public sealed class LiveTests
{
    [Theory, EveryDatabase]
    public async Task An_open_page_hears_of_a_mail_and_of_many_quick_changes_together(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var desk = await server.SignedIn();
        using var response = await desk.Stream("/live", Patience.Token());
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        await using var stream = await response.Content.ReadAsStreamAsync();
        await using var events = SseParser.Create(stream).EnumerateAsync(Patience.Token()).GetAsyncEnumerator();
        Assert.Equal("hello", (await Next(events)).EventType);

        var first = await server.Receive(TestMail.FromSomebodyNew());
        Assert.Equal([first], Conversations(await Next(events)));

        // Many changes in a row are told in a few words.
        var live = server.Services.GetRequiredService<LiveUpdates>();
        for (var i = 1_001; i <= 1_100; i++)
        {
            live.Publish([i]);
        }

        var (told, times) = (new HashSet<long>(), 0);
        for (; !told.IsSupersetOf(Enumerable.Range(1_001, 100).Select(i => (long)i)); times++)
        {
            told.UnionWith(Conversations(await Next(events)));
        }

        Assert.InRange(times, 1, 4);
    }

    [Fact]
    public async Task An_open_page_hears_of_what_another_process_did()
    {
        await using var database = await TestDatabase.CreateMigrated(Engine.Postgres);
        await using var here = await TestServer.Start(database);
        await using var there = await TestServer.Start(database);
        using var desk = await here.SignedIn();
        using var response = await desk.Stream("/live", Patience.Token());
        await using var stream = await response.Content.ReadAsStreamAsync();
        await using var events = SseParser.Create(stream).EnumerateAsync(Patience.Token()).GetAsyncEnumerator();
        Assert.Equal("hello", (await Next(events)).EventType);
        var number = await there.Receive(TestMail.FromSomebodyNew());
        while (!Conversations(await Next(events)).Contains(number))
        {
            // Once it listens to the other process everything is told to look again; then this mail comes.
        }
    }

    [Fact]
    public async Task What_one_process_sets_holds_in_the_other()
    {
        await using var database = await TestDatabase.CreateMigrated(Engine.Postgres);
        await using var here = await TestServer.Start(database);
        await using var there = await TestServer.Start(database);
        await there.Api.Post("/api/v1/settings/addresses", new { address = "help@desk.example" });
        var answer = await here.Until(() => here.Api.PostMail(TestMail.FromSomebodyNew().Bytes(), "else@desk.example"), a => (int)a.Status == 422);
        answer.IsProblem(422, "recipient.unknown");
        Assert.Equal(550, (await here.Smtp(TestMail.FromSomebodyNew().Bytes(), "else@desk.example")).Code);
    }

    [Fact]
    public async Task Pages_are_sent_small_and_what_streams_is_sent_at_once()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        using var http = new HttpClient { BaseAddress = server.Url };
        foreach (var path in new[] { "/sign-in", "/assets/look.css", "/assets/desk.js", "/assets/sprite.svg" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.AcceptEncoding.ParseAdd("br");
            using var response = await http.SendAsync(request);
            Assert.Equal("br", Assert.Single(response.Content.Headers.ContentEncoding));
            Assert.Contains("Accept-Encoding", response.Headers.Vary);
        }

        using var desk = await server.SignedIn();
        using var stream = await desk.Stream("/live", Patience.Token(), "br");
        Assert.DoesNotContain("br", stream.Content.Headers.ContentEncoding);
    }

    private static async Task<SseItem<string>> Next(IAsyncEnumerator<SseItem<string>> events)
    {
        Assert.True(await events.MoveNextAsync());
        return events.Current;
    }

    private static long[] Conversations(SseItem<string> told) =>
        JsonDocument.Parse(told.Data).RootElement.TryGetProperty("conversations", out var numbers) && numbers.ValueKind is JsonValueKind.Array ? [.. numbers.EnumerateArray().Select(n => n.GetInt64())] : [];
}
