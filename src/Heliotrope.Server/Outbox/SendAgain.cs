using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Outbox;

/// <summary>Sends a mail that was given up, kept, or waits for its next try: now, with the same bytes.</summary>
internal sealed class SendAgain(Store store, Departure departure, OutboxBell bell, TimeProvider time)
{
    public async Task<Result<OutboxItem>> Run(Actor actor, long id, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        var result = await store.Write<Result<OutboxItem>>(
            async db =>
            {
                if (await db.Outbox.Where(ListOutbox.MayRead(actor)).FirstOrDefaultAsync(o => o.Id == id, cancel) is not { } mail)
                {
                    return new Refusal(RefusalKind.NotFound, "outbox.unknown", $"There is no mail {id} in the outbox.");
                }

                if (mail.State is OutboxState.Sent or OutboxState.Sending or OutboxState.Replayed or OutboxState.Withdrawn)
                {
                    return new Refusal(RefusalKind.Conflict, "outbox.sent", "This mail has left or is leaving.");
                }

                var (state, route) = await departure.Of(db, Departure.OurAddress(mail));
                if (state is not OutboxState.Waiting)
                {
                    return new Refusal(RefusalKind.Conflict, "smarthost.missing", "Nothing is set through which this mail could leave. Connect the mailbox of its sender, or set HELIOTROPE_SMARTHOST and start again.");
                }

                (mail.State, mail.MailboxId) = (state, route.Mailbox);
                mail.NextTryAt = time.Now();
                mail.Attempts = 0; // a person's word begins a new series of tries
                return OutboxItem.Of(mail);
            },
            cancel);
        bell.Ring();
        return result;
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/outbox/{id:long}/again",
            async (long id, SendAgain again, HttpContext http) => (await again.Run(http.Actor(), id, http.RequestAborted)).ToApi())
        .WithName("sendAgain").WithSummary("Send a mail of the outbox again").Answers<OutboxItem>();
}
