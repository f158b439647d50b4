using Heliotrope.Core.Happiness;

namespace Heliotrope.Core.Tests.Happiness;

public sealed class HappinessClockTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Tuesday = Monday.AddDays(1);
    private static readonly DateTimeOffset Friday = Monday.AddDays(4);
    private static readonly HappinessClock Running = new(Monday, null, null);

    public static TheoryData<HappinessEnd?> AllReadings => [null, HappinessEnd.Confirmed, HappinessEnd.Thanked, HappinessEnd.Silent, HappinessEnd.Unhappy];

    [Fact]
    public void It_starts_with_the_customers_first_words()
    {
        var clock = default(HappinessClock).CustomerWrote(closesWithThanks: false, answered: false, Monday);
        Assert.Equal(Running, clock);
        Assert.Null(clock.Elapsed);
    }

    [Fact]
    public void Later_words_do_not_start_it_anew() =>
        Assert.Equal(Monday, Running.CustomerWrote(false, true, Tuesday).StartedAt);

    [Fact]
    public void Thanks_before_anybody_answered_end_nothing() =>
        Assert.Equal(Running, Running.CustomerWrote(closesWithThanks: true, answered: false, Tuesday));

    [Fact]
    public void Thanks_after_an_answer_end_it()
    {
        var clock = Running.CustomerWrote(closesWithThanks: true, answered: true, Tuesday);
        Assert.Equal(new(Monday, Tuesday, HappinessEnd.Thanked), clock);
        Assert.Equal(TimeSpan.FromDays(1), clock.Elapsed);
    }

    [Theory]
    [InlineData(null, HappinessEnd.Thanked)]
    [InlineData(HappinessEnd.Silent, HappinessEnd.Thanked)]
    [InlineData(HappinessEnd.Thanked, HappinessEnd.Thanked)]
    [InlineData(HappinessEnd.Unhappy, HappinessEnd.Thanked)]
    [InlineData(HappinessEnd.Confirmed, HappinessEnd.Confirmed)]
    public void Thanks_are_the_newest_word_but_never_take_away_a_yes(HappinessEnd? before, HappinessEnd after) =>
        Assert.Equal(after, At(before).CustomerWrote(true, true, Friday).End);

    [Theory]
    [InlineData(null, null)]
    [InlineData(HappinessEnd.Silent, null)]
    [InlineData(HappinessEnd.Thanked, HappinessEnd.Thanked)]
    [InlineData(HappinessEnd.Unhappy, HappinessEnd.Unhappy)]
    [InlineData(HappinessEnd.Confirmed, HappinessEnd.Confirmed)]
    public void Thanks_for_what_is_still_to_come_take_nothing_good_away(HappinessEnd? before, HappinessEnd? after) =>
        Assert.Equal(At(after), At(before).CustomerWrote(true, false, Friday));

    [Fact]
    public void Thanks_after_a_yes_leave_the_time_of_the_yes() =>
        Assert.Equal(Tuesday, At(HappinessEnd.Confirmed).CustomerWrote(true, true, Friday).EndedAt);

    [Theory]
    [InlineData(null, null)]
    [InlineData(HappinessEnd.Silent, null)]
    [InlineData(HappinessEnd.Thanked, null)]
    [InlineData(HappinessEnd.Confirmed, null)]
    [InlineData(HappinessEnd.Unhappy, HappinessEnd.Unhappy)]
    public void More_words_show_that_it_was_not_the_end_but_a_no_stands(HappinessEnd? before, HappinessEnd? after)
    {
        var clock = At(before).CustomerWrote(false, true, Friday);
        Assert.Equal(after, clock.End);
        Assert.Equal(after is null ? null : Tuesday, clock.EndedAt);
    }

    [Theory]
    [InlineData(true, true, HappinessEnd.Confirmed)]
    [InlineData(true, false, HappinessEnd.Unhappy)]
    [InlineData(false, true, HappinessEnd.Unhappy)]
    [InlineData(false, false, HappinessEnd.Unhappy)]
    public void Only_two_times_yes_confirms(bool resolved, bool again, HappinessEnd end) =>
        Assert.Equal(new(Monday, Friday, end), Running.Answered(new(resolved, again, ""), Friday));

    [Theory, MemberData(nameof(AllReadings))]
    public void A_later_answer_replaces_every_earlier_reading(HappinessEnd? before)
    {
        Assert.Equal(HappinessEnd.Confirmed, At(before).Answered(new(true, true, ""), Friday).End);
        Assert.Equal(new(Monday, Friday, HappinessEnd.Unhappy), At(before).Answered(new(true, false, ""), Friday));
    }

    [Theory, MemberData(nameof(AllReadings))]
    public void A_yes_counts_from_when_it_was_first_said(HappinessEnd? before) =>
        Assert.Equal(before is HappinessEnd.Confirmed ? Tuesday : Friday, At(before).Answered(new(true, true, "said again by reloading the page"), Friday).EndedAt);

    [Fact]
    public void An_answer_to_a_clock_that_never_started_starts_it() =>
        Assert.Equal(TimeSpan.Zero, default(HappinessClock).Answered(new(true, true, ""), Monday).Elapsed);

    [Theory, MemberData(nameof(AllReadings))]
    public void Silence_never_replaces_words(HappinessEnd? before)
    {
        var clock = At(before).FellSilent(Friday);
        Assert.Equal(before is null ? new(Monday, Friday, HappinessEnd.Silent) : At(before), clock);
    }

    [Fact]
    public void Machines_alone_cannot_fall_silent() => Assert.Equal(default, default(HappinessClock).FellSilent(Friday));

    private static HappinessClock At(HappinessEnd? end) => new(Monday, end is null ? null : Tuesday, end);
}
