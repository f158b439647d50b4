using Heliotrope.Core.Happiness;
using Heliotrope.Server.Conversations;

namespace Heliotrope.Server.Happiness;

/// <summary>The ways a conversation ends, and "unanswered" for those that have not: always apart, never added up.</summary>
internal static class Ends
{
    public static IReadOnlyList<string> All { get; } = ["confirmed", "thanked", "silent", "unhappy", "unanswered"];

    /// <summary>How many ended in a way.</summary>
    public static int Count(EndCounts counts, string end) => end switch
    {
        "confirmed" => counts.Confirmed,
        "thanked" => counts.Thanked,
        "silent" => counts.Silent,
        "unhappy" => counts.Unhappy,
        _ => counts.Unanswered,
    };

    /// <summary>How long those took that ended in a way; null when none did, and for what has not ended.</summary>
    public static Spread? Took(HappinessWeek week, string end) => end switch
    {
        "confirmed" => week.Confirmed,
        "thanked" => week.Thanked,
        "silent" => week.Silent,
        "unhappy" => week.Unhappy,
        _ => null,
    };

    /// <summary>Whether each conversation is a dot of its own; where a week has many, all weeks are bars.</summary>
    public static bool AreFew(IReadOnlyList<HappinessWeek> weeks) => weeks.All(week => week.Ends.Total < Change.Enough);

    /// <summary>The address of the conversations behind a figure; null for every end.</summary>
    public static string Href(DateOnly from, DateOnly to, string? end = null, FigureFilter? filter = null, string? late = null) => new QueueRequest(null, from, to, end, late, filter).Href();

    /// <summary>The address of those who wait past their time now, whenever they first wrote.</summary>
    public static string OverdueHref(FigureFilter filter) => new QueueRequest(Late: "now", Filter: filter).Href();

    /// <summary>The page with other conversations, or another breakdown.</summary>
    public static string Page(FigureFilter filter, string? by = null) =>
        "/happiness" + (filter.Query + (by is null or "driver" ? "" : "&by=" + by)) switch { "" => "", var query => "?" + query[1..] };
}
