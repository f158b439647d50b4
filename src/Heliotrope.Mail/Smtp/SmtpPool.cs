namespace Heliotrope.Mail.Smtp;

/// <summary>Connections that wait for the next message: few, and not for long.</summary>
internal sealed class SmtpPool : IAsyncDisposable
{
    private readonly SmtpSenderOptions _options;
    private readonly Lock _lock = new();
    private readonly List<SmtpConnection> _idle = [];
    private readonly Timer _late;
    private bool _closed;

    public SmtpPool(SmtpSenderOptions options)
    {
        _options = options;
        _late = new(_ => _ = CloseLate());
    }

    /// <summary>The one used last, of which the server is least likely to have tired; null when none is usable.</summary>
    public async ValueTask<SmtpConnection?> Take()
    {
        while (Last() is { } connection)
        {
            if (!IsLate(connection) && connection.Quiet) return connection;
            await Close(connection);
        }
        return null;
    }

    /// <summary>Keeps a connection after use, or closes it.</summary>
    public async ValueTask Give(SmtpConnection connection)
    {
        if (!Keep(connection)) await Close(connection);
    }

    public async ValueTask DisposeAsync()
    {
        List<SmtpConnection> left;
        lock (_lock)
        {
            _closed = true;
            left = [.. _idle];
            _idle.Clear();
        }
        await _late.DisposeAsync();
        await Task.WhenAll(left.Select(Close));
    }

    private SmtpConnection? Last()
    {
        lock (_lock)
        {
            if (_idle.Count == 0) return null;
            var last = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            return last;
        }
    }

    private bool Keep(SmtpConnection connection)
    {
        lock (_lock)
        {
            if (_closed || !connection.Sound || connection.Messages == 0 || connection.Messages >= _options.MessagesEach || _idle.Count >= _options.MostIdle) return false;
            connection.IdleSince = Environment.TickCount64;
            _idle.Add(connection);
            if (_idle.Count == 1) _late.Change(_options.Idle, Timeout.InfiniteTimeSpan);
            return true;
        }
    }

    /// <summary>The oldest come first in the list.</summary>
    private Task CloseLate()
    {
        List<SmtpConnection> late;
        lock (_lock)
        {
            if (_closed) return Task.CompletedTask;
            late = [.. _idle.TakeWhile(IsLate)];
            _idle.RemoveRange(0, late.Count);
            if (_idle.Count > 0) _late.Change(Math.Max(1, _options.Idle.Ticks / TimeSpan.TicksPerMillisecond - Age(_idle[0])), Timeout.Infinite);
        }
        return Task.WhenAll(late.Select(Close));
    }

    private bool IsLate(SmtpConnection connection) => Age(connection) >= _options.Idle.Ticks / TimeSpan.TicksPerMillisecond;

    private static long Age(SmtpConnection connection) => Environment.TickCount64 - connection.IdleSince;

    private static async Task Close(SmtpConnection connection)
    {
        await connection.Quit();
        await connection.DisposeAsync();
    }
}
