using Heliotrope.Core;
using Heliotrope.Core.Mailboxes;
using Heliotrope.Core.People;
using Heliotrope.Mail.Smtp;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Mailboxes;

/// <summary>A mailbox, and how it fares.</summary>
/// <param name="Id">The id.</param>
/// <param name="Address">The address of ours.</param>
/// <param name="Health">How it fares now.</param>
/// <param name="Reading">How its reading fares.</param>
/// <param name="Sending">How sending through it fares.</param>
/// <param name="OldMail">What was there before it was connected.</param>
/// <param name="SetAside">Mails that are fetched apart, or wait for a person.</param>
/// <param name="Test">The mail it sent to itself; null before the first.</param>
/// <param name="Servers">What is set.</param>
/// <param name="Hours">The last 24 hours, the oldest first.</param>
public sealed record MailboxDetails(
    long Id, string Address, MailboxHealth Health, MailboxReading Reading, MailboxSending Sending, OldMailDetails OldMail, IReadOnlyList<SetAsideDetails> SetAside,
    MailboxTest? Test, MailboxServers Servers, IReadOnlyList<MailboxHourDetails> Hours);

/// <summary>How a mailbox's reading fares.</summary>
/// <param name="LookedAt">When it was last looked into without trouble (UTC); null when never.</param>
/// <param name="StoredAt">When a mail from it was last stored (UTC); null when none has been.</param>
/// <param name="Stored">How many mails from it were stored.</param>
/// <param name="DelaySeconds">How long the newest lay on the server before it was stored; null where that is not known.</param>
/// <param name="FailingSince">Since when reading fails (UTC); null while it does not.</param>
/// <param name="Trouble">What is wrong, as a stable code; empty when nothing is.</param>
/// <param name="Words">The server's own words; may be empty.</param>
/// <param name="QuotaUsed">Bytes used of the mailbox's quota; null where that is not known.</param>
/// <param name="QuotaLimit">Bytes it may hold.</param>
public sealed record MailboxReading(
    DateTimeOffset? LookedAt, DateTimeOffset? StoredAt, long Stored, int? DelaySeconds, DateTimeOffset? FailingSince, string Trouble, string Words, long? QuotaUsed, long? QuotaLimit);

/// <summary>How sending through a mailbox fares.</summary>
/// <param name="Waiting">Mails that wait to leave through it.</param>
/// <param name="OldestWaiting">Since when the oldest waits (UTC).</param>
/// <param name="Failed">Mails that were given up.</param>
/// <param name="SentToday">Mails that left within 24 hours.</param>
/// <param name="FailingSince">Since when sending fails (UTC); null while it does not.</param>
/// <param name="Trouble">What is wrong, as a stable code; empty when nothing is.</param>
/// <param name="Words">The server's own words; may be empty.</param>
public sealed record MailboxSending(int Waiting, DateTimeOffset? OldestWaiting, int Failed, int SentToday, DateTimeOffset? FailingSince, string Trouble, string Words);

/// <summary>The mail that was in a mailbox before it was connected.</summary>
/// <param name="Count">How many.</param>
/// <param name="Choice">What was said about it.</param>
/// <param name="Since">From which day on it is fetched (UTC); null for all.</param>
/// <param name="Left">How many are still to be fetched.</param>
public sealed record OldMailDetails(int Count, OldMailChoice Choice, DateTimeOffset? Since, int Left);

/// <summary>A mail that is fetched apart from the others.</summary>
/// <param name="Id">The id.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ArrivedAt">When the server got it (UTC); null where it does not say.</param>
/// <param name="Reason">large, too-large or failed.</param>
/// <param name="Words">What went wrong the last time; may be empty.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="NextTryAt">When it is tried next (UTC); null when it waits for a person.</param>
public sealed record SetAsideDetails(long Id, long Size, DateTimeOffset? ArrivedAt, string Reason, string Words, int Tries, DateTimeOffset? NextTryAt);

/// <summary>A mail that a mailbox sent to itself.</summary>
/// <param name="At">When it was written (UTC).</param>
/// <param name="State">Where it is: as in the outbox; null where nothing is sent through the mailbox.</param>
/// <param name="Problem">What the SMTP server said; empty when nothing went wrong.</param>
/// <param name="ArrivedAt">When it came back (UTC); null while it has not.</param>
/// <param name="TaggedAt">When the one to the address with our tag came back (UTC); null while it has not.</param>
public sealed record MailboxTest(DateTimeOffset At, OutboxState? State, string Problem, DateTimeOffset? ArrivedAt, DateTimeOffset? TaggedAt);

/// <summary>What is set for a mailbox.</summary>
/// <param name="ImapHost">The IMAP server.</param>
/// <param name="ImapPort">Its port.</param>
/// <param name="ImapTls">How the connection is encrypted.</param>
/// <param name="SmtpHost">The SMTP server; empty when mail leaves through the smarthost of all.</param>
/// <param name="SmtpPort">Its port.</param>
/// <param name="SmtpTls">How the connection is encrypted.</param>
/// <param name="UserName">Whom to sign in as.</param>
/// <param name="Way">How to sign in.</param>
/// <param name="Provider">Where, as a stable code; empty with a password.</param>
/// <param name="Folder">Which folder is read.</param>
/// <param name="After">What happens to what has been stored.</param>
/// <param name="MoveTo">Where to it is moved.</param>
/// <param name="MostAMinute">As many mails leave a minute at most; 0 for no limit.</param>
/// <param name="MostAnHour">As many mails leave an hour at most; 0 for no limit.</param>
/// <param name="MostADay">As many mails leave in 24 hours at most; 0 for no limit.</param>
/// <param name="TakesTags">Whether mail to the address with our tag arrives.</param>
/// <param name="Paused">Whether nothing is fetched.</param>
public sealed record MailboxServers(
    string ImapHost, int ImapPort, MailTls ImapTls, string SmtpHost, int SmtpPort, MailTls SmtpTls, string UserName, SignInWay Way, string Provider, string Folder, AfterStoring After, string MoveTo,
    int MostAMinute, int MostAnHour, int MostADay, bool TakesTags, bool Paused);

/// <summary>What a mailbox brought within one hour.</summary>
/// <param name="Hour">When it began (UTC).</param>
/// <param name="Stored">How many mails were stored.</param>
/// <param name="LongestDelaySeconds">The longest that one of them had lain on the server.</param>
/// <param name="Failures">How often reading failed.</param>
public sealed record MailboxHourDetails(DateTimeOffset Hour, int Stored, int LongestDelaySeconds, int Failures);

/// <summary>Reads the mailboxes.</summary>
internal sealed class ListMailboxes(Store store, TimeProvider time)
{
    private const int Hours = 24;
    private const int MostSetAside = 50;

    public async Task<Result<IReadOnlyList<MailboxDetails>>> Run(Actor actor)
    {
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        return await store.Read<Result<IReadOnlyList<MailboxDetails>>>(async db => await Details(db, db.Mailboxes, time.Now()));
    }

    public async Task<Result<MailboxDetails>> Open(Actor actor, long id) => !actor.MayAdminister ? Refusal.NotAllowed
        : await store.Read<Result<MailboxDetails>>(async db => await db.Mailboxes.AnyAsync(m => m.Id == id) ? await Details(db, id, time.Now()) : Unknown(id));

    /// <summary>The conversations behind how much a mailbox brought, in all or within the hours that are shown: those that whoever asks may see.</summary>
    public async Task<Result<BehindRows>> Behind(Actor actor, long id, bool lately, long? before)
    {
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        var since = lately ? FirstHour(time.Now()) : DateTimeOffset.MinValue;
        return await store.Read<Result<BehindRows>>(actor, async db =>
        {
            var brought = from mail in db.RawMail
                          where mail.MailboxId == id && mail.ReceivedAt >= since
                          join entry in db.Entries on (long?)mail.Id equals entry.RawMailId
                          where entry.At >= since // what lay there before is no news
                          select entry.ConversationNumber;
            return await BehindRows.Of(db, db.Conversations.Where(c => brought.Contains(c.Number)), before);
        });
    }

    public static Refusal Unknown(long id) => new(RefusalKind.NotFound, "mailbox.unknown", $"There is no mailbox {id}.");

    internal static async Task<MailboxDetails> Details(HeliotropeDb db, long id, DateTimeOffset now) => (await Details(db, db.Mailboxes.Where(m => m.Id == id), now)).Single();

    /// <summary>As many questions for one mailbox as for all.</summary>
    private static async Task<List<MailboxDetails>> Details(HeliotropeDb db, IQueryable<Mailbox> which, DateTimeOffset now)
    {
        var mailboxes = await which.OrderBy(m => m.Address).ToListAsync();
        var ids = mailboxes.ConvertAll(m => m.Id);
        var states = await db.MailboxStates.Where(s => ids.Contains(s.MailboxId)).ToDictionaryAsync(s => s.MailboxId);
        var sending = await Sending(db, states, now.AddDays(-1));
        var tests = await Tests(db, states.Values);
        var aside = (await db.SetAsideMails.Where(a => ids.Contains(a.MailboxId)).OrderBy(a => a.Id).Take(MostSetAside * Math.Max(1, ids.Count)).ToListAsync()).ToLookup(a => a.MailboxId);
        var first = FirstHour(now);
        var hours = (await db.MailboxHours.Where(h => ids.Contains(h.MailboxId) && h.Hour >= first).ToListAsync()).ToLookup(h => h.MailboxId);
        return mailboxes.ConvertAll(mailbox => Shape(mailbox, states[mailbox.Id], sending(mailbox.Id), tests(mailbox.Id), aside[mailbox.Id], HoursFrom(first, hours[mailbox.Id]), now));
    }

    private static MailboxDetails Shape(Mailbox mailbox, MailboxState state, MailboxSending sending, MailboxTest? test, IEnumerable<SetAsideMail> aside, IReadOnlyList<MailboxHourDetails> hours, DateTimeOffset now) => new(
        mailbox.Id, mailbox.Address, state.Facts(mailbox).At(now),
        new(state.LookedAt, state.StoredAt, state.Stored, state.DelaySeconds, state.FailingSince, state.Trouble, state.TroubleWords, state.QuotaUsed, state.QuotaLimit),
        sending, new(state.OldCount, state.OldChoice, state.OldSince, state.OldLeft),
        [.. aside.Take(MostSetAside).Select(a => new SetAsideDetails(a.Id, a.Size, a.ArrivedAt, a.Reason, a.Words, a.Tries, a.NextTryAt))], test,
        new(
            mailbox.ImapHost, mailbox.ImapPort, mailbox.ImapTls, mailbox.SmtpHost, mailbox.SmtpPort, mailbox.SmtpTls, mailbox.UserName, mailbox.Way, mailbox.Provider, mailbox.Folder, mailbox.After, mailbox.MoveTo,
            mailbox.MostAMinute, mailbox.MostAnHour, mailbox.MostADay, mailbox.TakesTags, mailbox.Paused),
        hours);

    private static async Task<Func<long, MailboxSending>> Sending(HeliotropeDb db, Dictionary<long, MailboxState> states, DateTimeOffset day)
    {
        var counted = await db.Outbox.Where(o => o.MailboxId != null && states.Keys.Contains(o.MailboxId.Value))
            .Where(o => o.State == OutboxState.Waiting || o.State == OutboxState.Sending || o.State == OutboxState.Failed || (o.State == OutboxState.Sent && o.SentAt > day))
            .GroupBy(o => new { Id = o.MailboxId!.Value, o.State }).Select(g => new { g.Key.Id, g.Key.State, Count = g.Count(), First = g.Min(o => o.Id) }).ToListAsync();
        var firsts = counted.Where(c => c.State is OutboxState.Waiting or OutboxState.Sending).Select(c => c.First).ToList();
        var since = await db.Outbox.Where(o => firsts.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.CreatedAt);
        return id =>
        {
            var mine = counted.FindAll(c => c.Id == id);
            int Count(params OutboxState[] of) => mine.Where(c => of.Contains(c.State)).Sum(c => c.Count);
            var oldest = mine.Where(c => since.ContainsKey(c.First)).Select(c => (DateTimeOffset?)since[c.First]).Min();
            return new(Count(OutboxState.Waiting, OutboxState.Sending), oldest, Count(OutboxState.Failed), Count(OutboxState.Sent), states[id].SendFailingSince, states[id].SendTrouble, states[id].SendTroubleWords);
        };
    }

    private static async Task<Func<long, MailboxTest?>> Tests(HeliotropeDb db, IEnumerable<MailboxState> states)
    {
        var begun = states.Where(s => s is { TestId: not null, TestAt: not null }).ToDictionary(s => s.MailboxId);
        var sent = begun.Values.Select(s => $"plain.{s.TestId}").ToList();
        var found = (await db.Outbox.Where(o => sent.Contains(o.MessageId)).Select(o => new { o.MessageId, o.State, o.LastError }).ToListAsync()).ToDictionary(o => o.MessageId);
        return id =>
        {
            if (!begun.TryGetValue(id, out var state))
            {
                return null;
            }

            var mail = found.GetValueOrDefault($"plain.{state.TestId}");
            return new(state.TestAt!.Value, mail?.State, mail?.LastError ?? "", state.TestArrivedAt, state.TestTaggedAt);
        };
    }

    private static DateTimeOffset FirstHour(DateTimeOffset now) => new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero).AddHours(1 - Hours);

    private static IReadOnlyList<MailboxHourDetails> HoursFrom(DateTimeOffset first, IEnumerable<MailboxHour> brought)
    {
        var known = brought.ToDictionary(h => h.Hour);
        return [.. Enumerable.Range(0, Hours).Select(i => first.AddHours(i)).Select(hour => known.TryGetValue(hour, out var h) ? new MailboxHourDetails(hour, h.Stored, h.LongestDelaySeconds, h.Failures) : new(hour, 0, 0, 0))];
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        var mailboxes = api.MapGroup("/mailboxes").RequireAuthorization(Policies.ApiAdmin);
        mailboxes.MapGet("", async (ListMailboxes list, HttpContext http) => (await list.Run(http.Actor())).ToApi())
            .WithName("listMailboxes").WithSummary("List the mailboxes and how they fare").Answers<IReadOnlyList<MailboxDetails>>();
        mailboxes.MapGet("/{id:long}", async (long id, ListMailboxes list, HttpContext http) => (await list.Open(http.Actor(), id)).ToApi())
            .WithName("getMailbox").WithSummary("Read a mailbox and how it fares").Answers<MailboxDetails>();
    }
}
