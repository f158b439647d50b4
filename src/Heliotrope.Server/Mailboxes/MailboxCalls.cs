using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Mailboxes;

/// <summary>Wakes whoever reads one mailbox.</summary>
internal sealed class MailboxCalls : IDisposable
{
    private volatile CancellationTokenSource _look = new();

    /// <summary>Cancelled at the next call to look into the folder now.</summary>
    public CancellationToken Look => _look.Token;

    /// <summary>Wakes whoever fetches apart.</summary>
    public Bell Apart { get; } = new ApartBell();

    /// <summary>Mails up to this number are asked for one by one: asking for several at once went wrong, and one of them may be to blame.</summary>
    public uint CarefulUpTo { get; set; }

    /// <summary>When the server is next asked how full the mailbox is (UTC).</summary>
    public DateTimeOffset AskQuotaAt { get; set; }

    public void LookNow()
    {
        var called = Interlocked.Exchange(ref _look, new());
        called.Cancel();
        ForApart();
    }

    public void ForApart() => Apart.Ring();

    public void Dispose()
    {
        _look.Dispose();
        Apart.Dispose();
    }

    private sealed class ApartBell : Bell;
}
