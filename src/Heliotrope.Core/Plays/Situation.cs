namespace Heliotrope.Core.Plays;

/// <summary>How somebody who writes is, as their messages were read.</summary>
public enum PlayMood
{
    /// <summary>They complain.</summary>
    Complaint,
    /// <summary>It is pressing.</summary>
    Pressing,
    /// <summary>They thank us.</summary>
    Thanks,
}

/// <summary>When a play is the one: why they wrote, how they are, who they are. What is null may be anything (docs/method.md, D2).</summary>
/// <param name="Driver">The driver; null for any.</param>
/// <param name="Mood">The mood; null for any.</param>
/// <param name="Segment">The segment; null for everybody.</param>
public readonly record struct Situation(long? Driver, PlayMood? Mood, long? Segment)
{
    /// <summary>How much it says: 3 for all of it, 0 for anything at all.</summary>
    public int Details => (Driver is null ? 0 : 1) + (Mood is null ? 0 : 1) + (Segment is null ? 0 : 1);

    /// <summary>Whether this is that situation.</summary>
    /// <param name="now">What is the case.</param>
    public bool IsMetBy(Occurrence now) =>
        (Driver is not { } driver || driver == now.Driver)
        && (Mood is not { } mood || now.Moods.Contains(mood))
        && (Segment is not { } segment || now.Segments.Contains(segment));

    /// <summary>
    /// Those whose situation has arisen, the most specific first. Of two that say as much the one that knows the driver comes first, then the one that knows the mood;
    /// what is alike stays in the order in which it came.
    /// </summary>
    /// <typeparam name="T">What has a situation.</typeparam>
    /// <param name="all">What there is, the better before the worse.</param>
    /// <param name="of">The situation of one.</param>
    /// <param name="now">What is the case.</param>
    /// <param name="most">No more than these.</param>
    public static IReadOnlyList<T> Fitting<T>(IEnumerable<T> all, Func<T, Situation> of, Occurrence now, int most) =>
        [.. all.Select(each => (Each: each, Of: of(each))).Where(each => each.Of.IsMetBy(now))
            .OrderByDescending(each => each.Of.Details).ThenBy(each => each.Of.Driver is null).ThenBy(each => each.Of.Mood is null)
            .Take(most).Select(each => each.Each)];
}

/// <summary>What is the case in a conversation.</summary>
/// <param name="Driver">Why they wrote; null while nobody knows.</param>
/// <param name="Moods">How they are.</param>
/// <param name="Segments">The segments they are in.</param>
public sealed record Occurrence(long? Driver, IReadOnlySet<PlayMood> Moods, IReadOnlySet<long> Segments);
