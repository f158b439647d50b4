namespace Heliotrope.Mail.Smtp;

/// <summary>What became of an attempt to send.</summary>
public enum SendOutcome
{
    /// <summary>The server answered for the message: it is sent, at least to some of its recipients.</summary>
    Accepted,
    /// <summary>Not sent; worth another attempt later.</summary>
    Temporary,
    /// <summary>Not sent; the same attempt would fail again.</summary>
    Permanent,
    /// <summary>The whole message was sent and no answer came: it may or may not have been taken (RFC 1047).</summary>
    InDoubt,
}

/// <summary>The outcome of an attempt to send and the words that explain it.</summary>
/// <param name="Outcome">What to do next depends on this alone.</param>
/// <param name="Code">The reply code that decided it (RFC 5321 section 4.2); null when no reply did.</param>
/// <param name="Text">The server's words, or ours when the server had none; for people to read, never with credentials.</param>
public sealed record SendResult(SendOutcome Outcome, int? Code, string Text)
{
    /// <summary>Recipients the server would not take although others were; empty when all or none were taken.</summary>
    public IReadOnlyList<RefusedRecipient> Refused { get; init; } = [];
}

/// <summary>A recipient the server would not take.</summary>
/// <param name="Address">As it was asked for.</param>
/// <param name="Code">4xx: may work later; 5xx: will not.</param>
/// <param name="Text">The server's words.</param>
public sealed record RefusedRecipient(string Address, int Code, string Text);
