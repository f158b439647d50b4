using Heliotrope.Core;
using Heliotrope.Core.Coach;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Coach;

/// <summary>A kind of remark that somebody does not want.</summary>
/// <param name="Id">The id.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Driver">In conversations with this driver; null for those without one.</param>
/// <param name="At">Since when (UTC).</param>
public sealed record SilenceDetails(long Id, RemarkKind Kind, string? Driver, DateTimeOffset At);

/// <summary>"Not here": the coach stays away with a kind of remark, for one person and one driver.</summary>
internal sealed class SilenceRemark(Store store, TimeProvider time)
{
    private const int Most = 1_000;

    /// <summary>What somebody silenced for a driver.</summary>
    public static async Task<IReadOnlySet<RemarkKind>> Of(HeliotropeDb db, long user, long? driver) =>
        (await db.CoachSilences.Where(s => s.UserId == user && s.DriverId == driver).Select(s => s.Kind).ToListAsync()).ToHashSet();

    /// <param name="actor">Who wants no such remark.</param>
    /// <param name="number">Where: it is meant for the driver of this conversation. Null for one that is only being begun.</param>
    /// <param name="kind">The name of the kind.</param>
    /// <param name="cancel">Given up.</param>
    public async Task<Refusal?> Run(Actor actor, long? number, string? kind, CancellationToken cancel)
    {
        if (!actor.MayWork || actor.Id is not { } user)
        {
            return Refusal.NotAllowed;
        }

        if (RemarkNames.Find(kind) is not { } unwanted)
        {
            return Refusal.Invalid("remark.unknown", "There is no such kind of remark.", "kind");
        }

        if (unwanted is RemarkKind.MergeField)
        {
            return new Refusal(RefusalKind.Conflict, "remark.needed", "A merge field is never sent, so this remark stays.", "kind");
        }

        var now = time.Now();
        return await store.Write<Refusal?>(
            async db =>
            {
                var found = number is null ? [new { DriverId = (long?)null }] : await db.Conversations.Where(c => c.Number == number).Select(c => new { c.DriverId }).ToListAsync();
                if (found.Count == 0)
                {
                    return Refusal.NoConversation(number!.Value);
                }

                var driver = found[0].DriverId;
                if (!await db.CoachSilences.AnyAsync(s => s.UserId == user && s.DriverId == driver && s.Kind == unwanted))
                {
                    db.CoachSilences.Add(new() { UserId = user, DriverId = driver, Kind = unwanted, At = now });
                }

                return null;
            },
            cancel);
    }

    /// <summary>What somebody does not want, newest first.</summary>
    public async Task<Result<IReadOnlyList<SilenceDetails>>> List(Actor actor) => !actor.MayWork ? Refusal.NotAllowed : await store.Read(async db => await (
        from silence in db.CoachSilences
        where silence.UserId == actor.Id
        orderby silence.Id descending
        select new SilenceDetails(silence.Id, silence.Kind, db.Drivers.Where(d => d.Id == silence.DriverId).Select(d => d.Name).FirstOrDefault(), silence.At)).Take(Most).ToListAsync());

    /// <summary>The coach says it again. One that is gone already is gone.</summary>
    public async Task<Refusal?> Remove(Actor actor, long id, CancellationToken cancel) => !actor.MayWork ? Refusal.NotAllowed : await store.Write<Refusal?>(
        async db =>
        {
            await db.CoachSilences.Where(s => s.Id == id && s.UserId == actor.Id).ExecuteDeleteAsync();
            return null;
        },
        cancel);
}
