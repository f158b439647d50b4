using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Core.Views;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>A conversation in a list.</summary>
public sealed record ConversationRow(
    long Number, string Subject, ConversationState State, Channel Channel, CustomerRef Customer, UserRef? Assignee, DateTimeOffset LastActivityAt);

/// <summary>A page of a list.</summary>
/// <param name="Items">The conversations, latest activity first.</param>
/// <param name="Next">Give this as <c>after</c> for the next page; null on the last.</param>
public sealed record ConversationPageOf(IReadOnlyList<ConversationRow> Items, string? Next);

/// <summary>Lists conversations, latest activity first, page by page without losing the place.</summary>
internal sealed class ListConversations(Store store)
{
    private const int UsualPage = 50;
    private const int LargestPage = 200;

    public async Task<Result<ConversationPageOf>> Run(Actor actor, string? state, int? limit, string? after, bool spam = false)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        ConversationState? wanted = null;
        if (!string.IsNullOrEmpty(state))
        {
            if (!Enum.TryParse<ConversationState>(state, ignoreCase: true, out var parsed) || !state.All(char.IsAsciiLetter)) // "open,waiting" and "1" parse, too
            {
                return Refusal.Invalid("state.unknown", "A state is one of open, waiting, snoozed, resolved, confirmed.", "state");
            }

            wanted = parsed;
        }

        if (limit is < 1 or > LargestPage)
        {
            return Paging.TooMany(LargestPage);
        }

        Place? place = null;
        if (!string.IsNullOrEmpty(after))
        {
            place = Place.Read(after);
            if (place is null)
            {
                return Paging.NoPlace;
            }
        }

        return await store.Read(actor, db => Page(db.Conversations.InSpam(spam), db, wanted, limit ?? UsualPage, place));
    }

    /// <summary>One query for what a row shows.</summary>
    public static IQueryable<ConversationRow> Project(HeliotropeDb db, IQueryable<Conversation> conversations) =>
        from c in conversations
        let user = db.Users.Where(u => u.Id == c.AssigneeId).Select(u => new UserRef(u.Id, u.Name, u.Email!)).FirstOrDefault()
        select new ConversationRow(
            c.Number, c.Subject, c.State, c.Channel,
            new CustomerRef(c.CustomerId, c.Customer!.Name, c.Customer.Addresses.OrderBy(a => a.Id).First().Address),
            user, c.LastActivityAt);

    private static async Task<ConversationPageOf> Page(IQueryable<Conversation> query, HeliotropeDb db, ConversationState? state, int limit, Place? place)
    {
        if (state is { } wanted)
        {
            query = query.Where(c => c.State == wanted);
        }

        var rows = await Project(db, query.Behind(Newest, place).In(db, Newest).Take(limit + 1)).ToListAsync();
        return rows.Count > limit ? new(rows[..limit], PlaceOf(rows[limit - 1]).ToString()) : new(rows, null);
    }

    private static readonly Sort Newest = new(ListOrder.Newest);

    private static Place PlaceOf(ConversationRow row) => new(default, row.LastActivityAt, row.Number);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/conversations",
            async (string? state, int? limit, string? after, bool? spam, ListConversations list, HttpContext http) => (await list.Run(http.Actor(), state, limit, after, spam ?? false)).ToApi())
        .WithName("listConversations").WithSummary("List conversations, latest activity first; with spam=true those in the spam folder").Answers<ConversationPageOf>();
}
