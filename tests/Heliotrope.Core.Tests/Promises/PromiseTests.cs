using Heliotrope.Core.Promises;
using Heliotrope.Core.Targets;

namespace Heliotrope.Core.Tests.Promises;

public class PromiseTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 30, 10, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset WednesdayEvening = new(2026, 12, 2, 17, 0, 0, TimeSpan.Zero);
    private static readonly PromisePlace Place = new(7, 3, 1);

    [Theory]
    [InlineData(1, 12, PromiseState.KeptEarly)]
    [InlineData(2, 9, PromiseState.Kept)]
    [InlineData(2, 17, PromiseState.Kept)]
    [InlineData(2, 18, PromiseState.Broken)]
    public void A_promise_for_a_day_is_kept_early_on_an_earlier_day_and_broken_after_our_work_on_it(int day, int hour, PromiseState state)
    {
        var promise = Made();

        Assert.Null(promise.Keep(new(2026, 12, day, hour, 0, 0, TimeSpan.Zero), WorkingHours.Usual));

        Assert.Equal(state, promise.State);
    }

    [Theory]
    [InlineData(13, 0, PromiseState.KeptEarly)]
    [InlineData(14, 1, PromiseState.Kept)]
    [InlineData(15, 0, PromiseState.Kept)]
    [InlineData(15, 1, PromiseState.Broken)]
    public void A_promise_for_a_time_is_kept_early_a_working_hour_before_it(int hour, int minute, PromiseState state)
    {
        var promise = Made(new(2026, 11, 30, 15, 0, 0, TimeSpan.Zero), dayOnly: false);

        promise.Keep(new(2026, 11, 30, hour, minute, 0, TimeSpan.Zero), WorkingHours.Usual);

        Assert.Equal(state, promise.State);
    }

    [Fact]
    public void What_is_done_after_it_was_due_stays_broken_and_says_when_it_was_done()
    {
        var promise = Made();

        Assert.True(promise.Lapse(WednesdayEvening.AddSeconds(1)));
        Assert.Null(promise.Keep(WednesdayEvening.AddDays(1), WorkingHours.Usual));

        Assert.Equal((PromiseState.Broken, WednesdayEvening, WednesdayEvening.AddDays(1)), (promise.State, promise.EndedAt, promise.DoneAt));
        Assert.Equal("promise.ended", promise.Keep(WednesdayEvening.AddDays(2), WorkingHours.Usual)?.Code);
    }

    [Fact]
    public void It_is_not_broken_at_the_very_time_at_which_it_is_due()
    {
        Assert.False(Made().Lapse(WednesdayEvening));
    }

    [Fact]
    public void Telling_the_customer_before_puts_another_promise_in_its_place()
    {
        var promise = Made();

        var next = promise.Renegotiate(Said(WednesdayEvening.AddDays(2)), 12, Monday.AddDays(1), WorkingHours.Usual).Value;

        Assert.Equal(PromiseState.Renegotiated, promise.State);
        Assert.Equal((PromiseState.Open, WednesdayEvening.AddDays(2), 12L), (next.State, next.DueAt, next.EntryId));
        Assert.Equal("promise.ended", promise.Renegotiate(Said(WednesdayEvening.AddDays(2)), null, Monday, WorkingHours.Usual).Refusal?.Code);
    }

    [Fact]
    public void After_it_was_due_nobody_can_have_been_told_before()
    {
        var promise = Made();

        Assert.Equal("promise.overdue", promise.Renegotiate(Said(WednesdayEvening.AddDays(5)), null, WednesdayEvening.AddMinutes(1), WorkingHours.Usual).Refusal?.Code);
        Assert.Equal(PromiseState.Open, promise.State);
    }

    [Fact]
    public void A_renegotiation_that_is_refused_changes_nothing()
    {
        var promise = Made();

        Assert.Equal("promise.past", promise.Renegotiate(Said(Monday.AddDays(-1)), null, Monday.AddDays(1), WorkingHours.Usual).Refusal?.Code);
        Assert.Equal(PromiseState.Open, promise.State);
    }

    [Theory]
    [InlineData("", "promise.empty")]
    [InlineData(" \n ", "promise.empty")]
    [InlineData(null, "promise.too-long")]
    public void A_promise_says_something_and_not_too_much(string? text, string code) =>
        Assert.Equal(code, Promise.Make(Place, Said(WednesdayEvening) with { Text = text ?? new('x', 501) }, Monday, WorkingHours.Usual).Refusal?.Code);

    [Fact]
    public void Its_owner_is_reminded_once_a_working_day_before_and_others_hear_two_hours_before()
    {
        var promise = Made(); // 23 working hours

        Assert.Equal(WednesdayEvening.AddDays(-1), promise.RemindAt);
        Assert.Equal(WednesdayEvening.AddHours(-2), promise.RiskAt);
        Assert.False(promise.Remind(promise.RemindAt.AddSeconds(-1)));
        Assert.True(promise.Remind(promise.RemindAt));
        Assert.False(promise.Remind(promise.RemindAt));
        Assert.True(promise.SayRisk(promise.RiskAt));
        Assert.False(promise.SayRisk(promise.RiskAt));
    }

    [Fact]
    public void Of_a_short_one_they_hear_at_half_of_its_time_and_in_its_last_quarter()
    {
        var promise = Made(Monday.AddHours(1), dayOnly: false);

        Assert.Equal((Monday.AddMinutes(30), Monday.AddMinutes(45)), (promise.RemindAt, promise.RiskAt));
    }

    [Fact]
    public void Whoever_gets_a_promise_from_a_colleague_is_reminded_anew()
    {
        var promise = Made();
        promise.Remind(promise.RemindAt);

        promise.PassTo(2);

        Assert.Equal(2, promise.OwnerId);
        Assert.True(promise.Remind(promise.RemindAt));
    }

    [Fact]
    public void A_record_counts_a_renegotiated_promise_as_neither_kept_nor_broken()
    {
        var record = PromiseRecord.Of([PromiseState.Kept, PromiseState.KeptEarly, PromiseState.Broken, PromiseState.Renegotiated, PromiseState.Open]);

        Assert.Equal((2, 3, 2), (record.Kept, record.Decided, record.NotAsMade));
    }

    private static PromiseSaid Said(DateTimeOffset due) => new("We will send it.", due, true, Deed.Send);

    private static Promise Made(DateTimeOffset? due = null, bool dayOnly = true) =>
        Promise.Make(Place, Said(due ?? WednesdayEvening) with { DayOnly = dayOnly }, Monday, WorkingHours.Usual).Value;
}
