using System.Text.Json;
using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Filing;

public sealed class TeamsTests(SharedServers servers) : IClassFixture<SharedServers>
{
    private const string Always = "Mon-Sun 00:00-24:00";

    private static async Task<JsonElement> AddTeam(TestServer server, string name, int first = 60, int next = 30, string hours = Always) =>
        (await server.Api.Post("/api/v1/teams", new { name, zone = "UTC", hours, firstAnswerMinutes = first, nextAnswerMinutes = next })).Is(200).Json
            .EnumerateArray().Single(team => team.Text("name") == name);

    private static async Task<long> AddDriver(TestServer server, string name) =>
        (await server.Api.Post("/api/v1/drivers", new { name })).Is(200).Json.EnumerateArray().Single(driver => driver.Text("name") == name).GetProperty("id").GetInt64();

    private static async Task<DateTimeOffset?> DueAt(TestServer server, long number)
    {
        var filing = (await server.Api.Conversation(number)).GetProperty("filing");
        return filing.GetProperty("answerDueAt") is { ValueKind: JsonValueKind.String } due ? due.GetDateTimeOffset() : null;
    }

    private static async Task<DateTimeOffset> WaitsSince(TestServer server, long number) =>
        (await server.Api.Conversation(number)).GetProperty("filing").GetProperty("waitingSince").GetDateTimeOffset();

    private static long Id(JsonElement team) => team.GetProperty("id").GetInt64();

    [Theory, EveryDatabase]
    public async Task A_team_answers_what_comes_to_its_address_within_its_target(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        (await server.Api.Post("/api/v1/settings/addresses", new { address = "repairs@desk.example" })).Is(200);
        var user = await server.AddUser("tom@desk.example", "Tom Weaver");
        var team = await AddTeam(server, "Repairs");
        var set = (await server.Api.Post($"/api/v1/teams/{Id(team)}", new { addresses = new[] { "Repairs@desk.example" }, members = new[] { user.Id } })).Is(200).Json[0];
        Assert.Equal(("Tom Weaver", "repairs@desk.example", "Repairs", Always), (set.Items("members")[0].Text("name"), set.Items("addresses")[0].GetString(), set.Text("name"), set.Text("hours")));

        var number = await server.Receive(TestMail.FromSomebodyNew() with { To = "repairs@desk.example" });
        var filing = (await server.Api.Conversation(number)).GetProperty("filing");
        Assert.Equal("Repairs", filing.GetProperty("team").Text("name"));
        Assert.Equal(await WaitsSince(server, number) + TimeSpan.FromHours(1), await DueAt(server, number));

        (await server.Api.Post($"/api/v1/teams/{Id(team)}", new { firstAnswerMinutes = 90 })).Is(200);
        Assert.Equal(await WaitsSince(server, number) + TimeSpan.FromMinutes(90), await DueAt(server, number));
        (await server.Api.Post($"/api/v1/teams/{Id(team)}/remove")).Is(200);
        Assert.Equal(JsonValueKind.Null, (await server.Api.Conversation(number)).GetProperty("filing").GetProperty("team").ValueKind);
        Assert.NotEqual(await WaitsSince(server, number) + TimeSpan.FromMinutes(90), await DueAt(server, number));
        var audit = await server.Store.Read(db => db.Audit.OrderBy(line => line.Id).Select(line => line.Action).ToListAsync());
        Assert.Equal(["team.added", "team.changed", "team.changed", "team.removed"], audit.Where(action => action.StartsWith("team.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_address_that_is_not_ours_is_refused_where_it_is_chosen_and_so_is_nothing_in_a_list()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        (await server.Api.Post("/api/v1/settings/addresses", new { address = "repairs@desk.example" })).Is(200);
        var id = Id(await AddTeam(server, "Repairs"));
        (await server.Api.Post($"/api/v1/teams/{id}", new { addresses = new string?[] { null } })).IsProblem(422, "address.unknown");
        (await server.Api.Post($"/api/v1/teams/{id}", new { driverTargets = new object?[] { null } })).IsProblem(422, "driver.unknown");
        using var desk = await server.SignedIn(Role.Admin);
        var refused = (await desk.Submit("/settings/teams", "/settings/teams", ("name", "Sales"), ("zone", "UTC"), ("hours", Always), ("firstAnswer", "1"), ("nextAnswer", "1"), ("address", "gone@desk.example"))).Is(422);
        Assert.Contains("none of the addresses", Assert.Single(refused.Document.QuerySelectorAll(".wrong")).TextContent, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Hours_and_targets_count_anew_what_rests_too_however_much_it_is(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var team = await AddTeam(server, "Repairs");
        var number = await server.Receive(TestMail.FromSomebodyNew());
        (await server.Api.Post($"/api/v1/conversations/{number}/team", new { team = "repairs" })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{number}/snooze", new { until = server.Clock.GetUtcNow().AddDays(2) })).Is(200);
        (await server.Api.Post($"/api/v1/teams/{Id(team)}", new { firstAnswerMinutes = 120 })).Is(200);
        Assert.Equal(await WaitsSince(server, number) + TimeSpan.FromHours(2), await DueAt(server, number));

        // As if the change had come to a stop before it reached this one.
        var last = number;
        await server.Store.Write(async db =>
        {
            await db.Conversations.Where(c => c.Number == last).ExecuteUpdateAsync(set => set.SetProperty(c => c.AnswerDueAt, (DateTimeOffset?)null));
            db.Settings.Add(new() { Key = $"recount-{Id(team)}", Value = "0" });
            return true;
        }, CancellationToken.None);
        (await server.Api.Post("/api/v1/drivers", new { name = "Broken" })).Is(200); // rings the bell
        Assert.NotNull(await server.Until(() => DueAt(server, number), due => due is not null));
        Assert.False(await server.Until(() => server.Store.Read(db => db.Settings.AnyAsync(s => s.Key.StartsWith("recount-"))), left => !left));
    }

    [Theory, EveryDatabase]
    public async Task A_driver_says_why_and_may_have_a_target_of_its_own(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var team = await AddTeam(server, "Repairs");
        var driver = await AddDriver(server, "Broken on arrival");
        (await server.Api.Post($"/api/v1/teams/{Id(team)}", new { driverTargets = new[] { new { driver, firstAnswerMinutes = 15, nextAnswerMinutes = 10 } } })).Is(200);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        (await server.Api.Post($"/api/v1/conversations/{number}/team", new { team = Id(team) })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{number}/driver", new { driver = "broken ON arrival" })).Is(200);
        Assert.Equal(await WaitsSince(server, number) + TimeSpan.FromMinutes(15), await DueAt(server, number));
        (await server.Api.Post($"/api/v1/conversations/{number}/driver", new { driver = (string?)null })).Is(200);
        Assert.Equal(await WaitsSince(server, number) + TimeSpan.FromHours(1), await DueAt(server, number));
        Assert.Equal(["team", "driver", "driver-none"], await server.Api.Events(number));

        (await server.Api.Post($"/api/v1/conversations/{number}/driver", new { driver })).Is(200);
        Assert.Equal("Broken", (await server.Api.Post($"/api/v1/drivers/{driver}", new { name = "Broken" })).Is(200).Json[0].Text("name"));
        (await server.Api.Post($"/api/v1/drivers/{driver}/remove")).Is(200);
        Assert.Equal(JsonValueKind.Null, (await server.Api.Conversation(number)).GetProperty("filing").GetProperty("driver").ValueKind);
        Assert.Equal(await WaitsSince(server, number) + TimeSpan.FromHours(1), await DueAt(server, number));
    }

    [Theory, EveryDatabase]
    public async Task What_cannot_be_set_is_refused_and_nothing_is_changed(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var team = await AddTeam(server, "Repairs");
        await AddTeam(server, "Sales");
        var driver = await AddDriver(server, "Broken");
        async Task Refused(object body, int status, string code, string field)
        {
            var before = (await server.Api.Get("/api/v1/teams")).Body;
            Assert.Equal(field, (await server.Api.Post($"/api/v1/teams/{Id(team)}", body)).IsProblem(status, code).Json.Text("field"));
            Assert.Equal(before, (await server.Api.Get("/api/v1/teams")).Body);
        }

        await Refused(new { name = "" }, 422, "name.malformed", "name");
        await Refused(new { name = "SALES" }, 409, "team.taken", "name");
        await Refused(new { zone = "Europe/Atlantis" }, 422, "zone.unknown", "zone");
        await Refused(new { hours = "Mo-Fr 9-5" }, 422, "hours.malformed", "hours");
        await Refused(new { holidays = "Christmas" }, 422, "holidays.malformed", "holidays");
        await Refused(new { name = "Renamed", firstAnswerMinutes = 0 }, 422, "target.out-of-range", "firstAnswer");
        await Refused(new { nextAnswerMinutes = 60_001 }, 422, "target.out-of-range", "nextAnswer");
        await Refused(new { name = "Renamed", members = new[] { 999_999 } }, 422, "user.unknown", "members");
        await Refused(new { name = "Renamed", addresses = new[] { "other@desk.example" } }, 422, "address.unknown", "addresses");
        await Refused(new { name = "Renamed", driverTargets = new[] { new { driver = 999_999, firstAnswerMinutes = 1, nextAnswerMinutes = 1 } } }, 422, "driver.unknown", "driverTargets");
        await Refused(new { driverTargets = new[] { new { driver, firstAnswerMinutes = 0, nextAnswerMinutes = 1 } } }, 422, "target.out-of-range", $"driver-{driver}");
        (await server.Api.Post("/api/v1/teams", new { })).IsProblem(422, "name.malformed");
        (await server.Api.Post("/api/v1/teams/999999", new { })).IsProblem(404, "team.missing");
        (await server.Api.Post("/api/v1/teams/999999/remove")).IsProblem(404, "team.missing");
        (await server.Api.Post("/api/v1/drivers", new { name = "broken" })).IsProblem(409, "driver.taken");
        (await server.Api.Post("/api/v1/drivers", new { name = " " })).IsProblem(422, "name.malformed");
        (await server.Api.Post("/api/v1/drivers/999999", new { name = "x" })).IsProblem(404, "driver.missing");
        (await server.Api.Post("/api/v1/drivers/999999/remove")).IsProblem(404, "driver.missing");
        var number = await server.Receive(TestMail.FromSomebodyNew());
        (await server.Api.Post($"/api/v1/conversations/{number}/team", new { team = "Nobody" })).IsProblem(422, "team.unknown");
        (await server.Api.Post($"/api/v1/conversations/{number}/driver", new { driver = 999_999 })).IsProblem(422, "driver.unknown");
    }

    [Theory, EveryDatabase]
    public async Task Only_administrators_set_them_and_all_see_them(Engine engine)
    {
        var server = await servers.On(engine);
        using var agent = await server.ApiAs(Role.Agent);
        (await agent.Get("/api/v1/teams")).Is(200);
        (await agent.Get("/api/v1/drivers")).Is(200);
        (await agent.Post("/api/v1/teams", new { name = "Mine" })).IsProblem(403, "role.insufficient");
        (await agent.Post("/api/v1/drivers", new { name = "Mine" })).IsProblem(403, "role.insufficient");
        (await agent.Get("/api/v1/settings/undo")).IsProblem(403, "role.insufficient");
    }

    [Theory, EveryDatabase]
    public async Task The_page_sets_a_team_and_says_beside_the_field_what_cannot_be(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var driver = await AddDriver(server, "Broken");
        using var desk = await server.SignedIn(Role.Admin);
        (string, string)[] Form(string zone) =>
        [
            ("name", "Repairs"), ("zone", zone), ("hours", "Mon-Fri 09:00-17:00"), ("holidays", "12-25 Christmas Day"), ("firstAnswer", "0,5"), ("nextAnswer", "4"),
            ($"first-{driver}", "1"), ($"next-{driver}", "2.25"),
        ];
        var refused = (await desk.Submit("/settings/teams", "/settings/teams", Form("Europe/Atlantis"))).Document;
        Assert.Contains("Europe/Atlantis", refused.QuerySelector("#team-new-zone-wrong")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(("Europe/Atlantis", "0,5"), (refused.QuerySelector("#team-new-zone")!.GetAttribute("value"), refused.QuerySelector("#team-new-firstAnswer")!.GetAttribute("value")));
        Assert.Equal(302, (await desk.Submit("/settings/teams", "/settings/teams", Form("europe/berlin"))).Status);

        var team = (await server.Api.Get("/api/v1/teams")).Is(200).Json[0];
        Assert.Equal(("Europe/Berlin", 30, 240), (team.Text("zone"), team.GetProperty("firstAnswerMinutes").GetInt32(), team.GetProperty("nextAnswerMinutes").GetInt32()));
        Assert.Equal((60, 135), (team.Items("driverTargets")[0].GetProperty("firstAnswerMinutes").GetInt32(), team.Items("driverTargets")[0].GetProperty("nextAnswerMinutes").GetInt32()));
        var page = (await desk.Get("/settings/teams")).Document;
        Assert.Equal(5, page.QuerySelectorAll($"#team-{Id(team)} > div:first-child .week-open").Length);
        Assert.Equal("2.25", page.QuerySelector($"#team-{Id(team)} input[name='next-{driver}']")!.GetAttribute("value"));
        Assert.Equal(302, (await desk.Submit("/settings/teams", $"/settings/drivers/{driver}", ("name", "Broken on arrival"))).Status);
        Assert.Equal(422, (await desk.Submit("/settings/teams", "/settings/drivers", ("name", "broken on arrival"))).Status);
        Assert.Equal(302, (await desk.Submit("/settings/teams", $"/settings/teams/{Id(team)}/remove")).Status);
        Assert.Empty((await server.Api.Get("/api/v1/teams")).Json.EnumerateArray());
    }

    [Theory, EveryDatabase]
    public async Task The_desk_gives_to_a_team_and_says_why(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var team = await AddTeam(server, "Repairs");
        var driver = await AddDriver(server, "Broken");
        var (number, other) = (await server.Receive(TestMail.FromSomebodyNew()), await server.Receive(TestMail.FromSomebodyNew()));
        using var desk = await server.SignedIn();
        Assert.Equal(302, (await desk.Submit($"/conversations/{number}", $"/conversations/{number}/team", ("team", $"{Id(team)}"))).Status);
        Assert.Equal(302, (await desk.Submit($"/conversations/{number}", $"/conversations/{number}/driver", ("driver", $"{driver}"))).Status);
        var meta = (await desk.Get($"/conversations/{number}")).Document.QuerySelector(".talk-meta")!.TextContent;
        Assert.Contains("Repairs have it", meta, StringComparison.Ordinal);
        Assert.Contains("Why: Broken", meta, StringComparison.Ordinal);
        var queue = (await desk.Get($"/conversations?team={Id(team)}")).Document;
        Assert.NotNull(queue.QuerySelector($"#row-{number}"));
        Assert.Null(queue.QuerySelector($"#row-{other}"));
        Assert.Equal("1", queue.QuerySelector($"#views a[href='/conversations?team={Id(team)}'] .num")!.TextContent);
        Assert.Empty((await desk.Get("/conversations?team=999999")).Document.QuerySelectorAll("[data-row]"));
    }

    [Theory, EveryDatabase]
    public async Task For_how_long_a_reply_can_be_called_back_is_set(Engine engine)
    {
        await using var server = await TestServer.Start(engine, undoSeconds: 10);
        Assert.Equal(10, (await server.Api.Get("/api/v1/settings/undo")).Is(200).Json.GetProperty("seconds").GetInt32());
        (await server.Api.Post("/api/v1/settings/undo", new { seconds = 0 })).Is(200);
        Assert.Equal(0, (await server.Api.Get("/api/v1/settings/undo")).Is(200).Json.GetProperty("seconds").GetInt32());
        foreach (var seconds in new int?[] { null, -1, 61 })
        {
            (await server.Api.Post("/api/v1/settings/undo", new { seconds })).IsProblem(422, "seconds.out-of-range");
        }

        using var desk = await server.SignedIn(Role.Admin);
        Assert.Equal(302, (await desk.Submit("/settings", "/settings/undo", ("seconds", "30"))).Status);
        Assert.Equal(422, (await desk.Submit("/settings", "/settings/undo", ("seconds", "90"))).Status);
        Assert.Equal(30, (await server.Api.Get("/api/v1/settings/undo")).Is(200).Json.GetProperty("seconds").GetInt32());
    }
}
