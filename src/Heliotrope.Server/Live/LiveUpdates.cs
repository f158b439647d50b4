using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;

namespace Heliotrope.Server.Live;

/// <summary>What changed, for open pages: conversation numbers, or everything when it is not known what.</summary>
internal sealed record LiveChange(bool All, IReadOnlyCollection<long> Conversations)
{
    /// <summary>Stands among the numbers for a change of settings: no conversation has it.</summary>
    public const long Settings = 0;

    public bool ConcernsSettings => All || Conversations.Contains(Settings);
}

/// <summary>Tells every open page of this process what changed; <c>PostgresListener</c> tells the other processes.</summary>
internal sealed class LiveUpdates
{
    private readonly ConcurrentDictionary<Channel<LiveChange>, bool> _listeners = new();
    private readonly string _process = Guid.NewGuid().ToString("N");

    /// <summary>Called for each change before whoever made it goes on.</summary>
    public event Action<LiveChange>? Changed;

    public int Listeners => _listeners.Count;

    /// <summary>What another process needs to hear; <see cref="Unpack"/> leaves out what comes from this one.</summary>
    public string Pack(IReadOnlyCollection<long> conversations)
    {
        // A notification holds 8,000 bytes; a change of more conversations is told as "look again".
        const int most = 300;
        return JsonSerializer.Serialize(new Packed(_process, conversations.Count > most ? null : conversations.ToArray()));
    }

    public void Unpack(string payload)
    {
        var packed = JsonSerializer.Deserialize<Packed>(payload);
        if (packed is null || packed.Process == _process)
        {
            return;
        }

        Send(packed.Numbers is null ? new(true, []) : new(false, packed.Numbers));
    }

    public void Publish(IReadOnlyCollection<long> conversations)
    {
        if (conversations.Count > 0)
        {
            Send(new(false, conversations));
        }
    }

    public void PublishAll() => Send(new(true, []));

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
        foreach (var listener in _listeners.Keys)
        {
            listener.Writer.TryWrite(change);
        }
    }

    private sealed record Packed(string Process, long[]? Numbers);
}
