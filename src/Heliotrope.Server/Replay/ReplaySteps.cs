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
using Heliotrope.Server.Tags;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Replay;

/// <summary>What people at the desk do in a history, step by step through the same rules as at the desk.</summary>
internal sealed class ReplaySteps(Store store, ComposeMail compose, AskConfidence askConfidence, Current<TeamRules> rules, TimeProvider time)
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
    public Task<Refusal?> Reply(Actor by, long number, ReplyAction reply, CancellationToken cancel) =>
        Change(by, number, (db, conversation) => Say(db, conversation, by, reply), cancel);

    public Task<Refusal?> Team(Actor by, long number, long? team, string name, CancellationToken cancel) => Change(
        by,
        number,
        async (_, conversation) =>
        {
            conversation.GiveToTeam(by, team, name, (await rules.Get()).For(team, conversation.DriverId), time.Now());
            return null;
        },
        cancel);

    public Task<Refusal?> Driver(Actor by, long number, long? driver, string name, CancellationToken cancel) => Change(
        by,
        number,
        async (_, conversation) =>
        {
            conversation.SetDriver(by, driver, name, (await rules.Get()).For(conversation.TeamId, driver), time.Now());
            return null;
        },
        cancel);

    public Task<Refusal?> Tag(Actor by, long number, IReadOnlyList<string> names, CancellationToken cancel) => Change(
        by,
        number,
        async (db, conversation) =>
        {
            foreach (var name in names.Select(n => n.Trim().Storable(Tags.Tag.LongestName)).Distinct(StringComparer.Ordinal))
            {
                var tag = await db.Tags.FirstOrDefaultAsync(t => t.Name == name, cancel) ?? db.Tags.Add(new() { Name = name }).Entity;
                await db.SaveChangesAsync(cancel); // its id
                if (!await db.ConversationTags.AnyAsync(t => t.ConversationNumber == number && t.TagId == tag.Id, cancel))
                {
                    db.ConversationTags.Add(new() { ConversationNumber = number, TagId = tag.Id });
                    conversation.NoteTag(by, name, on: true, time.Now());
                }
            }

            return null;
        },
        cancel);

    public Task<Refusal?> Snooze(Actor by, long number, DateTimeOffset until, CancellationToken cancel) =>
        Change(by, number, (_, conversation) => Task.FromResult(conversation.Snooze(by, until, time.Now()).Refusal), cancel);

    public Task<Refusal?> Spam(Actor by, long number, bool spam, CancellationToken cancel) => Change(
        by,
        number,
        (_, conversation) =>
        {
            conversation.MarkSpam(by, spam, time.Now());
            return Task.FromResult<Refusal?>(null);
        },
        cancel);

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

    /// <summary>Brings back what was put off until now or earlier.</summary>
    public Task<int> WakeSome(CancellationToken cancel) => store.Write(
        async db =>
        {
            const int mostAtOnce = 200;
            var now = time.Now();
            var due = await db.Conversations.Where(c => c.SnoozedUntil <= now && c.State == ConversationState.Snoozed && !c.IsSpam).OrderBy(c => c.SnoozedUntil).Take(mostAtOnce).ToListAsync(cancel);
            foreach (var conversation in due)
            {
                conversation.Wake(now, (await rules.Get()).For(conversation));
            }

            return due.Count;
        },
        cancel);

    private async Task<Refusal?> Change(Actor by, long number, Func<HeliotropeDb, Conversation, Task<Refusal?>> change, CancellationToken cancel) =>
        (await store.Change(by, number, change, cancel)).Refusal;

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
