using System.Text.Json;
using Heliotrope.Server.Reading;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Reading;

public sealed class ReadingTests(SharedServers servers) : IClassFixture<SharedServers>
{
    private const string Angry = "I am very disappointed. My order arrived broken and nobody answers. This is unacceptable!";

    [Theory, EveryDatabase]
    public async Task A_complaint_is_read_shown_and_opens_to_its_words(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew() with { Subject = "Broken", Text = Angry });
        var reading = (await server.Api.Conversation(number)).GetProperty("reading");
        Assert.Equal("en", reading.Text("language"));
        Assert.True(reading.GetProperty("complaint").GetBoolean());
        Assert.True(reading.GetProperty("sentiment").GetDouble() < -0.4);
        Assert.Equal(JsonValueKind.Null, reading.GetProperty("lifeEvent").ValueKind);

        using var desk = await server.SignedIn();
        Assert.Contains("Complaint", (await desk.Get($"/conversations/{number}")).Document.QuerySelector(".reading summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains((await desk.Get($"/conversations/{number}/reading")).Document.QuerySelectorAll("q"), q => q.TextContent.Contains("unacceptable", StringComparison.OrdinalIgnoreCase));
    }

    [Theory, EveryDatabase]
    public async Task What_is_put_right_stays_whatever_they_write_next(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew() with { Text = Angry };
        var number = await server.Receive(mail);
        var right = (await server.Api.Post($"/api/v1/conversations/{number}/reading", new { complaint = false, lifeEvent = "illness" })).Is(200).Json.GetProperty("reading");
        Assert.Equal((false, "illness"), (right.GetProperty("complaint").GetBoolean(), right.Text("lifeEvent")));

        await server.Receive(mail with { MessageId = $"{Guid.NewGuid():N}@client.example", InReplyTo = mail.MessageId, References = $"<{mail.MessageId}>", Text = "Still unacceptable! I am furious." });
        var later = (await server.Api.Conversation(number)).GetProperty("reading");
        Assert.Equal((false, "illness"), (later.GetProperty("complaint").GetBoolean(), later.Text("lifeEvent")));
        (await server.Api.Post($"/api/v1/conversations/{number}/reading", new { lifeEvent = "birthday" })).IsProblem(422, "life-event.unknown");
        (await server.Api.Post($"/api/v1/conversations/{number}/reading", new { complaint = true, words = "never said" })).IsProblem(422, "reading.words");
    }

    [Theory, EveryDatabase]
    public async Task Words_that_a_colleague_points_out_count_in_other_messages(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        const string text = "Hello, the zorbl gribbled again on its own. Please tell me what to do with it.";
        var number = await server.Receive(TestMail.FromSomebodyNew() with { Text = text });
        Assert.False((await server.Api.Conversation(number)).GetProperty("reading").GetProperty("complaint").GetBoolean());
        using var desk = await server.SignedIn();
        Assert.Equal(302, (await desk.Submit($"/conversations/{number}/reading", $"/conversations/{number}/reading", ("complaint", "yes"), ("words", "gribbled again"))).Status);

        var next = await server.Receive(TestMail.FromSomebodyNew() with { Text = "Hi, mine GRIBBLED AGAIN, too." });
        Assert.True((await server.Api.Conversation(next)).GetProperty("reading").GetProperty("complaint").GetBoolean());
    }

    [Theory, EveryDatabase]
    public async Task A_driver_is_learned_from_those_that_colleagues_gave(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        (await server.Api.Post("/api/v1/drivers", new { name = "Late parcel" })).Is(200);
        (await server.Api.Post("/api/v1/drivers", new { name = "Wrong invoice" })).Is(200);
        string[] late = ["Where is my parcel? It was due Monday.", "The parcel has not arrived yet", "My delivery is late, where is it", "Tracking says the parcel is stuck", "When does the parcel arrive", "parcel still not here"];
        string[] wrong = ["The invoice shows a wrong amount", "You billed me twice on the invoice", "My invoice has the wrong address", "Please correct the invoice amount", "invoice number 4 is wrong", "the amount billed is not right"];
        foreach (var (text, driver) in late.Select(t => (t, "Late parcel")).Concat(wrong.Select(t => (t, "Wrong invoice"))))
        {
            var labelled = await server.Receive(TestMail.FromSomebodyNew() with { Subject = "Hello", Text = text });
            (await server.Api.Post($"/api/v1/conversations/{labelled}/driver", new { driver })).Is(200);
        }

        var before = await server.Receive(TestMail.FromSomebodyNew() with { Subject = "Hello", Text = "Where is the parcel that was due on Friday?" });
        await server.Services.GetRequiredService<LearnDrivers>().LearnIfNew(CancellationToken.None); // or the worker itself was quicker
        var after = await server.Receive(TestMail.FromSomebodyNew() with { Subject = "Hello", Text = "The invoice has a wrong amount on it" });
        await server.Until(() => Driver(server, before), driver => driver == "Late parcel");
        await server.Until(() => Driver(server, after), driver => driver == "Wrong invoice");

        // What was learned of a driver that is gone keeps no mail out.
        var gone = (await server.Api.Get("/api/v1/drivers")).Is(200).Json.EnumerateArray().Single(d => d.Text("name") == "Wrong invoice").GetProperty("id").GetInt64();
        (await server.Api.Post($"/api/v1/drivers/{gone}/remove")).Is(200);
        var later = await server.Receive(TestMail.FromSomebodyNew() with { Subject = "Hello", Text = "The invoice has the wrong amount again" });
        Assert.Null(await Driver(server, later));
    }

    [Theory, EveryDatabase]
    public async Task Conversations_from_before_are_read_as_far_as_they_are_not_over(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew() with { Text = "My father passed away last week." };
        var number = await server.Receive(mail);
        await server.Receive(mail with { MessageId = $"{Guid.NewGuid():N}@client.example", InReplyTo = mail.MessageId, References = $"<{mail.MessageId}>", Text = "Where do I send the papers?" });
        await server.Store.Write(db => db.Readings.Where(r => r.ConversationNumber == number).ExecuteDeleteAsync(), CancellationToken.None);

        await server.Services.GetRequiredService<ReadEarlier>().ReadSome(CancellationToken.None);

        Assert.Equal("bereavement", (await server.Api.Conversation(number)).GetProperty("reading").Text("lifeEvent"));
    }

    private static async Task<string?> Driver(TestServer server, long number) =>
        (await server.Api.Conversation(number)).GetProperty("reading").GetProperty("driver") is { ValueKind: JsonValueKind.Object } driver ? driver.Text("name") : null;
}
