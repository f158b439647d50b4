namespace Heliotrope.Server.Morning;

/// <summary>Somebody wants their morning page by mail.</summary>
public sealed class MorningMail
{
    public long UserId { get; set; }

    /// <summary>When on the desk's clock, in minutes after midnight.</summary>
    public int Minute { get; set; }

    /// <summary>The last day on which it was sent, counted from the first of the calendar; 0 for never.</summary>
    public int SentDay { get; set; }
}
