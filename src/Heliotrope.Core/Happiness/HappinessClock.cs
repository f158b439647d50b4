namespace Heliotrope.Core.Happiness;

/// <summary>The four ways a matter ends. They are never added together (docs/method.md, A1).</summary>
public enum HappinessEnd
{
    /// <summary>The customer answered both questions of the confidence check with yes.</summary>
    Confirmed,
    /// <summary>The customer closed with thanks and no open question.</summary>
    Thanked,
    /// <summary>No word from the customer for the set number of days after our last answer.</summary>
    Silent,
    /// <summary>The customer said no.</summary>
    Unhappy,
}

/// <summary>
/// Speed to happiness (docs/method.md, A1): the time from concerned to happy for one conversation.
/// Times are when we received something (UTC), never a header's date.
/// </summary>
/// <param name="StartedAt">The customer's first message of the matter; null while only machines wrote.</param>
/// <param name="EndedAt">When it ended; null while it runs.</param>
/// <param name="End">How it ended; null while it runs.</param>
public readonly record struct HappinessClock(DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, HappinessEnd? End)
{
    /// <summary>From start to end; null while it runs.</summary>
    public TimeSpan? Elapsed => EndedAt - StartedAt;

    /// <summary>The customer wrote.</summary>
    /// <param name="closesWithThanks">They thanked and left nothing open.</param>
    /// <param name="answered">A person of ours had answered before.</param>
    /// <param name="at">When we received it.</param>
    /// <returns>The clock after it.</returns>
    public HappinessClock CustomerWrote(bool closesWithThanks, bool answered, DateTimeOffset at)
    {
        var started = StartedAt ?? at;
        if (closesWithThanks && (End is HappinessEnd.Confirmed || (End is HappinessEnd.Thanked && !answered)))
        {
            return this; // "Thank you" after a yes, or said twice, adds nothing.
        }

        if (closesWithThanks && answered)
        {
            return new(started, at, HappinessEnd.Thanked);
        }

        // New words after an end mean that it was not the end. Only "unhappy" stands until something better is said.
        return End is HappinessEnd.Unhappy ? this : new(started, null, null);
    }

    /// <summary>The customer answered the confidence check. A later answer replaces an earlier one; a yes said again leaves the time of the first.</summary>
    /// <param name="answers">Their answers.</param>
    /// <param name="at">When we received them.</param>
    /// <returns>The clock after it.</returns>
    public HappinessClock Answered(ConfidenceAnswers answers, DateTimeOffset at) =>
        answers.Confident && End is HappinessEnd.Confirmed ? this : new(StartedAt ?? at, at, answers.Confident ? HappinessEnd.Confirmed : HappinessEnd.Unhappy);

    /// <summary>The customer has said nothing for the set number of days. Silence never replaces words.</summary>
    /// <param name="at">When the silence became long enough.</param>
    /// <returns>The clock after it.</returns>
    public HappinessClock FellSilent(DateTimeOffset at) =>
        End is null && StartedAt is not null ? this with { EndedAt = at, End = HappinessEnd.Silent } : this;
}

/// <summary>What a customer answered in the confidence check.</summary>
/// <param name="Resolved">"Is it resolved?"</param>
/// <param name="Again">"Would you go through this again with us?"</param>
/// <param name="Comment">What they added; empty when nothing.</param>
public sealed record ConfidenceAnswers(bool Resolved, bool Again, string Comment)
{
    /// <summary>The longest comment kept, in characters.</summary>
    public const int MaxComment = 10_000;

    /// <summary>Both answers are yes. Even is not enough.</summary>
    public bool Confident => Resolved && Again;
}
