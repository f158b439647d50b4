namespace Heliotrope.Mail.Smtp;

/// <summary>Hands messages to a smarthost (RFC 5321), one connection an attempt. Safe to use from several tasks at once.</summary>
/// <param name="smarthost">Where to.</param>
/// <param name="heloName">How this machine introduces itself.</param>
/// <param name="options">Timeouts; null for the defaults.</param>
public sealed class SmtpSender(Smarthost smarthost, string heloName, SmtpSenderOptions? options = null)
{
    private readonly Smarthost _smarthost = smarthost;
    private readonly string _heloName = heloName;
    private readonly SmtpSenderOptions _options = options ?? new();

    /// <summary>One attempt. Whatever the server does ends as an outcome.</summary>
    /// <param name="envelopeFrom">Where bounces go; empty for the null sender.</param>
    /// <param name="recipients">At least one bare address.</param>
    /// <param name="message">As <see cref="Writing.MailWriter"/> wrote it.</param>
    /// <param name="cancel">Ends the attempt.</param>
    /// <exception cref="OperationCanceledException">Only when <paramref name="cancel"/> was cancelled.</exception>
    public Task<SendResult> Send(string envelopeFrom, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> message, CancellationToken cancel)
        => throw new NotImplementedException($"{_smarthost} {_heloName} {_options}");
}
