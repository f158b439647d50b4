using Heliotrope.Server.Outbox;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Crash;

public sealed class SendingCrashTests
{
    private const int Replies = 24;
    private const int Kills = 4;

    /// <summary>At once under way in one process, so that one kill leaves no more than these in doubt.</summary>
    private const int AtOnce = 4;

    [Theory, EveryDatabase]
    public async Task Killed_again_and_again_during_sending_no_reply_is_lost_and_each_repeat_is_shown(Engine engine)
    {
        await using var smarthost = new FakeSmarthost();
        await using var database = await TestDatabase.CreateMigrated(engine);
        await Fill(database);

        // Killed before the answer, when nobody knows whether it was taken, and after it, perhaps before it was noted.
        for (var kill = 0; kill < Kills; kill++)
        {
            var (taken, last) = (0, kill % 2 == 0 ? Ending.Silence : Ending.Accept);
            TaskCompletionSource dying = new(TaskCreationOptions.RunContinuationsAsynchronously);
            smarthost.Ends = _ =>
            {
                if (++taken == 3)
                {
                    dying.TrySetResult();
                    return last;
                }

                return taken > 3 ? Ending.Silence : Ending.Accept;
            };
            await using var process = await TestProcess.Serve(database, smarthost.Url);
            await dying.Task.WaitAsync(Patience.Limit);
            await process.Kill();
            await TimePasses(database);
        }

        smarthost.Ends = _ => Ending.Accept;
        await using var server = await TestServer.Start(database, smarthost.Url);
        server.Advance(TimeSpan.FromHours(1));
        await server.Until(() => server.Store.Read(db => db.Outbox.CountAsync(o => o.State != OutboxState.Sent)), waiting => waiting == 0);

        var mails = await server.Store.Read(db => db.Outbox.Include(o => o.Bytes).OrderBy(o => o.Id).ToListAsync());
        Assert.Equal(Replies, mails.Count);
        var arrived = smarthost.Mails.ToLookup(m => m.MessageId);
        Assert.Equal(mails.Select(m => m.MessageId).Order(), arrived.Select(a => a.Key).Order());
        foreach (var mail in mails)
        {
            var copies = arrived[mail.MessageId].ToList();
            Assert.All(copies, c => Assert.Equal(mail.Bytes!.Content, c.Content));
            Assert.True(copies.Count <= 1 + mail.Doubts, $"{copies.Count} copies and {mail.Doubts} doubts");
            Assert.Equal(mail.Doubts, (await server.Api.Events(mail.ConversationNumber!.Value)).Count(e => e == "in-doubt"));
        }

        Assert.Contains(arrived, a => a.Count() > 1);
        Assert.InRange(mails.Sum(m => m.Doubts), 1, Kills * AtOnce);
    }

    /// <summary>Replies that wait to leave, as a server leaves them that never reached its smarthost.</summary>
    private static async Task Fill(TestDatabase database)
    {
        await using var server = await TestServer.Start(database);
        for (var i = 0; i < Replies; i++)
        {
            var number = await server.Receive(TestMail.FromSomebodyNew());
            (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = $"Answer {i}." })).Is(200);
        }

        await server.Store.Write(db => db.Outbox.ExecuteUpdateAsync(set => set.SetProperty(o => o.State, OutboxState.Waiting)), CancellationToken.None);
    }

    /// <summary>So long that whoever held a lease is known to be dead, and every delay is over.</summary>
    private static async Task TimePasses(TestDatabase database)
    {
        await using var db = database.OpenEngine().Open();
        var before = DateTimeOffset.UtcNow.AddMinutes(-1);
        await db.Outbox.Where(o => o.LeaseUntil != null).ExecuteUpdateAsync(set => set.SetProperty(o => o.LeaseUntil, before));
        await db.Outbox.Where(o => o.State == OutboxState.Waiting).ExecuteUpdateAsync(set => set.SetProperty(o => o.NextTryAt, before));
    }
}
