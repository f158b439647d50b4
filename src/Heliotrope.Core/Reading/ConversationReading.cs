namespace Heliotrope.Core.Reading;

/// <summary>
/// What is understood of a customer's matter: their messages read one after the other, and what colleagues corrected, which stands
/// whatever they write later.
/// </summary>
public sealed class ConversationReading
{
    private readonly List<ToldLifeEvent> _told = [];

    /// <summary>A reading of nothing yet.</summary>
    /// <param name="conversationNumber">The conversation's number.</param>
    public ConversationReading(long conversationNumber) => ConversationNumber = conversationNumber;

    /// <summary>The conversation.</summary>
    public long ConversationNumber { get; private set; }

    /// <summary>The language of the newest message whose language could be told, as ISO 639-1; null while none could.</summary>
    public string? Language { get; private set; }

    /// <summary>How the newest message sounds, from -1 to 1; null when that cannot be told.</summary>
    public double? Sentiment { get; private set; }

    /// <summary>They complain, in any of their messages.</summary>
    public bool Complaint { get; private set; }

    /// <summary>They thank us in the newest message.</summary>
    public bool Gratitude { get; private set; }

    /// <summary>The newest message is pressing.</summary>
    public bool Urgency { get; private set; }

    /// <summary>What happened in their life, said in any of their messages; null when nothing did.</summary>
    public LifeEvent? LifeEvent { get; private set; }

    /// <summary>A colleague said whether it is a complaint.</summary>
    public bool ComplaintSaid { get; private set; }

    /// <summary>A colleague said what happened in their life, or that nothing did.</summary>
    public bool LifeEventSaid { get; private set; }

    /// <summary>What each message taken in since then told of their life, for whoever saves it; kept nowhere.</summary>
    public IReadOnlyList<ToldLifeEvent> Told => _told;

    /// <summary>A colleague has just said what happened in their life, for whoever saves it; kept nowhere.</summary>
    public bool PutRight { get; private set; }

    /// <summary>The driver that it reads like; null when it reads like none, or while nothing has been learned.</summary>
    public long? DriverId { get; private set; }

    /// <summary>How sure that is, from 0 to 1.</summary>
    public double DriverSure { get; private set; }

    /// <summary>Takes in what another message says.</summary>
    /// <param name="message">What was read in it.</param>
    /// <param name="at">When they wrote it (UTC); null where that is known otherwise.</param>
    public void Take(MessageReading message, DateTimeOffset? at = null)
    {
        Language = message.Language ?? Language;
        (Sentiment, Gratitude, Urgency) = (message.Sentiment, message.Gratitude, message.Urgency);
        Complaint = ComplaintSaid ? Complaint : Complaint || message.Complaint;
        Hear(message.LifeEvent, at);
    }

    /// <summary>
    /// Takes in what happened in their life, whoever tells of it here. What a colleague said stands for all that was written before; that nothing had happened says nothing of what is told later.
    /// </summary>
    /// <param name="happened">What; null for nothing.</param>
    /// <param name="at">When it was told (UTC); null where that is known otherwise.</param>
    public void Hear(LifeEvent? happened, DateTimeOffset? at = null)
    {
        if (happened is not { } kind)
        {
            return;
        }

        _told.Add(new(kind, at));
        if (LifeEvent is null)
        {
            (LifeEvent, LifeEventSaid) = (kind, false);
        }
    }

    /// <summary>Whoever saves it has heard what was told and put right.</summary>
    public void Heard()
    {
        _told.Clear();
        PutRight = false;
    }

    /// <summary>Takes in why they seem to have written.</summary>
    /// <param name="driver">The driver's id; null for none of those known.</param>
    /// <param name="sure">How sure that is, from 0 to 1.</param>
    public void Guess(long? driver, double sure) => (DriverId, DriverSure) = (driver, sure);

    /// <summary>Takes in what was understood of a conversation that becomes part of this one. What a colleague said stands, there and here.</summary>
    /// <param name="other">The other reading.</param>
    /// <param name="isNewer">Its customer wrote later.</param>
    public void Join(ConversationReading other, bool isNewer)
    {
        if (isNewer)
        {
            (Language, Sentiment, Gratitude, Urgency) = (other.Language ?? Language, other.Sentiment, other.Gratitude, other.Urgency);
        }

        Complaint = ComplaintSaid ? Complaint : other.ComplaintSaid ? other.Complaint : Complaint || other.Complaint;
        ComplaintSaid |= other.ComplaintSaid;
        LifeEvent = LifeEventSaid ? LifeEvent : other.LifeEventSaid ? other.LifeEvent : LifeEvent ?? other.LifeEvent;
        LifeEventSaid |= other.LifeEventSaid;
        (DriverId, DriverSure) = DriverId is null ? (other.DriverId, other.DriverSure) : (DriverId, DriverSure);
    }

    /// <summary>A colleague says whether it is a complaint.</summary>
    /// <param name="complaint">Whether it is.</param>
    public void SayComplaint(bool complaint) => (Complaint, ComplaintSaid) = (complaint, true);

    /// <summary>A colleague says what happened in their life.</summary>
    /// <param name="happened">What; null for nothing.</param>
    public void SayLifeEvent(LifeEvent? happened) => (LifeEvent, LifeEventSaid, PutRight) = (happened, true, true);
}

/// <summary>That a message tells of something in a life.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="At">When it was told (UTC); null where that is known otherwise.</param>
public readonly record struct ToldLifeEvent(LifeEvent Kind, DateTimeOffset? At);
