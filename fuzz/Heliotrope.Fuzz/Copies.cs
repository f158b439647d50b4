using Heliotrope.Mail.Reading;
using Heliotrope.Mail.Writing;

namespace Heliotrope.Fuzz;

/// <summary>Makes of a message that was read one to be written.</summary>
internal static class Copies
{
    private static readonly MailAddress Nobody = new("", "nobody@example.com");

    public static OutgoingMail Of(MailMessage message) => new()
    {
        MessageId = "copy@example.com",
        From = message.From ?? Nobody,
        To = message.To,
        Cc = message.Cc,
        ReplyTo = message.ReplyTo,
        Subject = message.Subject,
        Date = message.Date ?? DateTimeOffset.UnixEpoch,
        Text = message.Text,
        Html = message.Html,
        Attachments = [.. message.Attachments.Select(one => new OutgoingAttachment(one.Name, one.Type, one.Content(), one.ContentId))],
        References = message.References,
        InReplyTo = message.InReplyTo.Count > 0 ? message.InReplyTo[0] : null,
    };

    /// <summary>What of a subject can be written: blanks at its ends cannot.</summary>
    public static string Subject(MailMessage message) => message.Subject.Trim();
}
