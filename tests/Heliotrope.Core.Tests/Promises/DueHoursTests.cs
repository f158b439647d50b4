using Heliotrope.Core.Targets;

namespace Heliotrope.Core.Tests.Promises;

public sealed class DueHoursTests
{
    [Theory]
    [InlineData("2026-03-18T17:00", "I'll call you by the end of the day.", "2026-03-19T17:00")] // we have just closed
    [InlineData("2026-03-18T18:00", "I'll call you today.", "2026-03-19")]
    [InlineData("2026-03-18T18:00", "I'll call you in an hour.", "2026-03-19T10:00")]
    [InlineData("2026-03-18T18:00", "I'll call you at 7 pm.", "2026-03-19T09:00")]
    [InlineData("2026-03-18T08:00", "I'll call you in an hour.", "2026-03-18T10:00")]
    [InlineData("2026-03-18T16:30", "I'll call you in an hour.", "2026-03-19T09:30")]
    [InlineData("2026-03-16T10:00", "I'll call you within two working days.", "2026-03-18")]
    [InlineData("2026-03-21T10:00", "I'll call you within two working days.", "2026-03-24")] // a Saturday
    [InlineData("2026-03-20T10:00", "I'll call you tomorrow.", "2026-03-23")]
    [InlineData("2026-03-20T10:00", "I'll call you tomorrow at 10.", "2026-03-23T09:00")]
    [InlineData("2026-03-21T10:00", "I'll call you by the end of the week.", "2026-03-27")]
    [InlineData("2026-03-22T10:00", "I'll call you next Tuesday.", "2026-03-24")] // a Sunday: tomorrow a new week begins
    [InlineData("2026-03-22T10:00", "I'll call you next week.", "2026-03-27")]
    [InlineData("2026-03-27T10:00", "I'll call you at 5 pm on Monday.", "2026-03-30T17:00")]
    [InlineData("2026-12-31T10:00", "I'll call you tomorrow.", "2027-01-01")]
    [InlineData("2026-12-30T10:00", "Ich rufe Sie in KW 1 an.", "2027-01-08")]
    [InlineData("2027-02-10T10:00", "I'll call you on 29 February.", "2028-02-29")]
    public void Closed_hours_and_days_move_what_is_due(string now, string words, string due) => Assert.Equal(due, Said.Dues(words, now));

    [Theory]
    [InlineData("I'll call you on Friday.", "2026-04-04")] // Good Friday; on Saturdays we work
    [InlineData("I'll call you within two working days.", "2026-04-04")]
    [InlineData("I'll call you within three working days.", "2026-04-07")] // Easter Monday
    [InlineData("I'll call you on Saturday.", "2026-04-04")]
    [InlineData("I'll call you by the end of the day.", "2026-04-01T18:30")]
    [InlineData("I'll call you at 1 pm.", "2026-04-01T14:00")] // lunch
    [InlineData("I'll call you by 12:30.", "2026-04-01T12:30")] // as we close for lunch
    [InlineData("I'll call you in three hours.", "2026-04-01T15:00")]
    public void Holidays_lunch_and_Saturdays_are_those_of_our_hours(string words, string due) =>
        Assert.Equal(due, Said.Dues(words, "2026-04-01T10:30", WorkingHours.Parse("Europe/Berlin", "Mon-Fri 09:00-12:30 14:00-18:30; Sat 10:00-14:00", "2026-04-03 Good Friday\n2026-04-06 Easter Monday").Value));

    [Fact]
    public void Days_and_times_are_those_of_the_zone()
    {
        var auckland = WorkingHours.Parse("Pacific/Auckland", "Mon-Fri 09:00-17:00", "").Value;
        var found = Assert.Single(Heliotrope.Core.Promises.PromiseFinder.In("I'll call you tomorrow at 3.", new(2026, 3, 17, 22, 0, 0, TimeSpan.Zero), auckland)); // Wednesday morning there
        Assert.Equal("2026-03-19T15:00", Said.Due(found));
        Assert.Equal(new(2026, 3, 19, 2, 0, 0, TimeSpan.Zero), found.Due!.Value.At(auckland));
    }
}
