using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Core.Segments;
using Heliotrope.Server.Customers;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Search;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Segments;

/// <summary>A segment: people who have something in common.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Query">Which people, in the language of the search.</param>
/// <param name="Customers">How many there are of those that the reader may see, up to <paramref name="AtLeast"/>.</param>
/// <param name="AtLeast">Whether there are more than were counted: counting ends at 1,000.</param>
public sealed record SegmentDetails(long Id, string Name, string Query, int Customers, bool AtLeast);

/// <summary>Lists segments and who is in them.</summary>
internal sealed class ListSegments(Store store, ListCustomers customers, TimeProvider time)
{
    /// <summary>Nobody reads a number beyond it, and counting on would cost more with every customer.</summary>
    public const int MostCounted = 1_000;

    public async Task<Result<IReadOnlyList<SegmentDetails>>> Run(Actor actor)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        return await store.Read<Result<IReadOnlyList<SegmentDetails>>>(actor, async db =>
        {
            var all = await db.Segments.AsNoTracking().OrderBy(s => s.NameKey).Take(Segment.Most).ToListAsync();
            var counted = new List<SegmentDetails>();
            foreach (var segment in all)
            {
                counted.Add(await Counted(db, actor, segment, time.Now()));
            }

            return counted;
        });
    }

    /// <summary>The names alone, for tabs.</summary>
    public static Task<List<(long Id, string Name)>> Names(HeliotropeDb db, int most) => Tuples(db.Segments.OrderBy(s => s.NameKey).Take(most));

    public async Task<Result<SegmentDetails>> Open(Actor actor, long id)
    {
        if (!actor.MayRead)
        {
            return Refusal.NotAllowed;
        }

        return await store.Read<Result<SegmentDetails>>(actor, async db =>
            await db.Segments.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id) is { } segment ? await Counted(db, actor, segment, time.Now()) : Unknown(id));
    }

    public async Task<Result<CustomerPageOf>> Customers(Actor actor, long id, CustomerQuery query)
    {
        var text = await store.Read(actor, db => db.Segments.Where(s => s.Id == id).Select(s => s.Text).FirstOrDefaultAsync());
        return !actor.MayRead ? Refusal.NotAllowed : text is null ? Unknown(id) : await customers.Run(actor, query, (db, sought) => Within(db, actor, text, sought, time.Now()));
    }

    public static Refusal Unknown(long id) => new(RefusalKind.NotFound, "segment.unknown", $"There is no segment {id}.");

    private static IQueryable<Customer> Within(HeliotropeDb db, Actor actor, string text, IQueryable<Customer> sought, DateTimeOffset now)
    {
        var ids = PeopleMatching.On(new(db, actor, now, Zone.Here), PeopleOperators.Read(text)).Select(c => c.Id);
        return sought.Where(c => ids.Contains(c.Id));
    }

    public static async Task<SegmentDetails> Counted(HeliotropeDb db, Actor actor, Segment segment, DateTimeOffset now)
    {
        var count = await PeopleMatching.On(new(db, actor, now, Zone.Here), segment.Query).Select(c => c.Id).Take(MostCounted + 1).CountAsync();
        return new(segment.Id, segment.Name, segment.Text, Math.Min(count, MostCounted), count > MostCounted);
    }

    private static async Task<List<(long, string)>> Tuples(IQueryable<Segment> segments) => (await segments.Select(s => new { s.Id, s.Name }).ToListAsync()).ConvertAll(s => (s.Id, s.Name));

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/segments", async (ListSegments list, HttpContext http) => (await list.Run(http.Actor())).ToApi())
            .WithName("listSegments").WithSummary("List segments of people, each with how many are in it").Answers<IReadOnlyList<SegmentDetails>>();
        api.MapGet("/segments/{id:long}", async (long id, ListSegments list, HttpContext http) => (await list.Open(http.Actor(), id)).ToApi())
            .WithName("getSegment").WithSummary("Read a segment").Answers<SegmentDetails>();
        api.MapGet("/segments/{id:long}/customers", async (long id, string? q, string? sort, int? limit, string? after, ListSegments list, HttpContext http) =>
                (await list.Customers(http.Actor(), id, new(q, null, sort == "new", limit, after))).ToApi())
            .WithName("listSegmentCustomers").WithSummary("List the customers in a segment").Answers<CustomerPageOf>();
    }
}
