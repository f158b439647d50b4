using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Mailboxes;

/// <summary>Connects a mailbox: tries its servers first, keeps it, and has it send mail to itself.</summary>
internal sealed class ConnectMailbox(Store store, TryMailbox tries, TestMails tests, MailboxSecrets secrets, MailboxBell bell, OutboxBell outbox, TimeProvider time)
{
    /// <summary>Each holds a connection to its server.</summary>
    public const int Most = 200;

    public async Task<Result<MailboxDetails>> Run(Actor actor, MailboxBody body, CancellationToken cancel)
    {
        var tried = await Try(actor, body, cancel);
        return tried.Refusal is { } refusal ? refusal
            : tried.Value.IsWell ? await Save(actor, body, tried.Value, cancel)
            : NotReached(tried.Value);
    }

    /// <summary>Signs in to the servers that are named, and keeps nothing.</summary>
    public async Task<Result<MailboxTrial>> Try(Actor actor, MailboxBody body, CancellationToken cancel)
    {
        var mailbox = new Mailbox { Address = body.Parsed?.Value ?? "" };
        if ((actor.MayAdminister ? Check(body, mailbox) : Refusal.NotAllowed) is { } refusal)
        {
            return refusal;
        }

        return await tries.Both(mailbox.Imap(body.Password, null), mailbox.Sends ? mailbox.Smtp(body.Password, null) : null, cancel);
    }

    /// <summary>Keeps what was tried.</summary>
    public Task<Result<MailboxDetails>> Save(Actor actor, MailboxBody body, MailboxTrial trial, CancellationToken cancel)
    {
        var mailbox = new Mailbox { Address = body.Parsed?.Value ?? "" };
        if ((actor.MayAdminister ? Check(body, mailbox) : Refusal.NotAllowed) is { } refusal)
        {
            return Task.FromResult<Result<MailboxDetails>>(refusal);
        }

        mailbox.Secret = secrets.Lock(body.Password!);
        return Keep(actor, mailbox, trial, cancel);
    }

    /// <summary>Keeps a mailbox whose secret is locked already.</summary>
    public async Task<Result<MailboxDetails>> Keep(Actor actor, Mailbox mailbox, MailboxTrial trial, CancellationToken cancel)
    {
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        var now = time.Now();
        var result = await store.Write<Result<MailboxDetails>>(
            async db =>
            {
                if (await db.Mailboxes.AnyAsync(m => m.Address == mailbox.Address, cancel))
                {
                    return new Refusal(RefusalKind.Conflict, "mailbox.taken", "The mailbox of this address is connected already.", "address");
                }

                if (await db.Mailboxes.CountAsync(cancel) >= Most)
                {
                    return new Refusal(RefusalKind.Conflict, "mailbox.too-many", $"{Most} mailboxes are connected already.", "address");
                }

                if (!await db.OurAddresses.AnyAsync(a => a.Address == mailbox.Address, cancel))
                {
                    db.OurAddresses.Add(new() { Address = mailbox.Address });
                }

                var kept = mailbox.Copy(now);
                db.Mailboxes.Add(kept);
                await db.SaveChangesAsync(cancel);
                var state = db.MailboxStates.Add(MailboxState.Of(kept.Id, trial.Folder!)).Entity;
                await tests.Add(db, kept, state, actor, now);
                db.Audit.Add(AuditLine.Of(actor, "mailbox.connected", kept.Address, now));
                await db.SaveChangesAsync(cancel);
                return await ListMailboxes.Details(db, kept.Id, now);
            },
            cancel);
        bell.Ring();
        outbox.Ring();
        return result;
    }

    private static Refusal? Check(MailboxBody body, Mailbox mailbox) => body.Parsed is null
        ? Refusal.Invalid("address.malformed", "This is not a mail address.", "address")
        : string.IsNullOrEmpty(body.Password) ? Refusal.Invalid("mailbox.password-missing", "Give the password of the mailbox.", "password") : body.Into(mailbox);

    /// <summary>The words of whichever server did not let us in.</summary>
    public static Refusal NotReached(MailboxTrial trial) => trial.Imap is { } imap
        ? new(RefusalKind.Conflict, "mailbox.not-read", $"The mailbox cannot be read ({imap.Code}): {imap.Said}", "imapHost")
        : new(RefusalKind.Conflict, "mailbox.not-sending", $"Nothing can be sent through it ({trial.Smtp!.Code}): {trial.Smtp.Said}", "smtpHost");

    public static void Map(IEndpointRouteBuilder api)
    {
        var mailboxes = api.MapGroup("/mailboxes").RequireAuthorization(Policies.ApiAdmin);
        mailboxes.MapPost("", async (MailboxBody body, ConnectMailbox connect, HttpContext http) => (await connect.Run(http.Actor(), body, http.RequestAborted)).ToApi())
            .WithName("connectMailbox").WithSummary("Connect a mailbox").WithDescription("Signs in to both servers first; nothing is kept when one of them does not let us in.").Answers<MailboxDetails>();
    }
}
