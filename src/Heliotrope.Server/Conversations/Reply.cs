using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Mail.Writing;
using Heliotrope.Server.Confidence;
using Heliotrope.Server.Database;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
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
public sealed record ReplyBody(string? Text, bool Resolve = false, IReadOnlyList<string>? Cc = null, IReadOnlyList<string>? Bcc = null, IReadOnlyList<FileBody>? Attachments = null);

/// <summary>What is sent to a customer, with its files ready.</summary>
internal sealed record Letter(string Text, IReadOnlyList<string> Cc, IReadOnlyList<string> Bcc, IReadOnlyList<OutgoingAttachment> Files);

/// <summary>Answers the customer: entry, mail and, when it resolves, the confidence check in one transaction.</summary>
internal sealed class Reply(Store store, ComposeMail compose, AskConfidence askConfidence, OutboxBell bell, TimeProvider time)
{
    public async Task<Result<ConversationDetails>> Run(Actor actor, long number, ReplyBody body, CancellationToken cancel)
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

        var letter = new Letter(body.Text ?? "", body.Cc ?? [], body.Bcc ?? [], files.Value);
        var refused = await store.Write(db => Write(db, actor, number, letter, body.Resolve), cancel);
        bell.Ring();
        return refused is { } no ? no : await store.Show(number);
    }

    /// <summary>The same within a transaction that does more, such as ending the draft that this was. After a refusal nothing has changed.</summary>
    public async Task<Refusal?> Write(HeliotropeDb db, Actor actor, long number, Letter letter, bool resolve)
    {
        if (await db.Conversations.FindAsync(number) is not { } conversation)
        {
            return Refusal.NoConversation(number);
        }

        var now = time.Now();
        var organisation = await Organisation.Of(db);
        var known = await db.CustomerAddresses.Where(a => a.CustomerId == conversation.CustomerId).Select(a => a.Address).ToListAsync();
        known.Add(conversation.OurAddress); // also where no address of ours is set
        var message = Message(letter, known, organisation);
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
        var mail = await compose.Reply(db, conversation, reply.Value, Files.Parts(Files.InOrder(letter.Files)), actor, organisation, now);
        if (resolve)
        {
            await askConfidence.Write(db, conversation, actor, organisation, mail, now);
        }

        await db.SaveChangesAsync();
        return null;
    }

    /// <summary>What is said, and to whom: the customer gets it anyway, and our own addresses would only answer themselves.</summary>
    public static Result<OutboundMessage> Message(Letter letter, IReadOnlyCollection<string> known, Organisation organisation)
    {
        var cc = Copies.Cc(letter.Cc);
        var bcc = Copies.Bcc(letter.Bcc);
        if ((cc.Refusal ?? bcc.Refusal) is { } refusal)
        {
            return refusal;
        }

        List<EmailAddress> seen = [.. cc.Value.Where(Others)];
        return new OutboundMessage(letter.Text.Storable(int.MaxValue), seen, [.. bcc.Value.Where(Others).Except(seen)], Files.Rows(Files.InOrder(letter.Files)));

        bool Others(EmailAddress address) => !known.Contains(address.Value) && !organisation.IsOurs(address);
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{number:long}/replies",
            async (long number, ReplyBody body, Reply reply, HttpContext http) => (await reply.Run(http.Actor(), number, body, http.RequestAborted)).ToApi())
        .WithName("reply").WithSummary("Answer the customer").WithMetadata(new RequestSizeLimitAttribute(Files.LargestRequest)).Answers<ConversationDetails>();
}
