using Heliotrope.Core.Happiness;

namespace Heliotrope.Core.Plays;

/// <summary>Why a play is to be looked at again.</summary>
public enum StaleSign
{
    /// <summary>Its situation occurred, and nobody used it for a long time.</summary>
    NotUsed,
    /// <summary>Nobody has looked at it for a long time.</summary>
    NotLookedAt,
    /// <summary>Conversations with it ended worse than those in the same situation without it.</summary>
    Worse,
}

/// <summary>What is known of a play in use.</summary>
/// <param name="Since">Since when it is in use (UTC).</param>
/// <param name="LookedAt">When somebody last wrote it or said that it still holds (UTC).</param>
/// <param name="UsedAt">When it was last sent (UTC); null for never.</param>
/// <param name="Occurs">Whether its situation occurred within <see cref="Stale.UnusedFor"/>.</param>
/// <param name="With">How the conversations with it ended.</param>
/// <param name="Without">How the others in its situation ended.</param>
public sealed record PlayRecord(DateTimeOffset Since, DateTimeOffset LookedAt, DateTimeOffset? UsedAt, bool Occurs, EndCounts With, EndCounts Without);

/// <summary>Finds plays that have gone stale (docs/method.md, D2).</summary>
public static class Stale
{
    /// <summary>So long unused although its situation occurred.</summary>
    public static readonly TimeSpan UnusedFor = TimeSpan.FromDays(90);

    /// <summary>So long not looked at.</summary>
    public static readonly TimeSpan UnseenFor = TimeSpan.FromDays(180);

    /// <summary>With fewer on either side nothing is said of how they ended.</summary>
    public const int Enough = 20;

    /// <summary>What is stale about it.</summary>
    /// <param name="play">What is known of it.</param>
    /// <param name="now">Now (UTC).</param>
    /// <returns>The signs; none for one that is fresh.</returns>
    public static IReadOnlyList<StaleSign> Of(PlayRecord play, DateTimeOffset now)
    {
        var signs = new List<StaleSign>();
        if (play.Occurs && now - (play.UsedAt ?? play.Since) > UnusedFor)
        {
            signs.Add(StaleSign.NotUsed);
        }

        if (now - play.LookedAt > UnseenFor)
        {
            signs.Add(StaleSign.NotLookedAt);
        }

        if (IsWorse(play.With, play.Without))
        {
            signs.Add(StaleSign.Worse);
        }

        return signs;
    }

    /// <summary>Whether more of the ended ones ended unhappy; where as many did, whether fewer were confirmed. The ends are never added to one another.</summary>
    /// <param name="with">The ones with it.</param>
    /// <param name="without">The ones without it.</param>
    public static bool IsWorse(EndCounts with, EndCounts without) => with.Ended >= Enough && without.Ended >= Enough
        && (Compare(with.Unhappy, with, without.Unhappy, without), Compare(with.Confirmed, with, without.Confirmed, without)) is ( > 0, _) or (0, < 0);

    /// <summary>Which share of the ended is larger, without rounding.</summary>
    private static int Compare(int one, EndCounts ofOne, int other, EndCounts ofOther) => ((long)one * ofOther.Ended).CompareTo((long)other * ofOne.Ended);
}
