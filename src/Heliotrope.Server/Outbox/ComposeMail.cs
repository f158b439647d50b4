using System.Globalization;
using System.Net;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Mail.Reading;
using Heliotrope.Mail.Writing;
using Heliotrope.Server.Brands;
using Heliotrope.Server.Channels;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Signing;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Outbox;

/// <summary>
/// Writes mail of a conversation into the outbox, in the transaction of whatever caused it. Bytes and Message-ID are final here.
/// It goes to the customer of the conversation and to those whom a colleague named beside them; never to anybody that a header of a customer's mail named.
/// </summary>
internal sealed class ComposeMail(Departure departure, SignMail sign, PublicAddress publicAddress)
{
    /// <summary>Of a long thread the latest are enough for a mail program to find it by.</summary>
    private const int MostReferences = 30;

    /// <summary>Between what a rule says and what stands below.</summary>
    private const string Line = "\n\n---\n\n";

    private const int LongestLocalPart = 64; // RFC 5321 section 4.5.3.1.1

    public string NewMessageId(Conversation conversation, Organisation organisation) =>
        MessageIds.New(OurAddress(conversation, organisation));

    /// <summary>The mail that carries a reply: the customer's own. Those who are copied get the same bytes.</summary>
    public async Task<OutboxMail> Reply(
        HeliotropeDb db, Conversation conversation, Entry entry, IReadOnlyList<OutgoingAttachment> files, Actor by, Organisation organisation, DateTimeOffset now, EmailAddress? to = null)
    {
        var subject = await db.Entries.AnyAsync(e => e.ConversationNumber == conversation.Number && e.Kind == EntryKind.Message && e.Id != entry.Id) ? Re(conversation.Subject) : conversation.Subject;
        var pictures = files.Where(file => file.ContentId is not null).Select(file => file.ContentId!).ToHashSet(StringComparer.Ordinal);
        string? Address(string id) => pictures.Contains(Markdown.ContentIdOf(id)) ? $"cid:{Markdown.ContentIdOf(id)}" : null;
        var signed = Signed.Of(organisation, conversation.OurAddress, by);
        var words = new Words(subject, signed.Below(Markdown.ToText(entry.Text)), Markdown.ToHtml(entry.Text, Address) + signed.Html) { To = to, Cc = Addresses(entry.Cc), Bcc = Addresses(entry.Bcc), Files = files };
        return await Write(db, conversation, organisation, by, "reply", entry, entry.MessageId!, words, now);
    }

    /// <summary>The mail that asks somebody else. It stands in a thread of its own: nothing in it names what was said with the customer, but for what was chosen.</summary>
    public async Task<OutboxMail> Forward(
        HeliotropeDb db, Conversation conversation, Entry entry, IReadOnlyList<OutgoingAttachment> files, Actor by, Organisation organisation, IReadOnlyList<EmailAddress> to, DateTimeOffset now)
    {
        var pictures = files.Where(file => file.ContentId is not null).Select(file => file.ContentId!).ToHashSet(StringComparer.Ordinal);
        string? Address(string id) => pictures.Contains(Markdown.ContentIdOf(id)) ? $"cid:{Markdown.ContentIdOf(id)}" : null;
        var signed = Signed.Of(organisation, conversation.OurAddress, by);
        var (text, html) = (Markdown.ToText(entry.Text), Markdown.ToHtml(entry.Text, Address));
        if (entry.Quoted.Length > 0)
        {
            text = $"{text}\n\n{entry.Quoted}";
            html = $"{html}<blockquote>{WebUtility.HtmlEncode(entry.Quoted).ReplaceLineEndings("<br />")}</blockquote>\n";
        }

        // Below all of it: mail programs take what stands below a signature for a part of it, and hide it.
        (text, html) = (signed.Below(text), html + signed.Html);

        var again = await db.Entries.AnyAsync(e => e.ConversationNumber == conversation.Number && e.Id != entry.Id && e.ForwardedTo == entry.ForwardedTo);
        var subject = again ? Re(conversation.Subject) : $"Fwd: {conversation.Subject}".TrimEnd();
        return await Write(db, conversation, organisation, by, OutboxMail.Forwarded, entry, entry.MessageId!, new(subject, text, html) { Asked = to, Files = files }, now);
    }

    /// <summary>Words of others, to stand in the Markdown of our mail as they were written.</summary>
    public static string AsWritten(string words) => Markdown.Escape(words);

    /// <summary>A mail that Heliotrope writes by itself, and says so in its header (RFC 3834 section 5): as text, and the same in Markdown.</summary>
    public async Task<OutboxMail> Automatic(
        HeliotropeDb db, Conversation conversation, string kind, Actor by, string subject, string text, string marked, Organisation organisation, DateTimeOffset now)
    {
        var words = new Words(subject, text, Markdown.ToHtml(marked)) { Automatic = true };
        return await Write(db, conversation, organisation, by, kind, null, NewMessageId(conversation, organisation), words, now);
    }

    /// <summary>A mail that a rule writes in a conversation. It says in its header that nobody wrote it, and nothing of a stranger's that could be a link stands in its subject.</summary>
    public async Task<OutboxMail> ByRule(
        HeliotropeDb db, Conversation conversation, Entry entry, Actor by, string below, string marked, Organisation organisation, DateTimeOffset now)
    {
        var subject = StrangerWords.ArePlain(conversation.Subject) ? Re(conversation.Subject) : string.Create(CultureInfo.InvariantCulture, $"Re: #{conversation.Number}");
        var words = new Words(subject, $"{Markdown.ToText(entry.Text)}{Line}{below}", Markdown.ToHtml($"{entry.Text}{Line}{marked}")) { Automatic = true };
        return await Write(db, conversation, organisation, by, AutomaticMail.ByRule, entry, entry.MessageId!, words, now);
    }

    private sealed record Words(string Subject, string Text, string Html)
    {
        /// <summary>Where the customer is written to first; null for where they were last.</summary>
        public EmailAddress? To { get; init; }

        /// <summary>Who is asked instead of the customer; empty for mail to the customer.</summary>
        public IReadOnlyList<EmailAddress> Asked { get; init; } = [];

        public IReadOnlyList<string> Cc { get; init; } = [];

        public IReadOnlyList<string> Bcc { get; init; } = [];

        public IReadOnlyList<OutgoingAttachment> Files { get; init; } = [];

        public bool Automatic { get; init; }
    }

    private async Task<OutboxMail> Write(
        HeliotropeDb db, Conversation conversation, Organisation organisation, Actor by, string kind, Entry? entry, string messageId, Words letter, DateTimeOffset now)
    {
        var customer = await db.Customers.Where(c => c.Id == conversation.CustomerId).Select(c => new { c.Name, c.Demo, Addresses = c.Addresses.OrderBy(a => a.Id).Select(a => a.Address).ToList() }).SingleAsync();
        var thread = await db.Entries
            .Where(e => e.ConversationNumber == conversation.Number && e.MessageId != null && e.MessageId != messageId)
            .OrderByDescending(e => e.At).ThenByDescending(e => e.Id)
            .Take(MostReferences)
            .Select(e => new Said(e.MessageId!, e.Direction == Direction.In && e.Author == Author.Known, e.FromAddress, e.ForwardedTo))
            .ToListAsync();
        thread = await Between(db, conversation.Number, thread, letter.Asked);

        // They are answered at the address they wrote from last: it is one of theirs, never one that a header named, nor one of whoever else wrote in what was merged.
        var to = (letter.Asked.Count > 0 ? letter.Asked[0].Value : letter.To?.Value) ?? thread.Find(e => e.FromCustomer && customer.Addresses.Contains(e.FromAddress!))?.FromAddress ?? await FirstWrittenTo(db, conversation, customer.Addresses) ?? customer.Addresses[0];
        var our = OurAddress(conversation, organisation);
        var us = organisation.NameAt(our);
        var (state, route) = await departure.Of(db, our);
        var back = route.TakesTags ? BackAddress(our, conversation.Number, organisation.ReplySecret) : our;
        var bytes = await sign.Sign(MailWriter.Write(new OutgoingMail
        {
            MessageId = messageId,
            From = new MailAddress(by.Kind is ActorKind.Person ? $"{by.Name} ({us})" : us, our),
            To = letter.Asked.Count > 0 ? [.. letter.Asked.Select(address => new MailAddress("", address.Value))] : [new MailAddress(customer.Name == to || (letter.Automatic && !StrangerWords.ArePlain(customer.Name)) ? "" : customer.Name, to)],
            ReplyTo = [new MailAddress(us, back)],
            Cc = [.. letter.Cc.Select(address => new MailAddress("", address))],
            Subject = letter.Subject,
            Date = now,
            Text = letter.Text,
            Html = letter.Html,
            Attachments = letter.Files,
            InReplyTo = thread.FirstOrDefault()?.MessageId,
            References = [.. thread.AsEnumerable().Reverse().Select(e => e.MessageId)],
            Headers = letter.Automatic
                ? new Dictionary<string, string> { ["Auto-Submitted"] = "auto-generated", ["X-Auto-Response-Suppress"] = "All" }
                : new Dictionary<string, string>(),
        }), our);

        var shared = new OutboxBytes { Content = bytes };
        OutboxMail To(string recipient) => db.Outbox.Add(new()
        {
            ConversationNumber = conversation.Number,
            EntryId = entry?.Id,
            Kind = kind,
            MessageId = messageId,
            MailboxId = route.Mailbox,
            EnvelopeFrom = back, // bounces find their conversation
            EnvelopeTo = recipient,
            Subject = letter.Subject,
            Bytes = shared,
            State = conversation.Demo || customer.Demo ? OutboxState.Replayed : state, // nobody lives where the demo company writes to
            CreatedAt = now,
            NextTryAt = now,
        }).Entity;

        // A row each: what one server refuses or delays concerns its own recipient alone.
        var mail = To(to);
        foreach (var other in letter.Asked.Select(address => address.Value).Concat(letter.Cc).Concat(letter.Bcc).Distinct(StringComparer.Ordinal).Where(other => other != to))
        {
            To(other);
        }

        return mail;
    }

    private sealed record Said(string MessageId, bool FromCustomer, string? FromAddress, string ForwardedTo);

    /// <summary>Of what was said that which passed between us and the customer, or between us and whoever is asked: neither learns that the other was written to.</summary>
    private static async Task<List<Said>> Between(HeliotropeDb db, long number, List<Said> all, IReadOnlyList<EmailAddress> asked)
    {
        var forwarded = await db.Entries.Where(e => e.ConversationNumber == number && e.ForwardedTo != "").Select(e => e.ForwardedTo).Distinct().Take(MostReferences).ToListAsync();
        var elsewhere = forwarded.SelectMany(Addresses).ToHashSet(StringComparer.Ordinal);
        var them = asked.Select(address => address.Value).ToHashSet(StringComparer.Ordinal);
        return asked.Count > 0
            ? all.FindAll(said => said.FromAddress is { } from ? them.Contains(from) : Addresses(said.ForwardedTo).Any(them.Contains))
            : all.FindAll(said => said.ForwardedTo.Length == 0 && (said.FromCustomer || said.FromAddress is not { } from || !elsewhere.Contains(from)));
    }

    /// <summary>Where a conversation that we began went; null for any other.</summary>
    private static Task<string?> FirstWrittenTo(HeliotropeDb db, Conversation conversation, List<string> theirs) =>
        db.Outbox.Where(o => o.ConversationNumber == conversation.Number && o.Kind == "reply" && theirs.Contains(o.EnvelopeTo)).OrderBy(o => o.Id).Select(o => o.EnvelopeTo).FirstOrDefaultAsync();

    private static string[] Addresses(string list) => list.Split(", ", StringSplitOptions.RemoveEmptyEntries);

    private static string Re(string subject) =>
        subject.Length == 0 ? "Re:" : subject.StartsWith("Re:", StringComparison.OrdinalIgnoreCase) ? subject : $"Re: {subject}";

    /// <summary>Our address of the conversation; when none is known, one at the host that people reach us under.</summary>
    private string OurAddress(Conversation conversation, Organisation organisation)
    {
        if (conversation.OurAddress.Length > 0)
        {
            return conversation.OurAddress;
        }

        return organisation.UsualAddress ?? $"support@{publicAddress.Url.IdnHost}";
    }

    private static string BackAddress(string our, long number, byte[] secret)
    {
        var signed = ReplyAddress.For(our, number, secret);
        return signed.LastIndexOf('@') <= LongestLocalPart ? signed : our; // threads by Message-ID alone then
    }
}
