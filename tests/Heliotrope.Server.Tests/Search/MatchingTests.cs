using Heliotrope.Core.People;
using Heliotrope.Core.Search;
using Heliotrope.Server.Search;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Search;

public sealed class MatchingTests
{
    [Fact]
    public void Every_operator_of_the_catalogue_has_a_meaning() => Assert.Equal(Operators.All.Select(o => o.Name).Order(), Matching.Known.Order());

    [Theory, EveryDatabase]
    public async Task Every_operator_with_every_choice_is_asked_of_the_database(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.Receive(TestMail.FromSomebodyNew());
        string[] said = [.. Operators.All.Select(o => o.Example), .. Operators.All.SelectMany(o => o.Choices, (o, choice) => $"{o.Name}:{choice}"), "created:<7d", "created:<=7d", "created:>=7d", "created:1d", "waiting:<2d", "due:>2h", "before:3h", "-tag:a,b", "number:<3", "number:<=3", "number:>3", "number:>=3", "customer:1", "a \"b c\" -d"];
        foreach (var text in said)
        {
            var query = Query.Read(text);
            Assert.Empty(query.Problems);
            await server.Store.Read(db => Matching.On(db, query, Actor.System, server.Clock.GetUtcNow()).CountAsync());
        }
    }

    [Theory, EveryDatabase]
    public async Task A_query_finds_what_it_says_and_nothing_else(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var mara = await server.AddUser("mara@desk.example", "Mara Keller");
        (await server.Api.Post("/api/v1/teams", new { name = "Billing", zone = "UTC", hours = "Mon-Sun 00:00-24:00", firstAnswerMinutes = 30, nextAnswerMinutes = 30 })).Is(200);
        var grinder = await server.Receive(new() { Subject = "My grinder", Text = "The grinder does not start. What can I do?" });
        var invoice = await server.Receive(new() { From = "Grace Hopper <grace@navy.example>", Subject = "Invoice 4711", Text = "Please send the invoice again." });
        var spam = await server.Receive(new() { From = "Win <win@spam.example>", Subject = "You won", Text = "Click." });
        (await server.Api.Post($"/api/v1/conversations/{invoice}/team", new { team = "Billing" })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{invoice}/assign", new { user = "mara@desk.example" })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{grinder}/tags", new { add = new[] { "Warranty" } })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{grinder}/notes", new { text = "Serial number 77-B" })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{spam}/spam", new { spam = true })).Is(200);
        server.Advance(TimeSpan.FromHours(1));
        var me = new Actor(ActorKind.Person, mara.Id, "Mara Keller", Role.Agent);

        async Task Finds(string text, params long[] numbers)
        {
            var query = Query.Read(text);
            Assert.Empty(query.Problems);
            var found = await server.Store.Read(db => Matching.On(db, query, me, server.Clock.GetUtcNow()).Select(c => c.Number).OrderBy(n => n).ToListAsync());
            Assert.True(numbers.Order().SequenceEqual(found), $"{text}: {string.Join(',', found)}");
        }

        await Finds("", grinder, invoice);
        await Finds("is:spam", spam);
        await Finds("grinder", grinder);
        await Finds("\"does not START\"", grinder);
        await Finds("serial", grinder);
        await Finds("-grinder", invoice);
        await Finds("grinder invoice");
        await Finds("from:grace", invoice);
        await Finds("from:ada,grace", grinder, invoice);
        await Finds("customer:\"Ada Lovelace\"", grinder);
        await Finds("subject:INVOICE", invoice);
        await Finds("team:billing", invoice);
        await Finds("team:none", grinder);
        await Finds("team:Nowhere");
        await Finds("-team:billing", grinder);
        await Finds("with:me", invoice);
        await Finds("with:keller", invoice);
        await Finds("with:nobody", grinder);
        await Finds("tag:warranty", grinder);
        await Finds("tag:none", invoice);
        await Finds("has:note", grinder);
        await Finds("is:overdue", invoice);
        await Finds("is:question", grinder);
        await Finds("is:open,waiting is:unanswered", grinder, invoice);
        await Finds("is:resolved");
        await Finds("on:today,yesterday", grinder, invoice);
        await Finds("before:3d");
        await Finds("after:3d", grinder, invoice);
        await Finds($"number:{invoice}", invoice);
        await Finds("waiting:>30min", grinder, invoice);
        await Finds("end:none", grinder, invoice);
        Assert.True(await server.Store.Read(db => Matching.Matches(db, Query.Read("tag:warranty"), grinder, me, server.Clock.GetUtcNow())));
        Assert.False(await server.Store.Read(db => Matching.Matches(db, Query.Read("tag:warranty"), invoice, me, server.Clock.GetUtcNow())));
    }
}
