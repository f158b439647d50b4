using System.Globalization;
using Heliotrope.Core.Happiness;
using Heliotrope.Server.Happiness;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Tests.Happiness;

public sealed class FiguresInWordsTests
{
    [Fact]
    public void How_long_it_took_is_compared_with_the_week_just_before_and_only_when_neither_is_few()
    {
        Assert.Equal("Nobody has confirmed yet, so there is no time to tell.", WeeksSay.Times([Week(2), Week(9)]));
        const string of = "Of those who wrote in the week of 16 November and have confirmed, half were happy within 5 h";
        Assert.Equal($"{of}.", WeeksSay.Times([Week(16, 20, 5)]));
        Assert.Equal($"{of}, 2 h later than those of the week before.", WeeksSay.Times([Week(9, 20, 3), Week(16, 20, 5), Week(23)]));
        Assert.Equal($"{of}, 3 h sooner than those of the week before.", WeeksSay.Times([Week(9, 20, 8), Week(16, 20, 5)]));
        Assert.Equal($"{of}.", WeeksSay.Times([Week(9, 19, 8), Week(16, 20, 5)]));
        Assert.Equal($"{of}.", WeeksSay.Times([Week(2, 20, 8), Week(9), Week(16, 20, 5)]));
    }

    [Fact]
    public void One_is_said_as_one()
    {
        Assert.StartsWith("One person wrote, and in the month before: 0.", MonthsSay.Wrote(Months(1, 0)), StringComparison.Ordinal);
        Assert.StartsWith("2 wrote, and in the month before: 1.", MonthsSay.Wrote(Months(2, 1)), StringComparison.Ordinal);
        Assert.Equal("21 wrote, 1 more than in the month before.", MonthsSay.Wrote(Months(21, 20)));
        Assert.Equal("First answers on time: 1 of 1; late: 0.", WeeksSay.FirstAnswers(Answers(1, 0)));
        Assert.Equal("No answer was due yet.", WeeksSay.FirstAnswers(Answers(0, 0)));
        Assert.Equal("Later answers on time: 0 of 1; late: 1.", WeeksSay.NextAnswers(Answers(0, 1)));
        Assert.Null(WeeksSay.NextAnswers(Answers(0, 0)));
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de");
            Assert.StartsWith("Eine Person hat geschrieben, im Monat davor: 0.", MonthsSay.Wrote(Months(1, 0)), StringComparison.Ordinal);
            Assert.Equal("Still: einen Tag lang kein Wort.", Words.Count("happiness.silence", 1));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void A_share_went_up_or_down_or_stayed_or_is_of_too_few()
    {
        Assert.Equal("10 more in a hundred", MonthsSay.Share(Change.OfShares(12, 40, 5, 25)));
        Assert.Equal("10 fewer in a hundred", MonthsSay.Share(Change.OfShares(5, 25, 12, 40)));
        Assert.Equal("the same share", MonthsSay.Share(Change.OfShares(10, 30, 7, 21)));
        Assert.Equal("too few to compare", MonthsSay.Share(Change.OfShares(10, 30, 7, 19)));
    }

    [Fact]
    public void A_slow_end_is_drawn_only_where_it_says_something()
    {
        var four = Spread.Of(Enumerable.Range(1, 4).Select(hours => TimeSpan.FromHours(hours)))!.Value;
        var five = Spread.Of(Enumerable.Range(1, 5).Select(hours => TimeSpan.FromHours(hours)))!.Value;
        Assert.Equal((false, four.Median), (four.HasTail, four.Reach));
        Assert.Equal((true, five.P90), (five.HasTail, five.Reach));
    }

    private static HappinessWeek Week(int day, int confirmed = 0, double hours = 0) => new(
        new(2026, 11, day), new(confirmed, 0, 0, 0, 1), confirmed == 0 ? null : new Spread(confirmed, TimeSpan.FromHours(hours), TimeSpan.FromHours(hours * 2)));

    private static MonthsView Months(int now, int before) => new(Month(now), Month(before));

    private static MonthFigures Month(int wrote) => new(default, new(0, 0, 0, 0, wrote), null, 0, 0);

    private static AnswersView Answers(int kept, int late) => new([new(new(2026, 11, 16), kept, late, 0, 0)], kept, late, 0);
}
