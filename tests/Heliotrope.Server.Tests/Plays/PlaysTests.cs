using System.Text.Json;
using Heliotrope.Core.People;
using Heliotrope.Server.Plays;
using Heliotrope.Server.Tests.Confidence;
using Heliotrope.Server.Tests.Drafts;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Plays;

public sealed class PlaysTests
{
    private const string Right = "Hello {{customer.first_name | there}}, I am sorry, the right bag leaves us today and there is nothing to send back.";

    private static async Task<long> Write(ApiClient api, object body) => (await api.Post("/api/v1/plays", body)).Is(200).Json.GetProperty("id").GetInt64();

    private static async Task<JsonElement> Read(TestServer server, long id) => (await server.Api.Get($"/api/v1/plays/{id}")).Is(200).Json;

    private static string[] Stale(JsonElement play) => [.. play.Items("stale").Select(sign => sign.GetString()!)];

    private static async Task<long> Receive(TestServer server, string driver, TestMail? mail = null)
    {
        var number = await server.Receive(mail ?? TestMail.FromSomebodyNew());
        (await server.Api.Post($"/api/v1/conversations/{number}/driver", new { driver })).Is(200);
        return number;
    }

    /// <summary>The customer says yes to both questions.</summary>
    private static async Task Confirm(TestServer server, long number)
    {
        var path = new Asked(server, TestMail.FromSomebodyNew(), number, "", await server.Api.OutboxRaw((await server.Api.Outbox(number, "confidence"))[^1])).Path;
        using var customer = server.NewBrowser();
        (await customer.Post(path, ("resolved", "yes"), ("again", "yes"))).Is(200);
    }

    [Theory, EveryDatabase]
    public async Task A_play_is_suggested_taken_offered_where_it_fits_sent_counted_and_goes_stale(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        foreach (var name in new[] { "Wrong item", "Invoices" })
        {
            (await server.Api.Post("/api/v1/drivers", new { name })).Is(200);
        }

        (await server.Api.Post("/api/v1/segments", new { name = "Regulars", query = "name:ada" })).Is(200);
        using var priya = await server.SignedIn();
        using var lead = await server.SignedIn(Role.Lead, "Lena Fischer");
        using var agents = await server.ApiAs(Role.Agent);

        // What cannot be meant is refused and names its place.
        async Task Refuse(object body, string code) => (await server.Api.Post("/api/v1/plays", body)).IsProblem(422, code);
        await Refuse(new { title = " ", words = "Hello" }, "play.title");
        await Refuse(new { title = "Nothing" }, "play.empty");
        await Refuse(new { title = "Wrong", words = "Hello {{customer.firstname}}" }, "play.unknown-field");
        await Refuse(new { title = "Wrong", words = "Hello", driver = "Nothing like it" }, "driver.unknown");
        await Refuse(new { title = "Wrong", words = "Hello", segment = "Nobody" }, "segment.unknown");
        await Refuse(new { title = "Wrong", words = "Hello", mood = "sleepy" }, "play.mood");
        await Refuse(new { title = "Wrong", steps = Enumerable.Repeat("Step", 21) }, "play.steps");

        // Somebody who works here suggests; a lead decides.
        var suggested = await Write(agents, new { title = "Send the right one", driver = "wrong item", words = Right, steps = new[] { "Own it.", "Pack it yourself." } });
        Assert.Equal("suggested", (await Read(server, suggested)).Text("state"));
        (await agents.Put($"/api/v1/plays/{suggested}", new { title = "Mine", words = "Hello" })).IsProblem(403, "role.insufficient");
        (await agents.Delete($"/api/v1/plays/{suggested}")).IsProblem(403, "role.insufficient");
        (await priya.Post($"/plays/{suggested}/accept")).Is(400); // without the page's token
        Assert.Contains("A lead decides", (await priya.Get($"/plays/{suggested}")).Is(200).Html, StringComparison.Ordinal);
        (await lead.Submit($"/plays/{suggested}", $"/plays/{suggested}/accept")).Is(302);
        Assert.Equal("in-use", (await Read(server, suggested)).Text("state"));

        // Three are offered, the most specific first.
        await Write(server.Api, new { title = "For anything", words = "Thank you for writing to us about this today." });
        await Write(server.Api, new { title = "Of regulars", segment = "Regulars", steps = new[] { "Look at the last order." } });
        var angry = await Write(server.Api, new { title = "Angry about a bag", driver = "Wrong item", mood = "complaint", words = "Hello, I apologise." });
        await Write(server.Api, new { title = "About money", driver = "Invoices", words = "Hello, the invoice is attached." });
        var mail = TestMail.FromSomebodyNew() with { Text = "This is unacceptable, I am very angry. You sent the wrong coffee again and nobody answers me." };
        var number = await Receive(server, "Wrong item", mail);
        var page = (await priya.Get($"/conversations/{number}")).Document;
        var ada = mail.From!.StartsWith("Ada", StringComparison.Ordinal);
        Assert.Equal(
            ada ? ["Angry about a bag", "Send the right one", "Of regulars"] : ["Angry about a bag", "Send the right one", "For anything"],
            page.QuerySelectorAll(".beside-reply summary b").Select(title => title.TextContent));
        Assert.Equal("Wrong item · a complaint", page.QuerySelector(".beside-reply summary .quiet")!.TextContent);
        using (var reader = await server.SignedIn(Role.Light))
        {
            Assert.Empty((await reader.Get($"/conversations/{number}")).Document.QuerySelectorAll(".beside-reply"));
        }

        // Put in without a script; it counts once it is sent, and only when something of it is still there.
        (await priya.Submit($"/conversations/{number}", $"/conversations/{number}/reply", $"/conversations/{number}/plays/{suggested}/insert", ("text", "First of all:"))).Is(302);
        page = (await priya.Get($"/conversations/{number}")).Document;
        Assert.StartsWith("First of all:\n\nHello", page.QuerySelector("textarea[data-write=reply]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"{suggested}", page.QuerySelector("[data-put-box=plays] input[name=plays]")!.GetAttribute("value"));
        Assert.Null((await Read(server, suggested)).GetProperty("usedAt").GetString());
        var filled = page.QuerySelector("textarea[data-write=reply]")!.TextContent;
        (await priya.Reply(number, filled, ("plays", $"{suggested}"), ("plays", $"{angry}"), ("resolve", "on"))).Is(302);
        Assert.Equal(JsonValueKind.Null, (await Read(server, angry)).GetProperty("usedAt").ValueKind);
        Assert.Equal(1, (await Read(server, suggested)).GetProperty("ends").GetProperty("notYet").GetInt32());
        await Confirm(server, number);
        var ends = (await Read(server, suggested)).GetProperty("ends");
        Assert.Equal((1, 0), (ends.GetProperty("confirmed").GetInt32(), ends.GetProperty("notYet").GetInt32()));

        // Each number opens to its conversations.
        var figure = (await priya.Get($"/plays/{suggested}")).Document.QuerySelector("tr[data-end=confirmed] a")!;
        Assert.Equal("1", figure.TextContent);
        Assert.Contains($"/conversations/{number}", (await priya.Get(figure.GetAttribute("href")!)).Is(200).Html, StringComparison.Ordinal);
        Assert.Contains("No conversation is behind this.", (await priya.Get($"/plays/{suggested}/conversations?ending=unhappy")).Is(200).Html, StringComparison.Ordinal);

        // Unused for three months although it occurred, not looked at for six; a lead says that it still holds.
        Assert.Empty(Stale(await Read(server, suggested)));
        server.Advance(TimeSpan.FromDays(91));
        Assert.Empty(Stale(await Read(server, suggested)));
        await Receive(server, "Wrong item");
        Assert.Equal(["not-used"], Stale(await Read(server, suggested)));
        server.Advance(TimeSpan.FromDays(92));
        Assert.Equal(["not-looked-at"], Stale(await Read(server, suggested)));
        using var later = await server.SignedIn(Role.Lead, "Lena Fischer");
        Assert.Contains("Not looked at for 180 days.", (await later.Get("/plays")).Is(200).Html, StringComparison.Ordinal);
        (await later.Submit($"/plays/{suggested}", $"/plays/{suggested}/accept")).Is(302);
        Assert.Empty(Stale(await Read(server, suggested)));

        // With the driver goes the offer, not the play.
        var driver = (await Read(server, suggested)).GetProperty("driver").GetProperty("id").GetInt64();
        (await server.Api.Post($"/api/v1/drivers/{driver}/remove")).Is(200);
        Assert.True((await Read(server, suggested)).GetProperty("situationGone").GetBoolean());
        Assert.DoesNotContain("Send the right one", (await later.Get($"/conversations/{number}")).Is(200).Document.QuerySelector(".beside-reply")!.TextContent, StringComparison.Ordinal);
        (await later.Submit($"/plays/{suggested}", $"/plays/{suggested}/remove")).Is(302);
        (await server.Api.Get($"/api/v1/plays/{suggested}")).IsProblem(404, "play.unknown");
    }

    [Theory, EveryDatabase]
    public async Task Replies_that_ended_well_suggest_themselves_without_names_and_once(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        (await server.Api.Post("/api/v1/drivers", new { name = "Wrong item" })).Is(200);
        using var priya = await server.SignedIn();
        using var lead = await server.SignedIn(Role.Lead, "Lena Fischer");
        var suggest = server.Services.GetRequiredService<SuggestPlays>();

        // One answer by a person, confirmed; one by a program; one that took two answers; one that nobody confirmed.
        string[] kinds = ["good", "program", "twice", "open"];
        var numbers = new Dictionary<string, long>();
        foreach (var kind in kinds)
        {
            var number = numbers[kind] = await Receive(server, "Wrong item", new TestMail { From = $"Ada Lovelace <ada-{kind}@client.example>", MessageId = $"{kind}-{Guid.NewGuid():N}@client.example" });
            var text = $"Hello Ada,\n\nthis is the {kind} answer about your {kind} bag, and the right {kind} one leaves us today with a {kind} note to Ms Lovelace.\n\nPriya";
            if (kind == "twice")
            {
                (await priya.Reply(number, "One moment, I look where it went and tell you at once.")).Is(302);
            }

            if (kind == "program")
            {
                (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text, resolve = true })).Is(200);
            }
            else
            {
                (await priya.Reply(number, text, ("resolve", "on"))).Is(302);
            }

            if (kind != "open")
            {
                await Confirm(server, number);
            }
        }

        Assert.Equal(1, await suggest.Suggest(CancellationToken.None));
        var play = (await server.Api.Get("/api/v1/plays")).Is(200).Json.EnumerateArray().Single();
        Assert.Equal(numbers["good"], play.GetProperty("conversation").GetInt64());
        Assert.Equal("Wrong item", play.GetProperty("driver").Text("name"));
        Assert.StartsWith("Hello {{customer.first_name}},", play.Text("words"), StringComparison.Ordinal);
        Assert.Contains("a good note to {{customer.name}}.", play.Text("words"), StringComparison.Ordinal);
        Assert.EndsWith("{{agent.first_name}}", play.Text("words"), StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", play.Text("words") + play.Text("title"), StringComparison.Ordinal);
        var id = play.GetProperty("id").GetInt64();
        Assert.Contains($"/conversations/{numbers["good"]}?from={play.GetProperty("entry").GetInt64()}#entry-", (await lead.Get($"/plays/{id}")).Is(200).Html, StringComparison.Ordinal);

        // Dropped, it does not come again, until a person says that it is worth it after all.
        Assert.Equal(0, await suggest.Suggest(CancellationToken.None));
        (await lead.Submit($"/plays/{id}", $"/plays/{id}/remove")).Is(302);
        Assert.Equal(0, await suggest.Suggest(CancellationToken.None));
        (await server.Api.Get($"/api/v1/plays/{id}")).IsProblem(404, "play.unknown");
        var form = (await priya.Get($"/conversations/{numbers["good"]}")).Document.QuerySelector("form.make-play")!.GetAttribute("action")!;
        Assert.Equal($"/plays/{id}", (await priya.Submit($"/conversations/{numbers["good"]}", form)).Location);
        var open = (await priya.Get($"/conversations/{numbers["open"]}")).Document.QuerySelector("form.make-play")!.GetAttribute("action")!;
        var made = (await priya.Submit($"/conversations/{numbers["open"]}", open)).Location!;
        Assert.Contains("by Priya Nair", (await priya.Get(made)).Is(200).Html, StringComparison.Ordinal);
        Assert.Empty((await priya.Get($"/conversations/{numbers["program"]}")).Document.QuerySelectorAll("form.make-play"));

        // A lead changes one and so takes it.
        (await lead.Submit($"{made}/edit", made, ("title", "A better title"), ("words", "Hello {{customer.first_name}}, better words."), ("steps", "One\nTwo"), ("driver", ""), ("mood", "thanks"))).Is(302);
        Assert.Contains("A better title", (await priya.Get("/plays")).Is(200).Document.QuerySelector("#plays-used")!.ParentElement!.TextContent, StringComparison.Ordinal);
        (await priya.Get($"{made}/edit")).Is(403);

        // What came from a conversation that somebody may not see is not there for them.
        (await server.Api.Post("/api/v1/teams", new { name = "Trust", @private = true })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{numbers["good"]}/team", new { team = "Trust" })).Is(200);
        (await priya.Get($"/plays/{id}")).Is(404);
        Assert.Equal(2, await server.Store.Read(db => db.Plays.CountAsync()));
    }
}
