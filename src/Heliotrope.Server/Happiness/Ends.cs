using System.Globalization;

namespace Heliotrope.Server.Happiness;

/// <summary>The ways a conversation ends, and "unanswered" for those that have not: always apart, never added up.</summary>
internal static class Ends
{
    public static IReadOnlyList<string> All { get; } = ["confirmed", "thanked", "silent", "unhappy", "unanswered"];

    /// <summary>How many of a week's conversations ended in a way.</summary>
    public static int Count(HappinessWeek week, string end) => end == "unanswered" ? week.Unanswered : Figures(week, end).Count;

    /// <summary>The figures of a way to end; unanswered has none.</summary>
    public static EndFigures Figures(HappinessWeek week, string end) => end switch
    {
        "confirmed" => week.Confirmed,
        "thanked" => week.Thanked,
        "silent" => week.Silent,
        "unhappy" => week.Unhappy,
        _ => new EndFigures(week.Unanswered, null, null),
    };

    /// <summary>Everyone who wrote in a week.</summary>
    public static int Total(HappinessWeek week) => All.Sum(end => Count(week, end));

    /// <summary>Whether each conversation is a dot of its own; more than a handful are bars.</summary>
    public static bool AreDots(IReadOnlyList<HappinessWeek> weeks) => weeks.All(week => Total(week) < 20);

    /// <summary>The address of the conversations behind a figure; null for every end.</summary>
    public static string Href(DateOnly from, DateOnly to, string? end = null) => string.Create(CultureInfo.InvariantCulture,
        $"/conversations?from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}{(end is null ? "" : "&ending=" + end)}");
}
