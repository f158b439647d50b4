namespace Heliotrope.Server.MailServices;

/// <summary>What a service posted.</summary>
/// <param name="Service">The id of the service.</param>
/// <param name="ContentType">The media type, with its parameters.</param>
/// <param name="Body">The body, byte for byte.</param>
/// <param name="Headers">The headers of the request.</param>
/// <param name="Url">The address it was posted to, as people pasted it at the service.</param>
/// <param name="Key">What proves its posts; null when none is set.</param>
/// <param name="Now">When it came (UTC).</param>
internal sealed record ServicePost(long Service, string ContentType, byte[] Body, IHeaderDictionary Headers, string Url, string? Key, DateTimeOffset Now);

/// <summary>A mail out of a post.</summary>
/// <param name="Raw">The message (RFC 5322), as it came or built from what was posted of it.</param>
/// <param name="From">The sender of the envelope; empty when the service does not say.</param>
/// <param name="To">The recipients of the envelope; empty when the service does not say.</param>
internal sealed record PostedMail(byte[] Raw, string From, IReadOnlyList<string> To);

/// <summary>Why a post is not taken.</summary>
/// <param name="Status">What the service is answered.</param>
/// <param name="Code">The code that is counted, shown on the settings page and sent to the service.</param>
internal sealed record PostRefusal(int Status, string Code)
{
    public static readonly PostRefusal KeyMissing = new(StatusCodes.Status401Unauthorized, "key-missing");
    public static readonly PostRefusal Unsigned = new(StatusCodes.Status401Unauthorized, "unsigned");
    public static readonly PostRefusal SignedWrong = new(StatusCodes.Status401Unauthorized, "signed-wrong");
    public static readonly PostRefusal SignedLongAgo = new(StatusCodes.Status401Unauthorized, "signed-long-ago");
    public static readonly PostRefusal Replayed = new(StatusCodes.Status401Unauthorized, "replayed");
    public static readonly PostRefusal OtherTopic = new(StatusCodes.Status401Unauthorized, "other-topic");
    public static readonly PostRefusal Unreadable = new(StatusCodes.Status400BadRequest, "unreadable");
    public static readonly PostRefusal NoMail = new(StatusCodes.Status400BadRequest, "no-mail");
    public static readonly PostRefusal TooLarge = new(StatusCodes.Status413PayloadTooLarge, "too-large");

    /// <summary>A defect or a full disk of ours, or a body that came too slowly: every service tries again after this.</summary>
    public static readonly PostRefusal Failed = new(StatusCodes.Status503ServiceUnavailable, "failed");

    /// <summary>Its proof is missing or wrong.</summary>
    public bool IsUnproved => Status is StatusCodes.Status401Unauthorized;

    /// <summary>Nobody here has this address.</summary>
    public static PostRefusal UnknownRecipient(int status) => new(status, "unknown-recipient");
}

/// <summary>The mails of a post, which may be none, or why it is not taken.</summary>
internal sealed record PostReading(IReadOnlyList<PostedMail> Mails, PostRefusal? Refusal)
{
    /// <summary>A test or a greeting, without mail.</summary>
    public static readonly PostReading Nothing = new([], null);

    public static implicit operator PostReading(PostRefusal refusal) => new([], refusal);

    public static implicit operator PostReading(PostedMail mail) => new([mail], null);
}

/// <summary>How the posts of one kind of service are proved and read.</summary>
internal interface IServiceKind
{
    MailServiceKind Kind { get; }

    /// <summary>What is answered for a recipient that nobody here has: what the service takes as final.</summary>
    int UnknownRecipient => StatusCodes.Status422UnprocessableEntity;

    /// <summary>What is answered where the proof is missing or wrong: a key may have been set wrongly, so it is something that the service tries again after.</summary>
    int Unproved => StatusCodes.Status401Unauthorized;

    /// <summary>Whether this can be a key of the service.</summary>
    bool IsKey(string key);

    /// <summary>Proves and reads a post. Bad input is a refusal; an exception is a failure of ours.</summary>
    ValueTask<PostReading> Read(ServicePost post, CancellationToken cancel);
}
