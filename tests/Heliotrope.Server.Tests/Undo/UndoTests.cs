using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Tests.Infrastructure;
using Heliotrope.Server.Undo;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Undo;

public sealed class UndoTests(SharedServers servers) : IClassFixture<SharedServers>
{
    private static readonly string[] Operations = ["assign", "snooze", "tags", "team", "driver", "spam", "resolve", "reopen"];

    private static Task<List<string>> All(TestServer server) => Everything.In(server.Store.Engine);

    private static async Task<(string Email, string Team, string Driver)> Desk(TestServer server)
    {
        var name = Guid.NewGuid().ToString("N")[..8];
        await server.AddUser($"{name}@desk.example", "Tom Weaver");
        (await server.Api.Post("/api/v1/teams", new { name, zone = "UTC", hours = "Mon-Sun 00:00-24:00", firstAnswerMinutes = 60, nextAnswerMinutes = 30 })).Is(200);
        (await server.Api.Post("/api/v1/drivers", new { name })).Is(200);
        return ($"{name}@desk.example", name, name);
    }

    private static async Task<ApiAnswer> Do(TestServer server, long number, string operation, (string Email, string Team, string Driver) desk, int turn = 0) =>
        await server.Api.Post($"/api/v1/conversations/{number}/{operation}", operation switch
        {
            "assign" => new { user = turn % 2 == 0 ? desk.Email : "" },
            "snooze" => new { until = server.Clock.GetUtcNow().AddDays(2 + turn) },
            "tags" => turn % 2 == 0 ? new { add = new[] { $"tag {turn} of {number}", "kept" }, remove = Array.Empty<string>() } : new { add = Array.Empty<string>(), remove = new[] { "kept" } },
            "team" => new { team = turn % 2 == 0 ? desk.Team : "" },
            "driver" => new { driver = turn % 2 == 0 ? desk.Driver : "" },
            "spam" => new { spam = turn % 2 == 0, block = turn % 2 == 0 },
            _ => null,
        });

    private static string? Token(ApiAnswer answer) => answer.Is(200).Json.GetProperty("undo").GetString();

    [Theory, EveryDatabase]
    public async Task Each_change_is_taken_back_to_the_last_row(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var desk = await Desk(server);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "It is on its way." })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{number}/promises", new { text = "A new part", due = server.Clock.GetUtcNow().AddDays(3), owner = desk.Email })).Is(200);
        foreach (var operation in Operations)
        {
            var before = await All(server);
            var token = Token(await Do(server, number, operation, desk));
            Assert.NotEqual(before, await All(server));
            (await server.Api.Post($"/api/v1/undo/{token}")).Is(200);
            Assert.Equal(before, await All(server));
            (await server.Api.Post($"/api/v1/undo/{token}")).IsProblem(409, "undo.used");
            Assert.Equal(before, await All(server));
        }

        var audit = await server.Store.Read(db => db.Audit.OrderBy(line => line.Id).Select(line => line.Action + " " + line.Detail).ToListAsync());
        Assert.Contains($"change.assign #{number}", audit);
        Assert.Contains($"change.undone assign #{number}", audit);
        Assert.Equal(0, await server.Store.Read(db => db.UndoRows.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Whatever_was_done_is_taken_back_from_the_last_to_the_first(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var desk = await Desk(server);
        long[] numbers = [await server.Receive(TestMail.FromSomebodyNew()), await server.Receive(TestMail.FromSomebodyNew())];
        (await server.Api.Post($"/api/v1/conversations/{numbers[0]}/replies", new { text = "It is on its way." })).Is(200);
        foreach (var turns in Gen.Choose(0, (2 * Operations.Length) - 1).ListOf(10).Sample(8))
        {
            var (states, tokens) = (new Stack<List<string>>(), new Stack<string>());
            foreach (var (turn, choice) in turns.Index())
            {
                var before = await All(server);
                var answer = await Do(server, numbers[choice / Operations.Length], Operations[choice % Operations.Length], desk, turn);
                if ((int)answer.Status == 409 || Token(answer) is not { } token)
                {
                    Assert.Equal(before, await All(server));
                    continue;
                }

                states.Push(before);
                tokens.Push(token);
            }

            while (tokens.TryPop(out var token))
            {
                (await server.Api.Post($"/api/v1/undo/{token}")).Is(200);
                Assert.Equal(states.Pop(), await All(server));
            }
        }
    }

    [Theory, EveryDatabase]
    public async Task What_changed_since_is_left_alone(Engine engine)
    {
        var server = await servers.On(engine);
        var desk = await Desk(server);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var first = Token(await Do(server, number, "assign", desk));
        var second = Token(await Do(server, number, "snooze", desk));
        var before = await All(server);
        (await server.Api.Post($"/api/v1/undo/{first}")).IsProblem(409, "undo.changed");
        Assert.Equal(before, await All(server));
        (await server.Api.Post($"/api/v1/undo/{second}")).Is(200);
        (await server.Api.Post($"/api/v1/undo/{first}")).Is(200);
    }

    [Theory, EveryDatabase]
    public async Task Only_whoever_did_it_takes_it_back_and_only_for_a_while(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var desk = await Desk(server);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var token = Token(await Do(server, number, "assign", desk));
        using var other = await server.ApiAs(Role.Admin);
        (await other.Post($"/api/v1/undo/{token}")).IsProblem(404, "undo.unknown");
        foreach (var wrong in new[] { "nothing", new string('a', 5_000), "%0A", token + "a" })
        {
            (await server.Api.Post($"/api/v1/undo/{wrong}")).IsProblem(404, "undo.unknown");
        }

        server.Clock.Advance(UndoStep.Lifetime);
        (await server.Api.Post($"/api/v1/undo/{token}")).IsProblem(404, "undo.unknown");
        Assert.Equal(1, await server.Services.GetRequiredService<ForgetUndo>().Forget(CancellationToken.None));
        Assert.Equal(0, await server.Store.Read(db => db.UndoRows.CountAsync()));
        Assert.DoesNotContain(await server.Store.Read(db => db.UndoSteps.Select(s => s.TokenHash).ToListAsync()), hash => hash.Length == 0);
    }

    [Theory, EveryDatabase]
    public async Task What_goes_with_a_row_comes_back_with_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var desk = await Desk(server);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "It is on its way.", resolve = true })).Is(200);
        Token(await Do(server, number, "tags", desk));
        var follower = await server.Receive(TestMail.FromSomebodyNew());
        await server.Store.Write(
            async db =>
            {
                (await db.Conversations.SingleAsync(c => c.Number == follower)).Follow(await db.Conversations.SingleAsync(c => c.Number == number));
                return true;
            },
            CancellationToken.None);

        var before = await All(server);
        var done = await server.Store.Undoable(
            Actor.System,
            "assign",
            async db =>
            {
                db.Conversations.Remove(await db.Conversations.SingleAsync(c => c.Number == number));
                return null;
            },
            CancellationToken.None);
        var after = await All(server);
        Assert.DoesNotContain(after, line => line.StartsWith("entries: ", StringComparison.Ordinal) && line.Contains("It is on its way", StringComparison.Ordinal));
        var take = server.Services.GetRequiredService<TakeBack>();
        Assert.Null((await take.Run(Actor.System, done.Undo!, CancellationToken.None)).Refusal);
        Assert.Equal(before, await All(server));
    }

    [Theory, EveryDatabase]
    public async Task What_came_to_something_new_keeps_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var made = 0L;
        var done = await server.Store.Undoable(
            Actor.System,
            "assign",
            async db =>
            {
                var tag = db.Tags.Add(new() { Name = "new" }).Entity;
                await db.SaveChangesAsync();
                made = tag.Id;
                return null;
            },
            CancellationToken.None);
        (await server.Api.Post($"/api/v1/conversations/{number}/tags", new { add = new[] { "new" } })).Is(200);
        var before = await All(server);
        Assert.Equal("undo.changed", (await server.Services.GetRequiredService<TakeBack>().Run(Actor.System, done.Undo!, CancellationToken.None)).Refusal!.Code);
        Assert.Equal(before, await All(server));
        Assert.True(await server.Store.Read(db => db.Tags.AnyAsync(t => t.Id == made)));
    }

    [Theory, EveryDatabase]
    public async Task A_change_past_the_journal_fails_and_a_refusal_leaves_nothing(Engine engine)
    {
        var server = await servers.On(engine);
        var before = await All(server);
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.Store.Undoable(
            Actor.System, "assign", async db => await db.Tags.ExecuteDeleteAsync() > 0 ? null : null, CancellationToken.None));
        var no = Refusal.Invalid("no", "No.");
        var refused = await server.Store.Undoable(
            Actor.System,
            "assign",
            async db =>
            {
                db.Tags.Add(new() { Name = "never" });
                await db.SaveChangesAsync();
                return no;
            },
            CancellationToken.None);
        Assert.Equal((no, null), (refused.Refusal, refused.Undo));
        Assert.Null((await server.Store.Undoable(Actor.System, "assign", _ => Task.FromResult<Refusal?>(null), CancellationToken.None)).Undo);
        Assert.Equal(before, await All(server));
    }

    [Theory, EveryDatabase]
    public async Task A_check_that_has_left_is_not_taken_back(Engine engine)
    {
        await using var smarthost = new FakeSmarthost();
        await using var server = await TestServer.Start(engine, smarthost.Url);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "It is on its way." })).Is(200);
        var token = Token(await server.Api.Post($"/api/v1/conversations/{number}/resolve"));
        await server.Until(() => server.Api.Outbox(number), mails => mails.Length == 2 && mails.All(mail => mail.Text("state") == "sent"));
        (await server.Api.Post($"/api/v1/undo/{token}")).IsProblem(409, "undo.left");
        Assert.Equal("resolved", (await server.Api.Conversation(number)).Text("state"));
    }

    [Theory, EveryDatabase]
    public async Task The_desk_says_what_was_done_and_takes_it_back(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var desk = await server.SignedIn();
        var (page, action) = ($"/conversations/{number}", $"/conversations/{number}/snooze");
        var until = server.Clock.GetUtcNow().AddDays(2).ToString("O", CultureInfo.InvariantCulture);
        var done = (await desk.Submit(page, action, ("until", until))).Is(302);
        Assert.Equal(page, done.Location);
        Assert.Contains("HttpOnly", done.Cookies.Single(c => c.StartsWith("heliotrope-done", StringComparison.OrdinalIgnoreCase)), StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"#{number}: put off", (await desk.Get(page)).Document.QuerySelector(".toast-undo")!.TextContent, StringComparison.Ordinal);

        var back = (await desk.Submit(page, "/undo")).Is(302);
        Assert.Equal(page, back.Location);
        var after = (await desk.Get(page)).Document;
        Assert.Null(after.QuerySelector(".toast-undo"));
        Assert.Contains("Taken back", after.QuerySelector("#toasts")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("open", (await server.Api.Conversation(number)).Text("state"));
        Assert.Empty(await server.Api.Events(number));
    }
}
