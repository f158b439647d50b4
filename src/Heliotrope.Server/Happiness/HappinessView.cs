using Heliotrope.Core.Happiness;
using Heliotrope.Server.Conversations;

namespace Heliotrope.Server.Happiness;

/// <summary>Time to happiness, week by week, by the week in which a conversation started; this month beside the one before; answers on time; and where it hurts.</summary>
/// <param name="Weeks">Oldest first, with no gap; the last one may not be over.</param>
/// <param name="Dots">Each conversation of the whole span when they are few (under 20); null when they are more.</param>
/// <param name="SilentAfterDays">After how many days without a word an answer counts as silent.</param>
/// <param name="Months">This month and the month before; null where the page is not told.</param>
/// <param name="Answers">Whether answers came when they were due; null where the page is not told.</param>
/// <param name="Breakdown">Where it hurts; null where the page is not told.</param>
/// <param name="Choices">What the figures can be narrowed to, and to what they are; null where the page is not told.</param>
public sealed record HappinessView(
    IReadOnlyList<HappinessWeek> Weeks, IReadOnlyList<HappinessDot>? Dots, int SilentAfterDays,
    MonthsView? Months = null, AnswersView? Answers = null, BreakdownView? Breakdown = null, ChoicesView? Choices = null)
{
    /// <summary>What the figures are narrowed to.</summary>
    public FigureFilter Filter => Choices?.Filter ?? new();

    /// <summary>What made it hard; null where the page is not told.</summary>
    public FrictionView? Friction { get; init; }
}

/// <summary>What made it hard for customers.</summary>
/// <param name="All">All of the weeks.</param>
/// <param name="Parts">In how many conversations each part was met, the commonest first.</param>
/// <param name="Week">The last seven days.</param>
/// <param name="Worst">The three worst of these days, with the driver's name and what leads to them.</param>
public sealed record FrictionView(FrictionReport All, IReadOnlyList<(string Name, int Count)> Parts, Core.Happiness.DaySpan Week, IReadOnlyList<(WorstFriction Friction, string? Driver, FigureFilter Filter)> Worst);

/// <summary>One week.</summary>
/// <param name="Monday">Its first day, in the server's zone.</param>
/// <param name="Ends">How its conversations ended.</param>
/// <param name="Confirmed">How long those took that were confirmed; null when none was.</param>
/// <param name="Thanked">The same for those closed with thanks.</param>
/// <param name="Silent">The same for those that fell silent.</param>
/// <param name="Unhappy">The same for those who said no.</param>
public sealed record HappinessWeek(DateOnly Monday, EndCounts Ends, Spread? Confirmed = null, Spread? Thanked = null, Spread? Silent = null, Spread? Unhappy = null);

/// <summary>One conversation as a dot.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Customer">Whose it is.</param>
/// <param name="Ending">confirmed, thanked, silent, unhappy, or null while it runs.</param>
/// <param name="Took">From the first message to the end, or to now while it runs.</param>
public sealed record HappinessDot(long Number, string Customer, string? Ending, TimeSpan Took);

/// <summary>This month beside the month before, the same number of days of each.</summary>
public sealed record MonthsView(MonthFigures Now, MonthFigures Before);

/// <summary>Some days of a month.</summary>
/// <param name="Days">Which.</param>
/// <param name="Ends">How the conversations that started in them ended.</param>
/// <param name="Confirmed">How long those took that were confirmed; null when none was.</param>
/// <param name="FirstKept">How many first answers came on time.</param>
/// <param name="FirstLate">How many came late.</param>
public sealed record MonthFigures(DaySpan Days, EndCounts Ends, Spread? Confirmed, int FirstKept, int FirstLate);

/// <summary>Answers against the targets of their teams. Beside the answers, conversations are counted: a list shows those.</summary>
/// <param name="Weeks">The weeks of the page.</param>
/// <param name="NextKept">How many later answers came on time.</param>
/// <param name="NextLate">How many came late.</param>
/// <param name="OverdueNow">How many conversations wait past their time now, whenever they started.</param>
public sealed record AnswersView(IReadOnlyList<AnswersWeek> Weeks, int NextKept, int NextLate, int OverdueNow);

/// <summary>The conversations that started in a week, by how their answers came.</summary>
/// <param name="Monday">Its first day.</param>
/// <param name="FirstKept">The first answer came on time.</param>
/// <param name="FirstLate">It came late.</param>
/// <param name="NextKept">Every later answer came on time.</param>
/// <param name="NextLate">One or more came late.</param>
public sealed record AnswersWeek(DateOnly Monday, int FirstKept, int FirstLate, int NextKept, int NextLate);

/// <summary>Where it takes longest and hurts most: a row for each driver, team or channel, the worst first.</summary>
/// <param name="By">driver, team or channel.</param>
/// <param name="Rows">The worst 50.</param>
public sealed record BreakdownView(string By, IReadOnlyList<BreakdownRow> Rows);

/// <summary>One driver, team or channel.</summary>
/// <param name="Name">Its name; null for the conversations that have none.</param>
/// <param name="Filter">What leads to its conversations.</param>
/// <param name="Ends">How the conversations of all the weeks ended.</param>
/// <param name="Confirmed">How long those took that were confirmed.</param>
/// <param name="Thanked">How long those took that were thanked.</param>
/// <param name="Month">How those of this month ended.</param>
/// <param name="Before">How those of the month before ended, in as many days.</param>
public sealed record BreakdownRow(string? Name, FigureFilter Filter, EndCounts Ends, Spread? Confirmed, Spread? Thanked, EndCounts Month, EndCounts Before);

/// <summary>What the figures can be narrowed to.</summary>
public sealed record ChoicesView(FigureFilter Filter, IReadOnlyList<NamedRef> Teams, IReadOnlyList<NamedRef> Drivers);
