using Heliotrope.Mail.Reading;
using Heliotrope.Mail.Writing;
using Heliotrope.Server.Database;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Signing;

namespace Heliotrope.Server.Outbox;

/// <summary>A mail that no person writes and that is part of no conversation: to a colleague, or to ourselves.</summary>
/// <param name="Kind">What kind of mail, for the outbox.</param>
/// <param name="User">The colleague it is about or for; null for none.</param>
/// <param name="From">The address of ours in From.</param>
/// <param name="To">Whom.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Text">The words.</param>
internal sealed record MachineMail(string Kind, long? User, string From, MailAddress To, string Subject, string Text)
{
    /// <summary>The words once more; null where they are plain.</summary>
    public string? Html { get; init; }

    /// <summary>Where answers and bounces go; null for <see cref="From"/>.</summary>
    public string? Back { get; init; }

    /// <summary>Null for a new one.</summary>
    public string? MessageId { get; init; }

    /// <summary>Beside those that say that a machine wrote it.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}

/// <summary>Puts a mail that no person writes into the outbox.</summary>
internal sealed class SendByMachine(SignMail sign)
{
    /// <summary>In the transaction of whatever caused it. No machine at the other end is to answer it.</summary>
    public async Task Add(HeliotropeDb db, MachineMail mail, OutboxState state, long? mailbox, Organisation organisation, DateTimeOffset now)
    {
        var messageId = mail.MessageId ?? MessageIds.New(mail.From);
        var us = new MailAddress(organisation.Name, mail.From);
        var content = await sign.Sign(MailWriter.Write(new OutgoingMail
        {
            MessageId = messageId,
            From = us,
            To = [mail.To],
            ReplyTo = mail.Back is { } back ? [us with { Address = back }] : [],
            Subject = mail.Subject,
            Date = now,
            Text = mail.Text,
            Html = mail.Html,
            Headers = new Dictionary<string, string>(mail.Headers) { ["Auto-Submitted"] = "auto-generated", ["X-Auto-Response-Suppress"] = "All" },
        }), mail.From);
        db.Outbox.Add(new()
        {
            UserId = mail.User,
            Kind = mail.Kind,
            MessageId = messageId,
            MailboxId = mailbox,
            EnvelopeFrom = mail.Back ?? mail.From,
            EnvelopeTo = mail.To.Address,
            Subject = mail.Subject,
            Bytes = new OutboxBytes { Content = content },
            State = state,
            CreatedAt = now,
            NextTryAt = now,
        });
    }
}
