using System.Globalization;
using System.Threading.Channels;
using Heliotrope.Core.Acts;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Bulk;

/// <summary>Does to many conversations what somebody asked for, behind the page that shows how far it has come. A restart ends it where it is; the page says so.</summary>
internal sealed class BulkWorker(BulkRunner runner, Store store, TimeProvider time, ILogger<BulkWorker> log) : BackgroundService
{
    private readonly Channel<Wish> _wishes = Channel.CreateBounded<Wish>(64);

    private sealed record Wish(long Run, Actor Actor, IReadOnlyList<long> Numbers, IReadOnlyList<Act> Acts, IReadOnlyCollection<string> LeaveOut);

    /// <summary>Begins; what it has come to stands in the row.</summary>
    public async Task<long> Begin(Actor actor, IReadOnlyList<long> numbers, IReadOnlyList<Act> acts, IReadOnlyCollection<string> leaveOut, string list, CancellationToken cancel)
    {
        var now = time.Now();
        var id = await store.Write(
            async db =>
            {
                await db.BulkRuns.Where(r => r.CreatedAt < now - BulkRun.Lifetime).ExecuteDeleteAsync(cancel);
                var run = db.BulkRuns.Add(new() { UserId = actor.Id!.Value, Acts = ActList.ToJson(acts), List = list, Total = numbers.Count, CreatedAt = now, BeatAt = now }).Entity;
                await db.SaveChangesAsync(cancel);
                return run.Id;
            },
            cancel);
        await _wishes.Writer.WriteAsync(new(id, actor, numbers, acts, leaveOut), cancel);
        return id;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var wish in _wishes.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                var result = await runner.Run(wish.Actor, wish.Numbers, wish.Acts, wish.LeaveOut, done => Tell(wish.Run, done, ended: false), stoppingToken);
                await Tell(wish.Run, result.Match<BulkDone?>(done => done, _ => null), ended: true);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) // the outermost loop: logged, and the page says that it stopped
            {
                log.LogError(e, "What was to be done to many conversations stopped");
                await Tell(wish.Run, null, ended: true);
            }
        }
    }

    private Task<bool> Tell(long id, BulkDone? done, bool ended) => store.Write(
        async db =>
        {
            if (await db.BulkRuns.FirstOrDefaultAsync(r => r.Id == id) is not { } run)
            {
                return false;
            }

            run.BeatAt = time.Now();
            run.EndedAt = ended ? run.BeatAt : null;
            if (done is { All: var all })
            {
                (run.Done, run.StepId) = (all.Count, done.Step);
                (run.Changed, run.Same) = (all.Count(each => each.Outcome.Effect is Effect.Changes), all.Count(each => each.Outcome.Effect is Effect.Same));
                run.Refused = string.Join('\n', all.Where(each => each.Outcome.Refusal is not null).Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Number} {each.Outcome.Refusal!.Code} {each.Outcome.Refusal.About}")));
                db.Touched.UnionWith(all.Take(1).Select(each => each.Number)); // open pages look again
            }

            return true;
        },
        CancellationToken.None);
}
