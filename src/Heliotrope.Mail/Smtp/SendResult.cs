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

/// <summary>What stood in the way.</summary>
public enum SendTrouble
{
    /// <summary>The server's name leads to no address.</summary>
    NameNotFound,
    /// <summary>No address of the server takes the connection.</summary>
    Unreachable,
    /// <summary>The server took too long, at whatever step.</summary>
    TimedOut,
    /// <summary>The server's certificate is not valid; the text says which it is and why.</summary>
    Certificate,
    /// <summary>The server offers no encryption where there must be some.</summary>
    NoTls,
    /// <summary>The server did not accept the user with that password or token.</summary>
    SignInRefused,
    /// <summary>The server offers no way to sign in that is known here.</summary>
    NoSignInWay,
    /// <summary>Something else: a refusal of the message, a broken connection, words that are not SMTP. The text says what.</summary>
    Other,
}

/// <summary>The outcome of an attempt to send and the words that explain it.</summary>
/// <param name="Outcome">What to do next depends on this alone.</param>
/// <param name="Code">The reply code that decided it (RFC 5321 section 4.2); null when no reply did.</param>
/// <param name="Text">The server's words, or ours when the server had none; for people to read, never with credentials.</param>
public sealed record SendResult(SendOutcome Outcome, int? Code, string Text)
{
    /// <summary>What stood in the way; null when all went well.</summary>
    public SendTrouble? Trouble { get; init; }

    /// <summary>
    /// The server was not reached, or turned us away, before it had answered MAIL: that says something about the server and the settings, and nothing about this
    /// message. False when all went well, and when nobody was asked.
    /// </summary>
    public bool BeforeMail { get; init; }

    /// <summary>Recipients the server would not take although others were; empty when all or none were taken.</summary>
    public IReadOnlyList<RefusedRecipient> Refused { get; init; } = [];
}

/// <summary>A recipient the server would not take.</summary>
/// <param name="Address">As it was asked for.</param>
/// <param name="Code">4xx: may work later; 5xx: will not.</param>
/// <param name="Text">The server's words.</param>
public sealed record RefusedRecipient(string Address, int Code, string Text);
