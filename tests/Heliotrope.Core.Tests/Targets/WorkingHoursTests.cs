using System.Globalization;
using Heliotrope.Core.Targets;

namespace Heliotrope.Core.Tests.Targets;

public sealed class WorkingHoursTests
{
    [Theory]
    [InlineData("2026-11-27T09:00Z", 0, "2026-11-27T09:00Z")] // Friday, on the dot
    [InlineData("2026-11-27T08:59Z", 0, "2026-11-27T09:00Z")]
    [InlineData("2026-11-27T16:59Z", 0, "2026-11-27T16:59Z")]
    [InlineData("2026-11-27T17:00Z", 0, "2026-11-30T09:00Z")]
    [InlineData("2026-11-27T09:00Z", 480, "2026-11-27T17:00Z")] // until the very closing
    [InlineData("2026-11-27T09:00Z", 481, "2026-11-30T09:01Z")]
    [InlineData("2026-11-27T15:00Z", 480, "2026-11-30T15:00Z")]
    [InlineData("2026-11-28T12:00Z", 60, "2026-11-30T10:00Z")] // Saturday
    [InlineData("2026-11-27T16:00+02:00", 60, "2026-11-27T15:00Z")]
    [InlineData("2026-11-27T10:00Z", -60, "2026-11-27T10:00Z")]
    public void Time_runs_only_while_the_team_works(string from, int minutes, string due)
    {
        Assert.Equal(Time(due), WorkingHours.Usual.Add(Time(from), TimeSpan.FromMinutes(minutes)));
        Assert.Equal(TimeSpan.Zero, WorkingHours.Usual.Add(Time(from), TimeSpan.FromMinutes(minutes)).Offset);
    }

    [Theory]
    [InlineData("2026-11-27T08:59:59Z", false)]
    [InlineData("2026-11-27T09:00:00Z", true)]
    [InlineData("2026-11-27T16:59:59Z", true)]
    [InlineData("2026-11-27T17:00:00Z", false)]
    [InlineData("2026-11-28T12:00:00Z", false)]
    public void The_opening_instant_is_open_and_the_closing_instant_is_not(string at, bool open) =>
        Assert.Equal(open, WorkingHours.Usual.IsOpen(Time(at)));

    [Theory]
    [InlineData("Mon-Fri 09:00-17:00", "2026-11-27", "2026-11-27T16:00Z")]
    [InlineData("Mon-Fri 09:00-12:00 13:00-17:30", "2026-11-27", "2026-11-27T16:30Z")]
    [InlineData("Mon-Fri 09:00-17:00", "2026-11-28", null)]
    [InlineData("Fri 22:00-06:00", "2026-11-27", "2026-11-27T23:00Z")] // at midnight: it works on
    [InlineData("Fri 22:00-06:00", "2026-11-28", "2026-11-28T05:00Z")]
    [InlineData("Mon-Sun 00:00-24:00", "2026-10-25", "2026-10-25T23:00Z")] // a day of 25 hours
    [InlineData("Mon-Fri 09:00-17:00", "9999-12-31", null)]
    public void A_day_closes_when_the_last_of_its_hours_ends(string hours, string date, string? closes) =>
        Assert.Equal(closes is null ? null : Time(closes), Hours("Europe/Berlin", hours).ClosingOn(NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value));

    [Theory]
    [InlineData("2026-03-29T01:59", "2026-03-29T00:59Z")]
    [InlineData("2026-03-29T02:30", "2026-03-29T01:00Z")] // skipped
    [InlineData("2026-10-25T02:30", "2026-10-25T00:30Z", "2026-10-25T01:30Z")] // shown twice
    public void The_clock_of_a_zone_shows_a_time_never_once_or_twice(string shown, params string[] instants) =>
        Assert.Equal(instants.Select(Time), Hours("Europe/Berlin", "Mon-Fri 09:00-17:00").When(NodaTime.Text.LocalDateTimePattern.GeneralIso.Parse(shown + ":00").Value));

    [Theory]
    // Berlin: 02:00 becomes 03:00 on 29 March, 03:00 becomes 02:00 on 25 October.
    [InlineData("Europe/Berlin", "Sun 00:00-24:00", "2026-03-28T12:00Z", "2026-03-28T23:00Z", "2026-03-29T22:00Z")]
    [InlineData("Europe/Berlin", "Sun 00:00-24:00", "2026-10-24T12:00Z", "2026-10-24T22:00Z", "2026-10-25T23:00Z")]
    [InlineData("Europe/Berlin", "Sun 02:30-04:00", "2026-03-28T12:00Z", "2026-03-29T01:00Z", "2026-03-29T02:00Z")]
    [InlineData("Europe/Berlin", "Sun 01:00-02:30", "2026-03-28T12:00Z", "2026-03-29T00:00Z", "2026-03-29T01:00Z")]
    [InlineData("Europe/Berlin", "Sun 02:15-02:45", "2026-03-28T12:00Z", "2026-04-05T00:15Z", "2026-04-05T00:45Z")] // never shown in March
    [InlineData("Europe/Berlin", "Sun 02:30-04:00", "2026-10-24T12:00Z", "2026-10-25T00:30Z", "2026-10-25T03:00Z")]
    [InlineData("Europe/Berlin", "Sun 01:00-02:30", "2026-10-24T12:00Z", "2026-10-24T23:00Z", "2026-10-25T01:30Z")]
    [InlineData("Europe/Berlin", "Sat 22:00-06:00", "2026-10-24T12:00Z", "2026-10-24T20:00Z", "2026-10-25T05:00Z")]
    [InlineData("America/New_York", "Sun 00:00-24:00", "2026-03-07T12:00Z", "2026-03-08T05:00Z", "2026-03-09T04:00Z")]
    [InlineData("America/New_York", "Sun 01:30-03:00", "2026-10-31T12:00Z", "2026-11-01T05:30Z", "2026-11-01T08:00Z")]
    // Lord Howe goes by half an hour: 02:00 becomes 01:30 on 5 April and 02:30 on 4 October.
    [InlineData("Australia/Lord_Howe", "Sun 01:00-03:00", "2026-04-04T00:00Z", "2026-04-04T14:00Z", "2026-04-04T16:30Z")]
    [InlineData("Australia/Lord_Howe", "Sun 01:00-03:00", "2026-10-03T00:00Z", "2026-10-03T14:30Z", "2026-10-03T16:00Z")]
    [InlineData("Asia/Kolkata", "Mon-Fri 09:00-17:00", "2026-03-29T00:00Z", "2026-03-30T03:30Z", "2026-03-30T11:30Z")]
    // Apia had no Friday 30 December 2011.
    [InlineData("Pacific/Apia", "Fri 09:00-17:00", "2011-12-29T00:00Z", "2012-01-05T19:00Z", "2012-01-06T03:00Z")]
    [InlineData("Pacific/Apia", "Thu-Sat 00:00-24:00", "2011-12-30T09:00Z", "2011-12-30T09:00Z", "2011-12-30T10:00Z")]
    // São Paulo had no midnight on 4 November 2018, and 17 February 2018 had its last hour twice.
    [InlineData("America/Sao_Paulo", "Sun 00:00-08:00", "2018-11-03T12:00Z", "2018-11-04T03:00Z", "2018-11-04T10:00Z")]
    [InlineData("America/Sao_Paulo", "Sat 20:00-24:00", "2018-02-17T12:00Z", "2018-02-17T22:00Z", "2018-02-18T03:00Z")]
    [InlineData("America/Sao_Paulo", "Sat 20:00-23:30", "2018-02-17T12:00Z", "2018-02-17T22:00Z", "2018-02-18T02:30Z")]
    public void The_clock_on_the_wall_says_when_a_team_opens_and_closes(string zone, string hours, string asked, string opens, string closes)
    {
        var team = Hours(zone, hours);
        Assert.Equal(Time(opens), team.Add(Time(asked), TimeSpan.Zero));
        var open = Time(closes) - Time(opens);
        Assert.Equal(Time(closes), team.Add(Time(asked), open));
        Assert.True(team.Add(Time(asked), open + TimeSpan.FromTicks(1)) > Time(closes));
        Assert.Equal(open, team.Between(Time(asked), Time(closes)));
    }

    [Theory]
    [InlineData("2026-10-25T00:50Z", "2026-10-25T01:15Z", 25)]
    [InlineData("2026-10-24T22:00Z", "2026-10-25T04:00Z", 360)]
    public void An_hour_that_the_clock_shows_twice_is_not_counted_twice(string from, string to, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), Hours("Europe/Berlin", "Sun 00:00-02:15 02:20-05:00").Between(Time(from), Time(to)));

    [Fact]
    public void A_span_over_midnight_belongs_to_the_day_it_begins_on()
    {
        var night = Hours("UTC", "Fri 22:00-06:00");
        Assert.True(night.IsOpen(Time("2026-11-28T05:59Z"))); // Saturday
        Assert.False(night.IsOpen(Time("2026-11-28T06:00Z")));
        Assert.False(night.IsOpen(Time("2026-11-27T05:00Z")));
        Assert.Equal(Time("2026-12-04T23:00Z"), night.Add(Time("2026-11-28T00:00Z"), TimeSpan.FromHours(7)));
    }

    [Fact]
    public void A_span_over_midnight_runs_from_sunday_into_monday()
    {
        var night = Hours("UTC", "Sun 22:00-06:00");
        Assert.Equal(TimeSpan.FromHours(6), night.Between(Time("2026-11-30T00:00Z"), Time("2026-12-05T00:00Z")));
    }

    [Theory]
    [InlineData("2026-12-25 Christmas Day", "2026-12-24T16:00Z", "2026-12-28T10:00Z")] // the 25th is a Friday
    [InlineData("12-25 Christmas Day", "2026-12-24T16:00Z", "2026-12-28T10:00Z")]
    [InlineData("2025-12-25 Christmas Day", "2026-12-24T16:00Z", "2026-12-25T10:00Z")]
    [InlineData("12-25, 12-28 Another\n2026-12-29", "2026-12-24T16:00Z", "2026-12-30T10:00Z")]
    [InlineData("02-29", "2028-02-28T16:00Z", "2028-03-01T10:00Z")]
    [InlineData("02-29", "2029-02-28T16:00Z", "2029-03-01T10:00Z")]
    public void Nobody_works_on_a_holiday(string holidays, string from, string due) =>
        Assert.Equal(Time(due), Hours("UTC", "Mon-Fri 09:00-17:00", holidays).Add(Time(from), TimeSpan.FromHours(2)));

    [Fact]
    public void A_holiday_is_the_day_where_the_team_is()
    {
        var team = Hours("Asia/Kolkata", "Mon-Sun 00:00-24:00", "2026-12-25");
        Assert.True(team.IsOpen(Time("2026-12-24T18:29Z")));
        Assert.False(team.IsOpen(Time("2026-12-24T18:30Z")));
        Assert.False(team.IsOpen(Time("2026-12-25T18:29Z")));
        Assert.True(team.IsOpen(Time("2026-12-25T18:30Z")));
    }

    [Fact]
    public void A_night_before_a_holiday_ends_at_midnight_and_that_of_the_holiday_does_not_begin()
    {
        var night = Hours("UTC", "Mon-Sun 22:00-06:00", "2026-12-25");
        Assert.True(night.IsOpen(Time("2026-12-24T23:59Z")));
        Assert.False(night.IsOpen(Time("2026-12-25T00:00Z")));
        Assert.False(night.IsOpen(Time("2026-12-25T22:00Z")));
        Assert.False(night.IsOpen(Time("2026-12-26T05:59Z")));
        Assert.Equal(Time("2026-12-26T22:00Z"), night.Add(Time("2026-12-25T00:00Z"), TimeSpan.Zero));
    }

    [Fact]
    public void Who_never_works_opens_never_and_is_due_in_a_hundred_years()
    {
        var days = Enumerable.Range(0, 366).Select(d => new DateOnly(2000, 1, 1).AddDays(d).ToString("MM-dd", CultureInfo.InvariantCulture));
        var never = Hours("Europe/Berlin", "Mon-Sun 00:00-24:00", string.Join(',', days));
        var now = Time("2026-11-27T10:00Z");
        Assert.False(never.IsOpen(now));
        Assert.Equal(now + WorkingHours.Horizon, never.Add(now, TimeSpan.Zero));
        Assert.Equal(now + WorkingHours.Horizon, never.Add(now, TimeSpan.FromHours(1)));
        Assert.Equal(TimeSpan.Zero, never.Between(now, DateTimeOffset.MaxValue));
    }

    [Fact]
    public void A_list_of_closed_mondays_ends_some_day()
    {
        var mondays = Enumerable.Range(0, 800).Select(w => new DateOnly(2026, 11, 30).AddDays(7 * w).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var team = Hours("UTC", "Mon 09:00-10:00", string.Join('\n', mondays));
        Assert.Equal(Time("2042-03-31T09:00Z"), team.Add(Time("2026-11-27T10:00Z"), TimeSpan.Zero));
    }

    [Fact]
    public void More_than_a_hundred_years_is_a_hundred_years()
    {
        var now = Time("2026-11-27T10:00Z");
        Assert.Equal(now + WorkingHours.Horizon, WorkingHours.Usual.Add(now, TimeSpan.MaxValue));
        Assert.Equal(WorkingHours.Usual.Between(now, now + WorkingHours.Horizon), WorkingHours.Usual.Between(now, DateTimeOffset.MaxValue));
    }

    [Theory]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("Etc/GMT+12")]
    [InlineData("Europe/Berlin")]
    public void The_ends_of_the_calendar_are_times_like_others(string zone)
    {
        var team = Hours(zone, "Mon-Sun 00:00-12:00 22:00-00:00");
        Assert.False(team.IsOpen(DateTimeOffset.MaxValue));
        Assert.Equal(DateTimeOffset.MaxValue, team.Add(DateTimeOffset.MaxValue, TimeSpan.FromHours(1)));
        Assert.Equal(DateTimeOffset.MaxValue, team.Add(DateTimeOffset.MaxValue.AddYears(-1), TimeSpan.MaxValue));
        Assert.InRange(team.Add(DateTimeOffset.MinValue, TimeSpan.Zero), DateTimeOffset.MinValue, DateTimeOffset.MinValue.AddDays(1));
        Assert.InRange(team.Add(DateTimeOffset.MinValue, TimeSpan.FromHours(20)), DateTimeOffset.MinValue, DateTimeOffset.MinValue.AddDays(3));
        Assert.True(team.Between(DateTimeOffset.MinValue, DateTimeOffset.MaxValue) > TimeSpan.FromDays(20_000));
        Assert.Equal(TimeSpan.Zero, team.Between(DateTimeOffset.MaxValue, DateTimeOffset.MinValue));
        Assert.Equal(TimeSpan.Zero, team.Between(DateTimeOffset.MinValue, DateTimeOffset.MinValue));
    }

    [Fact]
    public void The_first_answer_and_the_next_have_their_own_time()
    {
        var rules = new AnswerRules(WorkingHours.Usual, new(TimeSpan.FromHours(1), TimeSpan.FromHours(4)));
        Assert.Equal(Time("2026-11-27T11:00Z"), rules.DueAt(Time("2026-11-27T10:00Z"), firstAnswer: true));
        Assert.Equal(Time("2026-11-27T14:00Z"), rules.DueAt(Time("2026-11-27T10:00Z"), firstAnswer: false));
    }

    [Fact]
    public void Usually_an_answer_takes_one_working_day()
    {
        Assert.Equal(Time("2026-11-30T10:00Z"), AnswerRules.Usual.DueAt(Time("2026-11-27T10:00Z"), firstAnswer: true));
        Assert.Equal(Time("2026-11-30T10:00Z"), AnswerRules.Usual.DueAt(Time("2026-11-27T10:00Z"), firstAnswer: false));
    }

    private static WorkingHours Hours(string zone, string hours, string holidays = "") => WorkingHours.Parse(zone, hours, holidays).Value;

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    [Fact]
    public void Who_closes_at_the_very_hour_to_which_clocks_go_back_works_that_hour_once_more()
    {
        var london = WorkingHours.Parse("Europe/London", "Sun 00:14-01:00", "").Value;

        Assert.True(london.IsOpen(new(2013, 10, 27, 0, 59, 0, TimeSpan.Zero)));
        Assert.False(london.IsOpen(new(2013, 10, 27, 1, 0, 0, TimeSpan.Zero)));
    }
}
