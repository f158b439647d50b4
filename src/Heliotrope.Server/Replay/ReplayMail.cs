using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Heliotrope.Core.Conversations;
using Heliotrope.Mail.Reading;
using Heliotrope.Mail.Writing;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Heliotrope.Server.Replay;

/// <summary>Writes the mail of a history's customers as their programs would, and reads what they were sent.</summary>
internal static partial class ReplayMail
{
    private const int MostReferences = 20;

    /// <summary>The same story's mail always has the same Message-ID: a story that was played before is known by it.</summary>
    public static string MessageId(PlannedEvent e) =>
        FormattableString.Invariant($"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(e.Story.Name)))[..24]}.{e.Index + 1}@replay.example");

    public static async Task<byte[]> Write(HeliotropeDb db, PlannedEvent e, MailAction mail, long? conversation, DateTimeZone zone)
    {
        var thread = conversation is { } number
            ? await db.Entries.Where(m => m.ConversationNumber == number && m.MessageId != null).OrderByDescending(m => m.Id).Take(MostReferences)
                .Select(m => new { m.MessageId, m.Direction }).ToListAsync()
            : [];
        var from = mail.From ?? e.Story.Customer;
        return MailWriter.Write(new()
        {
            MessageId = MessageId(e),
            From = new MailAddress(from.Name, from.Address.Value),
            To = [new MailAddress("", await To(db, e.Story, conversation))],
            Cc = [.. mail.Cc.Select(a => new MailAddress("", a.Value))],
            Subject = mail.Subject ?? (conversation is null ? e.Story.Subject : $"Re: {e.Story.Subject}"),
            Date = Instant.FromDateTimeOffset(mail.Date?.In(e.At, zone, e.At) ?? e.At).InZone(zone).ToDateTimeOffset(),
            Text = mail.Text,
            Attachments = [.. mail.Files.Select(f => new OutgoingAttachment(f.Name, f.Type, f.Bytes()))],
            InReplyTo = (thread.Find(m => m.Direction == Direction.Out) ?? thread.FirstOrDefault())?.MessageId,
            References = [.. thread.AsEnumerable().Reverse().Select(m => m.MessageId!)],
            Headers = mail.Auto ? new Dictionary<string, string> { ["Auto-Submitted"] = "auto-replied" } : new Dictionary<string, string>(),
        });
    }

    /// <summary>The link of the confidence check, out of the mail that carried it; null when none was sent.</summary>
    public static async Task<string?> Token(HeliotropeDb db, long conversation)
    {
        var bytes = await db.Outbox.Where(o => o.ConversationNumber == conversation && o.Kind == "confidence").OrderByDescending(o => o.Id).Select(o => o.Bytes!.Content).FirstOrDefaultAsync();
        return bytes is not null && Link().Match(MailReader.Read(bytes).Text) is { Success: true } link ? link.Groups[1].Value : null;
    }

    /// <summary>Our address as the customer knows it.</summary>
    public static async Task<string> To(HeliotropeDb db, ReplayStory story, long? conversation) =>
        story.To.Length > 0 || conversation is null ? story.To : await db.Conversations.Where(c => c.Number == conversation).Select(c => c.OurAddress).SingleAsync();

    [GeneratedRegex("/confidence/([A-Za-z0-9_-]+)")]
    private static partial Regex Link();
}
