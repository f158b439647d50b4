using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Core.Search;
using Heliotrope.Core.Views;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Search;

/// <summary>One box over everything: people, conversations, notes and files.</summary>
internal sealed class FindAnything(Store store, TimeProvider time)
{
    public const int UsualPage = 20;
    private const int LargestPage = 100;

    private static readonly Sort Newest = new(ListOrder.Newest);

    /// <summary>Of the other groups as many as one looks through; whoever wants more says more.</summary>
    private const int MostBeside = 10;

    /// <param name="actor">Who looks: what they may not see is not found.</param>
    /// <param name="q">The query.</param>
    /// <param name="limit">How many conversations; <see cref="UsualPage"/> when not said.</param>
    /// <param name="after">Where the page before ended.</param>
    /// <param name="typing">Somebody still types: the last word is the beginning of one.</param>
    public async Task<Result<SearchDetails>> Run(Actor actor, string? q, int? limit, string? after, bool typing = true)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        if (limit is < 1 or > LargestPage)
        {
            return Paging.TooMany(LargestPage);
        }

        var query = Query.Read(q);
        var sought = Sought.Of(query.Words, typing);
        var (place, entry) = (Place.Read(after), long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (long?)null);
        if (!string.IsNullOrEmpty(after) && (sought.Count > 0 ? entry is null : place is null))
        {
            return Paging.NoPlace;
        }

        var nothing = new SearchDetails(query.ToString(), query.Problems, [], [], [], [], null);
        return query.IsEmpty ? nothing : await store.Read<Result<SearchDetails>>(actor, async db =>
        {
            var asked = new Asked(db, actor, time.Now(), Zone.Here);
            var among = WordTerms.Without(asked, Matching.Narrow(asked, query), Matching.Unwanted(query));
            var most = limit ?? UsualPage;
            if (sought.Count == 0)
            {
                return await Listed(db, nothing, among, most, place);
            }

            var (conversations, next) = await FoundMessages.Page(db, among, sought, most, entry);
            if (entry is not null)
            {
                return nothing with { Conversations = conversations, Next = next };
            }

            if (NumberOf(query) is { } number && await Listed(db, nothing, db.Conversations.Where(c => c.Number == number), 1, null) is { Conversations: [var named] })
            {
                conversations = [named, .. conversations.Where(c => c.Number != number)];
            }

            return nothing with
            {
                Customers = query.Terms.All(t => t is TextTerm) ? await FoundPeople.Of(db, query, MostBeside) : [],
                Conversations = conversations,
                Notes = await FoundMessages.Notes(db, among, sought, MostBeside),
                Files = await FoundFiles.Of(db, among, sought, MostBeside),
                Next = next,
            };
        });
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/search",
            async (string? q, int? limit, string? after, FindAnything find, HttpContext http) => (await find.Run(http.Actor(), q, limit, after)).ToApi())
        .WithName("search").WithSummary("Search people, conversations, notes and files; what is not understood in q comes back as problems").Answers<SearchDetails>();

    /// <summary>A number alone is that conversation, too.</summary>
    private static long? NumberOf(Query query) =>
        query.Terms is [TextTerm { Not: false, Text: var text }] && long.TryParse(text.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static async Task<SearchDetails> Listed(HeliotropeDb db, SearchDetails nothing, IQueryable<Conversation> among, int most, Place? place)
    {
        var rows = await among.Behind(Newest, place).In(db, Newest).Take(most + 1)
            .Select(c => new { c.Number, c.Subject, c.State, c.Customer!.Name, c.LastActivityAt, c.Preview }).ToListAsync();
        var shown = rows.Take(most).ToList();
        return nothing with
        {
            Conversations = shown.ConvertAll(r => new FoundConversation(r.Number, r.Subject, r.State, r.Name, r.LastActivityAt, null, Excerpt.Of(r.Preview, []))),
            Next = rows.Count > most ? new Place(default, shown[^1].LastActivityAt, shown[^1].Number).ToString() : null,
        };
    }
}
