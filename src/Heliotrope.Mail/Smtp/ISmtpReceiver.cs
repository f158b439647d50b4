namespace Heliotrope.Mail.Smtp;

/// <summary>A reply of an SMTP server (RFC 5321 section 4.2).</summary>
/// <param name="Code">Three digits; 2xx accepts, 4xx asks to try again, 5xx refuses.</param>
/// <param name="Text">May begin with an enhanced status code (RFC 3463), such as <c>5.1.1</c>; a fitting general one is put before it otherwise.</param>
public sealed record SmtpReply(int Code, string Text)
{
    private const int MaxShown = 1000;

    /// <summary>The words on one bounded line, for people.</summary>
    internal string OneLine()
    {
        var line = Text.ReplaceLineEndings(" ").Trim();
        return line.Length > MaxShown ? line[..MaxShown] : line;
    }
}

/// <summary>What the sender said about a message before its bytes.</summary>
/// <param name="From">The return path; empty for the null sender, as bounces have.</param>
/// <param name="To">The recipients that were accepted, at least one, as written.</param>
/// <param name="RemoteAddress">Where the connection came from.</param>
/// <param name="Helo">What the sender called itself; unchecked.</param>
/// <param name="Tls">Whether the bytes came encrypted.</param>
public sealed record SmtpEnvelope(string From, IReadOnlyList<string> To, string RemoteAddress, string Helo, bool Tls);

/// <summary>Who decides about recipients and takes the messages. Called for one message at a time in a session, by many sessions at once.</summary>
public interface ISmtpReceiver
{
    /// <summary>Whether mail for this address is taken: 250, or 550 when there is no such mailbox.</summary>
    ValueTask<SmtpReply> Recipient(string address, CancellationToken cancel);

    /// <summary>Takes a message. The sender hears the reply only after this returns, so a 250 must mean that it is stored durably.</summary>
    /// <param name="envelope">Whom it is from and for.</param>
    /// <param name="raw">The message's bytes as they were sent, the dots of RFC 5321 section 4.5.2 taken out; a bare CR or LF may be among them.</param>
    /// <param name="cancel">Cancelled when the server stops.</param>
    ValueTask<SmtpReply> Message(SmtpEnvelope envelope, ReadOnlyMemory<byte> raw, CancellationToken cancel);
}
