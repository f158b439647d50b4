using Heliotrope.Core;
using Heliotrope.Core.Acts;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Notifications;
using Heliotrope.Core.Rules;
using Heliotrope.Server.Acts;
using Heliotrope.Server.Database;
using Heliotrope.Server.Notifications;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Search;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Undo;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Rules;

/// <summary>
/// Runs the rules in the transaction of what set them off, so that no list shows the state before them. A rule that cannot be carried out undoes itself
/// alone: what set it off, such as a mail, is stored all the same.
/// </summary>
internal sealed class RunRules(Store store, Current<RuleSet> current, Perform perform, OutboxBell bell, TimeProvider time, ILogger<RunRules> log)
{
    /// <summary>A rule that was refused so often in a row is switched off.</summary>
    public const int MostRefusals = 5;

    /// <summary>What the store calls when a write has saved, before it commits.</summary>
    public async Task After(HeliotropeDb db, CancellationToken cancel)
    {
        if (db.Happenings?.Take() is not { Count: > 0 } noted)
        {
            return;
        }

        var rules = (await current.Get()).All;
        var setOff = noted.Where(h => rules.Any(r => r.Plan.Trigger == h.Trigger)).GroupBy(h => h.Conversation).OrderBy(group => group.Key).ToList();
        var now = time.Now();
        if (setOff.Count == 0 || await Replaying.IsOn(db, now))
        {
            return;
        }

        var (happenings, hidden) = (db.Happenings, db.HiddenTeams);
        db.Happenings = null; // what rules do sets off nothing
        db.HiddenTeams = []; // a rule sees what its owner sees, whoever sets it off
        var batch = new RuleBatch(store, db, now, [.. setOff.Select(group => group.Key)]);
        foreach (var group in setOff)
        {
            await RunOn(batch, group.Key, [.. group], rules, cancel);
        }

        (db.Happenings, db.HiddenTeams) = (happenings, hidden);
        db.Committed += bell.Ring;
    }

    /// <summary>Runs those of the rules that this sets off, each at most once.</summary>
    public async Task RunOn(RuleBatch batch, long number, IReadOnlyList<Happening> happened, IReadOnlyList<LiveRule> rules, CancellationToken cancel)
    {
        var triggers = happened.Select(h => h.Trigger).ToHashSet();
        if (triggers.Contains(RuleTrigger.SnoozeEnded) && await batch.WasPutOffByRule(number))
        {
            triggers.Remove(RuleTrigger.SnoozeEnded); // its end was caused by a rule
        }

        var mine = rules.Where(r => triggers.Contains(r.Plan.Trigger) && !batch.GaveUp.Contains(r.Id)).ToDictionary(r => r.Id);
        var message = mine.Values.Any(r => r.Plan.Message.Count > 0) ? await batch.Message(number, happened) : null;
        await RuleChain.Run(
            [.. mine.Values.Select(r => r.Plan)], triggers, message, plan => batch.AsksFor(mine[plan.Id], number), (plan, written) => Run(batch, mine[plan.Id], number, written, cancel));
    }

    private async Task<RuleOutcome> Run(RuleBatch batch, LiveRule rule, long number, bool written, CancellationToken cancel)
    {
        var (db, now) = (batch.Db, batch.Now);
        var transaction = db.Database.CurrentTransaction!;
        await transaction.CreateSavepointAsync("rule", cancel);

        // Within something that a person can take back, what rules did because of it goes with it.
        var ofItsOwn = db.Journal is null;
        db.Journal ??= new Journal(store.Engine.Rows);
        var done = await Try(batch, rule, number, written);
        if (done.Refusal is { } refusal)
        {
            db.Journal = ofItsOwn ? null : db.Journal;
            await transaction.RollbackToSavepointAsync("rule", cancel);
            db.ChangeTracker.Clear();
            db.RuleRuns.Add(RunOf(rule, number, now, RuleOutcome.Refused, refusal, []));
            await db.SaveChangesAsync(cancel);
            if (await SwitchOffWhenBroken(db, rule, number, refusal, now, cancel))
            {
                batch.GaveUp.Add(rule.Id); // also for the rest of what came together
            }

            return RuleOutcome.Refused;
        }

        var changed = done.Value.Where(step => step.Effect is Effect.Changes).ToList();
        var outcome = changed.Count > 0 ? RuleOutcome.Done : RuleOutcome.Nothing;
        if (outcome is RuleOutcome.Done)
        {
            batch.Changed(number);
        }

        var step = ofItsOwn ? await UndoableWrites.Keep(store, db, rule.Actor, "rule", rule.Name, Tokens.New(), cancel) : null;
        var run = RunOf(rule, number, now, outcome, null, changed);
        run.UndoStepId = step?.Id;
        db.RuleRuns.Add(run);
        await db.SaveChangesAsync(cancel);
        return outcome;
    }

    private async Task<Result<IReadOnlyList<Step>>> Try(RuleBatch batch, LiveRule rule, long number, bool written)
    {
        try
        {
            var db = batch.Db;
            var acts = written ? [.. rule.Plan.Acts.Where(act => act.Kind is not ActKind.Reply)] : rule.Plan.Acts; // one event is answered once
            var (conversation, book) = ((await db.Conversations.FindAsync(number))!, await batch.Book());
            var plan = await Perform.Plan(db, conversation, acts, rule.Actor, batch.Now, book);
            if (plan.Refusal is not null || !plan.Value.Any(step => step.Effect is Effect.Changes))
            {
                return plan;
            }

            conversation.NoteRule(rule.Actor, batch.Now);
            return await perform.On(db, conversation, acts, rule.Actor, batch.Now, book);
        }
        catch (Exception e) when (!store.Engine.IsClash(e) && e is not (OperationCanceledException or OutOfMemoryException))
        {
            // A defect of ours, or of what was kept, costs the rule its run and never the mail that set it off.
            log.LogError(e, "The rule {Rule} could not be run on conversation {Conversation}", rule.Id, number);
            return new Refusal(RefusalKind.Conflict, "rule.failed", "This rule could not be run.");
        }
    }

    private static RuleRun RunOf(LiveRule rule, long number, DateTimeOffset now, RuleOutcome outcome, Refusal? refusal, IReadOnlyList<Step> changed) => new()
    {
        RuleId = rule.Id,
        ConversationNumber = number,
        At = now,
        RuleVersion = rule.Version,
        Outcome = outcome,
        Refusal = refusal?.Code ?? "",
        About = (refusal?.About ?? "").Storable(200),
        Acts = ActList.ToJson(changed.Select(step => step.Act)),
    };

    /// <summary>What cannot be done again and again is wrong: it is switched off, and whoever wrote it hears of it.</summary>
    private static async Task<bool> SwitchOffWhenBroken(HeliotropeDb db, LiveRule rule, long number, Refusal refusal, DateTimeOffset now, CancellationToken cancel)
    {
        var last = await db.RuleRuns.Where(r => r.RuleId == rule.Id && r.RuleVersion == rule.Version).OrderByDescending(r => r.Id).Take(MostRefusals).Select(r => r.Outcome).ToListAsync(cancel);
        if (last.Count < MostRefusals || last.Exists(outcome => outcome is not RuleOutcome.Refused) || await db.Rules.FirstOrDefaultAsync(r => r.Id == rule.Id && r.IsOn, cancel) is not { } row)
        {
            return false;
        }

        (row.IsOn, row.OnSince, row.OffBecause) = (false, null, refusal.Code);
        db.Audit.Add(AuditLine.Of(rule.Actor, "rule.gave-up", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{rule.Id} {rule.Name}: {refusal.Code}"), now));
        if (row.OwnerId is { } owner && await db.Conversations.FindAsync([number], cancel) is { } conversation)
        {
            await Notify.Write(db, owner, Reason.Rule, conversation, $"{rule.Name}: {refusal.Detail}", rule.Actor, now);
        }

        await db.SaveChangesAsync(cancel);
        return true;
    }
}
