using System.Text.Json;
using Heliotrope.Core.People;
using Heliotrope.Server.Assignment;
using Heliotrope.Server.People;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Assignment;

public sealed class AssignTests
{
    [Theory, EveryDatabase]
    public async Task What_comes_to_a_team_is_given_to_whoever_is_at_work_and_fits_best(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, bert, cleo) = (await server.AddUser("ada@desk.example", "Ada"), await server.AddUser("bert@desk.example", "Bert"), await server.AddUser("cleo@desk.example", "Cleo"));
        await Team(server, ada, bert, cleo);
        var driver = (await server.Api.Post("/api/v1/drivers", new { name = "Late parcel" })).Is(200).Json[0].GetProperty("id").GetInt64();
        (await server.Api.Post($"/api/v1/users/{cleo.Id}", new { skills = new[] { driver } })).Is(200);

        // Nobody's desk is open: it waits.
        var first = await Comes(server);
        await GiveOut(server);
        Assert.Null(await Holder(server, first));

        await Sits(server, ada, bert);
        await GiveOut(server);
        var holder = await Holder(server, first);
        Assert.Contains(holder, (string[])["Ada", "Bert"]);
        Assert.Equal($"{holder}\nRoom", (await server.Api.Entries(first, "event")).Single(e => e.Text("text") == "given").Text("detail"));

        // The next one goes to whoever has emptier hands; one whose driver Cleo knows, to her, once she is there.
        var second = await Comes(server);
        await GiveOut(server);
        Assert.Equal(holder == "Ada" ? "Bert" : "Ada", await Holder(server, second));
        await Sits(server, cleo);
        (await server.Api.Post($"/api/v1/users/{ada.Id}/away", new { away = true, until = server.Clock.GetUtcNow().AddHours(1) })).Is(200);
        var third = await Comes(server, driver);
        await GiveOut(server);
        Assert.Equal("Cleo", await Holder(server, third));
    }

    [Theory, EveryDatabase]
    public async Task A_customer_meets_the_same_person_again_and_nobody_gets_more_than_there_is_room_for(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, bert) = (await server.AddUser("ada@desk.example", "Ada"), await server.AddUser("bert@desk.example", "Bert"));
        await Team(server, ada, bert);
        await Sits(server, ada, bert);
        using var browser = server.NewBrowser();
        await browser.SignIn("bert@desk.example");
        var earlier = await Comes(server);
        await browser.Submit($"/conversations/{earlier}", $"/conversations/{earlier}/reply", ("text", "Here is what happened."));
        var customer = (await server.Api.Conversation(earlier)).GetProperty("customer").Text("email");
        (await server.Api.Post($"/api/v1/conversations/{earlier}/resolve")).Is(200);

        var again = await server.Receive(new TestMail { From = customer, To = "help@desk.example", Subject = "Another thing" });
        (await server.Api.Post($"/api/v1/conversations/{again}/team", new { team = "Desk" })).Is(200);
        await GiveOut(server);
        Assert.Equal("Bert", await Holder(server, again));

        (await server.Api.Post($"/api/v1/users/{ada.Id}", new { room = 1 })).Is(200);
        (await server.Api.Post($"/api/v1/users/{bert.Id}", new { room = 1 })).Is(200);
        var (one, two) = (await Comes(server), await Comes(server));
        await GiveOut(server);
        Assert.Equal(["Ada", null], new[] { await Holder(server, one), await Holder(server, two) }.Order(StringComparer.Ordinal).Reverse());
        var nobody = await server.Api.Post($"/api/v1/conversations/{two}/assign", new { user = "best" });
        Assert.Equal("assign.nobody-free", nobody.Is(409).Json.Text("code"));
    }

    [Theory, EveryDatabase]
    public async Task What_somebody_has_who_comes_back_too_late_for_it_is_given_on(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, bert) = (await server.AddUser("ada@desk.example", "Ada"), await server.AddUser("bert@desk.example", "Bert"));
        await Team(server, ada, bert);
        await Sits(server, bert);
        var number = await Comes(server);
        (await server.Api.Post($"/api/v1/conversations/{number}/assign", new { user = ada.Id })).Is(200);
        (await server.Api.Post($"/api/v1/users/{ada.Id}/away", new { away = true, until = server.Clock.GetUtcNow().AddMinutes(10) })).Is(200);
        await GiveOut(server);
        Assert.Equal("Ada", await Holder(server, number)); // an hour is left, and she is back before
        (await server.Api.Post($"/api/v1/users/{ada.Id}/away", new { away = true, until = server.Clock.GetUtcNow().AddDays(3) })).Is(200);
        await GiveOut(server);
        Assert.Equal("Bert", await Holder(server, number));
    }

    [Theory, EveryDatabase]
    public async Task Of_many_who_take_one_at_once_one_has_it_and_the_others_hear_who(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        List<UserDetails> people = [];
        for (var i = 0; i < 6; i++)
        {
            people.Add(await server.AddUser($"p{i}@desk.example", $"Person {i}"));
        }

        var answers = await Task.WhenAll(people.Select(p => server.Api.Post($"/api/v1/conversations/{number}/assign", new { user = p.Id, from = "nobody" })));
        Assert.Equal([200, 409, 409, 409, 409, 409], answers.Select(a => (int)a.Status).Order());
        var holder = await Holder(server, number);
        Assert.All(answers.Where(a => (int)a.Status == 409), a => Assert.Equal(("assign.changed", true), (a.Json.Text("code"), a.Json.Text("detail").Contains(holder!, StringComparison.Ordinal))));
        Assert.Single(await server.Api.Events(number), e => e == "assigned");
    }

    [Theory, EveryDatabase]
    public async Task Whoever_only_reads_is_given_nothing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var light = await server.AddUser("light@desk.example", "Lia", Role.Light);
        await Team(server, light);
        await Sits(server, light);
        var number = await Comes(server);
        await GiveOut(server);
        Assert.Null(await Holder(server, number));
        Assert.Equal("user.light", (await server.Api.Post($"/api/v1/conversations/{number}/assign", new { user = light.Id })).Is(422).Json.Text("code"));
    }

    private static async Task Team(TestServer server, params UserDetails[] members) =>
        (await server.Api.Post("/api/v1/teams", new { name = "Desk", zone = "UTC", hours = "Mon-Sun 00:00-24:00", firstAnswerMinutes = 60, nextAnswerMinutes = 60, assigns = true, members = members.Select(m => m.Id) })).Is(200);

    private static async Task<long> Comes(TestServer server, long? driver = null)
    {
        var number = await server.Receive(TestMail.FromSomebodyNew());
        if (driver is not null)
        {
            (await server.Api.Post($"/api/v1/conversations/{number}/driver", new { driver })).Is(200);
        }

        (await server.Api.Post($"/api/v1/conversations/{number}/team", new { team = "Desk" })).Is(200);
        return number;
    }

    private static async Task Sits(TestServer server, params UserDetails[] people)
    {
        foreach (var person in people)
        {
            await server.Services.GetRequiredService<OpenDesks>().Note(new(ActorKind.Person, person.Id, person.Name, person.Role));
        }
    }

    private static Task<int> GiveOut(TestServer server) => server.Services.GetRequiredService<AssignWorker>().GiveSome(CancellationToken.None);

    private static async Task<string?> Holder(TestServer server, long number) =>
        (await server.Api.Conversation(number)).GetProperty("assignee") is { ValueKind: JsonValueKind.Object } user ? user.Text("name") : null;
}
