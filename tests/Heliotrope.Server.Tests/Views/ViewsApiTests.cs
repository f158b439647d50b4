using System.Text.Json;
using Heliotrope.Core.People;
using Heliotrope.Core.Search;
using Heliotrope.Core.Views;
using Heliotrope.Server.Tests.Infrastructure;
using Heliotrope.Server.Views;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Views;

/// <summary>Saved views through the API, and whose they are.</summary>
public sealed class ViewsApiTests
{
    [Theory, EveryDatabase]
    public async Task A_view_is_saved_changed_listed_and_removed_and_comes_back_when_that_is_taken_back(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var made = (await server.Api.Post("/api/v1/views", new { name = " Late  promises ", query = "promise:broken is:open", order = "due" })).Is(200).Json;
        var path = $"/api/v1/views/{made.GetProperty("id").GetInt64()}";
        Assert.Equal(("Late promises", "promise:broken is:open", "due", "everybody"), (made.Text("name"), made.Text("query"), made.Text("order"), made.Text("sharing")));

        var changed = (await Put(server.Api, path, new { name = "Broken promises" })).Is(200).Json;
        Assert.Equal(("Broken promises", "promise:broken is:open", "due"), (changed.Text("name"), changed.Text("query"), changed.Text("order")));
        Assert.Equal("Broken promises", (await server.Api.Get(path)).Is(200).Json.Text("name"));
        Assert.Equal(["Broken promises"], await Names(server.Api));

        var removed = (await Delete(server.Api, path)).Is(200).Json;
        Assert.Empty(await Names(server.Api));
        (await server.Api.Get(path)).IsProblem(404, "view.unknown");
        (await Delete(server.Api, path)).IsProblem(404, "view.unknown");
        (await Put(server.Api, path, new { name = "x" })).IsProblem(404, "view.unknown");
        (await server.Api.Get(path + "/conversations")).IsProblem(404, "view.unknown");

        (await server.Api.Post($"/api/v1/undo/{removed.Text("undo")}")).Is(200);
        Assert.Equal(["Broken promises"], await Names(server.Api));
        Assert.Equal("Broken promises", (await server.Api.Get(path)).Is(200).Json.Text("name"));
    }

    [Theory]
    [EveryDatabase("name", "", "", "", "view.name")]
    [EveryDatabase("order", "x", "sideways", "", "view.order")]
    [EveryDatabase("order", "x", "1", "", "view.order")]
    [EveryDatabase("sharing", "x", "", "nobody", "view.sharing")]
    [EveryDatabase("sharing", "x", "", "own", "view.nobodys")]
    [EveryDatabase("team", "x", "", "team", "view.no-team")]
    public async Task What_nobody_could_use_is_refused(Engine engine, string field, string name, string order, string sharing, string code)
    {
        await using var server = await TestServer.Start(engine);
        var answer = (await server.Api.Post("/api/v1/views", new { name, order, sharing })).IsProblem(422, code);
        Assert.Equal(field, answer.Json.Text("field"));
        (await server.Api.Post("/api/v1/views", new { name = "x", team = "Elves" })).IsProblem(422, "team.unknown");
    }

    [Theory, EveryDatabase]
    public async Task Agents_share_nothing_and_light_colleagues_see_what_is_shared_and_change_nothing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var id = (await server.Api.Post("/api/v1/views", new { name = "Open", query = "is:open" })).Is(200).Json.GetProperty("id").GetInt64();
        foreach (var role in (Role[])[Role.Agent, Role.Light])
        {
            using var some = await server.ApiAs(role);
            Assert.Equal(["Open"], await Names(some));
            Assert.Equal("0", Assert.Single((await some.Get("/api/v1/views/counts")).Is(200).Json.EnumerateArray().ToList()).Text("count"));
            (await some.Get($"/api/v1/views/{id}/conversations")).Is(200);
            (await some.Post("/api/v1/views", new { name = "Mine" })).IsProblem(403, "role.insufficient");
            (await Put(some, $"/api/v1/views/{id}", new { name = "Mine" })).IsProblem(403, "role.insufficient");
            (await Delete(some, $"/api/v1/views/{id}")).IsProblem(403, "role.insufficient");
        }
    }

    [Theory, EveryDatabase]
    public async Task What_is_mine_is_in_nobody_elses_lists_and_each_finds_what_is_theirs(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var team = (await server.Api.Post("/api/v1/teams", new { name = "Billing" })).Is(200).Json.EnumerateArray().Last().GetProperty("id").GetInt64();
        var (priya, tom, lead) = (await Person(server, "priya@desk.example", Role.Agent), await Person(server, "tom@desk.example", Role.Agent), await Person(server, "femke@desk.example", Role.Lead));
        (await server.Api.Post($"/api/v1/teams/{team}", new { members = new[] { priya.Id } })).Is(200);
        var save = server.Services.GetRequiredService<SaveView>();
        var own = (await save.Run(priya, null, new("Mine", "with:me"), CancellationToken.None)).Value;
        var teams = (await save.Run(lead, null, new("Billing", "team:Billing", Sharing: "team", Team: "Billing"), CancellationToken.None)).Value;

        var list = server.Services.GetRequiredService<ListViews>();
        Assert.Equal(["Mine", "Billing"], (await list.Run(priya)).Value.Select(v => v.Name));
        Assert.Empty((await list.Run(tom)).Value);
        Assert.Equal(["Billing"], (await list.Run(lead)).Value.Select(v => v.Name));
        foreach (var (actor, id) in new[] { (tom, own.Id), (tom, teams.Id), (lead, own.Id) })
        {
            Assert.Equal("view.unknown", (await list.Open(actor, id)).Refusal?.Code);
            Assert.Equal("view.unknown", (await save.Run(actor, id, new("x"), CancellationToken.None)).Refusal?.Code);
            Assert.Equal("view.unknown", (await server.Services.GetRequiredService<RemoveView>().Run(actor, id, CancellationToken.None)).Refusal?.Code);
            Assert.Equal("view.unknown", (await server.Services.GetRequiredService<ListInView>().Run(actor, id, null, null)).Refusal?.Code);
            Assert.Equal("view.unknown", (await server.Services.GetRequiredService<ArrangeViews>().Run(actor, id, true, 0, CancellationToken.None))?.Code);
        }

        // A program has the id of a key, which is no person's.
        Assert.DoesNotContain("Mine", await Names(server.Api));

        // Who has what is seen anew for each: "with:me" is theirs.
        await server.Receive(TestMail.FromSomebodyNew());
        await server.Store.Write(db => db.Conversations.ExecuteUpdateAsync(set => set.SetProperty(c => c.AssigneeId, priya.Id)), CancellationToken.None);
        var shared = (await save.Run(lead, null, new("Ours", "with:me", Sharing: "everybody"), CancellationToken.None)).Value;
        Assert.Single((await server.Services.GetRequiredService<ListInView>().Run(priya, shared.Id, null, null)).Value.Items);
        Assert.Empty((await server.Services.GetRequiredService<ListInView>().Run(tom, shared.Id, null, null)).Value.Items);
    }

    [Theory, EveryDatabase]
    public async Task Counts_go_as_far_as_anybody_reads_and_come_in_one_statement_for_every_operator(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.Receive(TestMail.FromSomebodyNew());
        await server.Store.Write(
            async db =>
            {
                foreach (var (of, at) in Operators.All.Select((of, at) => (of, at)))
                {
                    db.SavedViews.Add(SavedView.Begin(Actor.System, new($"{at:000}", of.Example), DateTimeOffset.UnixEpoch).Value);
                }

                db.SavedViews.Add(SavedView.Begin(Actor.System, new("999", "nonsense:\"x\" \"unclosed"), DateTimeOffset.UnixEpoch).Value);
                return await db.SaveChangesAsync();
            },
            CancellationToken.None);
        var counts = (await server.Api.Get("/api/v1/views/counts")).Is(200).Json.EnumerateArray().ToList();
        Assert.Equal(Operators.All.Count + 1, counts.Count);
        Assert.Equal("1", counts[Operators.All.Select(of => of.Name).ToList().IndexOf("is")].Text("count")); // is:open

        await server.AddConversations(1_005);
        var many = (await server.Api.Post("/api/v1/views", new { name = "Many" })).Is(200).Json.GetProperty("id").GetInt64();
        Assert.Equal("999+", (await server.Api.Get("/api/v1/views/counts")).Is(200).Json.EnumerateArray().Single(c => c.GetProperty("id").GetInt64() == many).Text("count"));
    }

    [Theory, EveryDatabase]
    public async Task A_view_whose_tag_or_team_is_gone_says_so_and_shows_what_it_still_can(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        (await server.Api.Post($"/api/v1/conversations/{number}/tags", new { add = new[] { "warranty" } })).Is(200);
        var id = (await server.Api.Post("/api/v1/views", new { name = "Old", query = "tag:warranty,gone -team:Elves flavour:mint is:open" })).Is(200).Json;
        Assert.Equal(3, id.Items("problems").Length);

        using var desk = await server.SignedIn();
        var page = (await desk.Get($"/conversations?view={id.GetProperty("id").GetInt64()}")).Document;
        Assert.Equal(["Elves", "flavour", "gone"], page.QuerySelectorAll(".queue-head .wrong").Select(said => new[] { "Elves", "flavour", "gone" }.Single(said.TextContent.Contains)).Order());
        var unknown = (await desk.Get("/conversations?view=4711")).Document;
        Assert.Contains("not here any more", unknown.QuerySelector(".queue-head .wrong")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(unknown.QuerySelector($"#row-{number}"));
    }

    private static async Task<Actor> Person(TestServer server, string email, Role role) => new(ActorKind.Person, (await server.AddUser(email, email, role)).Id, email, role);

    private static async Task<string[]> Names(ApiClient api) => [.. (await api.Get("/api/v1/views")).Is(200).Json.EnumerateArray().Select(view => view.Text("name"))];

    private static Task<ApiAnswer> Put(ApiClient api, string path, object body) =>
        api.Send(new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json") });

    private static Task<ApiAnswer> Delete(ApiClient api, string path) => api.Send(new HttpRequestMessage(HttpMethod.Delete, path));
}
