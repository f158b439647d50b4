using Heliotrope.Core.Happiness;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Happiness;

/// <summary>The ways a conversation ends, and "unanswered" for those that have not: always apart, never added up.</summary>
internal static class Ends
{
    public static IReadOnlyList<string> All { get; } = ["confirmed", "thanked", "silent", "unhappy", "unanswered"];

    /// <summary>How many of a week's conversations ended in a way.</summary>
    public static int Count(HappinessWeek week, string end) => end == "unanswered" ? week.Unanswered : Figures(week, end).Count;

    public static int Count(EndCounts counts, string end) => end switch
    {
        "confirmed" => counts.Confirmed,
        "thanked" => counts.Thanked,
        "silent" => counts.Silent,
        "unhappy" => counts.Unhappy,
        _ => counts.Unanswered,
    };

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
    public static bool AreDots(IReadOnlyList<HappinessWeek> weeks) => weeks.All(week => Total(week) < Change.Enough);

    /// <summary>The address of the conversations behind a figure; null for every end.</summary>
    public static string Href(DateOnly from, DateOnly to, string? end = null, FigureFilter? filter = null, string? late = null) => new QueueRequest(null, from, to, end, late, filter).Href();

    /// <summary>The address of those who wait past their time now, whenever they first wrote.</summary>
    public static string OverdueHref(FigureFilter filter) => new QueueRequest(Late: "now", Filter: filter).Href();

    /// <summary>The page with other conversations, or another breakdown.</summary>
    public static string Page(FigureFilter filter, string? by = null) =>
        "/happiness" + (filter.Query + (by is null or "driver" ? "" : "&by=" + by)) switch { "" => "", var query => "?" + query[1..] };

    /// <summary>The change of a share in words.</summary>
    public static string Say(Change<int> change) => change switch
    {
        { Few: true } => Words.T("months.share.few"),
        { By: > 0 } => Words.T("months.share.more", change.By),
        { By: < 0 } => Words.T("months.share.fewer", -change.By),
        _ => Words.T("months.share.same"),
    };
}
