using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Heliotrope.Mail.Writing;

/// <summary>Writes messages that every mail program reads: CRLF, seven bits, folded lines (RFC 5322, RFC 2045 to 2047).</summary>
public static partial class MailWriter
{
    // Enough for any mail program to find the thread; a header that grows with every answer ends up refused.
    private const int MaxReferences = 20;
    private const int MaxId = 900;

    // Bcc is not written at all: it would tell everybody who was not to be told of.
    private static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        "Date", "From", "To", "Cc", "Bcc", "Reply-To", "Subject", "Message-ID", "In-Reply-To", "References", "MIME-Version",
    };

    /// <summary>The bytes of the message; the same mail gives the same bytes. No value can begin a header of its own.</summary>
    /// <exception cref="ArgumentException">The Message-ID is none, or an extra header has a name that may not be used.</exception>
    public static byte[] Write(OutgoingMail mail)
    {
        if (!IsId(mail.MessageId)) throw new ArgumentException("The Message-ID must be ASCII without blanks and angle brackets.", nameof(mail));
        var message = new StringBuilder();
        HeaderWriter.Structured(message, "Date", [Date(mail.Date)]);
        HeaderWriter.Structured(message, "From", Mailboxes.Pieces([mail.From]));
        HeaderWriter.Structured(message, "To", Mailboxes.Pieces(mail.To));
        if (mail.Cc.Count > 0) HeaderWriter.Structured(message, "Cc", Mailboxes.Pieces(mail.Cc));
        if (mail.ReplyTo.Count > 0) HeaderWriter.Structured(message, "Reply-To", Mailboxes.Pieces(mail.ReplyTo));
        HeaderWriter.Unstructured(message, "Subject", mail.Subject);
        HeaderWriter.Structured(message, "Message-ID", [Bracketed(mail.MessageId)]);
        if (mail.InReplyTo is { } answered && IsId(answered)) HeaderWriter.Structured(message, "In-Reply-To", [Bracketed(answered)]);
        var thread = Thread(mail.References);
        if (thread.Count > 0) HeaderWriter.Structured(message, "References", thread.Select(Bracketed));
        foreach (var (name, value) in mail.Headers.OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase))
        {
            if (!HeaderName().IsMatch(name) || Own.Contains(name) || name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
                throw new ArgumentException($"The header name '{name}' is not one that can be added.", nameof(mail));
            HeaderWriter.Unstructured(message, name, value);
        }
        message.Append("MIME-Version: 1.0\r\n");
        var bytes = new MailBytes().Text(message.ToString());
        BodyWriter.Write(bytes, mail);
        return bytes.ToArray();
    }

    private static string Date(DateTimeOffset date)
        => date.ToString(" ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);

    /// <summary>The first message, which names the thread, and the latest ones.</summary>
    private static List<string> Thread(IReadOnlyList<string> references)
    {
        var ids = references.Where(IsId).Distinct(StringComparer.Ordinal).ToList();
        return ids.Count <= MaxReferences ? ids : [ids[0], .. ids.Skip(ids.Count - MaxReferences + 1)];
    }

    private static string Bracketed(string id) => $" <{id}>";

    internal static bool IsId(string id) => id.Length <= MaxId && Id().IsMatch(id);

    [GeneratedRegex(@"\A[!-;=?-~]+\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"\A[!-9;-~]{1,70}\z")]
    private static partial Regex HeaderName();
}
