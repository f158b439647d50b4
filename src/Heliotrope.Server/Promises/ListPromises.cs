using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Core.Promises;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Promises;

/// <summary>Which promises are asked for.</summary>
/// <param name="Owner">Those of a colleague.</param>
/// <param name="Customer">Those to a customer.</param>
/// <param name="State">open, early, on-time, kept (early or on time), renegotiated, broken, or decided (kept or broken); all when not said.</param>
/// <param name="Since">Those made on or after this day.</param>
/// <param name="After">The place after which to go on, as the page before said.</param>
public sealed record PromiseQuery(long? Owner = null, long? Customer = null, string? State = null, DateOnly? Since = null, long? After = null)
{
    /// <summary>The page that shows them.</summary>
    public string Href() => QueryString.Create(
        new Dictionary<string, string?>
        {
            ["owner"] = Text(Owner),
            ["customer"] = Text(Customer),
            ["state"] = State,
            ["since"] = Since?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            ["after"] = Text(After),
        }.Where(p => !string.IsNullOrEmpty(p.Value))) is { HasValue: true } query ? $"/promises{query}" : "/promises";

    /// <summary>Those promises; spam and what was played in are left to their own rules.</summary>
    internal IQueryable<Promise> On(IQueryable<Promise> promises)
    {
        promises = Owner is { } owner ? promises.Where(p => p.OwnerId == owner) : promises;
        promises = Customer is { } customer ? promises.Where(p => p.CustomerId == customer) : promises;
        if (Since is { } since)
        {
            var from = Zone.StartOf(since);
            promises = promises.Where(p => p.MadeAt >= from);
        }

        return State switch
        {
            "open" => promises.Where(p => p.State == PromiseState.Open),
            "early" => promises.Where(p => p.State == PromiseState.KeptEarly),
            "on-time" => promises.Where(p => p.State == PromiseState.Kept),
            "kept" => promises.Where(p => p.State == PromiseState.KeptEarly || p.State == PromiseState.Kept),
            "renegotiated" => promises.Where(p => p.State == PromiseState.Renegotiated),
            "broken" => promises.Where(p => p.State == PromiseState.Broken),
            "decided" => promises.Where(p => p.State == PromiseState.KeptEarly || p.State == PromiseState.Kept || p.State == PromiseState.Broken),
            _ => promises,
        };
    }

    private static string? Text(long? id) => id?.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A promise in a list.</summary>
/// <param name="Promise">The promise.</param>
/// <param name="Conversation">The number of its conversation.</param>
/// <param name="Subject">What that is about; may be empty.</param>
/// <param name="Customer">To whom it was made.</param>
public sealed record PromiseRow(PromiseDetails Promise, long Conversation, string Subject, CustomerRef Customer);

/// <summary>A page of promises.</summary>
/// <param name="Items">The newest first.</param>
/// <param name="Next">Give this as <c>after</c> for the next page; null on the last.</param>
public sealed record PromisePageOf(IReadOnlyList<PromiseRow> Items, long? Next);

/// <summary>Lists promises, the newest first. What a colleague promised is for them and for who leads.</summary>
internal sealed class ListPromises(Store store, TimeProvider time)
{
    public const int PageSize = 50;

    private static readonly string[] States = ["open", "early", "on-time", "kept", "renegotiated", "broken", "decided"];

    public async Task<Result<PromisePageOf>> Run(Actor actor, PromiseQuery query)
    {
        if (!actor.MayRead || (!actor.MayLead && query.Owner is { } owner && actor.Person != owner))
        {
            return Refusal.NotAllowed;
        }

        if (!string.IsNullOrEmpty(query.State) && !States.Contains(query.State))
        {
            return Refusal.Invalid("promise-state.unknown", $"A state is one of {string.Join(", ", States)}.", "state");
        }

        return await store.Read(actor, async db =>
        {
            var wanted = query.On(db.Promises).Where(p => !db.Conversations.Any(c => c.Number == p.ConversationNumber && c.IsSpam));
            wanted = query.After is { } after ? wanted.Where(p => p.Id < after) : wanted;
            var rows = await Rows(db, wanted.OrderByDescending(p => p.Id).Take(PageSize + 1), time.Now());
            return rows.Count > PageSize ? new(rows[..PageSize], rows[PageSize - 1].Promise.Id) : new PromisePageOf(rows, null);
        });
    }

    /// <summary>What a list shows of each, in the order of the query.</summary>
    public static async Task<List<PromiseRow>> Rows(HeliotropeDb db, IQueryable<Promise> promises, DateTimeOffset now) => [.. (await (
        from p in promises.AsNoTracking()
        let owner = db.Users.Where(u => u.Id == p.OwnerId).Select(u => new UserRef(u.Id, u.Name, u.Email!)).First()
        let customer = db.Customers.Where(c => c.Id == p.CustomerId).Select(c => new CustomerRef(c.Id, c.Name, c.Addresses.OrderBy(a => a.Id).First().Address)).First()
        let subject = db.Conversations.Where(c => c.Number == p.ConversationNumber).Select(c => c.Subject).First()
        select new { p, owner, customer, subject }).ToListAsync())
        .Select(row => new PromiseRow(PromiseList.Of(row.p, row.owner, now), row.p.ConversationNumber, row.subject, row.customer))];

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/promises",
            async (long? owner, long? customer, string? state, DateOnly? since, long? after, ListPromises list, HttpContext http) =>
                (await list.Run(http.Actor(), new(owner, customer, state, since, after))).ToApi())
        .WithName("listPromises").WithSummary("List promises, the newest first").Answers<PromisePageOf>();
}
