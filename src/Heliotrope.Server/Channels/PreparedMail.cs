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
/// <param name="Source">How it came in: <c>smtp</c>, <c>pipe</c>, <c>api</c>, <c>http</c> or <c>imap</c>.</param>
/// <param name="Mailbox">The address of ours whose mailbox it was fetched from; null for none.</param>
internal sealed record IncomingMail(ReadOnlyMemory<byte> Raw, string EnvelopeFrom, IReadOnlyList<string> EnvelopeTo, string Source, string? Mailbox = null)
{
    /// <summary>A mail that is too large to be held in memory, in a file that whoever hands it over closes; then <see cref="Raw"/> is empty. Null for all others.</summary>
    public Stream? Large { get; init; }

    /// <summary>The id of that mailbox.</summary>
    public long? MailboxId { get; init; }

    /// <summary>Where it lay before we read from there; null for mail that comes in now.</summary>
    public PastMail? Past { get; init; }
}

/// <summary>A mail that came to us before we were there to read it.</summary>
/// <param name="At">When the mailbox got it (UTC), as its server says.</param>
/// <param name="Answered">Somebody answered it with another program.</param>
internal sealed record PastMail(DateTimeOffset At, bool Answered);

/// <summary>
/// A mail read and ready to be filed. All the work that needs no database is done here, so that it is done outside the write gate.
/// </summary>
internal sealed record PreparedMail(IncomingMail Incoming, RawMail Raw, MailMessage Message)
{
    private const int MaxSubject = 500;
    private const int MaxText = 1_000_000;
    private const int MaxName = 200;

    /// <summary>RFC 5322 section 2.1.1 allows 998; an index of PostgreSQL holds 2,704 bytes, and these may be three each.</summary>
    public const int MaxMessageId = 600;

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

    /// <summary>Everybody it says it is for, who is meant the most first: the envelope, the header, what the server that put it into a mailbox noted, and the mailbox.</summary>
    public IEnumerable<string> Recipients =>
        Incoming.EnvelopeTo.Concat(Message.To.Select(a => a.Address)).Concat(Message.Cc.Select(a => a.Address)).Concat(Incoming.Mailbox is { } mailbox ? [.. DeliveredTo(), mailbox] : []);

    /// <summary>Of what a server writes at the top only the topmost is its own.</summary>
    private IEnumerable<string> DeliveredTo() =>
        ((string[])["Delivered-To", "X-Original-To", "Envelope-To"]).SelectMany(name => Message.Header(name).Take(1)).Select(value => value.Trim().Trim('<', '>'));

    public static PreparedMail Of(IncomingMail incoming, DateTimeOffset now) => Of(incoming, MailReader.Read(incoming.Raw), now);

    /// <summary>The same of a mail in a file, with bounded memory. What was read refers to a file in the folder until <paramref name="spooled"/> is disposed.</summary>
    public static async Task<PreparedMail> OfLarge(IncomingMail incoming, string folder, DateTimeOffset now, Action<IDisposable> spooled, CancellationToken cancel)
    {
        incoming.Large!.Position = 0;
        var spool = await SpooledMail.ReadAsync(incoming.Large, folder, cancel: cancel);
        spooled(spool);
        return Of(incoming, spool.Message, now);
    }

    private static PreparedMail Of(IncomingMail incoming, MailMessage message, DateTimeOffset now)
    {
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
        MailboxId = incoming.MailboxId,
        EnvelopeFrom = incoming.EnvelopeFrom.Storable(MaxEnvelopeAddress),
        EnvelopeTo = string.Join(", ", incoming.EnvelopeTo).Storable(MaxText),
    };

    private static string HashOf(IncomingMail incoming)
    {
        if (incoming.Large is { } large)
        {
            large.Position = 0;
            return Convert.ToHexStringLower(SHA256.HashData(large));
        }

        return Convert.ToHexStringLower(SHA256.HashData(incoming.Raw.Span));
    }
}
