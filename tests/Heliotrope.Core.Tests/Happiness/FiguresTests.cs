using Heliotrope.Core.Happiness;

namespace Heliotrope.Core.Tests.Happiness;

public sealed class FiguresTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-29", "2026-11-01", "2026-11-29", "2026-10-01", "2026-10-29")]
    [InlineData("2026-11-01", "2026-11-01", "2026-11-01", "2026-10-01", "2026-10-01")]
    [InlineData("2026-03-31", "2026-03-01", "2026-03-28", "2026-02-01", "2026-02-28")]
    [InlineData("2028-03-31", "2028-03-01", "2028-03-29", "2028-02-01", "2028-02-29")]
    [InlineData("2026-12-31", "2026-12-01", "2026-12-30", "2026-11-01", "2026-11-30")]
    [InlineData("2026-01-31", "2026-01-01", "2026-01-31", "2025-12-01", "2025-12-31")]
    [InlineData("2026-02-28", "2026-02-01", "2026-02-28", "2026-01-01", "2026-01-28")]
    public void A_month_stands_beside_as_many_days_of_the_one_before(string today, string from, string to, string fromBefore, string toBefore)
    {
        var pair = MonthPair.Of(Day(today));

        Assert.Equal(new MonthPair(new(Day(from), Day(to)), new(Day(fromBefore), Day(toBefore))), pair);
        Assert.Equal(pair.Now.Days, pair.Before.Days);
    }

    [Fact]
    public void Every_day_of_four_years_has_two_spans_of_the_same_length_that_do_not_meet() => Assert.All(
        Enumerable.Range(0, 1461).Select(days => new DateOnly(2026, 1, 1).AddDays(days)),
        today =>
        {
            var (now, before) = MonthPair.Of(today);
            Assert.Equal(now.Days, before.Days);
            Assert.True(before.To < now.From && now.To <= today && today.DayNumber - now.To.DayNumber <= 3);
        });

    [Fact]
    public void The_ends_are_counted_apart()
    {
        var counts = EndCounts.Of([HappinessEnd.Confirmed, null, HappinessEnd.Silent, HappinessEnd.Unhappy, HappinessEnd.Thanked, HappinessEnd.Unhappy, null, null]);

        Assert.Equal(new EndCounts(1, 1, 1, 2, 3), counts);
        Assert.Equal((8, 5), (counts.Total, counts.Ended));
        Assert.Equal(3.2, counts.Hurt, 9); // 2 of 5 ended unhappy, 8 wrote
        Assert.Equal(0, new EndCounts(0, 0, 0, 0, 9).Hurt);
    }

    [Fact]
    public void What_hurts_most_is_on_top_and_ties_go_to_what_takes_longer()
    {
        (string Name, EndCounts Ends, int? Hours)[] rows =
        [
            ("always wrong, but rare", new(0, 0, 0, 2, 0), 9), // 1 x 2
            ("large and often wrong", new(20, 5, 5, 10, 0), 1), // 0.25 x 40
            ("much still open", new(3, 0, 0, 1, 20), 1), // 0.25 x 24
            ("fine and slow", new(5, 0, 0, 0, 0), 30),
            ("fine and quick", new(50, 0, 0, 0, 0), 2),
            ("b, nothing to measure", new(0, 0, 0, 0, 4), null),
            ("a, nothing to measure", new(0, 0, 0, 0, 4), null),
        ];

        var sorted = HurtOrder.Sort(rows.Reverse(), r => r.Ends, r => r.Hours is { } h ? TimeSpan.FromHours(h) : null, r => r.Name);

        Assert.Equal(
            ["large and often wrong", "much still open", "always wrong, but rare", "fine and slow", "fine and quick", "a, nothing to measure", "b, nothing to measure"],
            sorted.Select(r => r.Name));
    }

    [Fact]
    public void A_change_has_a_direction_and_a_size_unless_they_are_few()
    {
        Assert.Equal(new(false, 12), Change.OfCounts(40, 28));
        Assert.Equal(new(false, -8), Change.OfCounts(20, 28));
        Assert.Equal(new(true, 0), Change.OfCounts(19, 400));
        Assert.Equal(new(false, 10), Change.OfShares(12, 40, 5, 25)); // 30 in a hundred, before 20
        Assert.Equal(new(false, 0), Change.OfShares(10, 30, 7, 21));
        Assert.Equal(new(true, 0), Change.OfShares(10, 30, 7, 19));
        Assert.Equal(new(false, TimeSpan.FromMinutes(-27)), Change.OfTimes(Half(20, 3), Half(44, 3.45)));
        Assert.Equal(new(true, TimeSpan.Zero), Change.OfTimes(Half(19, 3), Half(44, 3.45)));
        Assert.Equal(new(true, TimeSpan.Zero), Change.OfTimes(null, Half(44, 3.45)));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 3, 33)]
    [InlineData(2, 3, 67)]
    [InlineData(1, 8, 13)]
    [InlineData(7, 7, 100)]
    public void A_share_is_told_as_how_many_in_a_hundred(int part, int whole, int hundred) => Assert.Equal(hundred, Change.InHundred(part, whole));

    [Fact]
    public void An_answer_is_on_time_until_the_moment_that_it_is_due()
    {
        Assert.Equal(new OnTime(true, 0, 0), Weigh(0));
        Assert.Equal(new OnTime(false, 0, 0), Weigh(0.001));
    }

    [Fact]
    public void The_first_answer_is_apart_from_the_next_ones_and_what_nobody_waited_for_is_in_neither() =>
        Assert.Equal(new OnTime(false, 2, 1), Weigh(5, -1, null, 1, -1));

    [Fact]
    public void When_we_wrote_first_nothing_was_due_and_what_follows_is_a_next_answer()
    {
        Assert.Equal(new OnTime(null, 1, 0), Weigh(null, -1));
        Assert.Equal(new OnTime(null, 0, 0), Weigh());
    }

    /// <summary>Answers that came so many minutes after they were due; null where nobody waited.</summary>
    private static OnTime Weigh(params double?[] late) => late.Select((minutes, i) => (Minutes: minutes, First: i == 0))
        .Aggregate(default(OnTime), (all, answer) => all.With(answer.First, Noon, answer.Minutes is { } minutes ? Noon.AddMinutes(-minutes) : null));

    private static Spread Half(int count, double hours) => new(count, TimeSpan.FromHours(hours), TimeSpan.FromHours(hours * 4));

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
