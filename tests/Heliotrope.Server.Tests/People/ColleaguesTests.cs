using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.People;

public sealed class ColleaguesTests
{
    [Theory, EveryDatabase]
    public async Task Whoever_leaves_signs_in_no_more_and_what_waits_for_them_is_nobodys(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var tom = await server.AddUser("tom@desk.example", "Tom Weaver");
        using var desk = server.NewBrowser();
        await desk.SignIn("tom@desk.example");
        var waits = await server.Receive(TestMail.FromSomebodyNew());
        (await server.Api.Post($"/api/v1/conversations/{waits}/assign", new { user = tom.Id })).Is(200);

        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, (await server.Api.Post($"/api/v1/users/{tom.Id}/leave")).Is(200).Json.GetProperty("leftAt").ValueKind);
        Assert.Equal(422, (await server.NewBrowser().TrySignIn("tom@desk.example")).Status);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await server.Api.Conversation(waits)).GetProperty("assignee").ValueKind);
        Assert.DoesNotContain("Tom Weaver", (await server.Api.Get("/api/v1/users")).Is(200).Body, StringComparison.Ordinal);
        Assert.Contains("Tom Weaver", (await server.Api.Get("/api/v1/users?left=true")).Is(200).Body, StringComparison.Ordinal);
        Assert.Equal("user.unknown", (await server.Api.Post($"/api/v1/conversations/{waits}/assign", new { user = tom.Id })).Is(422).Json.Text("code"));

        // What is signed in ends when Identity looks again, within a minute.
        server.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(302, (await desk.Get("/conversations")).Status);

        (await server.Api.Post($"/api/v1/users/{tom.Id}/return")).Is(200);
        using var again = server.NewBrowser();
        await again.SignIn("tom@desk.example");
    }

    [Theory, EveryDatabase]
    public async Task The_last_administrator_stays_one(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var boss = await server.AddUser("boss@desk.example", "Bo", Role.Admin);
        Assert.Equal("user.last-admin", (await server.Api.Post($"/api/v1/users/{boss.Id}", new { role = "agent" })).Is(409).Json.Text("code"));
        Assert.Equal("user.last-admin", (await server.Api.Post($"/api/v1/users/{boss.Id}/leave")).Is(409).Json.Text("code"));
        await server.AddUser("other@desk.example", "Olu", Role.Admin);
        Assert.Equal("agent", (await server.Api.Post($"/api/v1/users/{boss.Id}", new { role = "agent" })).Is(200).Json.Text("role"));
    }

    [Theory, EveryDatabase]
    public async Task A_person_says_that_they_are_away_themselves_and_who_leads_says_it_of_others(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var tom = await server.AddUser("tom@desk.example", "Tom Weaver");
        var ada = await server.AddUser("ada@desk.example", "Ada");
        using var desk = server.NewBrowser();
        await desk.SignIn("tom@desk.example");
        (await desk.Get("/conversations")).Is(200);
        Assert.Contains("At work", (await desk.Get($"/people/{tom.Id}")).Is(200).Html, StringComparison.Ordinal);
        Assert.Equal($"/people/{tom.Id}", (await desk.Submit($"/people/{tom.Id}", $"/people/{tom.Id}/away", ("away", "yes"))).Location);
        Assert.Contains("Away", (await desk.Get("/people")).Is(200).Html, StringComparison.Ordinal);
        Assert.True((await server.Api.Get($"/api/v1/users/{tom.Id}")).Json.GetProperty("away").GetBoolean());
        await desk.Submit($"/people/{tom.Id}", $"/people/{tom.Id}/away", ("away", "no"));
        Assert.True((await server.Api.Get($"/api/v1/users/{tom.Id}")).Json.GetProperty("atWork").GetBoolean());
        Assert.DoesNotContain("/away", (await desk.Get($"/people/{ada.Id}")).Is(200).Html, StringComparison.Ordinal);

        using var program = await server.ApiAs(Role.Agent);
        (await program.Post($"/api/v1/users/{tom.Id}/away", new { away = true })).Is(403);
        using var lead = await server.ApiAs(Role.Lead);
        (await lead.Post($"/api/v1/users/{tom.Id}/away", new { away = true })).Is(200);
        Assert.Equal("away.date", (await lead.Post($"/api/v1/users/{tom.Id}/away", new { away = true, until = "2020-01-01T00:00:00Z" })).Is(422).Json.Text("code"));
        (await lead.Post("/api/v1/users/999999/away", new { away = true })).Is(404);

        server.Advance(TimeSpan.FromMinutes(6));
        (await lead.Post($"/api/v1/users/{tom.Id}/away", new { away = false })).Is(200);
        Assert.False((await server.Api.Get($"/api/v1/users/{tom.Id}")).Json.GetProperty("atWork").GetBoolean()); // the desk is not open any more
    }

    [Theory, EveryDatabase]
    public async Task Wrong_skills_languages_and_room_are_refused_and_nothing_changes(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var tom = await server.AddUser("tom@desk.example", "Tom Weaver");
        foreach (var (body, code) in ((object, string)[])[
            (new { room = 0 }, "room.out-of-range"), (new { languages = new[] { "german" } }, "languages.malformed"), (new { skills = new[] { 12_345 } }, "driver.unknown"), (new { name = " " }, "name.malformed")])
        {
            Assert.Equal(code, (await server.Api.Post($"/api/v1/users/{tom.Id}", body)).Is(422).Json.Text("code"));
        }

        var set = (await server.Api.Post($"/api/v1/users/{tom.Id}", new { languages = new[] { "DE", "en", "de" }, room = 7 })).Is(200).Json;
        Assert.Equal(["de", "en"], set.Items("languages").Select(l => l.GetString()!));
        Assert.Equal((7, "Tom Weaver"), (set.GetProperty("room").GetInt32(), set.Text("name")));
        using var boss = await server.SignedIn(Role.Admin, "Bo");
        Assert.Equal(422, (await boss.Submit($"/people/{tom.Id}", $"/people/{tom.Id}", ("name", "Tom"), ("role", "lead"), ("room", "none"), ("languages", "de"))).Status);
        await boss.Submit($"/people/{tom.Id}", $"/people/{tom.Id}", ("name", "Tom W."), ("role", "lead"), ("room", "9"), ("languages", "de, fr"));
        Assert.Equal(("Tom W.", "lead"), ((await server.Api.Get($"/api/v1/users/{tom.Id}")).Json.Text("name"), (await server.Api.Get($"/api/v1/users/{tom.Id}")).Json.Text("role")));
        (await boss.Get("/people/999999")).Is(404);
    }

    [Theory, EveryDatabase]
    public async Task Who_changed_what_can_be_read_and_narrowed_by_administrators_alone(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        for (var i = 0; i < 60; i++)
        {
            (await server.Api.Post("/api/v1/drivers", new { name = $"Reason {i}" })).Is(200);
        }

        var first = (await server.Api.Get("/api/v1/audit?action=driver")).Is(200).Json;
        var rest = (await server.Api.Get($"/api/v1/audit?action=driver&after={first.Text("next")}")).Is(200).Json;
        Assert.Equal((50, 10), (first.Items("items").Length, rest.Items("items").Length));
        Assert.Equal(60, first.Items("items").Concat(rest.Items("items")).Select(line => line.Text("detail")).Distinct().Count());
        Assert.Empty((await server.Api.Get("/api/v1/audit?by=Nobody")).Is(200).Json.Items("items"));
        Assert.Empty((await server.Api.Get("/api/v1/audit?to=2000-01-01")).Is(200).Json.Items("items"));
        (await server.Api.Get("/api/v1/audit?from=0001-01-01")).Is(422);
        using var lead = await server.ApiAs(Role.Lead);
        (await lead.Get("/api/v1/audit")).Is(403);
        using var boss = await server.SignedIn(Role.Admin);
        Assert.Contains("Driver added", (await boss.Get("/settings/audit?action=driver")).Is(200).Html, StringComparison.Ordinal);
        (await boss.Get("/settings/audit?from=soon&after=1")).Is(200);
    }
}
