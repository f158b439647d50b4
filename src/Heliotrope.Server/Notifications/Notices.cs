using Heliotrope.Core.Conversations;
using Heliotrope.Core.Notifications;
using Heliotrope.Core.People;
using Heliotrope.Core.Promises;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Heliotrope.Server.Notifications;

/// <summary>
/// Reads from what is being saved whom to tell of it: whatever way something happens in, by hand, by a rule or by a program, it is
/// an entry of its conversation (docs/decisions/0031). What is played in from a history or an import lies in the past, and nobody is told.
/// </summary>
internal static class Notices
{
    /// <summary>What is older was not done now.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private const int MostTold = 50;

    public static async Task Write(HeliotropeDb db, DateTimeOffset now)
    {
        var entries = db.ChangeTracker.Entries<Entry>().Where(e => e.State is EntityState.Added && e.Entity.At > now - Fresh).ToList();
        var promises = db.ChangeTracker.Entries<Promise>().Where(e => e.State is EntityState.Modified).ToList();
        foreach (var entry in entries)
        {
            var number = entry.Property(e => e.ConversationNumber).CurrentValue;
            if (await Find(db, number) is { IsSpam: false } conversation)
            {
                await Tell(db, conversation, number, entry.Entity, now);
            }
        }

        foreach (var promise in promises)
        {
            await TellOfPromise(db, promise, entries, now);
        }
    }

    private static async Task<Conversation?> Find(HeliotropeDb db, long number) =>
        db.ChangeTracker.Entries<Conversation>().FirstOrDefault(c => c.Property(p => p.Number).CurrentValue == number)?.Entity
        ?? (number > 0 ? await db.Conversations.FindAsync(number) : null);

    private static async Task Tell(HeliotropeDb db, Conversation conversation, long number, Entry entry, DateTimeOffset now)
    {
        switch (entry)
        {
            case { Kind: EntryKind.Message, Direction: Direction.In, Author: not Author.Machine }:
                await TellAround(db, conversation, number, Reason.Answered, entry.Text, Actor.Customer(entry.FromName), now);
                break;
            case { Kind: EntryKind.Message, Direction: Direction.Out } or { Kind: EntryKind.Note }:
                await TellAround(db, conversation, number, Reason.Followed, entry.Text, ByOf(entry), now);
                break;
            case { Kind: EntryKind.Event, Text: "assigned" or "given" } when conversation.AssigneeId is { } assignee:
                await Notify.Write(db, assignee, Reason.Assigned, conversation, conversation.Preview, ByOf(entry), now);
                break;
            case { Kind: EntryKind.Event, Text: "asked-for-person" }:
                await TellAround(db, conversation, number, Reason.Answered, "", Actor.Customer(entry.FromName), now);
                break;
            case { Kind: EntryKind.Event, Text: "life-event-cancelled", UserId: null }: // by the family, behind their link
                await TellAround(db, conversation, number, Reason.Answered, "", Actor.Customer(entry.FromName), now);
                break;
            case { Kind: EntryKind.Event, Text: "not-resolved" or "not-again" }:
                await TellTheirs(db, conversation, number, Reason.SaidNo, entry.Detail, Actor.Customer(entry.FromName), now);
                break;

            // A question of ours that did not arrive is no word that anybody waits for, and presses nobody.
            case { Kind: EntryKind.Event, Text: "not-sent" or "bounced" } when conversation.Attention is Attention.NotSent:
                await TellTheirs(db, conversation, number, Reason.NotSent, entry.Detail, Actor.System, now);
                break;
        }
    }

    /// <summary>Whoever has it, and whoever follows it.</summary>
    private static async Task TellAround(HeliotropeDb db, Conversation conversation, long number, Reason theirs, string about, Actor by, DateTimeOffset now)
    {
        if (conversation.AssigneeId is { } assignee)
        {
            await Notify.Write(db, assignee, theirs, conversation, about, by, now);
        }

        if (number <= 0)
        {
            return; // nobody can follow yet what is only being begun
        }

        var following = await db.Follows.Where(f => f.ConversationNumber == number && !f.Muted && f.UserId != conversation.AssigneeId).OrderBy(f => f.UserId).Take(MostTold).Select(f => f.UserId).ToListAsync();
        foreach (var follower in following)
        {
            await Notify.Write(db, follower, Reason.Followed, conversation, about, by, now);
        }
    }

    /// <summary>Whoever has it; where nobody does, whoever answered last.</summary>
    private static async Task TellTheirs(HeliotropeDb db, Conversation conversation, long number, Reason reason, string about, Actor by, DateTimeOffset now)
    {
        var last = reason is Reason.NotSent || conversation.AssigneeId is null
            ? await db.Entries.Where(e => e.ConversationNumber == number && e.Kind == EntryKind.Message && e.Direction == Direction.Out && e.UserId != null).OrderByDescending(e => e.Id).Select(e => e.UserId).FirstOrDefaultAsync()
            : null;
        foreach (var user in new[] { conversation.AssigneeId, last }.OfType<long>().Distinct())
        {
            await Notify.Write(db, user, reason, conversation, about, by, now);
        }
    }

    private static async Task TellOfPromise(HeliotropeDb db, EntityEntry<Promise> change, List<EntityEntry<Entry>> entries, DateTimeOffset now)
    {
        var promise = change.Entity;
        bool Said(string code) => entries.Exists(e => e.Entity.Kind is EntryKind.Event && e.Entity.Text == code && e.Property(p => p.ConversationNumber).CurrentValue == promise.ConversationNumber);
        Reason? reason =
            promise is { State: PromiseState.Broken, DoneAt: null } && change.Property(p => p.State).IsModified && Said("promise-broken") ? Reason.PromiseBroken
            : promise.RiskSaid && change.Property(p => p.RiskSaid).IsModified && Said("promise-at-risk") ? Reason.PromiseAtRisk
            : promise.Reminded && change.Property(p => p.Reminded).IsModified && promise.State is PromiseState.Open && promise.DueAt > now ? Reason.PromiseSoon
            : null;
        if (reason is not { } why || await Find(db, promise.ConversationNumber) is not { IsSpam: false } conversation)
        {
            return;
        }

        await Notify.Write(db, promise.OwnerId, why, conversation, promise.Text, Actor.System, now);
        foreach (var lead in why is Reason.PromiseSoon ? [] : await Leads(db, conversation.TeamId))
        {
            if (lead != promise.OwnerId)
            {
                await Notify.Write(db, lead, why, conversation, promise.Text, Actor.System, now);
            }
        }
    }

    /// <summary>Who leads the team; where it has no lead of its own, or there is no team, all leads.</summary>
    public static async Task<IReadOnlyList<long>> Leads(HeliotropeDb db, long? team)
    {
        var leads = db.Users.Where(u => u.Role == Role.Lead && u.LeftAt == null).OrderBy(u => u.Id).Select(u => u.Id);
        var theirs = team is null ? [] : await leads.Where(id => db.TeamMembers.Any(m => m.TeamId == team && m.UserId == id)).Take(MostTold).ToListAsync();
        return theirs.Count > 0 ? theirs : await leads.Take(MostTold).ToListAsync();
    }

    private static Actor ByOf(Entry entry) => entry.UserId is { } user ? new(ActorKind.Person, user, entry.FromName, Role.Agent) : entry.FromName == Actor.System.Name ? Actor.System : new(ActorKind.ApiKey, null, entry.FromName, Role.Agent);
}
