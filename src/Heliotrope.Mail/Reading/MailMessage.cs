namespace Heliotrope.Mail.Reading;

/// <summary>A received message, read as well as it could be (RFC 5322, RFC 2045). What was wrong in it is in <see cref="Defects"/>.</summary>
public sealed class MailMessage
{
    private readonly HeaderList headers;

    internal MailMessage(HeaderList headers) => this.headers = headers;

    /// <summary>The Message-ID without angle brackets; null when missing.</summary>
    public string? MessageId { get; internal init; }

    /// <summary>The ids in In-Reply-To, without angle brackets, in order.</summary>
    public IReadOnlyList<string> InReplyTo { get; internal init; } = [];

    /// <summary>The ids in References, without angle brackets, oldest first.</summary>
    public IReadOnlyList<string> References { get; internal init; } = [];

    /// <summary>The ids of what it follows, the nearest first and each once: In-Reply-To, then References from the newest on.</summary>
    public IReadOnlyList<string> Ancestors => [.. InReplyTo.Concat(References.Reverse()).Distinct(StringComparer.Ordinal)];

    /// <summary>Outlook's own mark of the conversation; null when missing or damaged.</summary>
    public ThreadIndex? ThreadIndex => ThreadIndex.Parse(headers.First("Thread-Index"));

    /// <summary>The first author; null when the header is missing or holds no address.</summary>
    public MailAddress? From { get; internal init; }

    /// <summary>The addresses in every To header, groups flattened.</summary>
    public IReadOnlyList<MailAddress> To { get; internal init; } = [];

    /// <summary>The addresses in every Cc header, groups flattened.</summary>
    public IReadOnlyList<MailAddress> Cc { get; internal init; } = [];

    /// <summary>The addresses in Reply-To.</summary>
    public IReadOnlyList<MailAddress> ReplyTo { get; internal init; } = [];

    /// <summary>The decoded subject on one line without control characters; empty when missing.</summary>
    public string Subject { get; internal init; } = "";

    /// <summary>The time in the Date header with the offset written there; null when missing or unreadable.</summary>
    public DateTimeOffset? Date { get; internal init; }

    /// <summary>The whole plain text with LF line ends; made from the HTML when there is no text part.</summary>
    public string Text { get; internal init; } = "";

    /// <summary>The decoded HTML as it came, not cleaned; null when there is no HTML part.</summary>
    public string? Html { get; internal init; }

    /// <summary>Everything that is not the body, inline images included, in order.</summary>
    public IReadOnlyList<MailAttachment> Attachments { get; internal init; } = [];

    /// <summary>Whether a machine wrote it.</summary>
    public AutoKind Auto { get; internal init; }

    /// <summary>What a bounce says; null when <see cref="Auto"/> is something else.</summary>
    public BounceReport? Bounce { get; internal init; }

    /// <summary>What a feedback report says; null when <see cref="Auto"/> is something else, and for reports on many mails at once (DMARC, TLS).</summary>
    public FeedbackReport? Feedback { get; internal init; }

    /// <summary>Whether a machine may answer it, or why not.</summary>
    /// <param name="own">Our own addresses: what comes from them, or has been at one of them before, goes in a circle.</param>
    public AnswerBar Bar(params IReadOnlyCollection<string> own) => AnswerBars.Find(this, headers, own);

    /// <summary>What servers on the way say about where it is from, the topmost first; bounded. Weighed by <see cref="SenderProof"/>.</summary>
    public IReadOnlyList<AuthenticationResults> AuthenticationResults =>
        [.. headers.Raw("Authentication-Results").Take(Reading.AuthenticationResults.MaxHeaders).Select(Reading.AuthenticationResults.Parse)];

    /// <summary>What was wrong in the message, in the order found; bounded.</summary>
    public IReadOnlyList<MailDefect> Defects { get; internal init; } = [];

    /// <summary>
    /// Lower-case hex SHA-256 over From, Date, Subject and the body with normalised line ends: the same for two
    /// deliveries of one mail, whatever trace headers each gained.
    /// </summary>
    public string ContentHash { get; internal init; } = "";

    /// <summary>The decoded, unfolded values of every header with that name (any case), in order.</summary>
    public IReadOnlyList<string> Header(string name) =>
        [.. headers.Raw(name).Select(value => HeaderText.Decode(value))];
}
