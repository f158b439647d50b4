using System.Security.Cryptography;
using Heliotrope.Core.Customers;
using Heliotrope.Mail.Html;
using Heliotrope.Mail.Reading;
using Heliotrope.Mail.Replies;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Channels;

/// <summary>A mail as it reached us.</summary>
/// <param name="Raw">The RFC 5322 message.</param>
/// <param name="EnvelopeFrom">Who the other server says sends it; empty for the null sender or when unknown.</param>
/// <param name="EnvelopeTo">To whom; empty when unknown.</param>
/// <param name="Source">How it came in: <c>smtp</c>, <c>pipe</c> or <c>api</c>.</param>
internal sealed record IncomingMail(ReadOnlyMemory<byte> Raw, string EnvelopeFrom, IReadOnlyList<string> EnvelopeTo, string Source);

/// <summary>
/// A mail read and ready to be filed. All the work that needs no database is done here, so that it is done outside the write gate.
/// </summary>
internal sealed record PreparedMail(IncomingMail Incoming, RawMail Raw, MailMessage Message)
{
    private const int MaxSubject = 500;
    private const int MaxText = 1_000_000;
    private const int MaxName = 200;

    /// <summary>RFC 5322 section 2.1.1 allows 998; an index of PostgreSQL holds 2,704 bytes, and these may be three each.</summary>
    private const int MaxMessageId = 600;

    private const int MaxEnvelopeAddress = 998;

    /// <summary>What our own reader failed on; null when it could be read.</summary>
    public string? Failure { get; private init; }

    public EmailAddress? From { get; private init; }

    public string FromName { get; private init; } = "";

    public string Subject { get; private init; } = "";

    public string NewWords { get; private init; } = "";

    public string Quoted { get; private init; } = "";

    public string? Html { get; private init; }

    public string? Language { get; private init; }

    /// <summary>A machine wrote it, so that no machine of ours may answer. Mail of a list may well be a person's.</summary>
    public bool ByMachine => Message.Auto is AutoKind.AutoReply or AutoKind.Bounce or AutoKind.Report;

    /// <summary>The mail server before us holds it for spam, in the header that SpamAssassin, rspamd and others agree on.</summary>
    public bool IsMarkedAsSpam => string.Equals(Message.Header("X-Spam-Flag") is [var flag, ..] ? flag.Trim() : "", "YES", StringComparison.OrdinalIgnoreCase);

    public static PreparedMail Of(IncomingMail incoming, DateTimeOffset now)
    {
        var message = MailReader.Read(incoming.Raw);
        var words = Words(message);
        if (words.Reply.Length == 0)
        {
            words = new(message.Text.Trim(), ""); // only forwarded words: they are what the customer wants to show us
        }

        // What has neither an id nor an author is no mail that anybody sends twice: only its very bytes make it the same.
        var hash = message.MessageId is null && message.From is null ? HashOf(incoming) : message.ContentHash;
        return new(incoming, Row(incoming, (message.MessageId ?? "").Storable(MaxMessageId), hash, now), message)
        {
            From = EmailAddress.TryParse(message.From?.Address, out var from) ? from : null,
            FromName = (message.From?.Name ?? "").Storable(MaxName),
            Subject = message.Subject.Storable(MaxSubject),
            NewWords = words.Reply.Storable(MaxText),
            Quoted = words.Quoted.Storable(MaxText),
            Html = message.Html is { } html ? HtmlCleaner.Clean(html).Storable(MaxText) : null,
            Language = LanguageGuess.Of(words.Reply),
        };
    }

    /// <summary>The new words. Where the plain text of an answer shows no quote, the HTML may mark one; what answers nothing quotes nothing of ours.</summary>
    public static ReplyParts Words(MailMessage message)
    {
        var plain = ReplyText.Split(message.Text);
        if (plain.Quoted.Length > 0 || message.Html is null || (message.Ancestors.Count == 0 && message.ThreadIndex is not { Depth: > 0 }))
        {
            return plain;
        }

        var marked = ReplyHtml.Split(message.Html);
        var (reply, quoted) = (HtmlText.FromHtml(marked.Reply).Trim(), HtmlText.FromHtml(marked.Quoted).Trim());
        return reply.Length > 0 && quoted.Length > 0 ? new(reply, quoted) : plain;
    }

    /// <summary>A mail that our own reader failed on: to be kept as it came, for a person to look at.</summary>
    public static PreparedMail Unread(IncomingMail incoming, DateTimeOffset now, string failure) =>
        new(incoming, Row(incoming, "", HashOf(incoming), now), MailReader.Read(ReadOnlyMemory<byte>.Empty)) { Failure = failure };

    private static RawMail Row(IncomingMail incoming, string messageId, string hash, DateTimeOffset now) => new()
    {
        MessageId = messageId,
        ContentHash = hash,
        ReceivedAt = now,
        Source = incoming.Source,
        EnvelopeFrom = incoming.EnvelopeFrom.Storable(MaxEnvelopeAddress),
        EnvelopeTo = string.Join(", ", incoming.EnvelopeTo).Storable(MaxText),
    };

    private static string HashOf(IncomingMail incoming) => Convert.ToHexStringLower(SHA256.HashData(incoming.Raw.Span));
}
