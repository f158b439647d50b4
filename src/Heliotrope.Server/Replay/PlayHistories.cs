using System.Diagnostics;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Replay;

/// <summary>The files of a history: those given together are one.</summary>
/// <param name="Files">Each with its name and its text.</param>
public sealed record ReplayBody(IReadOnlyList<ReplayFile> Files);

/// <summary>What was played.</summary>
/// <param name="Events">How many events.</param>
/// <param name="Conversations">How many conversations they became.</param>
/// <param name="Ahead">How many events lie ahead of now, and were left out.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record ReplaySummary(int Events, int Conversations, int Ahead, double Seconds);

/// <summary>
/// Plays histories: dated events through the same operations as at the desk, with a clock that follows them, so that every figure is
/// counted and none is written in (docs/guide/replay.md). Nothing of it ever leaves this machine.
/// </summary>
internal sealed class PlayHistories(IServiceProvider server, Store store, TimeProvider time)
{
    /// <summary>Often enough that the mark never runs out, seldom enough to cost nothing.</summary>
    private static readonly TimeSpan Renew = TimeSpan.FromSeconds(20);

    // "tell" is told how many events of how many have been played, and first of all that it begins.
    public async Task<Result<ReplaySummary>> Run(Actor actor, ReplayBody body, Func<int, int, Task> tell, CancellationToken cancel)
    {
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        var now = Seconds(time.Now());
        var problems = new ReplayProblems();
        var script = ReplayReader.Read(body.Files ?? [], problems);
        var plan = ReplayPlan.Of(script, now, problems);
        await store.Read(async db =>
        {
            await ReplayPlan.CheckNames(script, db, problems);
            return true;
        });
        if (problems.Any)
        {
            return Refusal.Invalid("replay.invalid", problems.ToString());
        }

        if (await Claim(actor, script, cancel) is { } refusal)
        {
            return refusal;
        }

        try
        {
            var watch = Stopwatch.StartNew();
            var played = await Play(script, plan, now, tell, cancel);
            return played.Refusal is { } stopped ? stopped : new ReplaySummary(plan.Events.Count, played.Value, plan.Ahead, Math.Round(watch.Elapsed.TotalSeconds, 1));
        }
        finally
        {
            await Replaying.End(store);
        }
    }

    private async Task<Result<int>> Play(ReplayScript script, ReplayPlan plan, DateTimeOffset now, Func<int, int, Task> tell, CancellationToken cancel)
    {
        var clock = new ReplayClock(plan.Events.Count > 0 ? plan.Events[0].At : now);
        await using var services = ReplayServices.With(clock, server);
        var cast = await services.GetRequiredService<ReplayStage>().Set(script, cancel);
        var player = services.GetRequiredService<ReplayPlayer>();
        var held = time.GetTimestamp();
        await tell(0, plan.Events.Count);
        for (var i = 0; i < plan.Events.Count; i++)
        {
            if (time.GetElapsedTime(held) > Renew)
            {
                await store.Write(
                    async db =>
                    {
                        await Replaying.Hold(db, time.Now());
                        return true;
                    },
                    cancel);
                held = time.GetTimestamp();
            }

            if (await player.Play(plan.Events[i], cast, script, cancel) is { } refusal)
            {
                return refusal with { Code = "replay.stopped", Detail = $"{plan.Events[i]}: {refusal.Detail} ({refusal.Code}). {i} of {plan.Events.Count} events were played before it." };
            }

            await tell(i + 1, plan.Events.Count);
        }

        await player.PassUntil(now, cancel);
        await store.Write(db => ReplayPeople.Apply(db, script, now, cancel), cancel);
        if (script.Demo)
        {
            await store.Write(
                async db =>
                {
                    await Organisation.Set(db, SettingKeys.Demo, "loaded");
                    return true;
                },
                cancel);
        }

        return player.Conversations;
    }

    private Task<Refusal?> Claim(Actor actor, ReplayScript script, CancellationToken cancel) => store.Write<Refusal?>(
        async db =>
        {
            if (await Replaying.IsOn(db, time.Now()))
            {
                return Replaying.Busy;
            }

            if (script.Demo && await db.Settings.AnyAsync(s => s.Key == SettingKeys.Demo, cancel))
            {
                return DemoStates.IsHere;
            }

            if (await PlayedBefore(db, script) is { } before)
            {
                return before;
            }

            await Replaying.Hold(db, time.Now());
            if (script.Demo)
            {
                await Organisation.Set(db, SettingKeys.Demo, "loading");
            }

            db.Audit.Add(AuditLine.Of(actor, script.Demo ? "demo.loaded" : "history.played", FormattableString.Invariant($"{script.Stories.Count} stories"), time.Now()));
            return null;
        },
        cancel);

    /// <summary>A story that begins with a mail is known by that mail; one that we began, by its customer and its subject.</summary>
    private static async Task<Refusal?> PlayedBefore(HeliotropeDb db, ReplayScript script)
    {
        foreach (var story in script.Stories)
        {
            var id = ReplayMail.MessageId(new(story, story.Events[0], 0, default));
            var (address, subject) = (story.Customer.Address.Value, story.Subject);
            if (story.Events[0].Action is MailAction
                ? await db.RawMail.AnyAsync(m => m.MessageId == id)
                : await db.Conversations.AnyAsync(c => c.Subject == subject && db.CustomerAddresses.Any(a => a.Address == address && a.CustomerId == c.CustomerId)))
            {
                return new Refusal(RefusalKind.Conflict, "replay.known", $"{story.Place}: the story \"{story.Name}\" has been played here before. Nothing was played.");
            }
        }

        return null;
    }

    private static DateTimeOffset Seconds(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));
}
