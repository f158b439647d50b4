using Heliotrope.Core;
using Heliotrope.Core.OwnFields;
using Heliotrope.Core.People;
using Heliotrope.Core.Search;
using Heliotrope.Core.Segments;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Segments;

/// <summary>A segment to be made or changed.</summary>
/// <param name="Name">What it is called: 1 to 60 characters.</param>
/// <param name="Query">Which people, such as <c>org:none purchases:&gt;3 -promise:broken</c>.</param>
public sealed record SegmentBody(string? Name, string? Query);

/// <summary>Makes, changes and removes segments: they are for everybody at the desk, so leads do.</summary>
internal sealed class ChangeSegment(Store store, TimeProvider time)
{
    public Task<Result<SegmentDetails>> Add(Actor actor, SegmentBody body, CancellationToken cancel) => Change(
        actor,
        async db =>
        {
            if (await db.Segments.CountAsync(cancel) >= Segment.Most)
            {
                return new Refusal(RefusalKind.Conflict, "segment.too-many", $"There are {Segment.Most} segments already.", "name");
            }

            var made = Segment.Of(Text(body.Name, Segment.MaxName), Text(body.Query, Query.MaxText), time.Now());
            if (made.Refusal is null)
            {
                db.Segments.Add(made.Value);
                db.Audit.Add(AuditLine.Of(actor, "segment.added", made.Value.Name, time.Now()));
            }

            return made;
        },
        cancel);

    public Task<Result<SegmentDetails>> Run(Actor actor, long id, SegmentBody body, CancellationToken cancel) => Change(
        actor,
        async db =>
        {
            if (await db.Segments.FindAsync([id], cancel) is not { } segment)
            {
                return ListSegments.Unknown(id);
            }

            var refusal = segment.Change(Text(body.Name ?? segment.Name, Segment.MaxName), Text(body.Query ?? segment.Text, Query.MaxText));
            db.Audit.Add(AuditLine.Of(actor, "segment.changed", segment.Name, time.Now()));
            return refusal is null ? segment : refusal;
        },
        cancel);

    /// <summary>What names it (a view, a rule) finds nobody from then on.</summary>
    public async Task<Result<long>> Remove(Actor actor, long id, CancellationToken cancel) =>
        !actor.MayLead ? Refusal.NotAllowed
        : await store.Write<Result<long>>(
            actor,
            async db =>
            {
                if (await db.Segments.FindAsync([id], cancel) is not { } segment)
                {
                    return ListSegments.Unknown(id);
                }

                db.Segments.Remove(segment);
                db.Audit.Add(AuditLine.Of(actor, "segment.removed", segment.Name, time.Now()));
                return id;
            },
            cancel);

    private async Task<Result<SegmentDetails>> Change(Actor actor, Func<HeliotropeDb, Task<Result<Segment>>> change, CancellationToken cancel)
    {
        if (!actor.MayLead)
        {
            return Refusal.NotAllowed;
        }

        return await store.Write<Result<SegmentDetails>>(
            actor,
            async db =>
            {
                var changed = await change(db);
                if (changed.Refusal is { } refusal)
                {
                    return refusal;
                }

                var segment = changed.Value;
                if (await db.Segments.AnyAsync(s => s.NameKey == segment.NameKey && s.Id != segment.Id, cancel))
                {
                    return new Refusal(RefusalKind.Conflict, "segment.taken", "There is a segment with this name already.", "name");
                }

                if (await UnknownField(db, segment) is { } field)
                {
                    return new Refusal(RefusalKind.Invalid, "segment.field", "There is no own field with this name.", "query", field);
                }

                await db.SaveChangesAsync(cancel);
                return await ListSegments.Counted(db, actor, segment, time.Now());
            },
            cancel);
    }

    private static async Task<string?> UnknownField(HeliotropeDb db, Segment segment)
    {
        var named = segment.Query.Terms.OfType<OperatorTerm>().Where(t => t.Operator.Name == "field").SelectMany(t => t.Values).Select(v => FieldTest.Read(v.Said).Field).ToList();
        var known = await db.OwnFields.Where(f => f.Target != FieldTarget.Conversation).Select(f => f.Name).ToListAsync();
        return named.Find(name => !known.Exists(k => k.Equals(name, StringComparison.OrdinalIgnoreCase)));
    }

    private static string Text(string? text, int most) => (text ?? "").Storable(most + 1);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/segments", async (SegmentBody body, ChangeSegment change, HttpContext http) => (await change.Add(http.Actor(), body, http.RequestAborted)).ToApi())
            .WithName("addSegment").WithSummary("Make a segment of people").Answers<SegmentDetails>();
        api.MapPut("/segments/{id:long}", async (long id, SegmentBody body, ChangeSegment change, HttpContext http) => (await change.Run(http.Actor(), id, body, http.RequestAborted)).ToApi())
            .WithName("changeSegment").WithSummary("Change a segment; what is left out stays").Answers<SegmentDetails>();
        api.MapDelete("/segments/{id:long}", async (long id, ChangeSegment change, HttpContext http) => (await change.Remove(http.Actor(), id, http.RequestAborted)).ToApi())
            .WithName("removeSegment").WithSummary("Remove a segment").Answers<long>();
    }
}
