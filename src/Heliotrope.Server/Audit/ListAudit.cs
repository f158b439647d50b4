using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Audit;

/// <summary>A change outside conversations, whose own entries tell their story.</summary>
/// <param name="Id">The id; a higher one is later.</param>
/// <param name="At">When (UTC).</param>
/// <param name="ByKind">person, api-key, customer or system.</param>
/// <param name="ById">The user's or the key's id; null for what has none.</param>
/// <param name="ByName">The name as it was then.</param>
/// <param name="Action">A stable code, such as <c>user.added</c>.</param>
/// <param name="Detail">What about, in a few words.</param>
public sealed record AuditItem(long Id, DateTimeOffset At, ActorKind ByKind, long? ById, string ByName, string Action, string Detail);

/// <summary>A page of the audit log.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Next">Give this as <c>after</c> for the next page; null on the last.</param>
public sealed record AuditPageOf(IReadOnlyList<AuditItem> Items, string? Next);

/// <summary>Which changes are asked for; what is null asks for all.</summary>
/// <param name="By">The name of who did it, in full.</param>
/// <param name="Action">The code, or its beginning up to a point: <c>user</c> is <c>user.added</c>, too.</param>
/// <param name="From">The first day, in the desk's zone.</param>
/// <param name="To">The last day.</param>
/// <param name="After">The id behind which the page begins.</param>
public sealed record AuditQuery(string? By = null, string? Action = null, DateOnly? From = null, DateOnly? To = null, long? After = null)
{
    /// <summary>The address of the page that shows this.</summary>
    public string Href()
    {
        (string Name, string? Value)[] asked = [
            ("by", By), ("action", Action), ("from", From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("to", To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("after", After?.ToString(CultureInfo.InvariantCulture))];
        var query = string.Join('&', asked.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
        return query.Length == 0 ? "/settings/audit" : "/settings/audit?" + query;
    }
}

/// <summary>Reads who changed what. Lines are added by the changes themselves, in the same transaction, and never changed.</summary>
internal sealed class ListAudit(Store store)
{
    private const int PageSize = 50;
    private const int MostNames = 200;

    public async Task<Result<AuditPageOf>> Run(Actor actor, AuditQuery query)
    {
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        if ((query.From is { } first && !Zone.Counts(first)) || (query.To is { } last && !Zone.Counts(last)))
        {
            return Refusal.Invalid("span.malformed", "A year is between 2 and 9998.", "from");
        }

        return await store.Read(async db =>
        {
            var rows = await On(db.Audit, query).OrderByDescending(line => line.Id).Take(PageSize + 1)
                .Select(line => new AuditItem(line.Id, line.At, line.ActorKind, line.ActorId, line.ActorName, line.Action, line.Detail)).ToListAsync();
            return rows.Count > PageSize ? new AuditPageOf(rows[..PageSize], rows[PageSize - 1].Id.ToString(CultureInfo.InvariantCulture)) : new AuditPageOf(rows, null);
        });
    }

    /// <summary>Who and what there is to choose from.</summary>
    public async Task<(IReadOnlyList<string> Names, IReadOnlyList<string> Kinds)> Choices(Actor actor) => actor.MayAdminister
        ? await store.Read<(IReadOnlyList<string>, IReadOnlyList<string>)>(async db => (
            await db.Audit.Select(line => line.ActorName).Distinct().OrderBy(name => name).Take(MostNames).ToListAsync(),
            [.. (await db.Audit.Select(line => line.Action).Distinct().Take(MostNames).ToListAsync()).Select(action => action.Split('.')[0]).Distinct().Order(StringComparer.Ordinal)]))
        : ([], []);

    private static IQueryable<AuditLine> On(IQueryable<AuditLine> lines, AuditQuery query)
    {
        var (by, action, kind) = (query.By, query.Action, query.Action + ".");
        DateTimeOffset? from = query.From is { } first ? Zone.StartOf(first) : null;
        DateTimeOffset? to = query.To is { } last ? Zone.StartOf(last.AddDays(1)) : null;
        lines = string.IsNullOrEmpty(by) ? lines : lines.Where(line => line.ActorName == by);
        lines = string.IsNullOrEmpty(action) ? lines : lines.Where(line => line.Action == action || line.Action.StartsWith(kind));
        lines = from is null ? lines : lines.Where(line => line.At >= from);
        lines = to is null ? lines : lines.Where(line => line.At < to);
        return query.After is { } after ? lines.Where(line => line.Id < after) : lines;
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/audit", async (string? by, string? action, DateOnly? from, DateOnly? to, long? after, ListAudit list, HttpContext http) =>
            (await list.Run(http.Actor(), new(by, action, from, to, after))).ToApi())
        .RequireAuthorization(Policies.ApiAdmin).WithName("listAudit").WithSummary("List who changed what outside conversations, newest first").Answers<AuditPageOf>();
}
