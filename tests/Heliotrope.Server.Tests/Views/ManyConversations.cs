using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Views;

/// <summary>More conversations than a test could send by mail.</summary>
internal static class ManyConversations
{
    /// <summary>Adds bare open conversations of one customer, each begun a minute after the one before.</summary>
    public static Task<List<long>> AddConversations(this TestServer server, int count) => server.Store.Write(
        async db =>
        {
            var then = server.Clock.GetUtcNow().AddDays(-7);
            var customer = await db.Customers.FirstOrDefaultAsync() ?? db.Customers.Add(Customer.WithAddress(EmailAddress.TryParse("ada@client.example", out var address) ? address : throw new InvalidOperationException(), "Ada Lovelace", then)).Entity;
            var all = Enumerable.Range(0, count).Select(i => Conversation.Begin(customer, $"Matter {i}", "help@desk.example", then.AddMinutes(i))).ToList();
            foreach (var (conversation, at) in all.Select((conversation, at) => (conversation, at)))
            {
                conversation.Note(Actor.System, "Begun by a test.", then.AddMinutes(at)); // a page shows at least one entry
            }

            db.Conversations.AddRange(all);
            await db.SaveChangesAsync();
            return all.ConvertAll(c => c.Number);
        },
        CancellationToken.None);
}
