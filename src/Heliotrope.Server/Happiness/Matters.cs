using Heliotrope.Core.Happiness;
using Heliotrope.Server.Database;
using Heliotrope.Server.Figures;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Happiness;

/// <summary>Reads the conversations of a span of days, and measures them.</summary>
internal static class Matters
{
    /// <summary>Those in which the customer first wrote on one of these days: the same question as <see cref="BehindFigure.Started"/>.</summary>
    public static async Task<List<MatterFigures>> Started(HeliotropeDb db, DateOnly first, DateOnly last, FigureFilter filter)
    {
        var matters = await ReadMatters.Started(db, Zone.StartOf(first), Zone.StartOf(last.AddDays(1)));
        if (!filter.IsAll)
        {
            matters.RemoveAll(m => !filter.Takes(m));
        }

        return matters;
    }

    public static EndCounts Count(IEnumerable<MatterFigures> matters) => EndCounts.Of(matters.Select(m => m.End));

    /// <summary>How long those took that ended in one way: times of different ends are never measured together.</summary>
    public static Spread? Measure(IEnumerable<MatterFigures> matters, HappinessEnd? end) =>
        Spread.Of(matters.Where(m => m.End == end && m.EndedAt is not null).Select(m => m.EndedAt!.Value - m.StartedAt));

    /// <summary>Puts together what a breakdown puts together, each with what leads to it.</summary>
    public static IEnumerable<(FigureFilter Key, List<MatterFigures> Matters)> GroupedBy(this IEnumerable<MatterFigures> matters, string by) => by switch
    {
        "team" => matters.GroupBy(m => m.Team).Select(g => (new FigureFilter(Team: g.Key), g.ToList())),
        "channel" => matters.GroupBy(m => m.Channel).Select(g => (new FigureFilter(Channel: g.Key), g.ToList())),
        "person" => matters.GroupBy(m => m.Person).Select(g => (new FigureFilter(Person: g.Key), g.ToList())),
        _ => matters.GroupBy(m => m.Driver).Select(g => (new FigureFilter(Driver: g.Key), g.ToList())),
    };
}
