using System.Text.Json;
using System.Text.RegularExpressions;
using Heliotrope.Core.Notifications;
using Heliotrope.Core.People;
using Heliotrope.Server.LifeEvents;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Tests.Drafts;
using Heliotrope.Server.Tests.Infrastructure;
using Heliotrope.Server.Tests.Notifications;
using Heliotrope.Server.Tests.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.LifeEvents;

public sealed partial class LifeEventTests
{
    private const string Grief = "Hello, my husband died two weeks ago. He had coffee from you and I do not know how to stop it.";

    [Theory, EveryDatabase]
    public async Task A_family_in_grief_is_served_by_somebody_trained_and_nothing_automatic_reaches_them(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var priya = await server.SignedIn(name: "Priya Nair");
        var trained = await server.Store.Read(db => db.Users.Where(u => u.Name == "Priya Nair").Select(u => u.Id).SingleAsync());
        await server.AddUser("tom@desk.example", "Tom Reed");
        (await server.Api.Post($"/api/v1/users/{trained}/trained", new { trained = true })).Is(200);
        Assert.Contains("Trained for hard times", (await priya.Get("/people")).Html, StringComparison.Ordinal);
        await server.RuleOn(new { name = "Say that it came", when = "customer-wrote", then = new[] { new { kind = "reply", value = "Thank you, it is here." } } });

        // Before it is told: a question that waits in the outbox, and a reply of a person's that is to leave later.
        var mail = TestMail.FromSomebodyNew();
        var before = await server.Receive(mail with { Text = "Where is my parcel?" });
        (await server.Api.Post($"/api/v1/conversations/{before}/replies", new { text = "It is on its way.", resolve = true })).Is(200);
        Assert.Equal(["rule", "reply", "confidence"], (await server.Api.Outbox(before)).Select(m => m.Text("kind")));
        (await priya.Reply(before, "Did it arrive?", ("later", "tomorrow"))).Is(302);

        var number = await server.Receive(mail.Answer(Grief) with { Subject = "My husband's subscription", InReplyTo = null, References = null });
        Assert.NotEqual(before, number);
        Assert.Equal(["life-event.bereavement", "given", "rule", "not-written.life-event"], await server.Api.Events(number));
        var given = (await server.Api.Conversation(number)).GetProperty("assignee");
        Assert.Equal("Priya Nair", given.Text("name"));
        Assert.Equal(["withdrawn", "kept", "withdrawn"], (await server.Api.Outbox(before)).Select(m => m.Text("state")));
        Assert.Equal(["withdrawn.rule", "withdrawn.question"], (await server.Api.Events(before))[^2..]);
        Assert.Equal("reply.life-event", Assert.Single((await server.Api.Conversation(before)).Items("waiting")).Text("stopped"));

        var page = await priya.Get($"/conversations/{number}");
        var banner = page.Document.QuerySelector(".life-banner")!.TextContent;
        Assert.Contains("Somebody died", banner, StringComparison.Ordinal);
        Assert.Contains("It is yours.", banner, StringComparison.Ordinal);
        Assert.Contains("cancel everything", banner, StringComparison.Ordinal);
        Assert.NotNull((await priya.Get($"/conversations/{before}")).Document.QuerySelector(".life-banner"));
        var life = Assert.Single((await server.Api.Get("/api/v1/life-events")).Is(200).Json.EnumerateArray());
        var id = life.GetProperty("id").GetInt64();
        var customer = life.GetProperty("customer").GetProperty("id").GetInt64();
        Assert.NotNull((await priya.Get($"/customers/{customer}")).Document.QuerySelector(".life-banner"));

        // One step cancels, and the words are there to be changed and sent.
        (await server.Api.Post($"/api/v1/customers/{customer}/purchases", new { id = "o-1", at = "2026-10-01T10:00:00Z", what = "Beans every second Thursday", amount = 4990, currency = "EUR" })).Is(200);
        Assert.Equal($"/conversations/{number}", (await priya.Submit($"/conversations/{number}", $"/life-events/{id}/cancel")).Location);
        Assert.Equal($"/conversations/{number}", (await priya.Submit($"/conversations/{number}", $"/life-events/{id}/words", ("wording", "returned"))).Location);
        var words = (await priya.Get($"/conversations/{number}")).Document.QuerySelector("textarea[data-write=reply]")!.TextContent;
        Assert.Contains("no mail of ours comes by itself any more", words, StringComparison.Ordinal);
        Assert.Contains("need not come back", words, StringComparison.Ordinal);
        Assert.DoesNotContain("Priya", words, StringComparison.Ordinal);
        var cancelled = Assert.Single((await server.Api.Get("/api/v1/life-events?cancelled=true")).Is(200).Json.EnumerateArray()).GetProperty("cancelled");
        Assert.Equal(("Priya Nair", "Beans every second Thursday"), (cancelled.Text("by"), cancelled.Items("what")[0].GetString()));
        (await priya.Reply(number, words)).Is(302);
        (await server.Api.Post($"/api/v1/conversations/{number}/resolve")).Is(200);
        Assert.Contains("not-asked.life-event", await server.Api.Events(number));
        Assert.Empty(await server.Api.Outbox(number, "confidence"));

        // What is done outside is said, what can be seen is not.
        (await server.Api.Post($"/api/v1/life-events/{id}/steps", new { step = "cancelled" })).IsProblem(422, "life-event.step");
        (await server.Api.Post($"/api/v1/life-events/{id}/steps", new { step = "card", note = "Written by hand." })).Is(200);
        (await server.Api.Post($"/api/v1/customers/{customer}/purchases", new { id = "o-2", at = server.Clock.GetUtcNow(), what = "Given back", amount = -4990, currency = "EUR" })).Is(200);
        var steps = (await server.Api.Get($"/api/v1/life-events/{id}")).Is(200).Json.Items("steps");
        Assert.Equal(["answered", "cancelled", "refunded"], steps.Where(s => s.GetProperty("seen").GetBoolean()).Select(s => s.Text("step")));
        Assert.Equal("returned", Assert.Single(steps, s => !s.GetProperty("done").GetBoolean()).Text("step"));

        (await server.Api.Post($"/api/v1/life-events/{id}/close")).Is(200);
        Assert.True((await server.Api.Get($"/api/v1/life-events/{id}/verification")).Is(200).Json.GetProperty("clean").GetBoolean());
        Assert.Contains("Nothing automatic was sent", (await priya.Get($"/life-events/{id}")).Html, StringComparison.Ordinal);
        Assert.Contains("Ended", (await priya.Get("/life-events")).Html, StringComparison.Ordinal);
        (await server.Api.Post($"/api/v1/life-events/{id}/close")).IsProblem(409, "life-event.ended");

        // After a death with everything cancelled nothing automatic is ever sent again.
        server.Clock.Advance(TimeSpan.FromDays(70));
        var later = await server.Receive(mail.Answer("Is the grinder worth repairing?") with { Subject = "The grinder", InReplyTo = null, References = null });
        Assert.Contains("not-written.life-event", await server.Api.Events(later));
    }

    [Theory, EveryDatabase]
    public async Task The_family_cancels_by_a_link_without_signing_in_and_leaves_a_word(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail with { Text = Grief });
        using var priya = await server.SignedIn();
        var id = Assert.Single((await server.Api.Get("/api/v1/life-events")).Is(200).Json.EnumerateArray()).GetProperty("id").GetInt64();
        Assert.Equal(422, (await priya.Submit($"/life-events/{id}", $"/life-events/{id}/contacts", ("name", ""))).Status);
        Assert.Equal($"/life-events/{id}", (await priya.Submit($"/life-events/{id}", $"/life-events/{id}/contacts", ("name", "Ana Ashby"), ("address", "ana@family.example"), ("relation", "daughter"))).Location);
        Assert.Equal($"/conversations/{number}", (await priya.Submit($"/life-events/{id}", $"/life-events/{id}/words", ("wording", "link"))).Location);
        var draft = (await priya.Get($"/conversations/{number}")).Document.QuerySelector("textarea[data-write=reply]")!.TextContent;
        Assert.StartsWith("Dear Ana Ashby,", draft, StringComparison.Ordinal);
        var path = Link().Match(draft).Value;
        Assert.Equal(1, await server.Store.Read(db => db.FamilyLinks.CountAsync(l => l.ContactId != null && l.TokenHash == Tokens.Hash(path.Substring("/family/".Length)))));

        using var family = server.NewBrowser();
        var page = await family.Get(path);
        Assert.Equal((200, "en"), (page.Status, page.Document.DocumentElement.GetAttribute("lang")));
        Assert.Empty(page.Cookies);
        Assert.Empty(page.Document.QuerySelectorAll("script"));
        Assert.Contains("A person answers by:", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(mail.Author, page.Html, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, (await server.Api.Get($"/api/v1/life-events/{id}")).Json.GetProperty("cancelled").ValueKind); // looking changes nothing

        Assert.Contains("Everything has ended.", (await family.Post(path + "/cancel")).Is(200).Html, StringComparison.Ordinal);
        (await family.Post(path + "/cancel")).Is(200);
        Assert.Equal(422, (await family.Post(path + "/word", ("text", " "))).Status);
        Assert.Contains("Your words are with us", (await family.Post(path + "/word", ("text", "Please keep the grinder for us."))).Is(200).Html, StringComparison.Ordinal);
        var cancelled = (await server.Api.Get($"/api/v1/life-events/{id}")).Json.GetProperty("cancelled");
        Assert.Equal("Ana Ashby", cancelled.Text("by"));
        Assert.Equal(1, (await server.Api.Events(number)).Count(code => code == "life-event-cancelled"));
        var word = (await server.Api.Entries(number, "message"))[^1];
        Assert.Equal(("Please keep the grinder for us.", "Ana Ashby", "somebody-else"), (word.Text("text"), word.GetProperty("from").Text("name"), word.Text("author")));

        // Neither a forged link nor an old one leads anywhere, nor changes anything.
        Assert.Equal(404, (await family.Get("/family/" + new string('a', 43))).Status);
        Assert.Equal(404, (await family.Post("/family/" + new string('a', 43) + "/cancel")).Status);
        server.Clock.Advance(FamilyLink.Lifetime + TimeSpan.FromMinutes(1));
        Assert.Equal(404, (await family.Get(path)).Status);
        Assert.Equal(404, (await family.Post(path + "/word", ("text", "Too late"))).Status);
        Assert.Equal("Please keep the grinder for us.", (await server.Api.Entries(number, "message"))[^1].Text("text"));
    }

    [Theory, EveryDatabase]
    public async Task What_slipped_through_is_said_and_leads_are_told(Engine engine)
    {
        await using var smarthost = new FakeSmarthost();
        await using var server = await TestServer.Start(engine, smarthost.Url);
        var lead = await server.Colleague("Ada Lead", Role.Lead);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail with { Text = Grief });
        Assert.Equal(Reason.LifeEvent, Assert.Single(await server.Told(lead)).Reason); // nobody is trained
        Assert.Equal(JsonValueKind.Null, (await server.Api.Conversation(number)).GetProperty("assignee").ValueKind);
        var life = Assert.Single((await server.Api.Get("/api/v1/life-events")).Is(200).Json.EnumerateArray());
        var (id, customer) = (life.GetProperty("id").GetInt64(), life.GetProperty("customer").GetProperty("id").GetInt64());
        (await server.Api.Post($"/api/v1/life-events/{id}/cancel")).Is(200);

        // A question that some way or other is in the outbox does not leave either; one that did leave, and a charge, are told.
        await server.Store.Write(
            async db =>
            {
                var at = server.Clock.Now();
                foreach (var (state, sent) in new[] { (OutboxState.Waiting, (DateTimeOffset?)null), (OutboxState.Sent, at.AddMinutes(1)) })
                {
                    db.Outbox.Add(new() { ConversationNumber = number, Kind = "confidence", MessageId = $"{state}@desk.example", EnvelopeFrom = "help@desk.example", EnvelopeTo = mail.Author, Subject = "Is it resolved?", Bytes = new(), State = state, CreatedAt = at, NextTryAt = at, SentAt = sent });
                }

                return await Task.FromResult(true);
            },
            CancellationToken.None);
        server.Services.GetRequiredService<OutboxBell>().Ring();
        await server.Until(() => server.Api.Outbox(number), mails => mails.Any(m => m.Text("state") == "withdrawn"));
        (await server.Api.Post($"/api/v1/customers/{customer}/purchases", new { id = "o-9", at = server.Clock.GetUtcNow().AddHours(1), what = "Beans", amount = 4990, currency = "EUR" })).Is(200);
        server.Clock.Advance(TimeSpan.FromDays(1.1));
        await server.Services.GetRequiredService<VerifyWorker>().CheckSome(CancellationToken.None);
        var found = (await server.Api.Get($"/api/v1/life-events/{id}/verification")).Is(200).Json;
        Assert.False(found.GetProperty("clean").GetBoolean());
        Assert.Equal(["mail", "billed"], found.Items("slips").Select(s => s.Text("kind")));
        Assert.Contains("life-event-slipped", await server.Api.Events(number));
        Assert.Contains(await server.Told(lead), n => n.Reason is Reason.LifeEventSlip);
        using var desk = await server.SignedIn();
        Assert.Contains("2 things slipped through", (await desk.Get($"/life-events/{id}")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain(smarthost.Mails, sent => sent.To == mail.Author); // colleagues are told

        // Closed, and looked at once more two weeks later.
        (await server.Api.Post($"/api/v1/life-events/{id}/close")).Is(200);
        server.Clock.Advance(TimeSpan.FromDays(15));
        Assert.Equal(1, await server.Services.GetRequiredService<VerifyWorker>().CheckSome(CancellationToken.None));
        Assert.Equal(0, await server.Services.GetRequiredService<VerifyWorker>().CheckSome(CancellationToken.None));
        Assert.Equal(1, (await server.Api.Events(number)).Count(code => code == "life-event-slipped"));
    }

    [Theory, EveryDatabase]
    public async Task A_reading_opens_it_and_one_that_is_put_right_drops_it_and_people_who_are_merged_keep_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.Receive(TestMail.FromSomebodyNew() with { Text = "My phone died and my grinder is dead, too. Can I still use the app?" });
        Assert.Empty((await server.Api.Get("/api/v1/life-events")).Is(200).Json.EnumerateArray());

        var number = await server.Receive(TestMail.FromSomebodyNew() with { Text = Grief });
        (await server.Api.Post($"/api/v1/conversations/{number}/reading", new { lifeEvent = "illness" })).Is(200);
        Assert.Equal("illness", Assert.Single(await Open(server)).Text("kind"));
        (await server.Api.Post($"/api/v1/conversations/{number}/reading", new { lifeEvent = "none" })).Is(200);
        Assert.Empty(await Open(server));
        Assert.Contains("life-event-dropped", await server.Api.Events(number));
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "It works like this.", resolve = true })).Is(200);
        Assert.Single(await server.Api.Outbox(number, "confidence")); // the usual rules hold again

        // By hand for a customer; the same is there once, told in two places, and whoever they turn out to be.
        var (one, other) = (await server.Receive(TestMail.FromSomebodyNew()), await server.Receive(TestMail.FromSomebodyNew() with { Text = Grief }));
        var (into, from) = (await Customer(server, one), await Customer(server, other));
        var opened = (await server.Api.Post("/api/v1/life-events", new { kind = "bereavement", customer = into })).Is(200).Json;
        Assert.Equal(opened.GetProperty("id").GetInt64(), (await server.Api.Post("/api/v1/life-events", new { kind = "bereavement", customer = into })).Is(200).Json.GetProperty("id").GetInt64());
        var theirs = (await Open(server)).Single(life => life.GetProperty("customer").GetProperty("id").GetInt64() == from).GetProperty("id").GetInt64();
        (await server.Api.Post($"/api/v1/life-events/{theirs}/steps", new { step = "card" })).Is(200);
        (await server.Api.Post($"/api/v1/life-events/{theirs}/contacts", new { name = "Ana", address = "ana@family.example" })).Is(200);
        var undo = (await server.Api.Post($"/api/v1/customers/{from}/merge", new { into })).Is(200).Json.Text("undo");
        var merged = Assert.Single(await Open(server));
        Assert.Equal((into, "Ana", other), (merged.GetProperty("customer").GetProperty("id").GetInt64(), merged.Items("contacts")[0].Text("name"), merged.GetProperty("conversation").GetInt64()));
        Assert.Contains(merged.Items("steps"), step => step.Text("step") == "card" && step.GetProperty("done").GetBoolean());
        (await server.Api.Post($"/api/v1/undo/{undo}")).Is(200);
        Assert.Equal(2, (await Open(server)).Count);

        (await server.Api.Post("/api/v1/life-events", new { kind = "nothing", customer = into })).IsProblem(422, "life-event.unknown");
        (await server.Api.Post("/api/v1/life-events", new { kind = "illness", customer = 77_777 })).IsProblem(404, "customer.unknown");
        (await server.Api.Get("/api/v1/life-events/77777")).IsProblem(404, "life-event.missing");
        using var agent = await server.ApiAs(Role.Agent);
        (await agent.Post($"/api/v1/users/{(await server.AddUser("tom@desk.example", "Tom Reed")).Id}/trained", new { trained = true })).IsProblem(403, "role.insufficient");
    }

    private static async Task<List<JsonElement>> Open(TestServer server) => [.. (await server.Api.Get("/api/v1/life-events?open=true")).Is(200).Json.EnumerateArray()];

    private static async Task<long> Customer(TestServer server, long number) => (await server.Api.Conversation(number)).GetProperty("customer").GetProperty("id").GetInt64();

    [GeneratedRegex(@"/family/\S+")]
    private static partial Regex Link();
}
