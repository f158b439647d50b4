using System.Diagnostics;

namespace Heliotrope.Server.Live;

/// <summary>
/// What one stream has yet to tell. The first word goes at once, and what follows within a second goes together: a busy inbox must
/// not make every desk ask again with every mail. Who comes and goes is counted apart, so that it does not hold up the rest.
/// </summary>
/// <param name="listener">The person who listens; null for a program.</param>
internal sealed class PendingNews(long? listener)
{
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(1);

    /// <summary>Fewer desks than this ask at once without being noticed.</summary>
    private const int FewDesks = 8;
    private const int PerDesk = 12;
    private const int WidestSpread = 1500;

    private readonly HashSet<long> _conversations = [];
    private readonly HashSet<long> _within = [];
    private readonly HashSet<long> _presence = [];
    private bool _all;
    private bool _bell;
    private long _newsTold = long.MinValue;
    private long _presenceTold = long.MinValue;

    /// <summary>How long to wait at most before something is to be told; null when nothing is.</summary>
    public TimeSpan? Wait => (HasNews, _presence.Count > 0) switch
    {
        (true, true) => TimeSpan.FromTicks(Math.Min(Left(_newsTold).Ticks, Left(_presenceTold).Ticks)),
        (true, false) => Left(_newsTold),
        (false, true) => Left(_presenceTold),
        _ => null,
    };

    private bool HasNews => _all || _conversations.Count + _within.Count > 0;

    public void Add(LiveChange change)
    {
        _all |= change.All;
        _conversations.UnionWith(change.Conversations);
        _within.UnionWith(change.Within);
        _presence.UnionWith(change.Presence);
        _bell |= change.All || (listener is { } person && change.Notified.Contains(person));
    }

    public LiveEvent? TakeNews(int listeners)
    {
        if (!HasNews || Left(_newsTold) > TimeSpan.Zero)
        {
            return null;
        }

        int? spread = listeners < FewDesks ? null : Math.Min(listeners * PerDesk, WidestSpread);
        var news = _all
            ? new LiveEvent(true, null, Spread: spread)
            : new LiveEvent(null, [.. _conversations], _within.Count == 0 ? null : [.. _within], spread);
        _all = false;
        _conversations.Clear();
        _within.Clear();
        _newsTold = Stopwatch.GetTimestamp();
        return news;
    }

    /// <summary>Whether the listener's own bell changed: that is rare, and told at once.</summary>
    public bool TakeBell()
    {
        var bell = _bell;
        _bell = false;
        return bell;
    }

    public long[] TakePresence()
    {
        if (_presence.Count == 0 || Left(_presenceTold) > TimeSpan.Zero)
        {
            return [];
        }

        long[] taken = [.. _presence];
        _presence.Clear();
        _presenceTold = Stopwatch.GetTimestamp();
        return taken;
    }

    private static TimeSpan Left(long told)
    {
        var left = told == long.MinValue ? TimeSpan.Zero : Together - Stopwatch.GetElapsedTime(told);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
