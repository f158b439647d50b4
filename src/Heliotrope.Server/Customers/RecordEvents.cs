using System.Text.Json;
using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Customers;

/// <summary>Something that a customer did in the product.</summary>
/// <param name="Id">The product's own id: told again, it is the same event and is passed over.</param>
/// <param name="Name">What, as the product calls it, such as <c>report.exported</c>.</param>
/// <param name="At">When, as ISO 8601.</param>
/// <param name="Properties">More about it: a small JSON object; may be left out.</param>
public sealed record EventBody(string? Id, string? Name, DateTimeOffset? At, JsonElement? Properties);

/// <summary>What somebody did, up to 500 events at once.</summary>
/// <param name="Events">The events; all or none are taken.</param>
public sealed record EventsBody(IReadOnlyList<EventBody>? Events);

/// <summary>What became of a batch.</summary>
/// <param name="Added">How many are new.</param>
/// <param name="Known">How many were here already.</param>
public sealed record EventsTaken(int Added, int Known);

/// <summary>Something that a customer did in the product.</summary>
/// <param name="Id">The product's own id.</param>
/// <param name="Name">What.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Properties">More about it.</param>
public sealed record EventDetails(string Id, string Name, DateTimeOffset At, JsonElement Properties);

/// <summary>A page of events.</summary>
/// <param name="Items">The latest first.</param>
/// <param name="Next">Give this as <c>after</c> for the next page; null on the last.</param>
public sealed record EventPageOf(IReadOnlyList<EventDetails> Items, string? Next);

/// <summary>Takes events from a product, and lists them.</summary>
internal sealed class RecordEvents(Store store, TimeProvider time)
{
    public const int PageSize = 100;
    public const int MostAtOnce = 500;

    public async Task<Result<EventsTaken>> Run(Actor actor, CustomerKey key, EventsBody body, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        var given = body.Events ?? [];
        if (given.Count is 0 or > MostAtOnce)
        {
            return Refusal.Invalid("event.count", $"Send 1 to {MostAtOnce} events at once.", "events");
        }

        return await store.Write<Result<EventsTaken>>(
            actor,
            async db =>
            {
                var customer = await key.Find(db, time.Now());
                if (customer.Refusal is { } unknown)
                {
                    return unknown;
                }

                var events = new Dictionary<string, ProductEvent>(StringComparer.Ordinal);
                for (var i = 0; i < given.Count; i++)
                {
                    var read = Read(customer.Value, given[i]);
                    if (read.Refusal is { } refusal)
                    {
                        return refusal with { Detail = $"Event {i + 1}: {refusal.Detail}" };
                    }

                    events.TryAdd(read.Value.EventId, read.Value);
                }

                var ids = events.Keys.ToList();
                var known = await db.ProductEvents.Where(e => ids.Contains(e.EventId)).Select(e => e.EventId).ToListAsync(cancel);
                foreach (var id in ids.Except(known, StringComparer.Ordinal))
                {
                    db.ProductEvents.Add(events[id]);
                }

                return new EventsTaken(ids.Count - known.Count, given.Count - ids.Count + known.Count);
            },
            cancel);
    }

    public async Task<Result<EventPageOf>> List(Actor actor, CustomerKey key, string? after) =>
        (await store.Page<ProductEvent>(actor, key, time.Now(), after, PageSize)).Match<Result<EventPageOf>>(page => new EventPageOf([.. page.Rows.Select(Details)], page.Next), refusal => refusal);

    private static Result<ProductEvent> Read(long customer, EventBody? given) =>
        given?.At is not { } at ? Refusal.Invalid("event.at", "Say when, as ISO 8601.", "at")
        : given.Properties is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined) } ? Refusal.Invalid("event.properties", "Properties are a JSON object.", "properties")
        : ProductEvent.Of(
            customer, (given.Id ?? "").Storable(ProductEvent.MaxId + 1), (given.Name ?? "").Storable(ProductEvent.MaxName + 1), at,
            given.Properties is { ValueKind: JsonValueKind.Object } properties ? JsonSerializer.Serialize(properties, JsonLines.Format).Storable(ProductEvent.MaxProperties + 1) : "{}");

    private static EventDetails Details(ProductEvent e) => new(e.EventId, e.Name, e.At, JsonSerializer.Deserialize<JsonElement>(e.Properties));

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/customers/{id:long}/events", async (long id, EventsBody body, RecordEvents record, HttpContext http) => (await record.Run(http.Actor(), new(id), body, http.RequestAborted)).ToApi())
            .WithName("recordEvents").WithSummary("Note what a customer did in the product, up to 500 events at once").Answers<EventsTaken>();
        api.MapGet("/customers/{id:long}/events", async (long id, string? after, RecordEvents record, HttpContext http) => (await record.List(http.Actor(), new(id), after)).ToApi())
            .WithName("listEvents").WithSummary("List what a customer did in the product, the latest first").Answers<EventPageOf>();
        api.MapPost("/customers/by-address/{address}/events",
                async (string address, bool? create, EventsBody body, RecordEvents record, HttpContext http) => (await record.Run(http.Actor(), new(null, address, create ?? false), body, http.RequestAborted)).ToApi())
            .WithName("recordEventsByAddress").WithSummary("Note what the customer with an address did; create=true makes somebody unknown known").Answers<EventsTaken>();
        api.MapGet("/customers/by-address/{address}/events", async (string address, string? after, RecordEvents record, HttpContext http) => (await record.List(http.Actor(), new(null, address), after)).ToApi())
            .WithName("listEventsByAddress").WithSummary("List what the customer with an address did, the latest first").Answers<EventPageOf>();
    }
}
