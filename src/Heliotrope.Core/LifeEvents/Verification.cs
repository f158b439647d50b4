namespace Heliotrope.Core.LifeEvents;

/// <summary>What went out or happened although it should not have.</summary>
public enum SlipKind
{
    /// <summary>A mail that nobody wrote reached them, or is on its way.</summary>
    Mail,
    /// <summary>Something was charged after everything was cancelled.</summary>
    Billed,
    /// <summary>The product told of something, such as a delivery, after everything was cancelled.</summary>
    Delivered,
}

/// <summary>A mail to them that nobody wrote.</summary>
/// <param name="At">When it left, or was written where it has not left (UTC).</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Conversation">Where; null for nowhere.</param>
/// <param name="Went">It left, may have left, or is on its way: not taken back, not given up and not kept.</param>
public sealed record MailFact(DateTimeOffset At, string Subject, long? Conversation, bool Went);

/// <summary>Something that another program told of them.</summary>
/// <param name="At">When it happened (UTC).</param>
/// <param name="What">What.</param>
/// <param name="Amount">What was paid, in the smallest unit; null for what is no purchase.</param>
public sealed record RecordFact(DateTimeOffset At, string What, long? Amount);

/// <summary>Something that slipped through.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="At">When (UTC).</param>
/// <param name="What">In words: a subject, or what a program called it.</param>
/// <param name="Conversation">Where it can be seen; null for nowhere.</param>
public sealed record Slip(SlipKind Kind, DateTimeOffset At, string What, long? Conversation);

/// <summary>Looks afterwards whether what was to stop did stop (docs/method.md, C7).</summary>
public static class Verification
{
    /// <summary>What slipped through, in the order in which it happened.</summary>
    /// <param name="since">Since when nothing automatic was to be sent (UTC).</param>
    /// <param name="cancelled">Since when nothing was to be charged or delivered (UTC); null while that was not said.</param>
    /// <param name="mails">The mails to them that nobody wrote.</param>
    /// <param name="records">What other programs told of them.</param>
    public static IReadOnlyList<Slip> Of(DateTimeOffset since, DateTimeOffset? cancelled, IEnumerable<MailFact> mails, IEnumerable<RecordFact> records) =>
    [
        .. mails.Where(mail => mail.Went && mail.At >= since).Select(mail => new Slip(SlipKind.Mail, mail.At, mail.Subject, mail.Conversation))
            .Concat(records.Where(record => record.At > cancelled && record.Amount is null or > 0)
                .Select(record => new Slip(record.Amount is null ? SlipKind.Delivered : SlipKind.Billed, record.At, record.What, null)))
            .OrderBy(slip => slip.At),
    ];
}
