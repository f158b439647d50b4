namespace Heliotrope.Core.Assignment;

/// <summary>A member of a team, as far as it matters for who is given the next conversation.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Name">The name.</param>
/// <param name="AtWork">At the desk now, and not away.</param>
/// <param name="Open">How many conversations wait for an answer of theirs.</param>
/// <param name="Room">How many they can have at once; at least 1.</param>
/// <param name="Languages">The languages they write, as two-letter codes; empty when nobody has said.</param>
/// <param name="Skills">The ids of the drivers that they know; empty when nobody has said.</param>
/// <param name="KnowsCustomer">They answered this customer before.</param>
/// <param name="LastGiven">When they were last given one (UTC); null for never.</param>
public sealed record Colleague(
    long Id, string Name, bool AtWork, int Open, int Room, IReadOnlyCollection<string> Languages, IReadOnlyCollection<long> Skills, bool KnowsCustomer, DateTimeOffset? LastGiven)
{
    /// <summary>Whether they can be given another one.</summary>
    public bool IsFree => AtWork && Open < Room;

    /// <summary>How full their hands are, from 0; 1 is full.</summary>
    public double Load => (double)Open / Room;
}

/// <summary>What a conversation asks of whoever answers it.</summary>
/// <param name="Language">The customer's language as a two-letter code; null while unknown.</param>
/// <param name="Driver">Its driver; null while nobody has said.</param>
public sealed record Need(string? Language, long? Driver);

/// <summary>Why somebody was chosen.</summary>
public enum ChosenBecause
{
    /// <summary>They answered this customer before.</summary>
    KnowsCustomer,
    /// <summary>They write the customer's language.</summary>
    Language,
    /// <summary>They know the matter.</summary>
    Skill,
    /// <summary>Nobody who fits has emptier hands.</summary>
    Room,
    /// <summary>They are trained for it.</summary>
    Trained,
}

/// <summary>Who was chosen, and why.</summary>
/// <param name="Colleague">Who.</param>
/// <param name="Because">The reasons, the weightiest first; never empty.</param>
public sealed record Chosen(Colleague Colleague, IReadOnlyList<ChosenBecause> Because);
