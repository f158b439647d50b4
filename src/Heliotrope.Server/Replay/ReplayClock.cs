namespace Heliotrope.Server.Replay;

/// <summary>The clock of a history: it stands where the history is.</summary>
internal sealed class ReplayClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public override DateTimeOffset GetUtcNow() => _now;

    /// <summary>Puts it forward; it never goes back.</summary>
    public void Reach(DateTimeOffset at) => _now = at > _now ? at : _now;
}
