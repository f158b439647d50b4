using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Figures;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Imports;

public sealed class ZendeskTests
{
    private const string Agent = "priya@desk.example";

    private static byte[] Export(TestServer server) => Exports.Zip(("tickets.json", Exports.ZendeskTickets(server.Clock.GetUtcNow())), ("export-of-people.json", Exports.ZendeskUsers(Agent)));

    [Theory, EveryDatabase]
    public async Task The_dry_run_says_what_will_happen_and_changes_nothing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.AddUser(Agent);
        var import = await server.Bring("zendesk.zip", Export(server));
        Assert.Equal("ready", import.Text("state"));
        Assert.Equal("zendesk", import.Text("source"));
        Assert.Equal("acme.zendesk.com", import.Text("account"));
        Assert.Equal(2, import.Count("plan", "conversations"));
        Assert.Equal(4, import.Count("plan", "messages"));
        Assert.Equal(2, import.Count("plan", "notes")); // one of them holds the link to the file
        Assert.Equal(2, import.Count("plan", "people"));
        Assert.Equal(1, import.Count("plan", "organisations"));
        Assert.Equal(1, import.Count("plan", "teams"));
        Assert.Equal(3, import.Count("plan", "tags"));
        Assert.Equal(1, import.Count("plan", "agents"));
        Assert.Equal(1, import.Count("plan", "open"));
        Assert.Equal(1, import.Count("plan", "resolved"));
        Assert.Equal("Jonas Weber", Assert.Single(import.GetProperty("plan").GetProperty("unmatched").EnumerateArray()).GetString());
        Assert.Equal(new() { ["no-address"] = 1 }, import.Reasons("plan", "remarks"));
        Assert.Empty(import.Reasons("plan", "left"));
        Assert.Equal(0, await server.Store.Read(db => db.Conversations.CountAsync()) + await server.Store.Read(db => db.Customers.CountAsync()) + await server.Store.Read(db => db.ImportedThings.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Figures_are_counted_from_the_dates_and_nothing_is_sent(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var priya = await server.AddUser(Agent);
        var import = await server.TakeIn("zendesk.zip", Export(server));
        var plan = import.GetProperty("plan").GetProperty("counts").GetRawText();
        Assert.Equal(plan, import.GetProperty("done").GetProperty("counts").GetRawText());

        var resolved = await server.Store.Read(db => db.Conversations.Include(c => c.Entries).Include(c => c.Customer).SingleAsync(c => c.Subject == "The grinder does not start"));
        Assert.Equal(ConversationState.Resolved, resolved.State);
        Assert.Equal(new DateTimeOffset(2025, 3, 3, 9, 0, 0, TimeSpan.Zero), resolved.HappinessStartedAt);
        Assert.Equal(new DateTimeOffset(2025, 3, 3, 12, 0, 0, TimeSpan.Zero), resolved.HappinessEndedAt);
        Assert.Equal(HappinessEnd.Thanked, resolved.HappinessEnd);
        Assert.True(resolved.FirstAnswerOnTime);
        Assert.Equal(priya.Id, resolved.AssigneeId);
        Assert.Equal("Ada Lovelace", resolved.Customer!.Name);
        var ada = await server.Store.Read(db => db.Customers.Include(c => c.Phones).SingleAsync(c => c.Id == resolved.CustomerId));
        Assert.Equal("+49 30 1234567", Assert.Single(ada.Phones).Typed);
        Assert.Equal("Analytical Engines", (await server.Store.Read(db => db.Organisations.Include(o => o.Domains).SingleAsync(o => o.Id == ada.OrganisationId && o.Domains.Count == 1))).Name);
        Assert.Equal(["imported", "Hello, the grinder does not start. What can I do?", "note", "Check the fuse first.", "Known fault of this series.", "Thank you very much!", "resolved"], resolved.Entries.OrderBy(e => e.Id).Select(e => e.Text.Contains("grinder.jpg", StringComparison.Ordinal) ? "note" : e.Text));
        Assert.Equal(priya.Id, resolved.Entries.Single(e => e.Direction == Direction.Out).UserId);
        Assert.Equal(("Jonas Weber", (long?)null), resolved.Entries.Where(e => e.Text.StartsWith("Known", StringComparison.Ordinal)).Select(e => (e.FromName, e.UserId)).Single());

        var waiting = await server.Store.Read(db => db.Conversations.SingleAsync(c => c.Subject == "Where is my parcel?"));
        Assert.Equal(ConversationState.Open, waiting.State);
        Assert.InRange(server.Clock.GetUtcNow() - waiting.WaitingSince!.Value, TimeSpan.FromHours(47), TimeSpan.FromHours(49));
        Assert.NotNull(waiting.TeamId);
        Assert.Equal(0, await server.Store.Read(db => db.Outbox.CountAsync()) + await server.Store.Read(db => db.ConfidenceChecks.CountAsync()) + await server.Store.Read(db => db.Promises.CountAsync()));
        Assert.Equal(2, await server.Store.Read(db => db.Readings.CountAsync(r => r.Language == "en")));
    }

    [Theory, EveryDatabase]
    public async Task A_second_time_only_what_is_new_comes_in(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.AddUser(Agent);
        await server.TakeIn("zendesk.zip", Export(server));
        var before = await Rows(server);
        var again = await server.TakeIn("zendesk.zip", Export(server));
        Assert.Equal(2, again.Count("done", "conversations-here"));
        Assert.Equal(0, again.Count("done", "conversations") + again.Count("done", "people") + again.Count("done", "messages"));
        Assert.Equal(before, await Rows(server));

        // A week later the customer wrote again at the old desk.
        var more = Exports.ZendeskTickets(server.Clock.GetUtcNow()).Replace("\"comments\":[{\"id\":5", $"\"comments\":[{{\"id\":6,\"author_id\":7002,\"body\":\"Still nothing here. Hello?\",\"public\":true,\"created_at\":\"{server.Clock.GetUtcNow().AddHours(-1):yyyy-MM-ddTHH:mm:ssZ}\"}},{{\"id\":5", StringComparison.Ordinal);
        var third = await server.TakeIn("tickets.json", System.Text.Encoding.UTF8.GetBytes(more));
        Assert.Equal(1, third.Count("done", "continued"));
        Assert.Equal(1, third.Count("done", "messages"));
        Assert.Equal(before.Entries + 1, (await Rows(server)).Entries);
    }

    [Theory, EveryDatabase]
    public async Task Taken_back_nothing_of_it_is_left_except_what_was_worked_in_since(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.AddUser(Agent);
        var own = await server.Receive(new TestMail { From = "Ada Lovelace <ada@client.example>" });
        var before = await Rows(server);
        var import = await server.TakeIn("zendesk.zip", Export(server));
        await server.Act(import, "remove", "removed");
        Assert.Equal(before, await Rows(server));
        Assert.Equal("My grinder", (await server.Api.Conversation(own)).Text("subject"));

        var second = await server.TakeIn("zendesk.zip", Export(server));
        var number = await server.Number("Where is my parcel?");
        (await server.Api.Post($"/api/v1/conversations/{number}/notes", new { text = "I ask the carrier." })).Is(200);
        var removed = await server.Act(second, "remove", "removed");
        Assert.Equal(1, removed.Count("done", "kept"));
        Assert.Equal([own, number], (await server.Store.Read(db => db.Conversations.Select(c => c.Number).ToListAsync())).Order());
        await server.Recounted();
    }

    [Theory, EveryDatabase]
    public async Task It_is_for_administrators_and_unknown_ones_are_said_to_be_that(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var agent = await server.ApiAs(Role.Lead);
        (await agent.Get("/api/v1/imports")).IsProblem(403, "role.insufficient");
        (await server.Api.Get("/api/v1/imports/9")).IsProblem(404, "import.unknown");
        (await server.Api.Post("/api/v1/imports/9/start")).IsProblem(404, "import.unknown");
        (await server.Api.Send(new HttpRequestMessage(HttpMethod.Post, "/api/v1/imports?name=x") { Content = new ByteArrayContent([]) })).IsProblem(422, "import.empty");
        var failed = await server.Bring("holiday.txt", "Nothing that anybody could read");
        Assert.Equal("failed", failed.Text("state"));
        Assert.Equal("import.unknown-format", failed.Text("problem"));
        (await server.Api.Post($"/api/v1/imports/{failed.GetProperty("id").GetInt64()}/start")).IsProblem(409, "import.not-now");
    }

    private static Task<(int Conversations, int Entries, int Customers, int Tags, int Teams, int Readings, int Organisations)> Rows(TestServer server) => server.Store.Read(async db => (
        await db.Conversations.CountAsync(), await db.Entries.CountAsync(), await db.Customers.CountAsync(), await db.Tags.CountAsync(), await db.Teams.CountAsync(), await db.Readings.CountAsync(), await db.Organisations.CountAsync()));
}
