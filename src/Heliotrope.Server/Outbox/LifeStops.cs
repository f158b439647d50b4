using System.Linq.Expressions;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.LifeEvents;
using Heliotrope.Core.Reading;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Outbox;

/// <summary>
/// In a hard time nothing is sent that nobody wrote (docs/method.md, C7, docs/decisions/0038): it is not written, and what was written before and has not left is taken back.
/// What a private team knows stops the mail of all teams.
/// </summary>
internal static class LifeStops
{
    /// <summary>The code of the event where nobody is asked because of it.</summary>
    public const string NotAsked = "not-asked.life-event";

    /// <summary>The same where it was told to a private team, and others are not to learn of it.</summary>
    public const string Stopped = "not-asked.stopped";

    private static readonly string[] Kinds = ["confidence", AutomaticMail.ByRule];

    /// <summary>The life events for whose sake nothing automatic is sent at an instant: the rule of <see cref="CustomerLifeEvent.StopsAt"/>, for queries.</summary>
    public static Expression<Func<CustomerLifeEvent, bool>> Holding(DateTimeOffset now)
    {
        var since = now - CustomerLifeEvent.Aftermath;
        return e => e.ClosedAt == null || (e.State == LifeEventState.Closed && (e.ClosedAt > since || (e.Kind == LifeEvent.Bereavement && e.CancelledAt != null)));
    }

    /// <summary>Mails that nobody wrote, to customers.</summary>
    public static Expression<Func<OutboxMail, bool>> IsAutomatic { get; } = o => o.UserId == null && (o.EntryId == null || o.Kind == AutomaticMail.ByRule);

    /// <summary>Why nothing automatic may be written in a conversation, as the code of an event; null when it may.</summary>
    public static async Task<string?> Bar(HeliotropeDb db, Conversation conversation, DateTimeOffset now)
    {
        var (customer, team) = (conversation.CustomerId, conversation.TeamId);
        var secrets = await db.LifeEvents.IgnoreQueryFilters().Where(Holding(now)).Where(e => e.CustomerId == customer)
            .Select(e => db.Conversations.IgnoreQueryFilters().Any(c => c.Number == e.ConversationNumber && c.TeamId != team && db.Teams.Any(t => t.Id == c.TeamId && t.Private)))
            .ToListAsync();
        return secrets.Contains(false) ? NotAsked : secrets.Count > 0 || await IsStopped(db, customer, now) ? Stopped : null;
    }

    /// <summary>Whether nothing automatic may go to a customer: for their own sake, or because they look after somebody's affairs.</summary>
    private static async Task<bool> IsStopped(HeliotropeDb db, long customer, DateTimeOffset now)
    {
        var holding = db.LifeEvents.IgnoreQueryFilters().Where(Holding(now));
        return await holding.AnyAsync(e => e.CustomerId == customer)
            || await holding.AnyAsync(e => e.Contacts.Any(c => c.Address != "" && db.CustomerAddresses.IgnoreQueryFilters().Any(a => a.CustomerId == customer && a.Address == c.Address)));
    }

    /// <summary>Takes back what waits to go to a customer, in the transaction in which it was told.</summary>
    public static async Task Withdraw(HeliotropeDb db, long customer, DateTimeOffset at)
    {
        const int most = 200;
        var waiting = await db.Outbox.IgnoreQueryFilters().Where(IsAutomatic)
            .Where(o => (o.State == OutboxState.Waiting || o.State == OutboxState.Kept)
                && (db.Conversations.IgnoreQueryFilters().Any(c => c.Number == o.ConversationNumber && c.CustomerId == customer) || db.CustomerAddresses.IgnoreQueryFilters().Any(a => a.CustomerId == customer && a.Address == o.EnvelopeTo)))
            .OrderBy(o => o.Id).Take(most).ToListAsync();
        foreach (var mail in waiting)
        {
            await Withdraw(db, mail, at);
        }
    }

    /// <summary>Takes out of what is due whatever may not leave any more, however it came to be there.</summary>
    public static async Task<List<OutboxMail>> Hold(HeliotropeDb db, List<OutboxMail> due, DateTimeOffset now)
    {
        var left = new List<OutboxMail>(due.Count);
        foreach (var mail in due)
        {
            if (mail is { UserId: null, ConversationNumber: { } number } && Kinds.Contains(mail.Kind)
                && await db.Conversations.Where(c => c.Number == number).Select(c => (long?)c.CustomerId).FirstOrDefaultAsync() is { } customer && await IsStopped(db, customer, now))
            {
                await Withdraw(db, mail, now);
            }
            else
            {
                left.Add(mail);
            }
        }

        return left;
    }

    private static async Task Withdraw(HeliotropeDb db, OutboxMail mail, DateTimeOffset at)
    {
        mail.Doubts += mail.State is OutboxState.Sending ? 1 : 0; // whoever sent it died, and it may have arrived
        mail.State = OutboxState.Withdrawn;
        (mail.LeaseOwner, mail.LeaseUntil) = (null, null);
        if (mail.ConversationNumber is not { } number || await db.Conversations.IgnoreQueryFilters().FirstOrDefaultAsync(c => c.Number == number) is not { } conversation)
        {
            return;
        }

        if (mail.Kind == AutomaticMail.ByRule)
        {
            conversation.Record("withdrawn.rule", mail.Subject, at);
            return;
        }

        // Nobody was asked: what they would have answered on goes with it.
        conversation.Record("withdrawn.question", mail.Subject, at);
        db.ConfidenceChecks.RemoveRange(await db.ConfidenceChecks.IgnoreQueryFilters().Where(c => c.ConversationNumber == number && c.AnsweredAt == null && c.CreatedAt == mail.CreatedAt).ToListAsync());
    }
}
