using System.Globalization;
using Heliotrope.Core.People;

namespace Heliotrope.Server.Live;

/// <summary>What somebody does in a conversation right now; the later one tells more.</summary>
public enum Doing
{
    /// <summary>Not there any more.</summary>
    Gone,

    /// <summary>Looks at it.</summary>
    Reading,

    /// <summary>Writes a note to colleagues.</summary>
    WritingNote,

    /// <summary>Writes a reply to the customer.</summary>
    WritingReply,
}

/// <summary>A page says what its person does. A page looks at one conversation at a time.</summary>
internal sealed record Beat(long Conversation, ActorKind Kind, long Id, string Name, string Page, Doing Doing);

/// <summary>Somebody who has a conversation open.</summary>
internal sealed record Somebody(ActorKind Kind, long Id, string Name, Doing Doing, DateTimeOffset Since)
{
    /// <summary>A person and a key may have the same number.</summary>
    public string Key => Kind is ActorKind.Person ? $"person-{Id}" : $"key-{Id}";
}

/// <summary>Who reads or writes what, right now. In memory: it is worth nothing half a minute later.</summary>
internal sealed class Presence
{
    /// <summary>Two beats may be lost before somebody is taken to have left.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(25);

    /// <summary>Nobody reads in more windows than this; a program that made them up would fill the memory.</summary>
    private const int MostPages = 40;

    private readonly Lock _lock = new();
    private readonly Dictionary<(ActorKind, long, string Page), Seen> _pages = [];
    private readonly LiveUpdates _live;
    private readonly TimeProvider _time;

    public Presence(LiveUpdates live, TimeProvider time)
    {
        (_live, _time) = (live, time);
        live.Beaten += beat => Hear(beat);
    }

    /// <summary>Takes a beat, and tells open pages when it says something new.</summary>
    public void Hear(Beat beat)
    {
        var changed = new HashSet<long>();
        lock (_lock)
        {
            var key = (beat.Kind, beat.Id, beat.Page);
            var before = _pages.GetValueOrDefault(key);
            if (beat.Doing is Doing.Gone)
            {
                // A page that went on to another conversation has told so already.
                if (before?.Conversation == beat.Conversation && _pages.Remove(key))
                {
                    changed.Add(beat.Conversation);
                }
            }
            else
            {
                var now = _time.GetUtcNow();
                var same = before?.Conversation == beat.Conversation && before.Doing == beat.Doing;
                if (!same)
                {
                    changed.UnionWith(before is null ? [beat.Conversation] : [beat.Conversation, before.Conversation]);
                }

                _pages[key] = new(beat.Conversation, beat.Name, beat.Doing, same ? before!.Since : now, now);
                changed.UnionWith(Crowded(beat));
            }
        }

        _live.PublishPresence(changed);
    }

    /// <summary>Lets go of whoever has not been heard of for a while.</summary>
    public void Forget()
    {
        var changed = new HashSet<long>();
        lock (_lock)
        {
            foreach (var (key, seen) in _pages.Where(page => !Lives(page.Value)).ToList())
            {
                _pages.Remove(key);
                changed.Add(seen.Conversation);
            }
        }

        _live.PublishPresence(changed);
    }

    /// <summary>The conversations in which somebody is.</summary>
    public IReadOnlyCollection<long> Visited()
    {
        lock (_lock)
        {
            return [.. _pages.Values.Where(Lives).Select(seen => seen.Conversation).Distinct()];
        }
    }

    /// <summary>Who is there besides the one who asks, each once: first those who have been doing what they do for longest.</summary>
    public IReadOnlyList<Somebody> Others(long conversation, ActorKind kind, long id)
    {
        lock (_lock)
        {
            return [.. _pages
                .Where(page => page.Value.Conversation == conversation && Lives(page.Value) && (page.Key.Item1 != kind || page.Key.Item2 != id))
                .GroupBy(page => (page.Key.Item1, page.Key.Item2))
                .Select(pages => pages.MaxBy(page => page.Value.Doing))
                .Select(page => new Somebody(page.Key.Item1, page.Key.Item2, page.Value.Name, page.Value.Doing, page.Value.Since))
                .OrderBy(somebody => somebody.Since).ThenBy(somebody => somebody.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>Whether a person has a conversation open.</summary>
    public bool IsThere(long conversation, long user)
    {
        lock (_lock)
        {
            return _pages.Any(page => page.Key.Item1 is ActorKind.Person && page.Key.Item2 == user && page.Value.Conversation == conversation && Lives(page.Value));
        }
    }

    /// <summary>The same for a page: whoever looks at it never sees themselves.</summary>
    public IReadOnlyList<Somebody> OthersThan(string viewerId, long conversation) =>
        Others(conversation, ActorKind.Person, long.TryParse(viewerId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0);

    private bool Lives(Seen seen) => _time.GetUtcNow() - seen.At < Lasts;

    private List<long> Crowded(Beat beat)
    {
        var left = new List<long>();
        var pages = _pages.Where(page => page.Key.Item1 == beat.Kind && page.Key.Item2 == beat.Id).ToList();
        foreach (var (key, seen) in pages.OrderByDescending(page => page.Value.At).Skip(MostPages))
        {
            _pages.Remove(key);
            left.Add(seen.Conversation);
        }

        return left;
    }

    private sealed record Seen(long Conversation, string Name, Doing Doing, DateTimeOffset Since, DateTimeOffset At);
}

/// <summary>Forgets whoever closed the lid without a word.</summary>
internal sealed class PresenceWorker(Presence presence) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            presence.Forget();
        }
    }
}
