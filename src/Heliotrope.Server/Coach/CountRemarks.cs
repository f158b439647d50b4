using Heliotrope.Core.Coach;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Coach;

/// <summary>What became of the coach's remarks on somebody's replies.</summary>
/// <param name="Days">Over how many days.</param>
/// <param name="Kinds">By kind, the commonest first.</param>
public sealed record CoachFigures(int Days, IReadOnlyList<RemarkCount> Kinds)
{
    public int Shown => Kinds.Sum(kind => kind.Shown);

    public int Taken => Kinds.Sum(kind => kind.Taken);
}

/// <summary>One kind of remark.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Taken">How many were gone when the reply was sent.</param>
/// <param name="Ignored">How many stood when it was sent.</param>
public sealed record RemarkCount(RemarkKind Kind, int Taken, int Ignored)
{
    public int Shown => Taken + Ignored;
}

/// <summary>A reply on which there was a remark.</summary>
public sealed record RemarkedReply(long Conversation, string Subject, string Customer, RemarkOutcome Outcome, DateTimeOffset At);

/// <summary>Counts the remarks of the coach (docs/method.md, A5): everybody sees their own, and nobody else's.</summary>
internal sealed class CountRemarks(Store store, TimeProvider time)
{
    public const int Days = 90;
    private const int Most = 100;

    public Task<CoachFigures> Run(Actor actor)
    {
        var since = time.Now().AddDays(-Days);
        return store.Read(actor, async db => new CoachFigures(Days, [.. (await Mine(db, actor, since)
            .GroupBy(r => r.Kind)
            .Select(g => new { g.Key, Taken = g.Count(r => r.Outcome == RemarkOutcome.Taken), Ignored = g.Count(r => r.Outcome == RemarkOutcome.Ignored) })
            .ToListAsync())
            .Select(g => new RemarkCount(g.Key, g.Taken, g.Ignored)).OrderByDescending(k => k.Shown).ThenBy(k => k.Kind)]));
    }

    /// <summary>The replies behind a figure, newest first.</summary>
    public Task<List<RemarkedReply>> Behind(Actor actor, RemarkKind kind, RemarkOutcome? outcome)
    {
        var since = time.Now().AddDays(-Days);
        return store.Read(actor, db => Mine(db, actor, since)
            .Where(r => r.Kind == kind && (outcome == null || r.Outcome == outcome))
            .OrderByDescending(r => r.Id)
            .Take(Most)
            .Join(db.Conversations, r => r.ConversationNumber, c => c.Number, (r, c) => new RemarkedReply(c.Number, c.Subject, c.Customer!.Name, r.Outcome, r.At))
            .ToListAsync());
    }

    private static IQueryable<CoachRemark> Mine(HeliotropeDb db, Actor actor, DateTimeOffset since) =>
        db.CoachRemarks.Where(r => r.UserId == actor.Id && r.At >= since && db.Conversations.Any(c => c.Number == r.ConversationNumber));
}
