using Heliotrope.Core;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Recovery;
using Heliotrope.Server.Spam;
using Heliotrope.Server.Tags;
using Heliotrope.Server.Teams;
using NodaTime;

namespace Heliotrope.Server.Replay;

/// <summary>What people of ours do in a history: the operations of the desk.</summary>
internal sealed class ReplayDesk(
    Note note, Assign assign, GiveToTeam giveToTeam, SetDriver setDriver, ChangeTags changeTags, Snooze snooze, Resolve resolve, Reopen reopen, MarkSpam markSpam, ChangeRecovery recovery, ReplaySteps steps)
{
    public async Task<Refusal?> Play(PlannedEvent e, long number, ReplayCast cast, DateTimeZone zone, CancellationToken cancel)
    {
        var by = cast.Actor(e.Event.By);
        return e.Event.Action switch
        {
            ReplyAction words => await steps.Reply(by, number, words, cancel),
            NoteAction words => await note.Run(by, number, new(words.Text), cancel),
            AssignAction { Person: var person } => (await assign.Run(by, number, new(person is null ? null : cast.People[person].Email), cancel)).Refusal,
            TeamAction { Team: var team } => (await giveToTeam.Run(by, number, new(team), cancel)).Refusal,
            DriverAction { Driver: var driver } => (await setDriver.Run(by, number, new(driver), cancel)).Refusal,
            TagsAction { Tags: var tags } => (await changeTags.Run(by, number, new(tags, []), cancel)).Refusal,
            SnoozeAction { Until: var until } => (await snooze.Run(by, number, new(until.In(e.At, zone, e.At) ?? DateTimeOffset.MaxValue), cancel)).Refusal,
            ResolveAction => (await resolve.Run(by, number, cancel)).Refusal,
            ReopenAction => (await reopen.Run(by, number, cancel)).Refusal,
            ComplaintAction { Complaint: var complaint } => (await recovery.Run(by, number, new(Open: complaint), cancel)).Refusal,
            FixAction words => (await recovery.Run(by, number, new(Fix: words.What, Resolve: words.Resolve), cancel)).Refusal,
            CauseAction { Cause: var cause } => (await recovery.Run(by, number, new(OutsideCause: cause), cancel)).Refusal,
            KeepAction => await steps.Keep(by, number, cancel),
            SpamAction { Spam: var spam } => (await markSpam.Run(by, number, new(spam, Block: false), cancel)).Refusal,
            _ => throw new InvalidOperationException($"Nobody of ours does {e.Event.Action.GetType().Name}."),
        };
    }
}
