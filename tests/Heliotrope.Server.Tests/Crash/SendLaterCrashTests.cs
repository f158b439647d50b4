using Heliotrope.Core.Conversations;
using Heliotrope.Server.Tests.Drafts;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Crash;

public sealed class SendLaterCrashTests
{
    private const int Replies = 60;
    private const int Kills = 3;

    [Theory, EveryDatabase]
    public async Task Killed_again_and_again_while_their_time_comes_each_reply_leaves_once(Engine engine)
    {
        await using var database = await TestDatabase.CreateMigrated(engine);
        await Plan(database);
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = await Left(database);
            await using var process = await TestProcess.Serve(database);
            await TimeComes(database);
            await Patience.Until(async () => await Left(database) < before || before == 0);

            await process.Kill();
        }

        await using var server = await TestServer.Start(database);
        server.Advance(TimeSpan.FromHours(2));
        await server.Until(() => server.Store.Read(db => db.Drafts.CountAsync()), left => left == 0);
        var said = await server.Store.Read(db => db.Entries.Where(e => e.Direction == Direction.Out).Select(e => e.Text).ToListAsync());
        Assert.Equal(Enumerable.Range(0, Replies).Select(i => $"Answer {i}.").Order(), said.Order());
        Assert.Equal(Replies, await server.Store.Read(db => db.Outbox.CountAsync()));
    }

    private static async Task Plan(TestDatabase database)
    {
        await using var server = await TestServer.Start(database);
        for (var i = 0; i < Replies; i++)
        {
            var number = await server.Receive(TestMail.FromSomebodyNew());
            (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = $"Answer {i}.", sendAt = server.In(TimeSpan.FromHours(1)) })).Is(200);
        }
    }

    private static async Task<int> Left(TestDatabase database)
    {
        var engine = database.OpenEngine();
        await using var connections = engine as IAsyncDisposable;
        await using var db = engine.Open();
        return await db.Drafts.CountAsync();
    }

    /// <summary>For a third of them at a time, so that each process has some to send.</summary>
    private static async Task TimeComes(TestDatabase database)
    {
        var engine = database.OpenEngine();
        await using var connections = engine as IAsyncDisposable;
        await using var db = engine.Open();
        var (now, before) = (DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddMinutes(-1));
        var due = await db.Drafts.Where(d => d.SendAt > now).OrderBy(d => d.Id).Take(Replies / Kills).Select(d => d.Id).ToListAsync();
        await db.Drafts.Where(d => due.Contains(d.Id)).ExecuteUpdateAsync(set => set.SetProperty(d => d.SendAt, before));
    }
}
