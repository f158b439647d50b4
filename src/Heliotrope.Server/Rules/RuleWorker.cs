using Heliotrope.Core.Conversations;
using Heliotrope.Core.Rules;
using Heliotrope.Server.Database;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Rules;

/// <summary>Runs the rules that wait: once for each time of waiting, which is remembered. And forgets runs that are long past.</summary>
internal sealed class RuleWorker(Store store, Current<RuleSet> current, Current<TeamRules> teams, RunRules rules, OutboxBell bell, TimeProvider time, ILogger<RuleWorker> log)
    : Worker(TimeSpan.FromSeconds(30), "Rules that wait could not be run", log)
{
    private const int PageSize = 500;

    private const int MostAtOnce = 50;

    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(6);

    private DateTimeOffset _forgot;

    private sealed record Waiting(long Number, DateTimeOffset Since, long? Team, long? Driver, string OurAddress);

    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        if (!await store.Read(db => Replaying.IsOn(db, time.Now())))
        {
            await RunDue(cancel);
            if (time.Now() - _forgot > ForgetEvery)
            {
                await Forget(cancel);
                _forgot = time.Now();
            }
        }

        return Every;
    }

    /// <summary>Runs what is due by now.</summary>
    public async Task RunDue(CancellationToken cancel)
    {
        foreach (var rule in (await current.Get()).All.Where(r => r.Plan.Trigger is RuleTrigger.Waits))
        {
            foreach (var some in (await Due(rule, cancel)).Chunk(MostAtOnce)) // small batches let others write in between
            {
                await store.Write(db => RunSome(db, rule, some, cancel), cancel);
            }
        }

        bell.Ring();
    }

    private async Task<List<Waiting>> Due(LiveRule rule, CancellationToken cancel)
    {
        var (now, hours, due) = (time.Now(), await teams.Get(), new List<Waiting>());
        var (latest, after, last) = (now - rule.Wait, DateTimeOffset.MinValue, 0L); // working time is never shorter than time
        while (true)
        {
            var page = await store.Read(db => db.Conversations
                .Where(c => !c.IsSpam && c.State == ConversationState.Open && c.WaitingSince <= latest && (c.WaitingSince > after || (c.WaitingSince == after && c.Number > last)))
                .Where(c => !db.RuleMarks.Any(m => m.RuleId == rule.Id && m.ConversationNumber == c.Number && m.Since == c.WaitingSince))
                .Where(c => !db.Entries.Any(e => e.ConversationNumber == c.Number && e.Kind == EntryKind.Event && e.Text == Conversation.LayBefore && e.At == c.WaitingSince)) // it waited before anybody here could know
                .OrderBy(c => c.WaitingSince).ThenBy(c => c.Number).Take(PageSize)
                .Select(c => new Waiting(c.Number, c.WaitingSince!.Value, c.TeamId, c.DriverId, c.OurAddress)).ToListAsync(cancel));
            due.AddRange(page.Where(w => PastEvents.DueAt(w.Since, rule, hours.For(w.Team, w.Driver, w.OurAddress)) is var at && at <= now && at > rule.OnSince));
            if (page.Count < PageSize)
            {
                return due;
            }

            (after, last) = (page[^1].Since, page[^1].Number);
        }
    }

    private async Task<bool> RunSome(HeliotropeDb db, LiveRule rule, Waiting[] some, CancellationToken cancel)
    {
        if (!await db.Rules.AnyAsync(r => r.Id == rule.Id && r.IsOn && r.Version == rule.Version, cancel))
        {
            return false;
        }

        db.Happenings = null; // what rules do sets off nothing
        var batch = new RuleBatch(store, db, time.Now(), [.. some.Select(w => w.Number)]);
        foreach (var waiting in some)
        {
            if (await db.Conversations.AnyAsync(c => c.Number == waiting.Number && c.State == ConversationState.Open && c.WaitingSince == waiting.Since, cancel)
                && !await db.RuleMarks.AnyAsync(m => m.RuleId == rule.Id && m.ConversationNumber == waiting.Number && m.Since == waiting.Since, cancel))
            {
                db.RuleMarks.Add(new() { RuleId = rule.Id, ConversationNumber = waiting.Number, Since = waiting.Since });
                await db.SaveChangesAsync(cancel);
                if (!await BeganByRule(db, batch, waiting))
                {
                    await rules.RunOn(batch, waiting.Number, [new(waiting.Number, 0, RuleTrigger.Waits)], [rule], cancel);
                }
            }
        }

        return true;
    }

    /// <summary>Whether this waiting began when a rest ended that a rule had set: then a rule caused it.</summary>
    private static async Task<bool> BeganByRule(HeliotropeDb db, RuleBatch batch, Waiting waiting) =>
        await db.Entries.AnyAsync(e => e.ConversationNumber == waiting.Number && e.Kind == EntryKind.Event && e.Text == "woke" && e.At == waiting.Since) && await batch.WasPutOffByRule(waiting.Number);

    /// <summary>Forgets runs, marks and links that are long past.</summary>
    public Task<bool> Forget(CancellationToken cancel) => store.Write(
        async db =>
        {
            var (now, old) = (time.Now(), time.Now() - Kept.Runs);
            await db.RuleRuns.Where(r => r.At < old).ExecuteDeleteAsync(cancel);
            foreach (var rule in await db.Rules.Select(r => r.Id).ToListAsync(cancel))
            {
                var last = await db.RuleRuns.Where(r => r.RuleId == rule).OrderByDescending(r => r.Id).Skip(Kept.MostRuns).Select(r => (long?)r.Id).FirstOrDefaultAsync(cancel);
                if (last is { } id)
                {
                    await db.RuleRuns.Where(r => r.RuleId == rule && r.Id <= id).ExecuteDeleteAsync(cancel);
                }
            }

            // A mark is needed only while the same waiting goes on.
            await db.RuleMarks.Where(m => !db.Conversations.Any(c => c.Number == m.ConversationNumber && c.WaitingSince == m.Since)).ExecuteDeleteAsync(cancel);
            await db.PersonLinks.Where(l => l.ExpiresAt < now).ExecuteDeleteAsync(cancel);
            return true;
        },
        cancel);
}
