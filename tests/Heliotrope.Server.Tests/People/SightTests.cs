using System.Net.ServerSentEvents;
using System.Text.Json;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.People;

/// <summary>Conversations of a private team are there for its members and for administrators, and for nobody else.</summary>
public sealed class SightTests
{
    /// <summary>In every text of the hidden conversation, and nowhere else.</summary>
    private const string Mark = HiddenMatter.Mark;

    private static readonly string[] Ways =
    [
        "", "/attachments/{attachment}", "/attachments/{attachment}/picture", "/entries/{entry}/html", "/reading",
    ];

    [Theory, EveryDatabase]
    public async Task What_a_private_team_has_is_there_for_its_members_alone(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (number, team) = await Hidden(server);
        var open = await server.Receive(TestMail.FromSomebodyNew() with { Subject = "For everybody" });
        using var member = await Desk(server, "in@desk.example", Role.Agent, team);
        using var outsider = await Desk(server, "out@desk.example", Role.Agent);
        using var lead = await Desk(server, "lead@desk.example", Role.Lead);
        using var admin = await Desk(server, "boss@desk.example", Role.Admin);

        foreach (var sees in (Browser[])[member, admin])
        {
            Assert.Contains(Mark, (await sees.Get($"/conversations/{number}")).Is(200).Html, StringComparison.Ordinal);
            Assert.Contains(Mark, (await sees.Get("/conversations")).Is(200).Html, StringComparison.Ordinal);
        }

        foreach (var sees in (Browser[])[outsider, lead])
        {
            foreach (var way in await Addresses(server, number))
            {
                (await sees.Get(way)).Is(404);
            }

            foreach (var list in (string[])["/conversations", "/conversations?view=all", $"/conversations/{open}", "/happiness", "/outbox", "/day", "/promises"])
            {
                Assert.DoesNotContain(Mark, (await sees.Get(list)).Is(200).Html, StringComparison.Ordinal);
            }
        }

        // The same people, the same second: what one sees is never kept for another.
        Assert.Contains(Mark, (await member.Get("/conversations")).Html, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Programs_see_nothing_of_it_unless_their_key_administers(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (number, _) = await Hidden(server);
        var open = await server.Receive(TestMail.FromSomebodyNew());
        using var program = await server.ApiAs(Role.Lead);
        var entry = (await server.Api.Entries(number, "message"))[0];
        var customer = (await server.Api.Conversation(number)).GetProperty("customer").GetProperty("id").GetInt64();
        foreach (var path in (string[])[
            $"/api/v1/conversations/{number}", $"/api/v1/customers/{customer}", $"/api/v1/attachments/{entry.Items("attachments")[0].GetProperty("id").GetInt64()}",
            $"/api/v1/presence?conversation={number}"])
        {
            (await program.Get(path)).Is(404);
        }

        foreach (var (path, body) in ((string, object)[])[
            ("notes", new { text = "Hello" }), ("replies", new { text = "Hello" }), ("assign", new { user = (string?)null }), ("tags", new { add = new[] { "x" } }), ("resolve", new { })])
        {
            (await program.Post($"/api/v1/conversations/{number}/{path}", body)).Is(404);
        }

        var listed = (await program.Get("/api/v1/conversations")).Is(200).Json.Items("items").Select(row => row.GetProperty("number").GetInt64());
        Assert.Equal([open], listed);
        foreach (var path in (string[])["/api/v1/tags", "/api/v1/outbox", "/api/v1/promises", "/api/v1/happiness"])
        {
            Assert.DoesNotContain(Mark, (await program.Get(path)).Is(200).Body, StringComparison.Ordinal);
        }

        Assert.Equal(1, (await program.Get("/api/v1/happiness")).Json.Items("ends").Sum(end => end.GetProperty("count").GetInt32()));
        Assert.Equal(2, (await server.Api.Get("/api/v1/happiness")).Json.Items("ends").Sum(end => end.GetProperty("count").GetInt32()));
    }

    [Theory, EveryDatabase]
    public async Task Every_table_that_hangs_on_a_hidden_conversation_is_empty_for_an_outsider(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (number, _) = await Hidden(server);
        var outsider = new Actor(ActorKind.Person, (await server.AddUser("out@desk.example")).Id, "Priya Nair", Role.Lead);
        var seen = await server.Store.Read(outsider, Rows);
        var all = await server.Store.Read(Rows);
        Assert.True(all.Values.Count(rows => rows > 0) >= 5);
        Assert.All(seen, table => Assert.True(table.Value == 0, $"{table.Key} has {table.Value} rows"));
        Assert.Equal(all.Keys.Order(), seen.Keys.Order());

        // Given to nobody's team it is everybody's again.
        (await server.Api.Post($"/api/v1/conversations/{number}/team", new { team = (string?)null })).Is(200);
        Assert.Equal(await server.Store.Read(Rows), await server.Store.Read(outsider, Rows));
    }

    [Theory, EveryDatabase]
    public async Task A_customer_of_whom_something_else_is_known_is_seen_without_what_is_hidden(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (number, _) = await Hidden(server);
        var open = await server.Receive(new TestMail { From = $"{Mark} <{Mark}@client.example>", Subject = "Another matter" });
        using var program = await server.ApiAs(Role.Agent);
        var customer = (await program.Conversation(open)).GetProperty("customer").GetProperty("id").GetInt64();
        var numbers = (await program.Get($"/api/v1/customers/{customer}")).Is(200).Json.Items("conversations").Select(row => row.GetProperty("number").GetInt64());
        Assert.Equal([open], numbers);
        (await program.Get($"/api/v1/conversations/{number}")).Is(404);
    }

    [Theory, EveryDatabase]
    public async Task An_open_page_hears_nothing_of_it_but_that_it_left(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (number, team) = await Hidden(server);
        using var outsider = await Desk(server, "out@desk.example", Role.Agent);
        using var member = await Desk(server, "in@desk.example", Role.Agent, team);
        await using var heard = await Heard.By(outsider);
        await using var theirs = await Heard.By(member);
        (await server.Api.Post($"/api/v1/conversations/{number}/notes", new { text = "Among us" })).Is(200);
        Assert.Contains(number, await theirs.Next());
        var open = await server.Receive(TestMail.FromSomebodyNew());
        Assert.Equal([open], (await heard.Next()).Where(n => n != 0));

        (await server.Api.Post($"/api/v1/conversations/{open}/team", new { team = "Trust" })).Is(200);
        Assert.Equal([0L], await heard.Next());
        (await outsider.Get($"/conversations/{open}")).Is(404);
        (await outsider.Post("/presence", ("conversation", $"{open}"))).Is(400); // forged: no page of theirs names it
    }

    [Theory, EveryDatabase]
    public async Task Whoever_joins_sees_it_at_once_and_whoever_leaves_no_longer(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (number, team) = await Hidden(server);
        var user = await server.AddUser("in@desk.example");
        using var browser = server.NewBrowser();
        await browser.SignIn("in@desk.example");
        (await browser.Get($"/conversations/{number}")).Is(404);
        (await server.Api.Post($"/api/v1/teams/{team}", new { members = new[] { user.Id } })).Is(200);
        (await browser.Get($"/conversations/{number}")).Is(200);
        (await server.Api.Post($"/api/v1/teams/{team}", new { members = Array.Empty<long>() })).Is(200);
        (await browser.Get($"/conversations/{number}")).Is(404);
        (await server.Api.Post($"/api/v1/teams/{team}", new { @private = false })).Is(200);
        (await browser.Get($"/conversations/{number}")).Is(200);
    }

    private static async Task<(long Number, long Team)> Hidden(TestServer server)
    {
        var hidden = await HiddenMatter.On(server);
        return (hidden.Number, hidden.Team);
    }

    private static async Task<Browser> Desk(TestServer server, string email, Role role, long? team = null)
    {
        var user = await server.AddUser(email, email.Split('@')[0], role);
        if (team is { } joins)
        {
            (await server.Api.Post($"/api/v1/teams/{joins}", new { members = new[] { user.Id } })).Is(200);
        }

        var browser = server.NewBrowser();
        await browser.SignIn(email);
        return browser;
    }

    private static async Task<IEnumerable<string>> Addresses(TestServer server, long number)
    {
        var entry = (await server.Api.Entries(number, "message"))[0];
        var attachment = entry.Items("attachments")[0].GetProperty("id").GetInt64();
        return Ways.Select(way => $"/conversations/{number}" + way.Replace("{entry}", $"{entry.GetProperty("id").GetInt64()}", StringComparison.Ordinal).Replace("{attachment}", $"{attachment}", StringComparison.Ordinal));
    }

    /// <summary>How many rows there are of everything that refers to a conversation, an entry or a customer.</summary>
    private static async Task<Dictionary<string, int>> Rows(HeliotropeDb db)
    {
        var rows = new Dictionary<string, int>();
        Type[] kept = [typeof(Heliotrope.Core.Conversations.Conversation), typeof(Heliotrope.Core.Conversations.Entry), typeof(Heliotrope.Core.Customers.Customer)];
        foreach (var entity in db.Model.GetEntityTypes().Where(e => e.GetTableName() is not null && !typeof(INotUndone).IsAssignableFrom(e.ClrType) && (kept.Contains(e.ClrType) || e.GetForeignKeys().Any(f => kept.Contains(f.PrincipalEntityType.ClrType)))))
        {
            var count = typeof(SightTests).GetMethod(nameof(Count), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.MakeGenericMethod(entity.ClrType);
            rows[entity.ClrType.Name] = await (Task<int>)count.Invoke(null, [db])!;
        }

        return rows;
    }

    private static Task<int> Count<T>(HeliotropeDb db)
        where T : class => db.Set<T>().CountAsync();

    private sealed class Heard(HttpResponseMessage response, Stream stream, IAsyncEnumerator<SseItem<string>> events) : IAsyncDisposable
    {
        public static async Task<Heard> By(Browser browser)
        {
            var response = await browser.Stream("/live", Patience.Token());
            var stream = await response.Content.ReadAsStreamAsync();
            var events = SseParser.Create(stream).EnumerateAsync(Patience.Token()).GetAsyncEnumerator();
            await events.MoveNextAsync(); // hello
            return new(response, stream, events);
        }

        /// <summary>The numbers of the next news that name any.</summary>
        public async Task<List<long>> Next()
        {
            while (await events.MoveNextAsync())
            {
                var news = JsonDocument.Parse(events.Current.Data).RootElement;
                List<long> numbers = [];
                foreach (var part in (string[])["conversations", "within"])
                {
                    numbers.AddRange(news.TryGetProperty(part, out var some) && some.ValueKind is JsonValueKind.Array ? some.EnumerateArray().Select(n => n.GetInt64()) : []);
                }

                if (numbers.Count > 0)
                {
                    return numbers;
                }
            }

            return [];
        }

        public async ValueTask DisposeAsync()
        {
            await events.DisposeAsync();
            await stream.DisposeAsync();
            response.Dispose();
        }
    }
}
