using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>A conversation that begins with words of ours.</summary>
/// <param name="To">The mail address of the customer; one who is not known becomes known.</param>
/// <param name="Subject">1 to 500 characters.</param>
/// <param name="Text">The words, in Markdown.</param>
/// <param name="Cc">Who else gets it, seen by all: mail addresses, at most 20.</param>
/// <param name="Bcc">Who else gets it, seen by nobody, in the same form.</param>
/// <param name="Attachments">Files that go along: at most 20, of at most 25 MB in all.</param>
public sealed record StartBody(
    string? To, string? Subject, string? Text, IReadOnlyList<string>? Cc = null, IReadOnlyList<string>? Bcc = null, IReadOnlyList<FileBody>? Attachments = null);

/// <summary>Writes to somebody first. The clock from concerned to happy waits for their first word.</summary>
internal sealed class StartConversation(Store store, ComposeMail compose, OutboxBell bell, TimeProvider time)
{
    public async Task<Result<ConversationDetails>> Run(Actor actor, StartBody body, CancellationToken cancel)
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
        var started = await store.Write(db => Write(db, actor, body.To ?? "", body.Subject ?? "", letter), cancel);
        bell.Ring();
        return started.Refusal is { } refused ? refused : await store.Show(started.Value);
    }

    /// <summary>The same within a transaction that does more. Gives its number; after a refusal nothing has changed.</summary>
    public async Task<Result<long>> Write(HeliotropeDb db, Actor actor, string to, string subject, Letter letter)
    {
        var now = time.Now();
        if (await Check(db, to, subject) is { } wrong)
        {
            return wrong;
        }

        var address = Address(to)!;
        var organisation = await Organisation.Of(db);
        var known = await db.CustomerAddresses.Where(a => a.Address == address.Value).Select(a => (long?)a.CustomerId).FirstOrDefaultAsync();
        var customer = known is { } id ? await db.Customers.Include(c => c.Addresses).SingleAsync(c => c.Id == id) : Customer.WithAddress(address, "", now);
        var our = organisation.UsualAddress ?? "";
        var begun = Conversation.BeginByUs(customer, subject.Storable(Conversation.MaxSubject + 1), our, now);
        var message = Reply.Message(letter, [.. customer.Addresses.Select(a => a.Address)], organisation);
        if (message.Refusal is { } refusal)
        {
            return refusal;
        }

        var conversation = begun.Value; // its subject has been looked at
        var reply = conversation.Reply(actor, message.Value, compose.NewMessageId(conversation, organisation), resolve: false, now);
        if (reply.Refusal is { } refused)
        {
            return refused;
        }

        conversation.BelongTo(organisation.TeamOf(our));
        if (actor.Kind is ActorKind.Person)
        {
            conversation.Assign(actor, actor.Id, actor.Name, now);
        }

        db.Conversations.Add(conversation);
        await db.SaveChangesAsync(); // the number and the entry's id
        await compose.Reply(db, conversation, reply.Value, Files.Parts(Files.InOrder(letter.Files)), actor, organisation, now, address);
        await db.SaveChangesAsync();
        return conversation.Number;
    }

    /// <summary>What is wrong with its address or its subject.</summary>
    public static async Task<Refusal?> Check(HeliotropeDb db, string to, string subject)
    {
        if (Address(to) is not { } address)
        {
            return Refusal.Invalid("to.malformed", "The customer's mail address cannot be one.", "to");
        }

        return (await Organisation.Of(db)).IsOurs(address)
            ? Refusal.Invalid("to.ours", "This is an address of ours: mail to it would come back to us.", "to")
            : Conversation.BeginByUs(Customer.WithAddress(address, "", default), subject, "", default).Refusal;
    }

    /// <summary>The one address that was typed; null when it is none, or several.</summary>
    public static EmailAddress? Address(string to) =>
        Copies.Cc([to]) is { Refusal: null, Value: [var only] } ? only : null;

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations",
            async (StartBody body, StartConversation start, HttpContext http) => (await start.Run(http.Actor(), body, http.RequestAborted)).ToApi())
        .WithName("startConversation").WithSummary("Write to a customer first").WithMetadata(new RequestSizeLimitAttribute(Files.LargestRequest)).Answers<ConversationDetails>();
}
