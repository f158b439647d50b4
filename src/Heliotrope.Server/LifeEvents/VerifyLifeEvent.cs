using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.LifeEvents;
using Heliotrope.Core.Notifications;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Notifications;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.LifeEvents;

/// <summary>Looks in the outbox, and at what programs told, whether what was to stop did stop.</summary>
internal sealed class VerifyLifeEvent(Store store, TimeProvider time)
{
    private const int Most = 200;

    /// <summary>Of all that the actor may see.</summary>
    public async Task<Result<VerificationDetails>> Run(Actor actor, long id)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        return await store.Read<Result<VerificationDetails>>(actor, async db =>
        {
            if (await db.LifeEvents.Include(e => e.Contacts).FirstOrDefaultAsync(e => e.Id == id) is not { } life)
            {
                return GetLifeEvent.Unknown(id);
            }

            var slips = await Slips(db, life);
            return new VerificationDetails(slips.Count == 0, life.OpenedAt, time.Now(), [.. slips.Select(s => new SlipDetails(s.Kind, s.At, s.What, s.Conversation))]);
        });
    }

    /// <summary>Checks one in a transaction of the caller's, and says aloud what is new.</summary>
    public static async Task Check(HeliotropeDb db, CustomerLifeEvent life, Conversation? conversation, DateTimeOffset now)
    {
        var slips = await Slips(db, life);
        if (life.Check(slips.Count, now) == 0)
        {
            return;
        }

        var where = slips.Select(s => s.Conversation).LastOrDefault(number => number is not null) is { } number ? await db.Conversations.FindAsync(number) : null;
        if ((where ?? conversation) is { } there)
        {
            there.Record("life-event-slipped", slips[^1].What, now);
            foreach (var user in (await Notices.Leads(db, there.TeamId)).Concat(there.AssigneeId is { } assignee ? [assignee] : []).Distinct())
            {
                await Notify.Write(db, user, Reason.LifeEventSlip, there, slips[^1].What, Actor.System, now);
            }
        }
    }

    private static async Task<IReadOnlyList<Slip>> Slips(HeliotropeDb db, CustomerLifeEvent life)
    {
        var (customer, since) = (life.CustomerId, life.OpenedAt);
        List<string> theirs = [.. await db.CustomerAddresses.Where(a => a.CustomerId == customer).Select(a => a.Address).ToListAsync(), .. life.Contacts.Select(c => c.Address).Where(a => a.Length > 0)];
        var mails = await db.Outbox.Where(LifeStops.IsAutomatic)
            .Where(o => (o.CreatedAt >= since || o.SentAt >= since || o.State == OutboxState.Waiting || o.State == OutboxState.Sending)
                && (theirs.Contains(o.EnvelopeTo) || db.Conversations.Any(c => c.Number == o.ConversationNumber && c.CustomerId == customer)))
            .OrderByDescending(o => o.Id).Take(Most)
            .Select(o => new { o.CreatedAt, o.SentAt, o.Subject, o.ConversationNumber, o.State, o.Doubts }).ToListAsync();
        var bought = await db.Purchases.Where(p => p.CustomerId == customer && life.CancelledAt != null && p.At > life.CancelledAt).OrderBy(p => p.At).Take(Most).Select(p => new RecordFact(p.At, p.What, p.Amount)).ToListAsync();
        var used = await db.ProductEvents.Where(e => e.CustomerId == customer && life.CancelledAt != null && e.At > life.CancelledAt).OrderBy(e => e.At).Take(Most).Select(e => new RecordFact(e.At, e.Name, null)).ToListAsync();
        return Verification.Of(
            since, life.CancelledAt,
            mails.Select(o => new MailFact(
                o.SentAt ?? (o.State is OutboxState.Waiting or OutboxState.Sending && o.CreatedAt < since ? since : o.CreatedAt), o.Subject, o.ConversationNumber,
                o.State is OutboxState.Sent or OutboxState.Sending or OutboxState.Waiting or OutboxState.Replayed || o.Doubts > 0)),
            bought.Concat(used));
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/life-events/{id:long}/verification", async (long id, VerifyLifeEvent verify, HttpContext http) => (await verify.Run(http.Actor(), id)).ToApi())
        .WithName("verifyLifeEvent").WithSummary("Look now whether anything automatic was sent since, or charged or delivered after everything was cancelled").Answers<VerificationDetails>();
}

/// <summary>Checks open life events every day, and closed ones once more after 14 days.</summary>
internal sealed class VerifyWorker(Store store, TimeProvider time, ILogger<VerifyWorker> log) : Worker(TimeSpan.FromMinutes(5), "Life events could not be checked", log)
{
    private const int MostAtOnce = 50;

    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        while (!await store.Read(db => Replaying.IsOn(db, time.Now())) && await CheckSome(cancel) == MostAtOnce)
        {
            // Until none is left; small batches let others write in between.
        }

        return Every;
    }

    /// <summary>Checks some; how many.</summary>
    public async Task<int> CheckSome(CancellationToken cancel)
    {
        var now = time.Now();
        return !await store.Read(db => db.LifeEvents.AnyAsync(e => e.CheckAt <= now, cancel)) ? 0 : await store.Write(
            async db =>
            {
                var due = await db.LifeEvents.Include(e => e.Contacts).Where(e => e.CheckAt <= now).OrderBy(e => e.CheckAt).Take(MostAtOnce).ToListAsync(cancel);
                foreach (var life in due)
                {
                    await VerifyLifeEvent.Check(db, life, await ChangeLifeEvent.Where(db, life), now);
                }

                return due.Count;
            },
            cancel);
    }
}
