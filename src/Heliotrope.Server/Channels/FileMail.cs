using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Core.Targets;
using Heliotrope.Mail.Reading;
using Heliotrope.Server.Database;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Organisations;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Reading;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Spam;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Channels;

/// <summary>What became of a mail.</summary>
internal enum IntakeStatus
{
    /// <summary>Stored, in a conversation.</summary>
    Stored,

    /// <summary>The same mail was stored before.</summary>
    Duplicate,

    /// <summary>Kept for a person to look at.</summary>
    Quarantined,
}

internal sealed record IntakeOutcome(IntakeStatus Status, long? Conversation);

/// <summary>Makes a prepared mail part of a conversation, inside a transaction of the caller's.</summary>
internal sealed class FileMail(Current<TeamRules> teamRules, Current<BlockedSenders> blocked, TakeIn reading)
{
    /// <summary>Whom we would copy by one press of a key: more is a list, not a conversation.</summary>
    private const int MostOthers = 20;

    private const int MaxContentId = 200;

    // Asked with every mail, so translated once; for one engine, so never static: a process of tests uses both.
    private readonly Func<HeliotropeDb, string, string, Task<long?>> _theSame = EF.CompileAsyncQuery((HeliotropeDb db, string messageId, string hash) =>
        db.RawMail.Where(m => m.MessageId == messageId && m.ContentHash == hash).Select(m => (long?)m.Id).FirstOrDefault());

    private readonly Func<HeliotropeDb, string, Task<bool>> _isKnown = EF.CompileAsyncQuery((HeliotropeDb db, string messageId) =>
        db.RawMail.Any(m => m.MessageId == messageId));

    private readonly Func<HeliotropeDb, string, Task<bool>> _isOurs = EF.CompileAsyncQuery((HeliotropeDb db, string messageId) =>
        db.Outbox.Any(o => o.MessageId == messageId));

    private readonly Func<HeliotropeDb, string, Task<Customer?>> _byAddress = EF.CompileAsyncQuery((HeliotropeDb db, string address) =>
        db.Customers.FirstOrDefault(c => db.CustomerAddresses.Any(a => a.Address == address && a.CustomerId == c.Id)));

    public async Task<IntakeOutcome> File(HeliotropeDb db, PreparedMail mail, Organisation organisation, DateTimeOffset now)
    {
        var (messageId, hash) = (mail.Raw.MessageId, mail.Raw.ContentHash);
        if (await _theSame(db, messageId, hash) is { } same)
        {
            var filed = await db.Entries.Where(e => e.RawMailId == same).Select(e => (long?)e.ConversationNumber).FirstOrDefaultAsync();
            return new(IntakeStatus.Duplicate, filed);
        }

        if (mail.Failure is { } failure)
        {
            return await Quarantine(db, mail, "mail.unreadable", failure.Storable(2_000), now);
        }

        if (mail.From is null)
        {
            return await Quarantine(db, mail, "from.missing", "No address of a sender could be read from it.", now);
        }

        if (messageId.Length > 0 && await _isOurs(db, messageId))
        {
            return await Quarantine(db, mail, "mail.own", "It has the Message-ID of a mail that we sent: our own mail came back, or somebody imitates it.", now);
        }

        var customer = await _byAddress(db, mail.From.Value);
        var check = SenderCheck.Of(mail, organisation);

        // Whoever only says to be the customer is not let into what was said with them: a disowned mail joins where it names what only we and they know, or begins anew.
        var knownAs = check.IsDisowned ? null : customer?.Id;
        var conversation = await Threading.Find(db, mail, knownAs, organisation) ?? await Threading.OfItsAnswer(db, mail, knownAs);
        if (await Threading.IsAboutNotification(db, mail, conversation is not null, organisation))
        {
            return await Quarantine(db, mail, "notification.answered", "It answers a mail that told a colleague of something. A mail proves nobody to be that colleague, so it becomes neither a customer's message nor an answer of ours.", now);
        }

        var past = mail.Incoming.Past;
        var at = past?.At ?? now; // from when it counts
        var fromCustomer = conversation is null || conversation.CustomerId == customer?.Id;
        Conversation? over = null;
        while (fromCustomer && !mail.ByMachine && conversation?.IsLongOverFor(mail.NewWords, at) is true)
        {
            over = conversation;
            conversation = await db.Conversations.Where(c => c.FollowsNumber == over.Number).OrderByDescending(c => c.Number).FirstOrDefaultAsync();
        }

        var begins = conversation is null;
        if (conversation is null)
        {
            if (customer is null)
            {
                customer = db.Customers.Add(Customer.WithAddress(mail.From, mail.FromName, at)).Entity;
                await OrganisationOf.Settle(db, customer);
            }

            // Where none of ours was named, answers leave from the usual one: whose face that is, is decided here, and it is nobody's matter yet.
            var named = AddressOfOurs(mail, organisation);
            conversation = db.Conversations.Add(Conversation.Begin(customer, mail.Subject, named.Length > 0 ? named : organisation.UsualAddress ?? "", at)).Entity;
            conversation.BelongTo(over is null ? organisation.TeamOf(named) : over.TeamId);
            if (over is not null)
            {
                conversation.Follow(over);
            }

            if (!mail.ByMachine && !check.IsDisowned)
            {
                Threading.Miss(db, mail, conversation);
            }
        }

        if (fromCustomer && !mail.ByMachine && !check.IsDisowned)
        {
            customer!.Learn(mail.FromName, mail.Language);
            customer.GuessZone(mail.Message.Date is { } sent && (customer.Zone is null || customer.ZoneIsGuess) ? ZoneGuess.Of(mail.From, mail.Language, sent) : null);
        }

        // EF knows the row by a stand-in until it is inserted, and puts the real id in its place.
        var rawId = db.RawMail.Add(mail.Raw).Property(m => m.Id).CurrentValue;
        var rules = await teamRules.Get();
        var message = Message(mail, fromCustomer, rawId, organisation) with { Proof = check.Proof, ProofDetail = check.Detail };
        await (past is null
            ? TakeNow(db, mail, message, conversation, begins, check.IsDisowned, rules.For(conversation), now)
            : TakePast(db, mail, message, conversation, begins, check.IsDisowned, rules.For(conversation), now));
        if (begins && (mail.IsMarkedAsSpam || (await blocked.Get()).Contains(mail.From)))
        {
            conversation.MarkSpam(Actor.System, spam: true, at);
        }

        if (messageId.Length > 0 && await _isKnown(db, messageId))
        {
            // Kept, because it may be a different mail; flagged, because it may be a forgery.
            conversation.Record("message-id-reused", messageId, at);
        }

        await Save(db, setsOff: past is null);
        return new(IntakeStatus.Stored, conversation.Number);
    }

    /// <summary>Rules run on what happens; old mail happened elsewhere, however short a time ago.</summary>
    private static async Task Save(HeliotropeDb db, bool setsOff)
    {
        var happenings = db.Happenings;
        db.Happenings = setsOff ? happenings : null;
        try
        {
            await db.SaveChangesAsync();
        }
        finally
        {
            db.Happenings = happenings; // the next mail is stored by the same context
        }
    }

    private async Task TakeNow(HeliotropeDb db, PreparedMail mail, InboundMessage message, Conversation conversation, bool begins, bool disowned, AnswerRules rules, DateTimeOffset now)
    {
        conversation.Receive(message, now, rules);
        if (message.FromCustomer && !mail.ByMachine)
        {
            await reading.Read(db, conversation, begins, mail.NewWords, disowned: begins && disowned); // whoever is let in nevertheless has shown that they were written to
            if (!begins)
            {
                await StopLeaving.Write(db, conversation, now);
            }
        }
        else if (!mail.ByMachine && !disowned)
        {
            await reading.Hear(db, conversation, mail.NewWords, now);
        }

        if (!begins)
        {
            await Told(db, conversation, mail.Message, rules, now);
        }
    }

    /// <summary>What lay in a mailbox before it was connected stops nothing that leaves now, and what machines told in it was told to others.</summary>
    private async Task TakePast(HeliotropeDb db, PreparedMail mail, InboundMessage message, Conversation conversation, bool begins, bool disowned, AnswerRules rules, DateTimeOffset now)
    {
        var (at, answered) = mail.Incoming.Past!;
        var said = db.Entries.Where(e => e.ConversationNumber == conversation.Number);
        var newest = begins ? null : await said.Where(e => e.Kind == EntryKind.Message).OrderByDescending(e => e.At).Select(e => (DateTimeOffset?)e.At).FirstOrDefaultAsync();
        conversation.ReceivedElsewhere(message, at, answered, newest, now, rules);
        if (begins || conversation.WaitingSince == at || !await said.AnyAsync(e => e.Kind == EntryKind.Event && e.Text == Conversation.LayBefore))
        {
            conversation.Record(Conversation.LayBefore, mail.Incoming.Mailbox ?? "", at);
        }

        if (mail.ByMachine || disowned || !message.FromCustomer)
        {
            return;
        }

        await (at < newest ? reading.Hear(db, conversation, mail.NewWords, at)
            : conversation.State is ConversationState.Open ? reading.Read(db, conversation, begins, mail.NewWords)
            : reading.ReadPast(db, conversation, begins, mail.NewWords));
    }

    /// <summary>What a machine tells of a mail of ours is said in the conversation: it came back, it is late, somebody calls it unwanted.</summary>
    private static async Task Told(HeliotropeDb db, Conversation conversation, MailMessage message, AnswerRules rules, DateTimeOffset now)
    {
        if (message.Feedback is { Type: "abuse" or "fraud" or "opt-out" or "opt-out-list" } feedback) // others tell of checks that failed, or the very opposite
        {
            conversation.Record("complained", feedback.Recipient ?? "", now);
        }

        if (message.Bounce is not { } bounce)
        {
            return;
        }

        var detail = $"{bounce.Recipient} {bounce.Status}".Trim();
        switch (bounce.Action)
        {
            case "delayed":
                conversation.Record("delayed", detail, now);
                break;
            case "delivered" or "relayed" or "expanded":
                break;
            default:
                if (await WasAnswer(db, conversation.Number, bounce))
                {
                    conversation.ReplyBounced(detail, now, rules);
                }
                else
                {
                    conversation.Record("bounced", detail, now);
                }

                break;
        }
    }

    /// <summary>Whether what came back was to answer the customer: neither a copy of it nor a question of ours, nor what somebody else was asked. Where that cannot be told, it was.</summary>
    private static async Task<bool> WasAnswer(HeliotropeDb db, long number, BounceReport bounce)
    {
        const int most = 200;
        var sent = await db.Outbox.Where(o => o.ConversationNumber == number && (bounce.MessageId == null || o.MessageId == bounce.MessageId))
            .OrderByDescending(o => o.Id).Take(most).Select(o => new { o.Id, o.EntryId, o.EnvelopeTo, o.Kind }).ToListAsync();
        var there = sent.FindAll(o => o.EnvelopeTo.Equals(bounce.Recipient, StringComparison.OrdinalIgnoreCase));
        var mails = there.Count > 0 ? there : sent; // they may have it sent on, to an address that we do not know
        return mails.Count == 0 || mails.Exists(mail => mail is { EntryId: { } entry, Kind: not OutboxMail.Forwarded } && !sent.Exists(o => o.EntryId == entry && o.Id < mail.Id)); // the customer's was written first
    }

    /// <summary>Keeps a mail that can become no conversation.</summary>
    public static async Task<IntakeOutcome> Quarantine(HeliotropeDb db, PreparedMail mail, string reason, string detail, DateTimeOffset now)
    {
        db.RawMail.Add(mail.Raw);
        await db.SaveChangesAsync();
        db.Quarantine.Add(new()
        {
            RawMailId = mail.Raw.Id,
            Reason = reason,
            Detail = detail,
            Sender = mail.From?.Value ?? mail.Raw.EnvelopeFrom,
            Subject = mail.Subject,
            ReceivedAt = now,
        });
        await db.SaveChangesAsync();
        return new(IntakeStatus.Quarantined, null);
    }

    /// <summary>What a conversation needs of a mail.</summary>
    public static InboundMessage Message(PreparedMail mail, bool fromCustomer, long? rawId, Organisation organisation) => new(
        mail.FromName.Length > 0 ? mail.FromName : mail.From!.Value,
        mail.From!.Value,
        fromCustomer,
        mail.ByMachine,
        mail.NewWords,
        mail.Quoted,
        mail.Html,
        mail.Raw.MessageId.Length > 0 ? mail.Raw.MessageId : null,
        rawId,
        [.. mail.Message.Attachments.Select(a => new Attachment(a.Index, a.Name, a.Type, a.Size, a.ContentId?.Storable(MaxContentId)))],
        Others(mail, organisation),
        mail.Message.ThreadIndex?.Conversation,
        mail.Message.Bar(organisation.Addresses) is not AnswerBar.None || mail.Incoming is { Source: "smtp", EnvelopeFrom: "" });

    /// <summary>Who else got it: neither its author nor one of ours.</summary>
    private static string Others(PreparedMail mail, Organisation organisation)
    {
        var others = new List<string>();
        var ours = AddressOfOurs(mail, organisation); // also while no address of ours is set
        foreach (var named in mail.Message.To.Concat(mail.Message.Cc).Take(MostOthers * 2))
        {
            if (EmailAddress.TryParse(named.Address, out var address) && address.Value != mail.From!.Value && address.WithoutTag.Value != ours && address.Value != ours && !organisation.IsOurs(address) && !others.Contains(address.Value) && others.Count < MostOthers)
            {
                others.Add(address.Value);
            }
        }

        return string.Join(", ", others);
    }

    /// <summary>The address of ours that they wrote to, without our own tag; empty when none of ours is named.</summary>
    public static string AddressOfOurs(PreparedMail mail, Organisation organisation)
    {
        foreach (var text in mail.Recipients.Take(100))
        {
            if (EmailAddress.TryParse(text, out var address) && organisation.Accepts(address))
            {
                return organisation.TeamOfAddress.ContainsKey(address.Value) ? address.Value : address.WithoutTag.Value;
            }
        }

        return "";
    }
}
