using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Server.Confidence;
using Heliotrope.Server.Database;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Promises;
using Heliotrope.Server.Settings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>An answer to the customer.</summary>
/// <param name="Text">The words, in Markdown.</param>
/// <param name="Resolve">Whether this resolves it: the confidence check follows at once.</param>
/// <param name="Cc">Who else gets it, seen by all: mail addresses, at most 20. The customer and our own addresses are left out.</param>
/// <param name="Bcc">Who else gets it, seen by nobody, in the same form.</param>
/// <param name="Attachments">Files that go along: at most 20, of at most 25 MB in all.</param>
/// <param name="Promises">Those of its sentences that are promises to be kept, in their exact words; each needs a time.</param>
/// <param name="SendAt">When it leaves (ISO 8601 with its offset), within a year; null for at once. It stays here when the customer writes first.</param>
/// <param name="Seen">The id of the last entry that is known to whoever wrote it: when a newer message is there it is refused with <c>reply.crossed</c>. Null for no such check.</param>
public sealed record ReplyBody(
    string? Text, bool Resolve = false, IReadOnlyList<string>? Cc = null, IReadOnlyList<string>? Bcc = null, IReadOnlyList<FileBody>? Attachments = null, IReadOnlyList<string>? Promises = null,
    DateTimeOffset? SendAt = null, long? Seen = null);

/// <summary>Answers the customer: entry, mail and, when it resolves, the confidence check in one transaction.</summary>
internal sealed class Reply(Store store, ComposeMail compose, AskConfidence askConfidence, SaidInReply promises, ScheduleReply later, OutboxBell bell, TimeProvider time)
{
    public async Task<Refusal?> Run(Actor actor, long number, ReplyBody body, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        var files = Files.Read(body.Attachments);
        if (files.Refusal is { } refusal)
        {
            return refusal;
        }

        if (body.SendAt is not null)
        {
            return await later.Run(actor, number, body, files.Value, cancel);
        }

        var letter = new Letter(body.Text ?? "", body.Cc ?? [], body.Bcc ?? [], files.Value) { Promises = new(body.Promises ?? []) };
        var writer = actor.Person;
        var refused = await store.Write<Refusal?>(
            actor,
            async db => await db.Conversations.FindAsync(number) is null ? Refusal.NoConversation(number)
                : await Crossings.Check(db, number, body.Seen, writer) ?? await Write(db, actor, number, letter, body.Resolve),
            cancel);
        bell.Ring();
        return refused;
    }

    /// <summary>The same within a transaction that does more, such as ending the draft that this was. It goes to the address of theirs that is given, or to the one they wrote from last.</summary>
    public async Task<Refusal?> Write(HeliotropeDb db, Actor actor, long number, Letter letter, bool resolve, EmailAddress? to = null)
    {
        if (await db.Conversations.FindAsync(number) is not { } conversation)
        {
            return Refusal.NoConversation(number);
        }

        var now = time.Now();
        var organisation = await Organisation.Of(db);
        var message = Message(letter, await Anyway(db, conversation.CustomerId, conversation.OurAddress, organisation));
        if (message.Refusal is { } refusal)
        {
            return refusal;
        }

        var reply = conversation.Reply(actor, message.Value, compose.NewMessageId(conversation, organisation), resolve, now);
        if (reply.Refusal is { } refused)
        {
            return refused;
        }

        await db.SaveChangesAsync(); // the entry's id
        await promises.Write(db, conversation, reply.Value, actor, letter.Promises, now);
        var mail = await compose.Reply(db, conversation, reply.Value, letter.Parts, actor, organisation, now, to);
        if (resolve)
        {
            await askConfidence.Write(db, conversation, actor, organisation, mail, now);
        }

        await db.SaveChangesAsync();
        return null;
    }

    /// <summary>Who needs no copy: the customer gets it anyway, and our own addresses would only answer themselves.</summary>
    public static async Task<Predicate<EmailAddress>> Anyway(HeliotropeDb db, long customer, string ourAddress, Organisation organisation)
    {
        var theirs = await db.CustomerAddresses.Where(a => a.CustomerId == customer).Select(a => a.Address).ToListAsync();
        return address => theirs.Contains(address.Value) || address.Value == ourAddress || organisation.IsOurs(address); // ours also where no address of ours is set
    }

    private static Result<OutboundMessage> Message(Letter letter, Predicate<EmailAddress> anyway)
    {
        var cc = Copies.Cc(letter.Cc);
        var bcc = Copies.Bcc(letter.Bcc);
        if ((cc.Refusal ?? bcc.Refusal) is { } refusal)
        {
            return refusal;
        }

        List<EmailAddress> seen = [.. cc.Value.Where(address => !anyway(address))];
        return new OutboundMessage(letter.Text.Storable(int.MaxValue), seen, [.. bcc.Value.Where(address => !anyway(address)).Except(seen)], letter.Attachments);
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{number:long}/replies",
            async (long number, ReplyBody body, Reply reply, HttpContext http) => await http.Shown(number, await reply.Run(http.Actor(), number, body, http.RequestAborted)))
        .WithName("reply").WithSummary("Answer the customer").WithMetadata(new RequestSizeLimitAttribute(Files.LargestRequest)).Answers<ConversationDetails>();
}
