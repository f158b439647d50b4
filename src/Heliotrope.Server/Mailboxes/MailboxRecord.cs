using Heliotrope.Core;
using Heliotrope.Core.Mailboxes;
using Heliotrope.Mail.Imap;
using Heliotrope.Mail.Smtp;
using Heliotrope.Server.Database;
using Heliotrope.Server.Live;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Mailboxes;

/// <summary>Writes down how far the reading of a mailbox has come and how it fares.</summary>
internal sealed class MailboxRecord(Store store, TimeProvider time)
{
    /// <summary>How long the hours of a mailbox are kept.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    private const int MostWords = 500;

    /// <summary>How far it has come, in the numbers of the folder as it is now; null where the mailbox was changed meanwhile, so that this folder may not be its own any more.</summary>
    public async Task<MailboxState?> Begin(Mailbox mailbox, ImapReader reader, CancellationToken cancel)
    {
        var state = await Read(mailbox.Id, cancel);
        return state.UidValidity == reader.UidValidity ? state : await store.Write(
            async db =>
            {
                var changed = await db.Mailboxes.AnyAsync(m => m.Id == mailbox.Id && m.Version == mailbox.Version) ? await db.MailboxStates.SingleAsync(s => s.MailboxId == mailbox.Id) : null;
                await (changed is null ? Task.CompletedTask : Renumber(db, changed, mailbox, reader));
                return changed;
            },
            cancel);
    }

    public Task<MailboxState> Read(long mailbox, CancellationToken cancel) => store.Read(db => db.MailboxStates.SingleAsync(s => s.MailboxId == mailbox, cancel));

    /// <summary>The numbers of what was set aside.</summary>
    public Task<HashSet<long>> Aside(long mailbox, CancellationToken cancel) => store.Read(db => db.SetAsideMails.Where(a => a.MailboxId == mailbox).Select(a => a.Uid).ToHashSetAsync(cancel));

    /// <summary>The folder was looked into, what is new is stored, and all is well.</summary>
    public Task<MailboxState> Looked(long mailbox, CancellationToken cancel) => Write(
        mailbox,
        (db, state) =>
        {
            Show(db, state.LookedAt is null || state.Trouble.Length > 0);
            Well(state);
            return Task.CompletedTask;
        },
        cancel);

    /// <summary>What is stored up to a number is marked on the server as well.</summary>
    public Task Marked(long mailbox, long upTo, CancellationToken cancel) =>
        store.Write(db => db.MailboxStates.Where(s => s.MailboxId == mailbox && s.MarkedUid < upTo).ExecuteUpdateAsync(set => set.SetProperty(s => s.MarkedUid, upTo), cancel), cancel);

    /// <summary>How full it is.</summary>
    public Task Weighed(long mailbox, MailboxQuota quota, CancellationToken cancel) => store.Write(
        db => db.MailboxStates.Where(s => s.MailboxId == mailbox).ExecuteUpdateAsync(set => set.SetProperty(s => s.QuotaUsed, quota.Used).SetProperty(s => s.QuotaLimit, quota.Limit), cancel), cancel);

    /// <summary>Everything up to a number is stored or set aside.</summary>
    public Task Took(long mailbox, uint upTo, IReadOnlyList<FoundMail> stored, IReadOnlyList<SetAsideMail> aside, CancellationToken cancel) => Write(
        mailbox,
        async (db, state) =>
        {
            if (stored.Count > 0 || aside.Count == 0)
            {
                Well(state);
            }

            state.LastUid = Math.Max(state.LastUid, upTo);
            await Count(db, state, stored);
            await SetAside(db, state, aside);
        },
        cancel);

    private static async Task SetAside(HeliotropeDb db, MailboxState state, IReadOnlyList<SetAsideMail> aside)
    {
        var there = aside.Count == 0 ? [] : await db.SetAsideMails.Where(a => a.MailboxId == state.MailboxId && a.UidValidity == state.UidValidity).Select(a => a.Uid).ToListAsync();
        db.SetAsideMails.AddRange(aside.Where(mail => !there.Contains(mail.Uid)));
    }

    /// <summary>Of the mail that was there before, everything up to a number is done. How long it lay there says nothing about us.</summary>
    /// <param name="began">How things stood when it was begun: where somebody has chosen anew meanwhile, or the folder has other numbers, the number says nothing.</param>
    /// <param name="upTo">The number.</param>
    /// <param name="left">How many are still to be fetched.</param>
    /// <param name="stored">How many were stored.</param>
    /// <param name="aside">What was set aside.</param>
    /// <param name="cancel">Stops it.</param>
    public Task TookOld(MailboxState began, long upTo, int left, int stored, IReadOnlyList<SetAsideMail> aside, CancellationToken cancel) => Write(
        began.MailboxId,
        async (db, state) =>
        {
            state.Stored += stored;
            if (state.OldMail == began.OldMail)
            {
                (state.OldUid, state.OldLeft) = (Math.Max(state.OldUid, upTo), left);
                await SetAside(db, state, aside);
            }
        },
        cancel);

    /// <summary>A mail that had been set aside is stored, or gone from the server.</summary>
    public Task TookAside(SetAsideMail aside, bool stored, CancellationToken cancel) => Write(
        aside.MailboxId,
        async (db, state) =>
        {
            db.SetAsideMails.RemoveRange(await db.SetAsideMails.Where(a => a.Id == aside.Id).ToListAsync());
            await Count(db, state, stored ? [new((uint)aside.Uid, aside.Size, aside.ArrivedAt)] : []);
        },
        cancel);

    /// <summary>What is set aside could not be asked for; that is not its own fault, so it is tried again as soon as before.</summary>
    public Task AsideWaits(long mailbox, string words, CancellationToken cancel)
    {
        var (now, kept) = (time.Now(), words.Storable(MostWords));
        return store.Write(db => db.SetAsideMails.Where(a => a.MailboxId == mailbox && a.NextTryAt <= now).ExecuteUpdateAsync(set => set.SetProperty(a => a.Words, kept), cancel), cancel);
    }

    /// <summary>A mail that had been set aside could not be fetched this time either.</summary>
    public Task AsideFailed(SetAsideMail aside, string reason, string words, bool again, CancellationToken cancel) => store.Write(
        async db =>
        {
            if (await db.SetAsideMails.FirstOrDefaultAsync(a => a.Id == aside.Id) is { } mail)
            {
                mail.Tries++;
                (mail.Reason, mail.Words) = (reason, words.Storable(MostWords));
                mail.NextTryAt = again ? time.Now() + MailboxPatience.Again(mail.Tries) : null;
            }

            return true;
        },
        cancel);

    /// <summary>The folder could not be read.</summary>
    /// <returns>How often in a row.</returns>
    public async Task<int> Failed(long mailbox, string trouble, string words, CancellationToken cancel) => (await Write(
        mailbox,
        async (db, state) =>
        {
            Show(db, state.Trouble != trouble);
            state.FailingSince ??= time.Now();
            state.Failures++;
            (state.Trouble, state.TroubleWords) = (trouble, words.Storable(MostWords));
            (await Hour(db, mailbox)).Failures++;
        },
        cancel)).Failures;

    /// <summary>An attempt to send through it is over.</summary>
    /// <param name="mailbox">Which.</param>
    /// <param name="trouble">What kept anything from leaving; null when nothing did.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task Sent(long mailbox, SendResult? trouble, CancellationToken cancel)
    {
        // Nearly always all is well and was before: that is no reason to write.
        if (trouble is null && await store.Read(db => db.MailboxStates.AnyAsync(s => s.MailboxId == mailbox && s.SendFailingSince == null, cancel)))
        {
            return;
        }

        await store.Write(
            async db =>
            {
                if (await db.MailboxStates.FirstOrDefaultAsync(s => s.MailboxId == mailbox) is { } state)
                {
                    Show(db, true);
                    if (trouble is null)
                    {
                        await Mended(db, state, time.Now());
                    }
                    else
                    {
                        state.SendFailingSince ??= time.Now();
                        (state.SendTrouble, state.SendTroubleWords) = (Mailboxes.SendingTrouble.CodeOf(trouble), (Mailboxes.SendingTrouble.Said(trouble) ?? "").Storable(MostWords));
                    }
                }

                return true;
            },
            cancel);
    }

    /// <summary>Its servers let us in again: what waits because they did not is sent now, and not after its next delay.</summary>
    public static Task<int> Mended(HeliotropeDb db, MailboxState state, DateTimeOffset now)
    {
        (state.SendFailingSince, state.SendTrouble, state.SendTroubleWords) = (null, "", "");
        return Wake(db, state.MailboxId, now);
    }

    /// <summary>What was tried before on a way (null: the smarthost of all) is tried again now.</summary>
    public static Task<int> Wake(HeliotropeDb db, long? mailbox, DateTimeOffset now) =>
        db.Outbox.Where(o => o.MailboxId == mailbox && o.State == OutboxState.Waiting && o.Attempts > 0 && o.NextTryAt > now).ExecuteUpdateAsync(set => set.SetProperty(o => o.NextTryAt, now));

    /// <summary>Only tests of ours come to their own end: they are no customer's mail.</summary>
    public Task TestArrived(long mailbox, bool tagged, CancellationToken cancel) => Write(
        mailbox,
        async (db, state) =>
        {
            Show(db, true);
            state.TestArrivedAt ??= tagged ? null : time.Now();
            if (tagged)
            {
                state.TestTaggedAt ??= time.Now();
                if (await db.Mailboxes.FirstOrDefaultAsync(m => m.Id == mailbox) is { TakesTags: false } plain)
                {
                    plain.TakesTags = true; // not a change that anybody made: whoever reads it goes on
                }
            }
        },
        cancel);

    private Task<MailboxState> Write(long mailbox, Func<HeliotropeDb, MailboxState, Task> change, CancellationToken cancel) => store.Write(
        async db =>
        {
            var state = await db.MailboxStates.SingleAsync(s => s.MailboxId == mailbox);
            await change(db, state);
            return state;
        },
        cancel);

    /// <summary>Open pages show what changed; most of what is written down here is no news.</summary>
    private static void Show(HeliotropeDb db, bool isNews)
    {
        if (isNews)
        {
            db.Touched.Add(LiveChange.Settings);
        }
    }

    private void Well(MailboxState state)
    {
        state.LookedAt = time.Now();
        (state.FailingSince, state.Failures, state.Trouble, state.TroubleWords) = (null, 0, "", "");
    }

    private async Task Count(HeliotropeDb db, MailboxState state, IReadOnlyList<FoundMail> stored)
    {
        if (stored.Count == 0)
        {
            return;
        }

        var now = time.Now();
        int DelayOf(DateTimeOffset arrived) => (int)Math.Clamp((now - arrived).TotalSeconds, 0, int.MaxValue); // clocks differ
        (state.Stored, state.StoredAt) = (state.Stored + stored.Count, now);
        var arrivals = stored.Select(mail => mail.ArrivedAt).OfType<DateTimeOffset>().ToList();
        state.DelaySeconds = arrivals.Count > 0 ? DelayOf(arrivals[^1]) : null;
        var hour = await Hour(db, state.MailboxId);
        hour.Stored += stored.Count;
        hour.LongestDelaySeconds = Math.Max(hour.LongestDelaySeconds, arrivals.Count > 0 ? DelayOf(arrivals.Min()) : 0);
    }

    private async Task<MailboxHour> Hour(HeliotropeDb db, long mailbox)
    {
        var now = time.Now();
        var began = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        if (await db.MailboxHours.FirstOrDefaultAsync(h => h.MailboxId == mailbox && h.Hour == began) is { } hour)
        {
            return hour;
        }

        var old = began - Kept;
        await db.MailboxHours.Where(h => h.MailboxId == mailbox && h.Hour < old).ExecuteDeleteAsync();
        return db.MailboxHours.Add(new() { MailboxId = mailbox, Hour = began }).Entity;
    }

    private static async Task Renumber(HeliotropeDb db, MailboxState state, Mailbox mailbox, ImapReader reader)
    {
        // Every mail has a new number. What came since the mailbox was connected is read once more: the same mail is stored once.
        (state.OldUid, state.OldLeft) = (0, reader.Count);
        if (state.OldChoice is OldMailChoice.Asked or OldMailChoice.Leave)
        {
            (state.OldChoice, state.OldSince) = (OldMailChoice.Since, mailbox.CountsAsNewFrom);
        }

        db.SetAsideMails.RemoveRange(await db.SetAsideMails.Where(a => a.MailboxId == mailbox.Id).ToListAsync());
        (state.UidValidity, state.FirstUid, state.LastUid, state.MarkedUid) = (reader.UidValidity, reader.UidNext, reader.UidNext - 1L, reader.UidNext - 1L);
    }
}
