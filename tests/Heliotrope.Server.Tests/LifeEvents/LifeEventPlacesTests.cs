using System.Text.Json;
using System.Text.RegularExpressions;
using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.LifeEvents;

/// <summary>Whose life it is about, where it was told, who tells of it, and who may know.</summary>
public sealed partial class LifeEventPlacesTests
{
    private const string Grief = "Hello, my husband died two weeks ago. He had coffee from you and I do not know how to stop it.";

    private const string Ill = "Hello, I have cancer and start chemotherapy on Monday. Please change my deliveries.";

    [Theory, EveryDatabase]
    public async Task What_was_told_goes_with_its_conversation_to_whoever_it_is_about(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var priya = await server.SignedIn();
        var his = await server.Receive(TestMail.FromSomebodyNew());
        (await server.Api.Post($"/api/v1/conversations/{his}/replies", new { text = "It is on its way.", resolve = true })).Is(200);
        var (him, mail) = (await Customer(server, his), TestMail.FromSomebodyNew());
        var told = await server.Receive(mail with { Text = Grief });
        var her = await Customer(server, told);

        // Moved: his mail stops, hers goes on, and the words are there.
        (await server.Api.Post($"/api/v1/conversations/{told}/move", new { customer = him })).Is(200);
        var life = Assert.Single(await Open(server));
        var id = life.GetProperty("id").GetInt64();
        Assert.Equal(him, life.GetProperty("customer").GetProperty("id").GetInt64());
        Assert.Equal(["kept", "withdrawn"], (await server.Api.Outbox(his)).Select(m => m.Text("state")));
        Assert.NotNull((await priya.Get($"/conversations/{told}")).Document.QuerySelector(".life-banner"));
        Assert.Equal($"/conversations/{told}", (await priya.Submit($"/conversations/{told}", $"/life-events/{id}/words", ("wording", "first"))).Location);
        Assert.Empty((await server.Api.Get($"/api/v1/life-events?customer={her}")).Is(200).Json.EnumerateArray());

        // Another of hers, of the same kind: what was done about it is done about his, until that is taken back.
        var again = await server.Receive(mail.Answer(Grief) with { Subject = "Once more", InReplyTo = null });
        var second = (await Open(server)).Single(e => e.GetProperty("conversation").GetInt64() == again).GetProperty("id").GetInt64();
        (await server.Api.Post($"/api/v1/life-events/{second}/contacts", new { name = "Ana", address = "ana@family.example" })).Is(200);
        var undo = (await server.Api.Post($"/api/v1/conversations/{again}/move", new { customer = him })).Is(200).Json.Text("undo");
        life = Assert.Single(await Open(server));
        Assert.Equal((id, "Ana"), (life.GetProperty("id").GetInt64(), Assert.Single(life.Items("contacts")).Text("name")));
        (await server.Api.Post($"/api/v1/undo/{undo}")).Is(200);
        Assert.Equal((2, "Ana"), ((await Open(server)).Count, Assert.Single((await server.Api.Get($"/api/v1/life-events/{second}")).Is(200).Json.Items("contacts")).Text("name")));

        // Told in two places and moved in one: it holds for both customers, and for one once both are moved.
        var twice = await server.Receive(mail.Answer(Grief) with { Subject = "Did you get it?", InReplyTo = null });
        Assert.Equal(2, (await Open(server)).Count);
        (await server.Api.Post($"/api/v1/conversations/{again}/move", new { customer = him })).Is(200);
        Assert.Equal(twice, (await Open(server)).Single(e => e.GetProperty("customer").GetProperty("id").GetInt64() == her).GetProperty("conversation").GetInt64());
        (await server.Api.Post($"/api/v1/conversations/{twice}/move", new { customer = him })).Is(200);
        Assert.Equal(id, Assert.Single(await Open(server)).GetProperty("id").GetInt64());

        // Merged into another customer's conversation after it ended: it goes along, and begins no second time.
        (await server.Api.Post($"/api/v1/life-events/{id}/close")).Is(200);
        var theirs = await server.Receive(TestMail.FromSomebodyNew());
        (await server.Api.Post($"/api/v1/conversations/{told}/merge", new { into = theirs })).Is(200);
        Assert.Empty(await Open(server));
        life = (await server.Api.Get($"/api/v1/life-events/{id}")).Is(200).Json;
        Assert.Equal((theirs, await Customer(server, theirs)), (life.GetProperty("conversation").GetInt64(), life.GetProperty("customer").GetProperty("id").GetInt64()));

        // Read before, told twice: merging what lies 50 days back opens nothing either.
        var third = await server.Receive(TestMail.FromSomebodyNew() with { Text = Ill });
        var illness = Assert.Single(await Open(server)).GetProperty("id").GetInt64();
        (await server.Api.Post($"/api/v1/life-events/{illness}/close")).Is(200);
        server.Clock.Advance(TimeSpan.FromDays(50));
        var fourth = await server.Receive(TestMail.FromSomebodyNew());
        (await server.Api.Post($"/api/v1/conversations/{third}/merge", new { into = fourth })).Is(200);
        Assert.Empty(await Open(server));
    }

    [Theory, EveryDatabase]
    public async Task Each_message_is_heard_for_itself_also_of_a_relative_and_out_of_the_spam_folder(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var mail = TestMail.FromSomebodyNew() with { Text = Ill };
        var number = await server.Receive(mail);
        Assert.Equal(["illness"], await Kinds(server));
        await server.Receive(mail.Answer(Grief, mail.MessageId));
        Assert.Equal(["bereavement", "illness"], await Kinds(server));
        Assert.Equal("illness", (await server.Api.Conversation(number)).GetProperty("reading").Text("lifeEvent"));

        // Told again it is the same; told again after it ended it begins again.
        await server.Receive(mail.Answer(Grief, mail.MessageId));
        Assert.Equal(1, (await server.Api.Events(number)).Count(code => code == "life-event.bereavement"));
        foreach (var each in await Open(server))
        {
            (await server.Api.Post($"/api/v1/life-events/{each.GetProperty("id").GetInt64()}/close")).Is(200);
        }

        server.Clock.Advance(TimeSpan.FromHours(1));
        await server.Receive(mail.Answer(Grief, mail.MessageId));
        Assert.Equal(["bereavement"], await Kinds(server));

        // That nothing happened binds what was said before; what a colleague knows otherwise stays.
        (await server.Api.Post("/api/v1/life-events", new { kind = "divorce", conversation = number })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{number}/reading", new { lifeEvent = "none" })).Is(200);
        var known = Assert.Single(await Open(server));
        Assert.Equal(("divorce", JsonValueKind.Null), (known.Text("kind"), known.GetProperty("conversation").ValueKind));
        await server.Receive(mail.Answer("Thank you, the grinder works.", mail.MessageId));
        Assert.Equal(["divorce"], await Kinds(server));
        server.Clock.Advance(TimeSpan.FromHours(1));
        await server.Receive(mail.Answer(Grief, mail.MessageId));
        Assert.Equal(["bereavement", "divorce"], await Kinds(server));
        Assert.Equal("bereavement", (await server.Api.Conversation(number)).GetProperty("reading").Text("lifeEvent"));

        // Begun by mistake: it stops nothing any more.
        using var priya = await server.SignedIn();
        foreach (var each in await Open(server))
        {
            var id = each.GetProperty("id").GetInt64();
            Assert.Equal($"/life-events/{id}", (await priya.Submit($"/life-events/{id}", $"/life-events/{id}/drop")).Location);
            (await server.Api.Post($"/api/v1/life-events/{id}/drop")).IsProblem(409, "life-event.ended");
        }

        Assert.Contains("life-event-dropped", await server.Api.Events(number));
        Assert.Equal(2, await server.Store.Read(db => db.Audit.CountAsync(a => a.Action == "life-event.dropped")));
        foreach (var each in (await server.Api.Get("/api/v1/life-events")).Is(200).Json.EnumerateArray().Where(e => e.Text("state") == "closed"))
        {
            (await server.Api.Post($"/api/v1/life-events/{each.GetProperty("id").GetInt64()}/drop")).Is(200); // one that was closed as well
        }

        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "It works like this.", resolve = true })).Is(200);
        Assert.Single(await server.Api.Outbox(number, "confidence"));

        // Their daughter writes into their conversation, and it is neither their mood nor their complaint.
        var other = TestMail.FromSomebodyNew();
        var matter = await server.Receive(other);
        (await server.Api.Post($"/api/v1/conversations/{matter}/replies", new { text = "It is on its way." })).Is(200);
        var ours = (await server.Api.Outbox(matter))[^1].Text("messageId");
        var mood = (await server.Api.Conversation(matter)).GetProperty("reading").GetRawText();
        Assert.Equal(matter, await server.Receive(other.Answer("My mother died last week. I am very angry, this is unacceptable!", ours) with { From = $"Ana <{Guid.NewGuid():N}@family.example>" }));
        Assert.Equal("somebody-else", (await server.Api.Entries(matter, "message"))[^1].Text("author"));
        Assert.Equal(matter, Assert.Single(await Open(server)).GetProperty("conversation").GetInt64());
        var reading = (await server.Api.Conversation(matter)).GetProperty("reading");
        Assert.Equal(("bereavement", mood.Replace("\"lifeEvent\":null", "\"lifeEvent\":\"bereavement\"", StringComparison.Ordinal)), (reading.Text("lifeEvent"), reading.GetRawText()));

        // Taken for spam it is not heard; once it is none, it began when it was told.
        var began = server.Clock.GetUtcNow();
        var spam = await server.Receive(TestMail.FromSomebodyNew() with { Text = Grief, More = ["X-Spam-Flag: YES"] });
        var taken = server.Clock.GetUtcNow();
        Assert.Single(await Open(server));
        server.Clock.Advance(TimeSpan.FromHours(3));
        (await server.Api.Post($"/api/v1/conversations/{spam}/spam", new { spam = false })).Is(200);
        var heard = (await Open(server)).Single(e => e.GetProperty("conversation").GetInt64() == spam);
        Assert.Contains("life-event.bereavement", await server.Api.Events(spam));
        Assert.InRange(heard.GetProperty("openedAt").GetDateTimeOffset(), began.AddSeconds(-1), taken); // kept in whole seconds
    }

    [Theory, EveryDatabase]
    public async Task What_a_private_team_was_told_neither_shows_nor_hides_what_others_are_told(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        (await server.Api.Post("/api/v1/teams", new { name = "Trust", @private = true })).Is(200);
        var lead = await server.AddUser("ada@desk.example", "Ada Lead", Role.Lead);
        var mail = TestMail.FromSomebodyNew();
        var hidden = await server.Receive(mail);
        (await server.Api.Post($"/api/v1/conversations/{hidden}/team", new { team = "Trust" })).Is(200);
        await server.Receive(mail.Answer(Grief, mail.MessageId));
        var secret = Assert.Single(await Open(server)).GetProperty("id").GetInt64();
        (await server.Api.Post($"/api/v1/life-events/{secret}/contacts", new { name = "Ana", address = "ana@family.example" })).Is(200);

        // They tell others as well: for those it begins, and nothing says that it was known.
        var number = await server.Receive(mail.Answer(Grief) with { Subject = "The subscription", InReplyTo = null });
        Assert.NotEqual(hidden, number);
        Assert.Equal(["life-event.bereavement"], (await server.Api.Events(number)).Where(code => code.StartsWith("life-event", StringComparison.Ordinal)));
        Assert.Equal(1, await server.Store.Read(db => db.Notifications.CountAsync(n => n.UserId == lead.Id && n.ConversationNumber == number && n.Reason == Core.Notifications.Reason.LifeEvent)));
        var customer = await Customer(server, number);
        using var agent = await server.ApiAs(Role.Agent);
        (await agent.Get($"/api/v1/life-events/{secret}")).IsProblem(404, "life-event.missing");
        var seen = Assert.Single(await Open(agent));
        Assert.Equal(number, seen.GetProperty("conversation").GetInt64());
        Assert.Empty(seen.Items("contacts"));
        var open = (await agent.Post("/api/v1/life-events", new { kind = "bereavement", customer })).Is(200).Json;
        Assert.Equal(seen.GetProperty("id").GetInt64(), open.GetProperty("id").GetInt64());

        // By hand, where nobody else knows: one that all see, whatever a private team has.
        (await server.Api.Post("/api/v1/life-events", new { kind = "illness", conversation = hidden })).Is(200);
        var by = (await agent.Post("/api/v1/life-events", new { kind = "illness", conversation = number })).Is(200).Json.GetProperty("id").GetInt64();
        (await agent.Get($"/api/v1/life-events/{by}")).Is(200);

        // One that all see stays seen by all, also when a private team is told of it.
        var everybodys = (await agent.Post("/api/v1/life-events", new { kind = "disaster", customer })).Is(200).Json.GetProperty("id").GetInt64();
        Assert.Equal(everybodys, (await server.Api.Post("/api/v1/life-events", new { kind = "disaster", conversation = hidden })).Is(200).Json.GetProperty("id").GetInt64());
        (await agent.Get($"/api/v1/life-events/{everybodys}")).Is(200);

        // So it does when its words are put into a reply of theirs.
        using (var admin = await server.SignedIn(Role.Admin))
        {
            Assert.Equal($"/conversations/{hidden}", (await admin.Submit($"/conversations/{hidden}", $"/life-events/{everybodys}/words", ("wording", "first"))).Location);
        }

        (await agent.Get($"/api/v1/life-events/{everybodys}")).Is(200);

        // Somebody who turns out to be the same person: contacts stay with those who may know them.
        var other = await server.Receive(TestMail.FromSomebodyNew() with { Text = Grief });
        (await server.Api.Post($"/api/v1/customers/{await Customer(server, other)}/merge", new { into = customer })).Is(200);
        Assert.All(await Open(agent), life => Assert.Empty(life.Items("contacts")));
        Assert.Equal(["bereavement", "disaster", "illness"], (await Open(agent)).Select(e => e.Text("kind")).Order(StringComparer.Ordinal));
        Assert.Equal("Ana", Assert.Single((await server.Api.Get($"/api/v1/life-events/{secret}")).Is(200).Json.Items("contacts")).Text("name"));
    }

    [Theory, EveryDatabase]
    public async Task Whoever_holds_a_link_that_was_made_for_nobody_is_taken_for_nobody_and_a_proof_is_asked_for_with_its_words(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail with { Text = Grief });
        using var priya = await server.SignedIn();
        var id = Assert.Single(await Open(server)).GetProperty("id").GetInt64();

        // The reply is just leaving: no proof was asked for.
        (await priya.Submit($"/conversations/{number}", $"/life-events/{id}/words", ("wording", "first"))).Is(302);
        await server.Store.Write(async db => await db.Drafts.ExecuteUpdateAsync(set => set.SetProperty(d => d.SendAt, server.Clock.GetUtcNow().AddMinutes(1))), CancellationToken.None);
        var refused = await priya.Submit($"/conversations/{number}", $"/life-events/{id}/words", ("wording", "proof"));
        Assert.Equal(422, refused.Status);
        Assert.Equal(JsonValueKind.Null, (await server.Api.Get($"/api/v1/life-events/{id}")).Json.GetProperty("proof").ValueKind);
        Assert.DoesNotContain("life-event-proof", await server.Api.Events(number));
        await server.Store.Write(async db => await db.Drafts.ExecuteUpdateAsync(set => set.SetProperty(d => d.SendAt, (DateTimeOffset?)null)), CancellationToken.None);
        (await priya.Submit($"/conversations/{number}", $"/life-events/{id}/words", ("wording", "proof"))).Is(302);
        Assert.Equal(JsonValueKind.Object, (await server.Api.Get($"/api/v1/life-events/{id}")).Json.GetProperty("proof").ValueKind);
        Assert.Equal(422, (await priya.Submit($"/conversations/{number}", $"/life-events/{id}/words", ("wording", "proof"))).Status); // once
        Assert.Equal(1, (await server.Api.Events(number)).Count(code => code == "life-event-proof"));

        (await priya.Submit($"/conversations/{number}", $"/life-events/{id}/words", ("wording", "link"))).Is(302);
        var path = Link().Match((await priya.Get($"/conversations/{number}")).Document.QuerySelector("textarea[data-write=reply]")!.TextContent).Value;
        using var family = server.NewBrowser();
        Assert.DoesNotContain("A person answers by:", (await family.Get(path)).Html, StringComparison.Ordinal);
        (await family.Post(path + "/cancel")).Is(200);
        Assert.Equal("Whoever holds the link", (await server.Api.Get($"/api/v1/life-events/{id}")).Json.GetProperty("cancelled").Text("by"));
        var unclear = await family.Post(path + "/word", ("text", "Please keep the grinder."), ("address", "nowhere"));
        Assert.Equal((422, "Please keep the grinder."), (unclear.Status, unclear.Document.QuerySelector("textarea")!.TextContent));
        Assert.DoesNotContain("by mail", (await family.Post(path + "/word", ("text", "Please keep the grinder."))).Is(200).Html, StringComparison.Ordinal);
        var said = await family.Post(path + "/word", ("text", "And write to me."), ("address", "ana@family.example"));
        Assert.Contains("answers you by mail", said.Is(200).Html, StringComparison.Ordinal);
        var words = (await server.Api.Entries(number, "message"))[^2..];
        Assert.All(words, word => Assert.Equal(("Whoever holds the link", "somebody-else"), (word.GetProperty("from").Text("name"), word.Text("author"))));
        Assert.Equal("ana@family.example", words[1].GetProperty("from").Text("address"));
        Assert.Contains("Whoever holds the link", (await priya.Get($"/conversations/{number}")).Html, StringComparison.Ordinal);
    }

    private static async Task<string[]> Kinds(TestServer server) => [.. (await Open(server)).Select(e => e.Text("kind")!).Order(StringComparer.Ordinal)];

    private static Task<List<JsonElement>> Open(TestServer server) => Open(server.Api);

    private static async Task<List<JsonElement>> Open(ApiClient api) => [.. (await api.Get("/api/v1/life-events?open=true")).Is(200).Json.EnumerateArray()];

    private static async Task<long> Customer(TestServer server, long number) => (await server.Api.Conversation(number)).GetProperty("customer").GetProperty("id").GetInt64();

    [GeneratedRegex(@"/family/\S+")]
    private static partial Regex Link();
}
