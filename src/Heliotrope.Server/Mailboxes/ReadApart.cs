using Heliotrope.Core.Imports;
using Heliotrope.Core.Mailboxes;
using Heliotrope.Mail.Imap;
using Heliotrope.Server.Channels;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using MailKit.Net.Imap;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Mailboxes;

/// <summary>Fetches over a connection of its own, which is open only while there is something to do: what was set aside, and the old mail that somebody asked for.</summary>
internal sealed class ReadApart(Store store, MailboxAccounts accounts, MailboxRecord record, StoreFetched fetched, TimeProvider time, ILogger<ReadApart> log)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);
    private const int MostAtOnce = 50;

    public async Task Fetch(Mailbox mailbox, MailboxCalls calls, CancellationToken cancel)
    {
        var shown = "";
        for (var failures = 0; !cancel.IsCancellationRequested;)
        {
            var (refused, opened) = (false, false);
            try
            {
                if (await HasWork(mailbox.Id, cancel))
                {
                    await using var reader = await accounts.Open(mailbox, changes: mailbox.After is not AfterStoring.Leave, cancel);
                    opened = true;
                    while (await Some(mailbox, reader, cancel))
                    {
                        // Until nothing is due.
                    }
                }

                (failures, shown) = (0, "");
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                var trouble = accounts.Trouble(mailbox, e);
                (failures, refused) = (failures + 1, WatchMailbox.IsRefusal(trouble));
                if (!opened)
                {
                    // The mailbox itself may well be read all the while: some servers allow one connection and no more.
                    await record.AsideWaits(mailbox.Id, trouble.Said ?? trouble.Sentence, cancel);
                }

                if (shown != trouble.Code)
                {
                    log.LogWarning("Apart from the others nothing could be fetched from {Address} ({Trouble}): {Words}", mailbox.Address, trouble.Code, trouble.Said);
                    shown = trouble.Code;
                }
            }

            var wait = failures > 0 ? MailboxPatience.AfterFailure(failures, refused) : LookAgain;
            await ((Task)calls.Apart.Wait(wait, cancel)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task<bool> HasWork(long mailbox, CancellationToken cancel) => store.Read(async db =>
        await db.SetAsideMails.AnyAsync(a => a.MailboxId == mailbox && a.NextTryAt <= time.Now() && db.MailboxStates.Any(s => s.MailboxId == mailbox && s.UidValidity == a.UidValidity), cancel)
        || await db.MailboxStates.AnyAsync(s => s.MailboxId == mailbox && s.UidValidity != 0 && (s.OldChoice == OldMailChoice.Since || s.OldChoice == OldMailChoice.All) && s.OldUid < s.FirstUid - 1, cancel));

    /// <summary>One that was set aside, and some of the old: neither waits for the other.</summary>
    private async Task<bool> Some(Mailbox mailbox, ImapReader reader, CancellationToken cancel)
    {
        var state = await record.Read(mailbox.Id, cancel);
        if (state.UidValidity != reader.UidValidity)
        {
            return false; // the other connection finds out how that changes things
        }

        var old = state.OldChoice is OldMailChoice.Since or OldMailChoice.All && state.OldUid < state.FirstUid - 1;
        if (old)
        {
            await TakeOld(mailbox, state, reader, cancel);
        }

        var aside = await store.Read(db => db.SetAsideMails.Where(a => a.MailboxId == mailbox.Id && a.UidValidity == state.UidValidity && a.NextTryAt <= time.Now())
            .OrderBy(a => a.Tries).ThenBy(a => a.Size).FirstOrDefaultAsync(cancel));
        if (aside is not null)
        {
            await TakeAside(mailbox, state, reader, aside, cancel);
        }

        return aside is not null || old;
    }

    private async Task TakeAside(Mailbox mailbox, MailboxState state, ImapReader reader, SetAsideMail aside, CancellationToken cancel)
    {
        try
        {
            var uid = (uint)aside.Uid;
            var past = uid < state.FirstUid ? Past(mailbox, aside.ArrivedAt is null ? await Describe(reader, uid, cancel) : new(uid, aside.Size, aside.ArrivedAt, aside.Answered)) : null;
            var came = await IsThere(reader, uid, cancel) ? await fetched.Large(mailbox, state, reader, uid, past, cancel) : Fetched.Nothing;
            if (came is Fetched.TooLarge)
            {
                await record.AsideFailed(aside, SetAsideReasons.TooLarge, "", again: false, cancel);
            }
            else if (came is Fetched.Nothing && await IsThere(reader, uid, cancel))
            {
                await record.AsideFailed(aside, SetAsideReasons.Failed, "", again: true, cancel);
            }
            else
            {
                await record.TookAside(aside, stored: came is Fetched.Stored, cancel);
                await accounts.Mark(mailbox, reader, came is Fetched.Stored ? [uid] : [], cancel);
            }
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            await record.AsideFailed(aside, aside.Reason is SetAsideReasons.Large ? SetAsideReasons.Large : SetAsideReasons.Failed, accounts.Trouble(mailbox, e) is var trouble && trouble.Said is { } said ? said : trouble.Sentence, again: true, cancel);
            throw; // the connection is of no more use
        }
    }

    private async Task TakeOld(Mailbox mailbox, MailboxState state, ImapReader reader, CancellationToken cancel)
    {
        var since = state.OldChoice is OldMailChoice.Since ? state.OldSince : null;
        var uids = await reader.Between((uint)state.OldUid, (uint)state.FirstUid, since, cancel);
        if (uids.Count == 0)
        {
            await record.TookOld(state, state.FirstUid - 1, 0, 0, [], cancel);
            return;
        }

        var some = uids.Take(MostAtOnce).ToList();
        var (done, stored, aside) = (0, new List<uint>(), new List<SetAsideMail>());
        var current = new FoundMail(some[0], 0, null);
        try
        {
            for (; done < some.Count; done++)
            {
                current = new(some[done], 0, null);
                var found = await reader.Describe([some[done]], cancel);
                if (found.Count == 0 && await IsThere(reader, some[done], cancel))
                {
                    aside.Add(WatchMailbox.Aside(mailbox, state, current, time.Now())); // the server has it and says nothing of it
                }

                foreach (var mail in found.Where(mail => since is null || mail.ArrivedAt is null || mail.ArrivedAt >= since))
                {
                    current = mail;
                    var raw = mail.Size < StoreFetched.LargeFrom ? (await reader.Fetch([mail.Uid], cancel)).GetValueOrDefault(mail.Uid, []) : [];
                    if (raw.Length == 0)
                    {
                        aside.Add(WatchMailbox.Aside(mailbox, state, mail, time.Now())); // its turn comes next, and the others need not wait for it
                        continue;
                    }

                    await fetched.Store(mailbox, state, [raw], Past(mailbox, mail), cancel);
                    stored.Add(mail.Uid);
                }
            }
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            // The connection is of no more use. Should this mail be to blame, and not that we asked for too much, the others need not wait for it either.
            if (!WatchMailbox.IsRefusal(accounts.Trouble(mailbox, e)))
            {
                aside.Add(WatchMailbox.Aside(mailbox, state, current, time.Now()));
                done++;
            }

            await (done > 0 ? Took() : Task.CompletedTask);
            throw;
        }

        await Took();
        await accounts.Mark(mailbox, reader, stored, cancel);

        Task Took() => record.TookOld(state, some[done - 1], uids.Count - done, stored.Count, aside, cancel);
    }

    /// <summary>What lay there before the mailbox was connected counts from when it came, or at least from then; null for what came since, under whatever number.</summary>
    private PastMail? Past(Mailbox mailbox, FoundMail? mail)
    {
        var at = ForeignDate.Plausible(mail?.ArrivedAt, time.Now()) ?? mailbox.CountsAsNewFrom.AddSeconds(-1);
        return at < mailbox.CountsAsNewFrom ? new(at, mail?.Answered is true) : null;
    }

    /// <summary>Null where the server says nothing of it.</summary>
    private static async Task<FoundMail?> Describe(ImapReader reader, uint uid, CancellationToken cancel)
    {
        try
        {
            return await reader.Describe([uid], cancel) is [var one, ..] ? one : null;
        }
        catch (ImapCommandException)
        {
            return null; // it refuses, and the connection is as good as before
        }
    }

    /// <summary>Searched for rather than described: some servers say nothing of a mail that they cannot take apart.</summary>
    private static async Task<bool> IsThere(ImapReader reader, uint uid, CancellationToken cancel) => (await reader.Between(uid - 1, uid + 1, null, cancel)).Count > 0;
}
