using Heliotrope.Core.Conversations;
using Heliotrope.Core.Moments;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Figures;

/// <summary>
/// What was usual for a kind of matter in the 13 weeks before a Monday, as it was known then. It is told once for each week and never again: what was good then stays
/// what it was, and the average of the next week is another one. The demo company has its own, so that neither is measured by the other.
/// </summary>
internal sealed class WeekBaseline
{
    /// <summary>Any driver; 0 is none.</summary>
    public const long AnyDriver = -1;

    /// <summary>The Monday, counted in days from the first of the calendar.</summary>
    public int Monday { get; set; }

    public bool Demo { get; set; }

    public long DriverId { get; set; }

    /// <summary>Empty for any.</summary>
    public string Channel { get; set; } = "";

    public BaselineKind Alike { get; set; }

    public int Of { get; set; }

    public long HoldSeconds { get; set; }

    /// <summary>In thousandths of a count.</summary>
    public int Friction { get; set; }

    public Baseline Baseline => new(Of, Alike, TimeSpan.FromSeconds(HoldSeconds), Friction / 1000.0);
}

/// <summary>Looks baselines up, and tells those of a week for which that has not been done.</summary>
internal sealed class Baselines(HeliotropeDb db)
{
    private readonly Dictionary<(int Monday, bool Demo), Dictionary<(long Driver, string Channel), Baseline>> _weeks = [];

    /// <summary>Looks up and adds nothing: a week that has not been told yet has none.</summary>
    public bool Only { get; init; }

    /// <summary>What was usual before the week in which a matter began; null where too few were alike.</summary>
    public async Task<Baseline?> For(DateTimeOffset startedAt, bool demo, long? driver, Channel channel)
    {
        var day = FigureDay.Of(startedAt);
        var monday = day - (day % 7); // day 0 of the calendar is a Monday
        if (!_weeks.TryGetValue((monday, demo), out var week))
        {
            _weeks[(monday, demo)] = week = await Week(monday, demo);
        }

        var name = channel.ToString();
        return new[] { (driver ?? 0, name), (driver ?? 0, ""), (WeekBaseline.AnyDriver, name), (WeekBaseline.AnyDriver, "") }
            .Select(key => week.GetValueOrDefault(key)).FirstOrDefault(baseline => baseline is { Of: >= Baseline.Enough });
    }

    private async Task<Dictionary<(long, string), Baseline>> Week(int monday, bool demo)
    {
        var rows = await db.WeekBaselines.AsNoTracking().Where(b => b.Monday == monday && b.Demo == demo).ToListAsync();
        if (rows.Count == 0 && !Only && await IsCounted(monday))
        {
            rows = await Tell(monday, demo);
            db.WeekBaselines.AddRange(rows);
        }

        return rows.ToDictionary(b => (b.DriverId, b.Channel), b => b.Baseline);
    }

    /// <summary>Whether all that would be told from has been counted; after an upgrade that takes a while, and too early a word would stand for good.</summary>
    private async Task<bool> IsCounted(int monday)
    {
        var (from, to) = (FigureDay.StartOf(monday - Baseline.Days), FigureDay.StartOf(monday));
        return !await db.Conversations.IgnoreQueryFilters().AnyAsync(c => !c.IsSpam && c.HappinessStartedAt >= from && c.HappinessStartedAt < to && !db.Figures.IgnoreQueryFilters().Any(f => f.ConversationNumber == c.Number));
    }

    private async Task<List<WeekBaseline>> Tell(int monday, bool demo)
    {
        var hidden = db.HiddenTeams;
        db.HiddenTeams = []; // what is usual is told from all
        var before = (await ReadMatters.Started(db, FigureDay.StartOf(monday - Baseline.Days), FigureDay.StartOf(monday))).FindAll(m => m.Demo == demo && m.Hold >= 0);
        db.HiddenTeams = hidden;
        IEnumerable<WeekBaseline> Those(BaselineKind alike, Func<MatterFigures, (long, string)> key) => before.GroupBy(key).Select(g => Row(monday, demo, g.Key, alike, [.. g]));
        return
        [
            Row(monday, demo, (WeekBaseline.AnyDriver, ""), BaselineKind.All, before), // also when there are none: then this is known
            .. Those(BaselineKind.Channel, m => (WeekBaseline.AnyDriver, m.Channel.ToString())),
            .. Those(BaselineKind.Driver, m => (m.Driver, "")),
            .. Those(BaselineKind.DriverAndChannel, m => (m.Driver, m.Channel.ToString())),
        ];
    }

    private static WeekBaseline Row(int monday, bool demo, (long Driver, string Channel) key, BaselineKind alike, List<MatterFigures> of) => new()
    {
        Monday = monday,
        Demo = demo,
        DriverId = key.Driver,
        Channel = key.Channel,
        Alike = alike,
        Of = of.Count,
        HoldSeconds = (long)(Core.Happiness.Spread.Of(of.Select(m => TimeSpan.FromSeconds(m.Hold)))?.Median.TotalSeconds ?? 0),
        Friction = of.Count == 0 ? 0 : (int)Math.Round(of.Average(m => m.Friction) * 1000),
    };
}
