using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Mail.Writing;
using Heliotrope.Server.Confidence;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Replay;

/// <summary>The steps of a history that are more than one operation of the desk.</summary>
internal sealed class ReplaySteps(Store store, ComposeMail compose, AskConfidence askConfidence, TimeProvider time)
{
    /// <summary>A conversation that we begin, with its first message.</summary>
    public Task<Result<long>> Start(Actor by, ReplayStory story, string ourAddress, long? team, ReplyAction reply, CancellationToken cancel) => store.Write<Result<long>>(
        async db =>
        {
            var now = time.Now();
            var address = story.Customer.Address;
            var customer = await db.Customers.FirstOrDefaultAsync(c => c.Addresses.Any(a => a.Address == address.Value), cancel)
                ?? db.Customers.Add(Customer.WithAddress(address, story.Customer.Name, now)).Entity;
            var begun = Conversation.BeginByUs(customer, story.Subject, ourAddress, now);
            if (begun.Refusal is { } refusal)
            {
                return refusal;
            }

            begun.Value.BelongTo(team);
            db.Conversations.Add(begun.Value);
            await db.SaveChangesAsync(cancel); // its number
            return await Say(db, begun.Value, by, reply) is { } refused ? refused : begun.Value.Number;
        },
        cancel);

    /// <summary>A reply that is copied to others, or carries files.</summary>
    public async Task<Refusal?> Reply(Actor by, long number, ReplyAction reply, CancellationToken cancel) =>
        (await store.Change(by, number, (db, conversation) => Say(db, conversation, by, reply), cancel)).Refusal;

    /// <summary>Marks a conversation and, unless somebody real is meant, its customer as part of the demo company.</summary>
    public Task<bool> MarkDemo(long number, CancellationToken cancel) => store.Write(
        async db =>
        {
            var conversation = await db.Conversations.Include(c => c.Customer).SingleAsync(c => c.Number == number, cancel);
            conversation.MarkDemo();
            if (!await db.Conversations.AnyAsync(c => c.CustomerId == conversation.CustomerId && !c.Demo && c.Number != number, cancel))
            {
                conversation.Customer!.MarkDemo();
            }

            return true;
        },
        cancel);

    private async Task<Refusal?> Say(HeliotropeDb db, Conversation conversation, Actor by, ReplyAction reply)
    {
        var now = time.Now();
        var organisation = await Organisation.Of(db);
        var files = reply.Files.Select(f => new OutgoingAttachment(f.Name, f.Type, f.Bytes())).ToList();
        var message = new OutboundMessage(reply.Text, reply.Cc, reply.Bcc, [.. files.Select((f, i) => new Attachment(i, f.Name, f.Type, f.Content.Length))]);
        var said = conversation.Reply(by, message, compose.NewMessageId(conversation, organisation), reply.Resolve, now);
        if (said.Refusal is { } refusal)
        {
            return refusal;
        }

        await db.SaveChangesAsync(); // the entry's id
        var mail = await compose.Reply(db, conversation, said.Value, files, by, organisation, now);
        if (reply.Resolve)
        {
            await askConfidence.Write(db, conversation, by, organisation, mail, now);
        }

        await db.SaveChangesAsync();
        return null;
    }
}
