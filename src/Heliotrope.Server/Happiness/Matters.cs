using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Happiness;

/// <summary>What figures need to know of one conversation; a value, since a hundred thousand objects would be work for the garbage collector.</summary>
internal readonly record struct Matter(long Number, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, HappinessEnd? End, long? TeamId, long? DriverId, Channel Channel, OnTime Answers)
{
    public DateOnly Day { get; } = Zone.DayOf(StartedAt);
}

/// <summary>Reads the conversations of a span of days, and measures them.</summary>
internal static class Matters
{
    /// <summary>One query of columns that one index holds.</summary>
    public static Task<List<Matter>> Of(IQueryable<Conversation> started) => started
        .Select(c => new Matter(c.Number, c.HappinessStartedAt!.Value, c.HappinessEndedAt, c.HappinessEnd, c.TeamId, c.DriverId, c.Channel, new(c.FirstAnswerOnTime, c.NextAnswersOnTime, c.NextAnswersLate)))
        .ToListAsync();

    public static EndCounts Count(IEnumerable<Matter> matters) => EndCounts.Of(matters.Select(m => m.End));

    /// <summary>How long those took that ended in one way: times of different ends are never measured together.</summary>
    public static Spread? Measure(IEnumerable<Matter> matters, HappinessEnd? end) =>
        Spread.Of(matters.Where(m => m.End == end && m.EndedAt is not null).Select(m => m.EndedAt!.Value - m.StartedAt));

    /// <summary>Puts together what a breakdown by driver, team or channel puts together, each with what leads to it.</summary>
    public static IEnumerable<(FigureFilter Key, List<Matter> Matters)> GroupedBy(this IEnumerable<Matter> matters, string by) => by switch
    {
        "team" => matters.GroupBy(m => m.TeamId ?? FigureFilter.None).Select(g => (new FigureFilter(Team: g.Key), g.ToList())),
        "channel" => matters.GroupBy(m => m.Channel).Select(g => (new FigureFilter(Channel: g.Key), g.ToList())),
        _ => matters.GroupBy(m => m.DriverId ?? FigureFilter.None).Select(g => (new FigureFilter(Driver: g.Key), g.ToList())),
    };
}
