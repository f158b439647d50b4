using System.Text;
using Heliotrope.Mail.Smtp;

namespace Heliotrope.Mail.Tests.Smtp;

/// <summary>A receiver that keeps what it was given and answers as told.</summary>
internal sealed class Recorder : ISmtpReceiver
{
    public List<(SmtpEnvelope Envelope, string Text)> Messages { get; } = [];

    public Func<string, SmtpReply> OnRecipient { get; set; } = _ => new(250, "2.1.5 Ok");

    public Func<SmtpReply> OnMessage { get; set; } = () => new(250, "2.0.0 Stored");

    public ValueTask<SmtpReply> Recipient(string address, CancellationToken cancel) => new(OnRecipient(address));

    public ValueTask<SmtpReply> Message(SmtpEnvelope envelope, ReadOnlyMemory<byte> raw, CancellationToken cancel)
    {
        lock (Messages) Messages.Add((envelope, Encoding.Latin1.GetString(raw.Span)));
        return new(OnMessage());
    }
}
