using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Core.Targets;
using Heliotrope.Server.Channels;
using Heliotrope.Server.Database;
using Heliotrope.Server.NextQuestion;
using Heliotrope.Server.Teams;
using Heliotrope.Server.Tests.Drafts;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.NextQuestion;

public sealed class NextQuestionTests
{
    private const string Answer = "And because many ask next: {{customer.first_name | you}} can follow the refund in your account, under Payments.";

    [Theory, EveryDatabase]
    public async Task What_people_ask_next_is_counted_answered_offered_added_and_its_effect_shown(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (parcel, refund, other) = await History(server);
        var count = server.Services.GetRequiredService<CountFollowUps>();
        Assert.Equal(1, await count.Count(CancellationToken.None));
        var pair = (await server.Api.Get("/api/v1/next-questions")).Is(200).Json.EnumerateArray().Single();
        Assert.Equal(("Parcel", "Refund"), (pair.GetProperty("from").Text("name"), pair.GetProperty("to").Text("name")));
        Assert.Equal((15, 45), Share(pair, "after")); // without the spam and the private team
        Assert.Equal((2, 40), Share(pair, "otherwise"));
        Assert.Equal(15.0 / 45 / (2.0 / 40), pair.GetProperty("lift").GetDouble(), 6);
        Assert.True(pair.GetProperty("offered").GetBoolean());

        // Without an answer nothing is offered; a lead gives one.
        using var priya = await server.SignedIn();
        using var agents = await server.ApiAs(Role.Agent);
        var first = await Receive(server, "Parcel");
        Assert.Empty((await priya.Get($"/conversations/{first}")).Document.QuerySelectorAll("[data-next-question]"));
        var path = $"/api/v1/next-questions/{refund}/answer";
        (await agents.Put(path, new { text = Answer })).IsProblem(403, "role.insufficient");
        (await server.Api.Put(path, new { text = "{{nothing.here}}" })).IsProblem(422, "next-question.unknown-field");
        (await server.Api.Put(path, new { text = new string('x', 4001) })).IsProblem(422, "next-question.too-long");
        (await server.Api.Put(path, new { article = 999 })).IsProblem(422, "next-question.article");
        (await server.Api.Put("/api/v1/next-questions/999999/answer", new { text = "Hello" })).IsProblem(404, "next-question.unknown");
        var article = (await server.Api.Post("/api/v1/articles", new { title = "When refunds arrive", text = "A refund takes three days with every bank.", language = "en" })).Is(200).Json.GetProperty("id").GetInt64();
        Assert.Equal("When refunds arrive", (await server.Api.Put(path, new { article })).Is(200).Json.GetProperty("article").Text("name"));
        (await server.Api.Post($"/api/v1/articles/{article}/remove")).Is(200); // and with it the answer
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await server.Api.Get("/api/v1/next-questions")).Json[0].GetProperty("answer").ValueKind);
        using (var lead = await server.SignedIn(Role.Lead, "Lena Fischer"))
        {
            (await lead.Submit("/next-questions", $"/next-questions/{refund}", ("text", "{{nothing.here}}"), ("article", ""))).Is(422);
            (await lead.Submit("/next-questions", $"/next-questions/{refund}", ("text", Answer), ("article", ""))).Is(302);
        }

        // Offered beside a reply, added to one and not to the other.
        var page = (await priya.Get($"/conversations/{first}")).Document;
        Assert.Contains("People who write about Parcel often ask about Refund next (15 of 45, 6.7 times as often)", Squeezed(page.QuerySelector(".beside-reply")!.TextContent), StringComparison.Ordinal);
        Assert.Equal(($"{refund}", $"write-reply-{first}"), (page.QuerySelector("input[name=offered]")!.GetAttribute("value"), page.QuerySelector("input[name=offered]")!.GetAttribute("form")));
        (await priya.Submit($"/conversations/{first}", $"/conversations/{first}/reply", $"/conversations/{first}/next-questions/{refund}/insert", ("text", "It comes today."), ("offered", $"{refund}"))).Is(302);
        page = (await priya.Get($"/conversations/{first}")).Document;
        var words = page.QuerySelector("textarea[data-write=reply]")!.TextContent;
        Assert.StartsWith("It comes today.\n\nAnd because many ask next:", words, StringComparison.Ordinal);
        Assert.Equal($"{refund}", page.QuerySelector("[data-put-box=answered] input")!.GetAttribute("value"));
        (await priya.Reply(first, words, ("offered", $"{refund}"), ("answered", $"{refund}"))).Is(302);
        Assert.Empty((await priya.Get($"/conversations/{first}")).Document.QuerySelectorAll("[data-next-question]")); // told already
        var second = await Receive(server, "Parcel");
        (await priya.Reply(second, "It comes tomorrow.", ("offered", $"{refund}"), ("answered", $"{refund} {other}"))).Is(302); // its words are not there
        Assert.Equal([(first, true), (second, false)], (await Offers(server)).Select(o => (o.ConversationNumber, o.AddedAt is not null)));

        // Of the history, twenty more were told; of those two came back.
        await server.Store.Write(
            async db =>
            {
                var numbers = await db.Conversations.Where(c => c.DriverId == parcel && c.Subject.StartsWith("told")).Select(c => c.Number).ToListAsync();
                db.NextOffers.AddRange(numbers.Select(number => new NextOffer { ConversationNumber = number, ToDriverId = refund, OfferedAt = server.Clock.GetUtcNow().AddDays(-80), AddedAt = server.Clock.GetUtcNow().AddDays(-80) }));
                return true;
            },
            CancellationToken.None);
        await count.Count(CancellationToken.None);
        pair = (await server.Api.Get("/api/v1/next-questions")).Is(200).Json.EnumerateArray().Single();
        Assert.Equal((2, 20), Share(pair, "added"));
        Assert.Equal((13, 25), Share(pair, "without")); // the two of today may still come back
        Assert.True(pair.GetProperty("effectSays").GetBoolean());

        // The page says so, and each number opens to its conversations.
        var said = (await priya.Get("/next-questions")).Is(200).Document;
        Assert.Contains("That is 10% against 52%.", Squeezed(said.QuerySelector(".next-effect")!.TextContent), StringComparison.Ordinal);
        Assert.Equal([15, 20, 2, 25, 13], said.QuerySelectorAll(".next-list a[data-figure]").Select(a => int.Parse(a.GetAttribute("data-figure")!, System.Globalization.CultureInfo.InvariantCulture)));
        foreach (var figure in said.QuerySelectorAll(".next-list a[data-figure]"))
        {
            Assert.Equal(figure.GetAttribute("data-figure"), (await priya.Get(figure.GetAttribute("href")!)).Is(200).Document.QuerySelector("[data-count]")!.GetAttribute("data-count"));
        }

        // Without its answer it is offered no more; and what nobody asked for a year is forgotten.
        Assert.Single((await priya.Get($"/conversations/{second}")).Is(200).Document.QuerySelectorAll("[data-next-question]"));
        (await server.Api.Put(path, new { })).Is(200);
        Assert.Empty((await priya.Get($"/conversations/{second}")).Is(200).Document.QuerySelectorAll("[data-next-question]"));
        server.Advance(TimeSpan.FromDays(400));
        Assert.Equal(0, await count.Count(CancellationToken.None));
        using var later = await server.ApiAs(Role.Light);
        Assert.Empty((await later.Get("/api/v1/next-questions")).Is(200).Json.EnumerateArray());
    }

    private static (int, int) Share(System.Text.Json.JsonElement pair, string name) => (pair.GetProperty(name).GetProperty("count").GetInt32(), pair.GetProperty(name).GetProperty("of").GetInt32());

    private static string Squeezed(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static Task<List<NextOffer>> Offers(TestServer server) => server.Store.Read(db => db.NextOffers.OrderBy(o => o.ConversationNumber).ToListAsync());

    private static async Task<long> Receive(TestServer server, string driver)
    {
        var number = await server.Receive(TestMail.FromSomebodyNew());
        (await server.Api.Post($"/api/v1/conversations/{number}/driver", new { driver })).Is(200);
        return number;
    }

    /// <summary>45 wrote about a parcel and 15 of them about a refund next, 40 about something else and 2 of them; and some in the spam and in a private team, who count for nothing.</summary>
    private static async Task<(long Parcel, long Refund, long Other)> History(TestServer server)
    {
        var (parcel, refund, other) = (new Driver { Name = "Parcel" }, new Driver { Name = "Refund" }, new Driver { Name = "Other" });
        await server.Store.Write(
            async db =>
            {
                var team = new Team { Name = "Trust", Private = true };
                var raw = new RawMail { MessageId = "history", ContentHash = "history" };
                db.AddRange(parcel, refund, other, team, raw);
                await db.SaveChangesAsync();
                var at = server.Clock.GetUtcNow().AddDays(-100);
                for (var i = 0; i < 45; i++)
                {
                    Add(db, raw.Id, parcel.Id, i < 20 ? "told" : "not told", at, i is < 2 or >= 32 ? refund.Id : null);
                }

                for (var i = 0; i < 40; i++)
                {
                    Add(db, raw.Id, other.Id, "other", at, i < 2 ? refund.Id : null);
                }

                for (var i = 0; i < 5; i++)
                {
                    Add(db, raw.Id, parcel.Id, "spam", at, refund.Id).ForEach(c => c.MarkSpam(Actor.System, true, at));
                    Add(db, raw.Id, parcel.Id, "private", at, refund.Id).ForEach(c => c.BelongTo(team.Id));
                }

                return true;
            },
            CancellationToken.None);
        return (parcel.Id, refund.Id, other.Id);
    }

    private static List<Conversation> Add(HeliotropeDb db, long raw, long driver, string subject, DateTimeOffset at, long? next)
    {
        var id = $"{Guid.NewGuid():N}";
        Assert.True(EmailAddress.TryParse($"{id}@client.example", out var address));
        var customer = Customer.WithAddress(address, "Somebody", at);
        return [.. new[] { (driver, at), (next ?? 0, at.AddDays(10)) }.Where(each => each.Item1 > 0).Select(each =>
        {
            var conversation = Conversation.Begin(customer, subject, "help@desk.example", each.Item2);
            db.Conversations.Add(conversation);
            conversation.Receive(new("Somebody", $"{id}@client.example", true, false, "It does not work. Why?", "", null, null, raw, []), each.Item2, AnswerRules.Usual);
            conversation.SetDriver(Actor.System, each.Item1, "", AnswerRules.Usual, each.Item2);
            return conversation;
        })];
    }
}
