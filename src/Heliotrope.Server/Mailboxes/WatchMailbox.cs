using Heliotrope.Core.Mailboxes;
using Heliotrope.Mail.Imap;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Mailboxes;

/// <summary>
/// Reads one mailbox until it is told to stop: what is new is stored, in the order in which it came, and only then counted as done and marked on the server. A process
/// that dies in between fetches the same mail again, and the same mail is stored once. What is large, or cannot be fetched, is set aside for <see cref="ReadApart"/>.
/// </summary>
internal sealed class WatchMailbox(MailboxAccounts accounts, MailboxRecord record, StoreFetched fetched, TimeProvider time, ILogger<WatchMailbox> log)
{
    /// <summary>The server tells of new mail by itself; this is how soon a connection that died unnoticed is found dead.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(50);

    /// <summary>For servers that tell of nothing.</summary>
    private static readonly TimeSpan LookWithoutIdle = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan QuotaEvery = TimeSpan.FromMinutes(10);

    /// <summary>What comes of asking for too much: asking again soon makes it worse.</summary>
    private static readonly string[] Refusals = ["not-accepted", "app-password", "password-off", "imap-off", "too-many", "too-often"];

    private const int MostDescribed = 200;
    private const int MostAtOnce = 50;
    private const long MostBytesAtOnce = 8 * 1024 * 1024;

    /// <summary>Whether it is about us, and not about a mail or the way to the server.</summary>
    public static bool IsRefusal(TrialTrouble trouble) => Refusals.Contains(trouble.Code);

    /// <summary>This is the outermost loop: whatever fails is written down, shown, and tried again.</summary>
    public async Task Watch(Mailbox mailbox, MailboxCalls calls, CancellationToken cancel)
    {
        var shown = "";
        while (!cancel.IsCancellationRequested)
        {
            var isImap = false;
            try
            {
                await using var reader = await accounts.Open(mailbox, changes: mailbox.After is not AfterStoring.Leave, cancel);
                isImap = true;
                await Listen(mailbox, reader, calls, cancel);
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                var trouble = accounts.Trouble(mailbox, e);
                trouble = isImap && trouble.Code is "not-imap" ? trouble with { Code = "hung-up" } : trouble; // a goodbye in the middle
                var failures = await record.Failed(mailbox.Id, trouble.Code, trouble.Said ?? "", cancel);
                if (shown != trouble.Code)
                {
                    log.LogWarning("The mailbox {Address} could not be read ({Trouble}): {Words}", mailbox.Address, trouble.Code, trouble.Said);
                    shown = trouble.Code;
                }

                using var wake = CancellationTokenSource.CreateLinkedTokenSource(calls.Look, cancel);
                await Task.Delay(MailboxPatience.AfterFailure(failures, IsRefusal(trouble)), wake.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Listen(Mailbox mailbox, ImapReader reader, MailboxCalls calls, CancellationToken cancel)
    {
        var every = reader.CanIdle ? LookAgain : LookWithoutIdle;
        while (true)
        {
            var wake = calls.Look; // taken before the look: whoever calls during it is heard
            if (await record.Begin(mailbox, reader, cancel) is not { } state)
            {
                await Task.Delay(LookAgain, cancel); // this reading is about to be ended, and another begun
                return;
            }

            if (state.OldUid == 0 && state.OldLeft > 0)
            {
                calls.ForApart();
            }

            // What a server has trouble with beside new mail keeps no new mail waiting.
            await TakeNew(mailbox, state, reader, calls, cancel);
            var looked = await record.Looked(mailbox.Id, cancel);
            if (looked.MarkedUid < looked.LastUid)
            {
                await MarkAgain(mailbox, state, reader, cancel);
                await record.Marked(mailbox.Id, looked.LastUid, cancel);
            }

            await AskQuota(mailbox, reader, calls, cancel);
            await reader.Wait(every, wake, cancel);
        }
    }

    private async Task AskQuota(Mailbox mailbox, ImapReader reader, MailboxCalls calls, CancellationToken cancel)
    {
        if (calls.AskQuotaAt <= time.Now())
        {
            calls.AskQuotaAt = time.Now() + QuotaEvery; // before it is asked: a server that hangs on it is not asked again at once
            if (await reader.Quota(cancel) is { } quota)
            {
                await record.Weighed(mailbox.Id, quota, cancel);
            }
        }
    }

    /// <summary>The connection broke between storing and marking: what was stored before this look, and is not known to be marked, is marked once more.</summary>
    private async Task MarkAgain(Mailbox mailbox, MailboxState state, ImapReader reader, CancellationToken cancel)
    {
        if (state.MarkedUid >= state.LastUid)
        {
            return;
        }

        var aside = await record.Aside(mailbox.Id, cancel);
        var stored = await reader.Between((uint)state.MarkedUid, (uint)state.LastUid + 1, null, cancel);
        foreach (var some in stored.Where(uid => !aside.Contains(uid)).Chunk(MostDescribed))
        {
            await accounts.Mark(mailbox, reader, some, cancel);
        }
    }

    private async Task TakeNew(Mailbox mailbox, MailboxState state, ImapReader reader, MailboxCalls calls, CancellationToken cancel)
    {
        foreach (var uids in Groups(await reader.Above((uint)state.LastUid, cancel), calls.CarefulUpTo))
        {
            IReadOnlyList<FoundMail> found = [];
            try
            {
                found = await reader.Describe(uids, cancel);
                foreach (var batch in Batches(found))
                {
                    await Take(mailbox, state, reader, batch, calls, cancel);
                }

                if (found.Count < uids.Length)
                {
                    await Undescribed(mailbox, state, reader, [.. uids.Except(found.Select(mail => mail.Uid))], calls, cancel);
                }
            }
            catch (Exception e) when (!cancel.IsCancellationRequested && !IsRefusal(accounts.Trouble(mailbox, e)))
            {
                await Blame(mailbox, state, uids, found, calls, cancel);
                throw;
            }
        }
    }

    /// <summary>Most were gone again before they were looked at. What is there, and of which the server says nothing, is set aside.</summary>
    private async Task Undescribed(Mailbox mailbox, MailboxState state, ImapReader reader, IReadOnlyList<uint> uids, MailboxCalls calls, CancellationToken cancel)
    {
        var there = (await reader.Between(uids[0] - 1, uids[^1] + 1, null, cancel)).Intersect(uids).Select(uid => Aside(mailbox, state, new(uid, 0, null), time.Now())).ToList();
        await record.Took(mailbox.Id, uids[^1], [], there, cancel);
        if (there.Count > 0)
        {
            calls.ForApart();
        }
    }

    /// <summary>Where a mail was asked for by itself and it went wrong once more, it is set aside, so that later ones need not wait for it.</summary>
    private async Task Blame(Mailbox mailbox, MailboxState state, uint[] uids, IReadOnlyList<FoundMail> found, MailboxCalls calls, CancellationToken cancel)
    {
        if (uids is [var one] && one <= calls.CarefulUpTo && (await record.Read(mailbox.Id, cancel)).LastUid < one)
        {
            await record.Took(mailbox.Id, one, [], [Aside(mailbox, state, found is [var known] ? known : new(one, 0, null), time.Now())], cancel);
            log.LogWarning("A mail in {Address} could not be fetched; it is set aside", mailbox.Address);
        }

        calls.CarefulUpTo = Math.Max(calls.CarefulUpTo, uids[^1]);
    }

    private static IEnumerable<uint[]> Groups(IReadOnlyList<uint> uids, uint carefulUpTo) =>
        [.. uids.Where(uid => uid <= carefulUpTo).Select(uid => new[] { uid }), .. uids.Where(uid => uid > carefulUpTo).Chunk(MostDescribed)];

    private async Task Take(Mailbox mailbox, MailboxState state, ImapReader reader, List<FoundMail> batch, MailboxCalls calls, CancellationToken cancel)
    {
        var small = batch.FindAll(mail => mail.Size < StoreFetched.LargeFrom);
        var mails = small.Count == 0 ? new Dictionary<uint, byte[]>() : await reader.Fetch([.. small.Select(mail => mail.Uid)], cancel);

        // A server that gives of a mail nothing, or not all of it, has trouble with that mail alone.
        var whole = small.FindAll(mail => mails.TryGetValue(mail.Uid, out var raw) && raw.Length > 0);
        await fetched.Store(mailbox, state, whole.Select(mail => mails[mail.Uid]), past: null, cancel);
        var aside = batch.Except(whole).Select(mail => Aside(mailbox, state, mail, time.Now())).ToList();
        await record.Took(mailbox.Id, batch[^1].Uid, whole.FindAll(mail => !StoreFetched.IsOfTest(state, mails[mail.Uid])), aside, cancel);
        if (aside.Count > 0)
        {
            calls.ForApart();
        }

        await accounts.Mark(mailbox, reader, [.. whole.Select(mail => mail.Uid)], cancel);
    }

    /// <summary>A mail to be fetched apart; one that is too large waits for a person.</summary>
    public static SetAsideMail Aside(Mailbox mailbox, MailboxState state, FoundMail mail, DateTimeOffset now) => new()
    {
        MailboxId = mailbox.Id,
        UidValidity = state.UidValidity,
        Uid = mail.Uid,
        Size = mail.Size,
        ArrivedAt = mail.ArrivedAt?.ToUniversalTime(),
        Answered = mail.Answered,
        Reason = mail.Size > StoreFetched.Largest ? SetAsideReasons.TooLarge : mail.Size >= StoreFetched.LargeFrom ? SetAsideReasons.Large : SetAsideReasons.Failed,
        NextTryAt = mail.Size > StoreFetched.Largest ? null : now,
        Since = now,
    };

    private static IEnumerable<List<FoundMail>> Batches(IEnumerable<FoundMail> mails)
    {
        var (batch, bytes) = (new List<FoundMail>(), 0L);
        foreach (var mail in mails)
        {
            var weight = mail.Size < StoreFetched.LargeFrom ? mail.Size : 0;
            if (batch.Count == MostAtOnce || (batch.Count > 0 && bytes + weight > MostBytesAtOnce))
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(mail);
            bytes += weight;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}

/// <summary>Why a mail was set aside.</summary>
internal static class SetAsideReasons
{
    public const string Large = "large";
    public const string TooLarge = "too-large";
    public const string Failed = "failed";
}
