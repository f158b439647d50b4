using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Channels;
using Heliotrope.Server.Confidence;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Happiness;
using Heliotrope.Server.Merging;
using Heliotrope.Server.Promises;
using Heliotrope.Server.Recovery;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Heliotrope.Server.Replay;

/// <summary>Plays events one after the other, and between them lets the workers do what was due by then.</summary>
internal sealed class ReplayPlayer(
    Store store, Intake intake, AnswerConfidence confidence, ReplayDesk desk, ReplaySteps steps, SilenceWorker silence, LoseRecoveries losing, SnoozeWorker snoozed, PromiseWorker promises,
    Merge merge, ReplayClock clock)
{
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);

    /// <summary>Where a conversation is, once its story has begun.</summary>
    public int Conversations => _numbers.Count;

    /// <summary>Plays an event at its instant.</summary>
    public async Task<Refusal?> Play(PlannedEvent e, ReplayCast cast, ReplayScript script, CancellationToken cancel)
    {
        await PassUntil(e.At, cancel);
        var begins = e.Index == 0;
        if (begins)
        {
            var begun = e.Event.Action is MailAction first ? await Receive(e, first, script, cancel) : await Start(e, cast, script, cancel);
            if (begun.Refusal is { } refusal)
            {
                return refusal;
            }

            _numbers[e.Story.Name] = begun.Value;
            if (script.Demo)
            {
                await steps.MarkDemo(begun.Value, cancel);
            }

            return null;
        }

        var number = _numbers[e.Story.Name];
        if (e.Event.Action is MergeAction { Story: var other })
        {
            return await Merge(e, number, other, cast, cancel);
        }

        return e.Event.By is null ? await ByCustomer(e, number, script, cancel) : await desk.Play(e, number, cast, script.Zone, cancel);
    }

    /// <summary>Puts the clock forward, and stops on the way at each instant at which something was put off until, or a promise is at risk or broken.</summary>
    public async Task PassUntil(DateTimeOffset at, CancellationToken cancel)
    {
        while (await Next(at, cancel) is { } next)
        {
            clock.Reach(next);
            await EndSilent(cancel);
            if (await snoozed.WakeSome(cancel) + await promises.WatchSome(cancel) == 0)
            {
                break;
            }
        }

        clock.Reach(at);
        await EndSilent(cancel);
    }

    private Task<DateTimeOffset?> Next(DateTimeOffset at, CancellationToken cancel) => store.Read(async db =>
    {
        var woken = await SnoozeWorker.Due(db, at).MinAsync(c => c.SnoozedUntil, cancel);
        var watched = await PromiseWorker.Next(db, at, cancel);
        return woken < watched ? woken : watched ?? woken;
    });

    // A clock that ends in silence ends at its own instant, however late anybody looks.
    private async Task EndSilent(CancellationToken cancel)
    {
        while (await silence.EndSome(cancel) + await losing.EndSome(cancel) > 0)
        {
            // Until none is left.
        }
    }

    private async Task<Refusal?> Merge(PlannedEvent e, long number, string other, ReplayCast cast, CancellationToken cancel)
    {
        if (!_numbers.TryGetValue(other, out var from))
        {
            return Refusal.Invalid("replay.no-story", $"No story \"{other}\" has begun by then.");
        }

        var refused = (await merge.Run(cast.Actor(e.Event.By), from, new(number), cancel)).Refusal;
        _numbers[other] = refused is null ? number : from;
        return refused;
    }

    private async Task<Refusal?> ByCustomer(PlannedEvent e, long number, ReplayScript script, CancellationToken cancel)
    {
        if (e.Event.Action is MailAction mail)
        {
            return (await Receive(e, mail, script, cancel)).Match(
                into => into == number ? null : Refusal.Invalid("replay.elsewhere", $"This mail became part of conversation {into} rather than {number}: whoever wrote it has no mail of ours to answer."),
                refusal => refusal);
        }

        if (await store.Read(db => ReplayMail.Token(db, number)) is not { } token)
        {
            return Refusal.Invalid("replay.not-asked", "Nobody has asked this customer whether it is resolved.");
        }

        var customer = Actor.Customer(e.Story.Customer.Name);
        return e.Event.Action is ConfidenceAction answers
            ? (await confidence.Answer(customer, token, new(answers.Resolved, answers.Again, answers.Comment), cancel)).Refusal
            : (await confidence.AskForPerson(customer, token, cancel)).Refusal;
    }

    private async Task<Result<long>> Receive(PlannedEvent e, MailAction mail, ReplayScript script, CancellationToken cancel)
    {
        long? number = _numbers.TryGetValue(e.Story.Name, out var known) ? known : null;
        var (raw, to) = await store.Read(async db => (await ReplayMail.Write(db, e, mail, number, script.Zone), await ReplayMail.To(db, e.Story, number)));
        var from = (mail.From ?? e.Story.Customer).Address.Value;
        var outcome = await intake.AcceptAlone(new(raw, from, [to], script.Demo ? "demo" : "replay"), cancel);
        return outcome is { Status: IntakeStatus.Stored, Conversation: { } into }
            ? into
            : Refusal.Invalid("replay.not-stored", outcome.Status is IntakeStatus.Duplicate ? "This very mail is here already." : "This mail went into quarantine.");
    }

    private async Task<Result<long>> Start(PlannedEvent e, ReplayCast cast, ReplayScript script, CancellationToken cancel)
    {
        var by = cast.People[e.Event.By!];
        long? team = cast.TeamOfPerson.TryGetValue(by.Id, out var id) ? id : null;
        var address = await store.Read(db => db.OurAddresses.Where(a => a.TeamId == team && a.Demo == script.Demo).OrderBy(a => a.Id).Select(a => a.Address).FirstOrDefaultAsync(cancel))
            ?? (await store.Read(Organisation.Of)).UsualAddress ?? "";
        return await steps.Start(by.AsActor(), e.Story, address, team, (ReplyAction)e.Event.Action, cancel);
    }
}
