using System.Diagnostics;
using System.Text;

namespace Heliotrope.Mail.Smtp;

/// <summary>Hands messages to a smarthost (RFC 5321). A few connections are kept for the next message. Safe to use from several tasks at once.</summary>
/// <remarks>
/// A 4xx answer, or trouble with the connection before the final dot, is Temporary; a 5xx answer about the message, its sender or its recipients is Permanent.
/// A 5xx answer to the greeting, EHLO or the sign-in is Temporary: it speaks of the settings, which can be mended while the message waits.
/// Over smtp:// TLS is used when offered. With credentials the certificate must be valid and nothing is sent in clear;
/// without them any certificate will do, being better than none. Where TLS is required, or from the first byte, the certificate must always be valid.
/// </remarks>
/// <param name="smarthost">Where to.</param>
/// <param name="heloName">How this machine introduces itself.</param>
/// <param name="options">Timeouts; null for the defaults.</param>
public sealed class SmtpSender(Smarthost smarthost, string heloName, SmtpSenderOptions? options = null) : IAsyncDisposable
{
    private readonly SmtpSenderOptions _options = options ?? new();
    private readonly SmtpPool _pool = new(options ?? new());
    private readonly string _heloName = EnvelopeAddress.Domain(heloName) ?? "localhost";

    /// <summary>One attempt. Whatever the server does ends as an outcome.</summary>
    /// <param name="envelopeFrom">Where bounces go; empty for the null sender.</param>
    /// <param name="recipients">At least one bare address.</param>
    /// <param name="message">As <see cref="Writing.MailWriter"/> wrote it.</param>
    /// <param name="cancel">Ends the attempt. Once the final dot is on its way the outcome is InDoubt rather than an exception.</param>
    /// <exception cref="OperationCanceledException">Only when <paramref name="cancel"/> was cancelled, and then nothing was handed over.</exception>
    public async Task<SendResult> Send(string envelopeFrom, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> message, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (recipients.Count == 0) return new(SendOutcome.Permanent, null, "There is no recipient.") { Trouble = SendTrouble.Other };
        EnvelopeAddress? from = envelopeFrom.Length == 0 ? new EnvelopeAddress("", false) : EnvelopeAddress.From(envelopeFrom);
        if (from is null) return Unusable(envelopeFrom);
        var to = new List<EnvelopeAddress>();
        foreach (var recipient in recipients)
        {
            if (EnvelopeAddress.From(recipient) is not { } address) return Unusable(recipient);
            to.Add(address);
        }

        using var total = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        total.CancelAfter(_options.TotalOf(message.Length));
        using var clock = new SmtpClock(total.Token);
        var parcel = new SmtpParcel(from.Value, to, message);
        if (await _pool.Take() is { } kept && await Over(kept) is { } result) return result;
        return await Over(Connection()) ?? throw new UnreachableException();

        async Task<SendResult?> Over(SmtpConnection connection)
        {
            try
            {
                return await new SmtpAttempt(connection, parcel, _options, clock).Run(cancel);
            }
            finally
            {
                await _pool.Give(connection);
            }
        }
    }

    /// <summary>Tries the settings without a message: connects, encrypts, signs in and leaves. Accepted when all of that went well.</summary>
    /// <exception cref="OperationCanceledException">Only when <paramref name="cancel"/> was cancelled.</exception>
    public async Task<SendResult> Try(CancellationToken cancel)
    {
        using var total = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        total.CancelAfter(_options.Total);
        using var clock = new SmtpClock(total.Token);
        await using var connection = Connection();
        try
        {
            var closed = await connection.Open(clock);
            await connection.Quit();
            return closed is null ? new(SendOutcome.Accepted, null, "") : closed with { BeforeMail = true };
        }
        catch (Exception e) when (SmtpConnection.IsTrouble(e) || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return clock.Lost(e, SendOutcome.Temporary, cancel) with { BeforeMail = true };
        }
    }

    /// <summary>Takes leave of the connections that were kept. What is being sent is brought to its end.</summary>
    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private SmtpConnection Connection() => new(smarthost, _heloName, _options);

    private static SendResult Unusable(string address)
    {
        var shown = new StringBuilder();
        foreach (var c in address.Take(100)) shown.Append(char.IsControl(c) ? '?' : c);
        return new(SendOutcome.Permanent, null, $"This is no address mail can be sent with: {shown}") { Trouble = SendTrouble.Other };
    }
}

/// <summary>What one attempt carries.</summary>
internal sealed record SmtpParcel(EnvelopeAddress From, IReadOnlyList<EnvelopeAddress> To, ReadOnlyMemory<byte> Message)
{
    public bool NeedsUtf8 => From.NeedsUtf8 || To.Any(to => to.NeedsUtf8);
    public bool HasEightBits => !Ascii.IsValid(Message.Span);
}
