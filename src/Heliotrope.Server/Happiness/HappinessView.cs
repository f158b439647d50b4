namespace Heliotrope.Server.Happiness;

/// <summary>Time to happiness, week by week, by the week in which a conversation started.</summary>
/// <param name="Weeks">Oldest first, with no gap; the last one may not be over.</param>
/// <param name="Dots">Each conversation of the whole span when they are few (under 20); null when they are more.</param>
/// <param name="SilentAfterDays">After how many days without a word an answer counts as silent.</param>
public sealed record HappinessView(IReadOnlyList<HappinessWeek> Weeks, IReadOnlyList<HappinessDot>? Dots, int SilentAfterDays);

/// <summary>One week.</summary>
/// <param name="Monday">Its first day, in the server's zone.</param>
/// <param name="Confirmed">Both questions answered with yes.</param>
/// <param name="Thanked">Closed with thanks.</param>
/// <param name="Silent">No word after our last answer.</param>
/// <param name="Unhappy">Said no.</param>
/// <param name="Unanswered">Not ended yet.</param>
public sealed record HappinessWeek(DateOnly Monday, EndFigures Confirmed, EndFigures Thanked, EndFigures Silent, EndFigures Unhappy, int Unanswered);

/// <summary>The conversations of a week that ended in one way.</summary>
/// <param name="Count">How many.</param>
/// <param name="Median">Half of them took at most this long; null when there are none.</param>
/// <param name="P90">Nine in ten took at most this long; null when there are none.</param>
public sealed record EndFigures(int Count, TimeSpan? Median, TimeSpan? P90);

/// <summary>One conversation as a dot.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Customer">Whose it is.</param>
/// <param name="Ending">confirmed, thanked, silent, unhappy, or null while it runs.</param>
/// <param name="Took">From the first message to the end, or to now while it runs.</param>
public sealed record HappinessDot(long Number, string Customer, string? Ending, TimeSpan Took);
