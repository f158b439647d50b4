using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Channels;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Quarantine;

/// <summary>A mail that became no conversation.</summary>
/// <param name="Id">The id.</param>
/// <param name="ReceivedAt">When it came in (UTC).</param>
/// <param name="Source">smtp, pipe or api.</param>
/// <param name="From">Who seems to have sent it; empty when nothing could be read.</param>
/// <param name="Subject">The subject; empty when it could not be read.</param>
/// <param name="Reason">A stable code, such as from.missing.</param>
/// <param name="Detail">One English sentence.</param>
/// <param name="Size">Bytes as received.</param>
public sealed record QuarantineItem(long Id, DateTimeOffset ReceivedAt, string Source, string From, string Subject, string Reason, string Detail, long Size);

/// <summary>A page of the quarantine.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Next">Give this as <c>after</c> for the next page; null on the last.</param>
public sealed record QuarantinePageOf(IReadOnlyList<QuarantineItem> Items, string? Next);

/// <summary>Reads the quarantine.</summary>
internal sealed class ListQuarantine(Store store, RawMailStore rawMail)
{
    private const int PageSize = 50;

    public async Task<Result<QuarantinePageOf>> Run(Actor actor, long? after)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        var rows = await store.Read(db => Items(db, db.Quarantine.Where(q => after == null || q.Id < after).OrderByDescending(q => q.Id).Take(PageSize + 1)).ToListAsync());
        return rows.Count > PageSize ? new QuarantinePageOf(rows[..PageSize], $"{rows[PageSize - 1].Id}") : new QuarantinePageOf(rows, null);
    }

    /// <summary>One mail with its bytes as they came.</summary>
    public async Task<Result<(QuarantineItem Item, byte[] Raw)>> Open(Actor actor, long id, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        var item = await store.Read(db => Items(db, db.Quarantine.Where(q => q.Id == id)).FirstOrDefaultAsync(cancel));
        if (item is null)
        {
            return new Refusal(RefusalKind.NotFound, "quarantine.unknown", $"There is no mail {id} in quarantine.");
        }

        var raw = await store.Read(db => db.RawMail.SingleAsync(r => db.Quarantine.Any(q => q.Id == id && q.RawMailId == r.Id), cancel));
        return (item, await rawMail.Read(raw, cancel));
    }

    private static IQueryable<QuarantineItem> Items(HeliotropeDb db, IQueryable<QuarantinedMail> mails) =>
        from q in mails
        join r in db.RawMail on q.RawMailId equals r.Id
        orderby q.Id descending
        select new QuarantineItem(q.Id, q.ReceivedAt, r.Source, q.Sender, q.Subject, q.Reason, q.Detail, r.Size);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/quarantine", async (long? after, ListQuarantine list, HttpContext http) => (await list.Run(http.Actor(), after)).ToApi())
            .WithName("listQuarantine").WithSummary("List mail that became no conversation").Answers<QuarantinePageOf>();
        api.MapGet("/quarantine/{id:long}/raw", async (long id, ListQuarantine list, HttpContext http) =>
                (await list.Open(http.Actor(), id, http.RequestAborted)).Match(found => TypedResults.File(found.Raw, "application/octet-stream", $"{id}.eml"), refusal => refusal.ToProblem()))
            .WithName("getQuarantinedMail").WithSummary("Download a mail in quarantine as it came").Produces<byte[]>(StatusCodes.Status200OK, "application/octet-stream");
    }
}
