using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;

namespace Heliotrope.Server.Live;

/// <summary>What changed, for open pages: conversation numbers, or everything when it is not known what.</summary>
/// <param name="All">Anything may have changed.</param>
/// <param name="Conversations">These changed, and may stand elsewhere in the lists.</param>
/// <param name="Within">In these something changed that no list shows, such as a mail that left.</param>
/// <param name="Presence">In these somebody came, went, or does something else.</param>
/// <param name="Notified">The bells of these people changed.</param>
internal sealed record LiveChange(
    bool All, IReadOnlyCollection<long> Conversations, IReadOnlyCollection<long> Within, IReadOnlyCollection<long> Presence, IReadOnlyCollection<long> Notified)
{
    /// <summary>Stands among the numbers for a change of settings: no conversation has it.</summary>
    public const long Settings = 0;

    public static readonly LiveChange Everything = new(true, [], [], [], []);

    public bool ConcernsSettings => All || Conversations.Contains(Settings);

    public static LiveChange Of(IReadOnlyCollection<long> conversations, IReadOnlyCollection<long> within, IReadOnlyCollection<long>? notified = null) => new(false, conversations, within, [], notified ?? []);
}

/// <summary>Tells every open page of this process what changed; <c>PostgresListener</c> tells the other processes.</summary>
internal sealed class LiveUpdates
{
    private readonly ConcurrentDictionary<Channel<LiveChange>, bool> _listeners = new();
    private readonly string _process = Guid.NewGuid().ToString("N");
    private long _told;

    /// <summary>Called for each change before whoever made it goes on.</summary>
    public event Action<LiveChange>? Changed;

    /// <summary>Called for what another process heard of who is where.</summary>
    public event Action<Beat>? Beaten;

    public int Listeners => _listeners.Count;

    /// <summary>How far the news of this process have come; who comes and goes is none. Whoever has the same mark has missed nothing.</summary>
    public string Mark => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_process[..12]}-{Interlocked.Read(ref _told)}");

    /// <summary>What another process needs to hear; <see cref="Unpack"/> leaves out what comes from this one.</summary>
    public string Pack(IReadOnlyCollection<long> conversations, IReadOnlyCollection<long> within, IReadOnlyCollection<long> notified)
    {
        // A notification holds 8,000 bytes; a change of more conversations is told as "look again".
        const int most = 300;
        return JsonSerializer.Serialize(conversations.Count + within.Count + notified.Count > most ? new Packed(_process) : new Packed(_process, [.. conversations], [.. within], Notified: [.. notified]));
    }

    public string Pack(Beat beat) => JsonSerializer.Serialize(new Packed(_process, Beat: beat));

    public void Unpack(string payload)
    {
        var packed = JsonSerializer.Deserialize<Packed>(payload);
        if (packed is null || packed.Process == _process)
        {
            return;
        }

        if (packed.Beat is { } beat)
        {
            Beaten?.Invoke(beat);
        }
        else
        {
            Send(packed.Numbers is null ? LiveChange.Everything : LiveChange.Of(packed.Numbers, packed.Within ?? [], packed.Notified));
        }
    }

    public void Publish(IReadOnlyCollection<long> conversations) => Publish(conversations, []);

    /// <param name="conversations">These changed.</param>
    /// <param name="within">In these something changed that no list shows.</param>
    /// <param name="notified">The bells of these people changed.</param>
    public void Publish(IReadOnlyCollection<long> conversations, IReadOnlyCollection<long> within, IReadOnlyCollection<long>? notified = null)
    {
        if (conversations.Count + within.Count + (notified?.Count ?? 0) > 0)
        {
            Send(LiveChange.Of(conversations, within, notified));
        }
    }

    public void PublishPresence(IReadOnlyCollection<long> conversations)
    {
        if (conversations.Count > 0)
        {
            Send(new(false, [], [], conversations, []));
        }
    }

    public void PublishAll() => Send(LiveChange.Everything);

    /// <summary>Changes from now on, until it is disposed.</summary>
    public Listener Listen()
    {
        // A listener that does not keep up loses the oldest: its page refreshes whole anyway.
        var channel = Channel.CreateBounded<LiveChange>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        _listeners[channel] = true;
        return new Listener(this, channel);
    }

    internal sealed class Listener(LiveUpdates live, Channel<LiveChange> channel) : IDisposable
    {
        public ChannelReader<LiveChange> Changes => channel.Reader;

        public void Dispose() => live._listeners.TryRemove(channel, out _);
    }

    private void Send(LiveChange change)
    {
        Changed?.Invoke(change);
        if (change.All || change.Conversations.Count + change.Within.Count > 0)
        {
            Interlocked.Increment(ref _told); // first, or a page could have the new mark without the news
        }

        foreach (var listener in _listeners.Keys)
        {
            listener.Writer.TryWrite(change);
        }
    }

    private sealed record Packed(string Process, long[]? Numbers = null, long[]? Within = null, Beat? Beat = null, long[]? Notified = null);
}
