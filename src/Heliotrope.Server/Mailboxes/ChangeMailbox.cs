using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Mailboxes;

/// <summary>What becomes of the mail that was in a mailbox before it was connected. What is fetched counts from when the mailbox got it: see docs/guide/mailboxes.md.</summary>
/// <param name="Choice">leave, since or all.</param>
/// <param name="Since">From which day on, with since (UTC).</param>
public sealed record OldMailBody(OldMailChoice? Choice, DateTimeOffset? Since = null);

/// <summary>Changes a mailbox, tries it again, says what becomes of the mail in it, and takes it away.</summary>
internal sealed class ChangeMailbox(Store store, MailboxAccounts accounts, MailboxSecrets secrets, OAuthProviders providers, TryMailbox tries, TestMails tests, MailboxWorker worker, Departure departure, MailboxBell bell, OutboxBell outbox, TimeProvider time)
{
    /// <summary>Changes what is set. When it concerns the servers they are tried first, and nothing is changed when one of them does not let us in.</summary>
    public async Task<Result<MailboxDetails>> Run(Actor actor, long id, MailboxBody body, CancellationToken cancel, Action<MailboxTrial>? tried = null)
    {
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        if (await store.Read(db => db.Mailboxes.FirstOrDefaultAsync(m => m.Id == id, cancel)) is not { } mailbox)
        {
            return ListMailboxes.Unknown(id);
        }

        var (before, place, hosts, version) = (mailbox.Servers(), mailbox.Place, (mailbox.ImapHost, mailbox.SmtpHost), mailbox.Version);
        if (body.Into(mailbox) is { } refusal)
        {
            return refusal;
        }

        if (body.Password is { Length: > 0 } password)
        {
            (mailbox.Secret, mailbox.Way, mailbox.Provider) = (secrets.Lock(password), SignInWay.Password, "");
        }
        else if (MayNotLearnIt(mailbox, hosts) is { } host)
        {
            return Refusal.Invalid("mailbox.password-again", "What is kept to sign in with is sent to no other server: give the password again.", host);
        }

        var trial = !mailbox.Paused && (before != mailbox.Servers() || body.Password is { Length: > 0 }) ? await Trial(mailbox, cancel) : null;
        if (trial is { IsWell: false })
        {
            tried?.Invoke(trial);
            return ConnectMailbox.NotReached(trial);
        }

        return await Write(actor, id, "mailbox.changed", async (db, kept, state) =>
        {
            if (kept.Version != version)
            {
                return new Refusal(RefusalKind.Conflict, "mailbox.changed-meanwhile", "Somebody else changed this mailbox meanwhile.");
            }

            var secret = kept.Secret; // its provider may have renewed it meanwhile
            kept.Take(mailbox);
            kept.Secret = body.Password is { Length: > 0 } ? mailbox.Secret : secret;
            kept.Version++;
            if (kept.Place != place)
            {
                state.UidValidity = 0; // even where the new place has the same one: every mail has another number there
            }

            if (kept.Servers() != before)
            {
                kept.TakesTags = false; // until the test mail shows it
                await tests.Add(db, kept, state, actor, time.Now());
            }

            if (!kept.Sends)
            {
                await Reroute(db, kept.Id);
            }
            else if (trial is not null)
            {
                await MailboxRecord.Mended(db, state, time.Now());
            }

            return null;
        }, cancel);
    }

    /// <summary>The server that is new to what is kept to sign in with: the field it stands in; null where there is none.</summary>
    private string? MayNotLearnIt(Mailbox mailbox, (string Imap, string Smtp) before)
    {
        var provider = mailbox.Way is SignInWay.Oauth ? providers.Find(mailbox.Provider) : null;
        bool IsNew(string host, string old, string? theirs) => host.Length > 0 && !host.Equals(old, StringComparison.OrdinalIgnoreCase) && !host.Equals(theirs, StringComparison.OrdinalIgnoreCase);
        return IsNew(mailbox.ImapHost, before.Imap, provider?.ImapHost) ? "imapHost" : IsNew(mailbox.SmtpHost, before.Smtp, provider?.SmtpHost) ? "smtpHost" : null;
    }

    /// <summary>Sends itself a mail once more.</summary>
    public Task<Result<MailboxDetails>> Test(Actor actor, long id, CancellationToken cancel) =>
        Write(actor, id, "mailbox.tested", async (db, mailbox, state) =>
        {
            await tests.Add(db, mailbox, state, actor, time.Now());
            return null;
        }, cancel);

    /// <summary>Says what becomes of the mail that was there before. It can be said again later; what is stored stays.</summary>
    public async Task<Result<MailboxDetails>> OldMail(Actor actor, long id, OldMailBody body, CancellationToken cancel)
    {
        if (body.Choice is not (OldMailChoice.Leave or OldMailChoice.Since or OldMailChoice.All) || (body.Choice is OldMailChoice.Since && !(body.Since >= DateTimeOffset.UnixEpoch)))
        {
            return Refusal.Invalid("old-mail.malformed", "Say leave, all, or since with a day.", "choice");
        }

        var since = body.Choice is OldMailChoice.Since ? body.Since!.Value.ToUniversalTime() : (DateTimeOffset?)null;
        return await Write(actor, id, "mailbox.old-mail", (_, _, state) =>
        {
            if ((state.OldChoice, state.OldSince) != (body.Choice.Value, since)) // what was said before goes on
            {
                (state.OldChoice, state.OldSince, state.OldUid) = (body.Choice.Value, since, 0);
                state.OldLeft = body.Choice is OldMailChoice.Leave ? 0 : state.OldCount;
            }

            return Task.FromResult<Refusal?>(null);
        }, cancel);
    }

    /// <summary>Has a mail that was set aside fetched now.</summary>
    public Task<Result<MailboxDetails>> FetchAside(Actor actor, long id, long aside, CancellationToken cancel) => Write(actor, id, "mailbox.fetched", async (db, _, _) =>
    {
        if (await db.SetAsideMails.FirstOrDefaultAsync(a => a.Id == aside && a.MailboxId == id, cancel) is not { } mail)
        {
            return new Refusal(RefusalKind.NotFound, "set-aside.unknown", $"There is no mail {aside} set aside in this mailbox.");
        }

        (mail.NextTryAt, mail.Tries) = (time.Now(), 0);
        return null;
    }, cancel);

    /// <summary>Looks into it now.</summary>
    public async Task<Result<MailboxDetails>> LookNow(Actor actor, long id, CancellationToken cancel)
    {
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        worker.LookNow(id);
        return await store.Read<Result<MailboxDetails>>(async db => await db.Mailboxes.AnyAsync(m => m.Id == id, cancel) ? await ListMailboxes.Details(db, id, time.Now()) : ListMailboxes.Unknown(id));
    }

    /// <summary>Takes it away. What was stored stays here, and what is in the mailbox stays there.</summary>
    public async Task<Result<IReadOnlyList<long>>> Remove(Actor actor, long id, CancellationToken cancel)
    {
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        var result = await store.Write<Result<IReadOnlyList<long>>>(
            async db =>
            {
                if (await db.Mailboxes.FindAsync([id], cancel) is not { } mailbox)
                {
                    return ListMailboxes.Unknown(id);
                }

                await Reroute(db, id);
                db.Mailboxes.Remove(mailbox);
                db.Audit.Add(AuditLine.Of(actor, "mailbox.removed", mailbox.Address, time.Now()));
                await db.SaveChangesAsync(cancel);
                return await db.Mailboxes.Select(m => m.Id).ToListAsync(cancel);
            },
            cancel);
        bell.Ring();
        outbox.Ring();
        return result;
    }

    private async Task<MailboxTrial> Trial(Mailbox mailbox, CancellationToken cancel)
    {
        try
        {
            return await tries.Both(await accounts.Imap(mailbox, cancel), mailbox.Sends ? await accounts.Smtp(mailbox, cancel) : null, cancel);
        }
        catch (Exception e) when (e is MailKit.Security.AuthenticationException or HttpRequestException)
        {
            return new(accounts.Trouble(mailbox, e), null, null); // no credentials to try with
        }
    }

    /// <summary>What waited to leave through it goes the way of all, or is kept where there is none.</summary>
    private Task<int> Reroute(HeliotropeDb db, long id) => db.Outbox.Where(o => o.MailboxId == id && o.State == OutboxState.Waiting)
        .ExecuteUpdateAsync(set => set.SetProperty(o => o.MailboxId, (long?)null).SetProperty(o => o.State, departure.State));

    private async Task<Result<MailboxDetails>> Write(Actor actor, long id, string action, Func<HeliotropeDb, Mailbox, MailboxState, Task<Refusal?>> change, CancellationToken cancel)
    {
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        var result = await store.Write<Result<MailboxDetails>>(
            async db =>
            {
                if (await db.Mailboxes.FindAsync([id], cancel) is not { } mailbox)
                {
                    return ListMailboxes.Unknown(id);
                }

                if (await change(db, mailbox, await db.MailboxStates.SingleAsync(s => s.MailboxId == id, cancel)) is { } refusal)
                {
                    return refusal;
                }

                db.Audit.Add(AuditLine.Of(actor, action, mailbox.Address, time.Now()));
                await db.SaveChangesAsync(cancel);
                return await ListMailboxes.Details(db, id, time.Now());
            },
            cancel);
        bell.Ring();
        outbox.Ring();
        worker.LookNow(id);
        return result;
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        var mailboxes = api.MapGroup("/mailboxes/{id:long}").RequireAuthorization(Policies.ApiAdmin);
        mailboxes.MapPost("", async (long id, MailboxBody body, ChangeMailbox change, HttpContext http) => (await change.Run(http.Actor(), id, body, http.RequestAborted)).ToApi())
            .WithName("changeMailbox").WithSummary("Change a mailbox").Answers<MailboxDetails>();
        mailboxes.MapPost("/test", async (long id, ChangeMailbox change, HttpContext http) => (await change.Test(http.Actor(), id, http.RequestAborted)).ToApi())
            .WithName("testMailbox").WithSummary("Let a mailbox send mail to itself").Answers<MailboxDetails>();
        mailboxes.MapPost("/look", async (long id, ChangeMailbox change, HttpContext http) => (await change.LookNow(http.Actor(), id, http.RequestAborted)).ToApi())
            .WithName("lookIntoMailbox").WithSummary("Look into a mailbox now").Answers<MailboxDetails>();
        mailboxes.MapPost("/old-mail", async (long id, OldMailBody body, ChangeMailbox change, HttpContext http) => (await change.OldMail(http.Actor(), id, body, http.RequestAborted)).ToApi())
            .WithName("chooseOldMail").WithSummary("Say what becomes of the mail that was in a mailbox before it was connected")
            .WithDescription("What is fetched counts from when the mailbox got it and sets off no rule. What is marked as answered waits for the customer, and what came more than 60 days ago is resolved.").Answers<MailboxDetails>();
        mailboxes.MapPost("/set-aside/{aside:long}/fetch", async (long id, long aside, ChangeMailbox change, HttpContext http) => (await change.FetchAside(http.Actor(), id, aside, http.RequestAborted)).ToApi())
            .WithName("fetchSetAside").WithSummary("Fetch a mail that was set aside").Answers<MailboxDetails>();
        mailboxes.MapPost("/remove", async (long id, ChangeMailbox change, HttpContext http) => (await change.Remove(http.Actor(), id, http.RequestAborted)).ToApi())
            .WithName("removeMailbox").WithSummary("Remove a mailbox").Answers<IReadOnlyList<long>>();
    }
}
