using Heliotrope.Core.Happiness;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Figures;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Happiness;

/// <summary>What the happiness page shows: the last 13 weeks, in which this month and the one before always lie.</summary>
internal sealed class HappinessScreen(Store store, TimeProvider time)
{
    public const int WeeksShown = 13;
    private const int MostRows = 50;

    public static readonly IReadOnlyList<string> Breakdowns = ["driver", "team", "channel", "person"];

    /// <summary>The first day of the first week, and the last one so far.</summary>
    public static DaySpan Span(DateTimeOffset now)
    {
        var today = Zone.DayOf(now);
        return new(Monday(today).AddDays(-7 * (WeeksShown - 1)), today);
    }

    public Task<HappinessView> Page(Actor actor, FigureFilter filter, string? by) => store.Read(actor, async db =>
    {
        var now = time.Now();
        var (first, today) = Span(now);
        var matters = await Matters.Started(db, first, today, Moments.ConsistencyReport.MaySee(actor, filter, by));

        // Weeks before anybody wrote would be an empty half of the plot.
        if (matters.Count > 0)
        {
            first = Monday(matters.Min(m => m.Day));
        }

        var byWeek = matters.ToLookup(m => (m.Day.DayNumber - first.DayNumber) / 7);
        var weeks = Enumerable.Range(0, ((today.DayNumber - first.DayNumber) / 7) + 1).Select(w => (Monday: first.AddDays(7 * w), Matters: byWeek[w].ToList())).ToList();
        var names = await Names.Of(db);
        var months = MonthPair.Of(today);
        var overdue = await BehindFigure.Overdue(db, now, filter).CountAsync();
        return new HappinessView(
            weeks.ConvertAll(w => Week(w.Monday, w.Matters)),
            matters.Count is > 0 and < Change.Enough ? await Dots(db, matters, now) : null,
            (await Organisation.Of(db)).SilentAfterDays,
            new(Month(months.Now, matters), Month(months.Before, matters)),
            new(weeks.ConvertAll(w => Answers(w.Monday, w.Matters)), matters.Sum(m => m.Answers.NextKept), matters.Sum(m => m.Answers.NextLate), overdue),
            Breakdown(by is not null && Breakdowns.Contains(by) ? by : Breakdowns[0], matters, filter, months, names, by is "person" ? await Moments.ConsistencyReport.People(db) : []),
            new(filter, names.Teams, names.Drivers))
        {
            Friction = FrictionOf(matters, today, filter, names),
        };
    });

    public static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static HappinessWeek Week(DateOnly monday, List<MatterFigures> matters)
    {
        Spread? Of(HappinessEnd end) => Matters.Measure(matters, end);
        return new(monday, Matters.Count(matters), Of(HappinessEnd.Confirmed), Of(HappinessEnd.Thanked), Of(HappinessEnd.Silent), Of(HappinessEnd.Unhappy));
    }

    private static AnswersWeek Answers(DateOnly monday, List<MatterFigures> matters) => new(
        monday,
        matters.Count(m => m.Answers.First is true),
        matters.Count(m => m.Answers.First is false),
        matters.Count(m => m.Answers is { NextKept: > 0, NextLate: 0 }),
        matters.Count(m => m.Answers.NextLate > 0));

    private static MonthFigures Month(DaySpan days, List<MatterFigures> matters)
    {
        var those = matters.FindAll(m => days.Holds(m.Day));
        return new(days, Matters.Count(those), Matters.Measure(those, HappinessEnd.Confirmed), those.Count(m => m.Answers.First is true), those.Count(m => m.Answers.First is false));
    }

    private static FrictionView FrictionOf(List<MatterFigures> matters, DateOnly today, FigureFilter filter, Names names)
    {
        var week = new DaySpan(today.AddDays(-6), today);
        var parts = Frictions.Counted.Select(part => (part.Name, Count: matters.Count(m => part.Count(m) > 0))).Append(("held", matters.Count(m => m.FirstOnTime is false)));
        return new(
            FrictionReport.Of(matters), [.. parts.OrderByDescending(p => p.Item2)], week,
            [.. Frictions.Worst(matters.FindAll(m => week.Holds(m.Day)), 3).Select(w => (w, names.Driver(w.Driver), filter with { Driver = w.Driver }))]);
    }

    private static BreakdownView Breakdown(string by, List<MatterFigures> matters, FigureFilter filter, MonthPair months, Names names, Dictionary<long, string> people)
    {
        var rows = matters.GroupedBy(by).Select(group =>
        {
            var (key, those) = group;
            return new BreakdownRow(
                key.Person is { } person ? people.GetValueOrDefault(person) : names.Of(key),
                new(key.Team ?? filter.Team, key.Driver ?? filter.Driver, key.Channel ?? filter.Channel, key.Person ?? filter.Person),
                Matters.Count(those),
                Matters.Measure(those, HappinessEnd.Confirmed),
                Matters.Measure(those, HappinessEnd.Thanked),
                Matters.Count(those.Where(m => months.Now.Holds(m.Day))),
                Matters.Count(those.Where(m => months.Before.Holds(m.Day))));
        });
        return new(by, [.. HurtOrder.Sort(rows, r => r.Ends, r => r.Confirmed?.Median ?? r.Thanked?.Median, r => r.Name ?? "").Take(MostRows)]);
    }

    private static async Task<IReadOnlyList<HappinessDot>> Dots(HeliotropeDb db, List<MatterFigures> matters, DateTimeOffset now)
    {
        var numbers = matters.ConvertAll(m => m.Number);
        var names = await db.Conversations.Where(c => numbers.Contains(c.Number)).Select(c => new { c.Number, c.Customer!.Name }).ToDictionaryAsync(c => c.Number, c => c.Name);
        return matters.ConvertAll(m => new HappinessDot(m.Number, names[m.Number], m.End?.ToString().ToLowerInvariant(), (m.EndedAt ?? now) - m.StartedAt));
    }
}
