using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Tests.Targets;
using NodaTime;

namespace Heliotrope.Core.Tests.Promises;

/// <summary>What is due is due in working hours, whatever they are and whatever the clocks do.</summary>
public sealed class DueProperties
{
    private static readonly string[] Sayings =
    [
        "today", "tomorrow", "by the end of the day", "this afternoon", "tomorrow morning", "on Sunday", "next Sunday at 2:30 am", "tomorrow at 02:30", "at 3", "by noon",
        "at 23:59", "by midnight", "in an hour", "within 90 minutes", "within 24 hours", "within two working days", "in 3-5 business days", "in a week", "within 10 days",
        "by the end of the week", "next week", "over the weekend", "by the end of the month", "on the 29th", "on 25 October", "on 29 March at 2:15 am", "in a year", "before Monday",
    ];

    private static readonly Arbitrary<(WorkingHoursProperties.Case Case, string Saying)> Said = Arb.From(
        from one in WorkingHoursProperties.Cases.Generator
        from saying in Gen.Elements(Sayings)
        select (one, saying));

    private static readonly Arbitrary<(WorkingHoursProperties.Case Case, int Days, int? Minutes)> Times = Arb.From(
        from one in WorkingHoursProperties.Cases.Generator
        from days in Gen.Choose(-3, 10)
        from minutes in Gen.OneOf(Gen.Choose(0, 1_439).Select(m => (int?)m), Gen.Choose(60, 240).Select(m => (int?)m), Gen.Constant<int?>(null))
        select (one, days, minutes));

    [Fact]
    public void No_promise_is_due_in_closed_hours_or_in_the_past() => Prop.ForAll(Said, x =>
    {
        var hours = x.Case.Hours;
        var promise = Assert.Single(PromiseFinder.In($"I'll call you {x.Saying}.", x.Case.A, hours));
        if (promise.Due is not { } due)
        {
            return x.Saying.StartsWith("on 29 March", StringComparison.Ordinal); // said on that day, after that time
        }

        var at = due.At(hours);
        return IsWorked(hours, at) && at > x.Case.A.AddMinutes(-1)
            && (due.Time is { } time ? hours.Clock(at) == due.Date + time : hours.ClosingOn(due.Date) == at);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Any_day_and_time_is_due_while_we_work() => Prop.ForAll(Times, x =>
    {
        var hours = x.Case.Hours;
        var date = hours.Clock(x.Case.Change).Date.PlusDays(x.Days);
        var due = new DueBy(date, x.Minutes is { } minutes ? LocalTime.FromMinutesSinceMidnight(minutes) : null);
        var at = due.At(hours);

        // Never before what was said; a time that the clock skips is said at the end of the gap.
        return IsWorked(hours, at) && at >= hours.When(date + (due.Time ?? LocalTime.Midnight))[0];
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void A_time_that_the_clock_skips_is_the_instant_after_the_gap()
    {
        var hours = Heliotrope.Core.Targets.WorkingHours.Parse("Europe/Berlin", "Mon-Sun 00:00-24:00", "").Value;
        Assert.Equal("2026-03-29T03:00", Promises.Said.Dues("I'll call you tomorrow at 02:30.", "2026-03-28T12:00", hours));
        Assert.Equal(new(2026, 3, 29, 1, 0, 0, TimeSpan.Zero), new DueBy(new(2026, 3, 29), new(2, 30)).At(hours));
    }

    private static bool IsWorked(Heliotrope.Core.Targets.WorkingHours hours, DateTimeOffset at) => hours.IsOpen(at) || hours.IsOpen(at.AddTicks(-1));
}
