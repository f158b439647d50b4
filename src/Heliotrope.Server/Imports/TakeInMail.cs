using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.Imports;
using Heliotrope.Core.People;
using Heliotrope.Core.Reading;
using Heliotrope.Server.Channels;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Reading;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Imports;

/// <summary>A mail of a mailbox, read as intake reads it.</summary>
/// <param name="Mail">The mail.</param>
/// <param name="At">When it was received or sent (UTC).</param>
/// <param name="Ours">One of us wrote it.</param>
/// <param name="Where">File and number.</param>
/// <param name="Reading">What is read in a customer's words; null in a dry run, and for mail of ours.</param>
internal sealed record ThreadMail(PreparedMail Mail, DateTimeOffset At, bool Ours, string Where, MessageReading? Reading)
{
    private const int HashShown = 16;

    /// <summary>By which it is known: what makes two deliveries the same mail (docs/decisions/0007).</summary>
    public string Id => $"{Mail.Raw.MessageId}/{Mail.Raw.ContentHash[..HashShown]}";
}

/// <summary>Takes in the conversations of a mailbox: each mail once, by the rule that intake goes by.</summary>
internal sealed class TakeInMail(TakeIn reading)
{
    private const int MostCopies = 20;

    public async Task Write(ImportStep step, IReadOnlyList<IReadOnlyList<ThreadMail>> threads)
    {
        var users = await step.Users();
        var known = await KnownMails(step.Db, threads);
        foreach (var thread in threads)
        {
            await One(step, thread, known, users);
        }
    }

    private async Task One(ImportStep step, IReadOnlyList<ThreadMail> thread, Dictionary<string, long?> known, Dictionary<string, Actor> users)
    {
        var fresh = new List<ThreadMail>();
        foreach (var mail in thread)
        {
            if (known.ContainsKey(mail.Id))
            {
                step.Tally.Add("messages-here");
            }
            else if (mail.Mail.IsMarkedAsSpam || mail.Mail.Failure is not null || mail.Mail.From is null)
            {
                step.Tally.Leave(mail.Mail.IsMarkedAsSpam ? "spam" : mail.Mail.Failure is not null ? "broken" : "no-sender", mail.Where, mail.Mail.Subject);
            }
            else
            {
                known[mail.Id] = null; // the same mail may lie in two folders
                fresh.Add(mail);
            }
        }

        if (fresh.Count == 0)
        {
            step.Tally.Add("conversations-here", thread.Any(mail => known.GetValueOrDefault(mail.Id) is not null) ? 1 : 0);
            return;
        }

        if (AddressOf(step, fresh) is not { } address)
        {
            step.Tally.Leave("no-customer", fresh[0].Where, fresh[0].Mail.Subject);
            return;
        }

        var customer = await step.Db.Customers.Include(c => c.Addresses).FirstOrDefaultAsync(c => step.Db.CustomerAddresses.Any(a => a.Address == address.Value && a.CustomerId == c.Id));
        var number = thread.Select(mail => known.GetValueOrDefault(mail.Id)).FirstOrDefault(n => n is not null)
            ?? (await Threading.Find(step.Db, fresh[0].Mail, customer?.Id, step.Organisation))?.Number;
        if (number is { } there && await step.Db.Conversations.FindAsync(there) is { } conversation)
        {
            step.Tally.Add("conversations-here");
            await Continue(step, conversation, fresh, users);
        }
        else
        {
            await Begin(step, fresh, customer, address, users);
        }
    }

    private async Task Begin(ImportStep step, List<ThreadMail> mails, Customer? known, EmailAddress address, Dictionary<string, Actor> users)
    {
        var first = mails[0];
        var named = mails.Find(mail => mail.Mail.From!.Value == address.Value)?.Mail.FromName ?? "";
        if (known is null)
        {
            step.Tally.Add("people", step.Dry && !step.Seen.Addresses.Add(address.Value) ? 0 : 1);
        }

        var customer = known ?? (step.Dry ? Customer.WithAddress(address, named, first.At) : (await TakeInPeople.Customer(step, address, named, first.At)).Customer);
        if (known is null && !step.Dry)
        {
            step.Remember(ImportedKind.Person, address.Value, made: true).CustomerId = step.Db.Entry(customer).Property(c => c.Id).CurrentValue;
        }

        var ours = FileMail.AddressOfOurs(first.Mail, step.Organisation) is { Length: > 0 } to ? to : first.Ours && step.Organisation.IsOurs(first.Mail.From!) ? first.Mail.From!.Value : "";
        var conversation = Conversation.Begin(customer, first.Mail.Subject, ours.Length > 0 ? ours : step.Organisation.UsualAddress ?? "", first.At);
        conversation.BelongTo(step.Organisation.TeamOf(ours));
        conversation.CameFrom(first.Where, first.At);
        var addresses = customer.Addresses.Select(a => a.Address).Append(address.Value).ToHashSet(StringComparer.Ordinal);
        var said = Say(step, mails, addresses, users);
        var history = new History(step.Rules.For(conversation), step.Organisation.SilentAfterDays, step.Now);
        var entries = history.Play(conversation, said);
        history.End(conversation, Standing.AsItsMessages, null);
        step.Tally.Add("conversations");
        step.Tally.Add(conversation.State switch { ConversationState.Open => "open", ConversationState.Waiting => "waiting", _ => "resolved" });
        step.Tally.Add("messages", mails.Count);
        step.Tally.Show(new("", conversation.Subject, mails.Count, first.At, conversation.State.ToString().ToLowerInvariant(), conversation.WaitingSince));
        if (step.Dry)
        {
            return;
        }

        step.Db.Conversations.Add(conversation);
        var key = step.Db.Entry(conversation).Property(c => c.Number).CurrentValue;
        await Understand(step.Db.Readings.Add(new(key)).Entity, conversation.Subject, mails, addresses);
        var row = step.Remember(ImportedKind.Conversation, first.Id, made: true);
        (row.ConversationNumber, row.EntryId) = (key, step.Db.Entry(conversation.Entries[^1]).Property(e => e.Id).CurrentValue);
        Remember(step, mails, entries, key);
        await step.Db.SaveChangesAsync(); // the next one may answer in it, or be by the same customer
    }

    private async Task Continue(ImportStep step, Conversation conversation, List<ThreadMail> mails, Dictionary<string, Actor> users)
    {
        var late = mails.FindAll(mail => mail.At < conversation.LastActivityAt);
        mails.RemoveAll(late.Contains);
        late.ForEach(mail => step.Tally.Leave("older", mail.Where, mail.Mail.Subject));
        if (mails.Count == 0)
        {
            return;
        }

        step.Tally.Add("continued");
        step.Tally.Add("messages", mails.Count);
        if (step.Dry)
        {
            return;
        }

        var addresses = (await step.Db.CustomerAddresses.Where(a => a.CustomerId == conversation.CustomerId).Select(a => a.Address).ToListAsync()).ToHashSet(StringComparer.Ordinal);
        var history = new History(step.Rules.For(conversation), step.Organisation.SilentAfterDays, step.Now);
        var entries = history.Play(conversation, Say(step, mails, addresses, users));
        history.End(conversation, Standing.AsItsMessages, null);
        if (await step.Db.Readings.FindAsync(conversation.Number) is { } understood)
        {
            await Understand(understood, "", mails, addresses);
        }

        step.Db.ChangeTracker.DetectChanges(); // the new entries get the stand-ins of their ids
        Remember(step, mails, entries, conversation.Number);
        await step.Db.SaveChangesAsync();
    }

    /// <summary>Who the conversation is with: whoever of the others wrote first, or got our first mail.</summary>
    private static EmailAddress? AddressOf(ImportStep step, List<ThreadMail> mails)
    {
        var theirs = mails.Find(mail => !mail.Ours && !mail.Mail.ByMachine) ?? mails.Find(mail => !mail.Ours);
        return theirs?.Mail.From ?? mails[0].Mail.Message.To.Concat(mails[0].Mail.Message.Cc).Take(MostCopies)
            .Select(a => EmailAddress.TryParse(a.Address, out var to) && !step.Organisation.IsOurs(to) && to != mails[0].Mail.From ? to : null).FirstOrDefault(to => to is not null);
    }

    private static List<SaidThere> Say(ImportStep step, List<ThreadMail> mails, HashSet<string> addresses, Dictionary<string, Actor> users) => mails.ConvertAll(each =>
    {
        var (mail, fromCustomer) = (each.Mail, addresses.Contains(each.Mail.From!.Value));
        var raw = mail.Raw.Fresh();
        long? rawId = step.Dry ? null : step.Db.RawMail.Add(raw).Property(r => r.Id).CurrentValue;
        var message = FileMail.Message(mail, fromCustomer, rawId, step.Organisation);
        if (!each.Ours)
        {
            return new SaidThere(Voice.Theirs, Actor.System, message, "", null, each.At);
        }

        var by = users.GetValueOrDefault(mail.From!.Value) ?? new Actor(ActorKind.System, null, mail.FromName.Length > 0 ? mail.FromName : mail.From.Value, null);
        var copies = Copies.Cc(message.Cc.Length > 0 ? [message.Cc] : []).Match(list => list, _ => []);
        return new SaidThere(Voice.Ours, by, null, mail.NewWords.Storable(Conversation.MaxText), message.MessageId, each.At)
        {
            RawMail = rawId,
            Cc = [.. copies.Where(copy => !addresses.Contains(copy.Value))],
            Files = message.Attachments,
        };
    });

    private async Task Understand(ConversationReading understood, string subject, List<ThreadMail> mails, HashSet<string> addresses)
    {
        foreach (var mail in mails.Where(mail => mail is { Ours: false, Reading: not null, Mail.ByMachine: false } && addresses.Contains(mail.Mail.From!.Value)))
        {
            await reading.Understand(understood, TakeIn.Whole(subject, mail.Mail.NewWords), mail.Reading!);
            subject = "";
        }
    }

    private static void Remember(ImportStep step, List<ThreadMail> mails, IReadOnlyList<Entry> entries, long number)
    {
        for (var i = 0; i < mails.Count; i++)
        {
            var row = step.Remember(ImportedKind.Message, mails[i].Id, made: true);
            (row.ConversationNumber, row.EntryId) = (number, step.Db.Entry(entries[i]).Property(e => e.Id).CurrentValue);
        }
    }

    /// <summary>Which of the mails are here: stored as they came in, or sent from here. With the conversation that they are in.</summary>
    private static async Task<Dictionary<string, long?>> KnownMails(HeliotropeDb db, IReadOnlyList<IReadOnlyList<ThreadMail>> threads)
    {
        var mails = threads.SelectMany(thread => thread).ToList();
        var ids = mails.Select(mail => mail.Mail.Raw.MessageId).Distinct().ToList();
        var hashes = mails.Select(mail => mail.Mail.Raw.ContentHash).Distinct().ToList();
        var stored = await (
            from raw in db.RawMail.Where(r => ids.Contains(r.MessageId) && hashes.Contains(r.ContentHash))
            join entry in db.Entries on (long?)raw.Id equals entry.RawMailId into entries
            from entry in entries.DefaultIfEmpty()
            select new { raw.MessageId, raw.ContentHash, Number = entry == null ? null : (long?)entry.ConversationNumber }).ToListAsync();
        var named = ids.Where(id => id.Length > 0).ToList();
        var sent = await db.Outbox.Where(o => named.Contains(o.MessageId)).Select(o => new { o.MessageId, o.ConversationNumber }).ToListAsync();
        var known = new Dictionary<string, long?>(StringComparer.Ordinal);
        foreach (var mail in mails)
        {
            if (stored.Find(s => s.MessageId == mail.Mail.Raw.MessageId && s.ContentHash == mail.Mail.Raw.ContentHash) is { } found)
            {
                known[mail.Id] = found.Number;
            }
            else if (sent.Find(s => s.MessageId == mail.Mail.Raw.MessageId) is { } left)
            {
                known[mail.Id] = left.ConversationNumber;
            }
        }

        return known;
    }
}
