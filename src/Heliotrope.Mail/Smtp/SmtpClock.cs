namespace Heliotrope.Mail.Smtp;

/// <summary>What an attempt is doing and how long that may take, within the time for the whole.</summary>
internal sealed class SmtpClock(CancellationToken total) : IDisposable
{
    /// <summary>For the leave-taking of a connection, which changes nothing any more.</summary>
    public static readonly TimeSpan Brief = TimeSpan.FromSeconds(2);

    private CancellationTokenSource _step = new();

    /// <summary>In words that go on after "While".</summary>
    public string Doing { get; private set; } = "";

    public CancellationToken Token => _step.Token;

    /// <summary>No time is left for the whole.</summary>
    public bool Over => total.IsCancellationRequested;

    public void Begin(string doing, TimeSpan limit)
    {
        Doing = doing;
        _step.Dispose();
        _step = CancellationTokenSource.CreateLinkedTokenSource(total);
        _step.CancelAfter(limit);
    }

    /// <summary>The outcome of what did not get to an answer.</summary>
    /// <param name="e">Trouble of the connection, or a cancellation: by this clock or by the caller.</param>
    /// <param name="outcome">What it means for the message.</param>
    /// <param name="cancel">The caller's own wish.</param>
    public SendResult Lost(Exception e, SendOutcome outcome, CancellationToken cancel)
    {
        var (trouble, why) = e switch
        {
            OperationCanceledException when cancel.IsCancellationRequested => (SendTrouble.Other, "the attempt was cancelled"),
            OperationCanceledException => (SendTrouble.TimedOut, "the server took too long"),
            SmtpTroubleException known => (known.Trouble, known.Message),
            _ => (SendTrouble.Other, e.Message),
        };
        return new(outcome, null, $"While {Doing}: {why.ReplaceLineEndings(" ")}") { Trouble = trouble };
    }

    public void Dispose() => _step.Dispose();
}
