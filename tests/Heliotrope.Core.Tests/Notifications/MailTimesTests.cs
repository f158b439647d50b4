using Heliotrope.Core.Notifications;
using NodaTime;

namespace Heliotrope.Core.Tests.Notifications;

public class MailTimesTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Theory]
    [InlineData(MailRhythm.AtOnce, "2026-11-23T10:17:00+01:00", "2026-11-23T10:17:00+01:00")]
    [InlineData(MailRhythm.TenMinutes, "2026-11-23T10:17:00+01:00", "2026-11-23T10:27:00+01:00")]
    [InlineData(MailRhythm.Hourly, "2026-11-23T10:17:00+01:00", "2026-11-23T11:00:00+01:00")]
    [InlineData(MailRhythm.Hourly, "2026-11-23T10:00:00+01:00", "2026-11-23T11:00:00+01:00")]
    [InlineData(MailRhythm.Daily, "2026-11-23T07:59:00+01:00", "2026-11-23T08:00:00+01:00")]
    [InlineData(MailRhythm.Daily, "2026-11-23T08:00:00+01:00", "2026-11-24T08:00:00+01:00")]
    [InlineData(MailRhythm.Daily, "2026-10-24T09:00:00+02:00", "2026-10-25T08:00:00+01:00")] // the night in which clocks go back
    public void A_mail_goes_when_its_rhythm_says(MailRhythm rhythm, string at, string due) => Assert.Equal(At(due), MailTimes.DueAt(rhythm, null, At(at), Berlin));

    [Fact]
    public void Never_is_never() => Assert.Null(MailTimes.DueAt(MailRhythm.Off, null, At("2026-11-23T10:17:00+01:00"), Berlin));

    [Theory]
    [InlineData("2026-11-23T19:55:00+01:00", "2026-11-24T07:00:00+01:00")] // ten minutes later it is quiet
    [InlineData("2026-11-23T23:00:00+01:00", "2026-11-24T07:00:00+01:00")]
    [InlineData("2026-11-23T06:49:00+01:00", "2026-11-23T07:00:00+01:00")]
    [InlineData("2026-11-23T06:51:00+01:00", "2026-11-23T07:01:00+01:00")]
    public void In_quiet_hours_a_mail_waits_for_their_end(string at, string due) =>
        Assert.Equal(At(due), MailTimes.DueAt(MailRhythm.TenMinutes, new(20 * 60, 7 * 60), At(at), Berlin));

    [Theory]
    [InlineData(1200, 420, 1199, false)]
    [InlineData(1200, 420, 1200, true)]
    [InlineData(1200, 420, 0, true)]
    [InlineData(1200, 420, 420, false)]
    [InlineData(600, 720, 660, true)]
    [InlineData(600, 720, 720, false)]
    public void Quiet_hours_may_go_past_midnight(int from, int to, int minute, bool quiet) => Assert.Equal(quiet, new QuietHours(from, to).Contains(minute));

    [Fact]
    public void By_mail_goes_by_itself_what_somebody_waits_for()
    {
        Assert.True(Told.Usually(Reason.Mentioned).Mail);
        Assert.False(Told.Usually(Reason.Followed).Mail);
        Assert.All(Enum.GetValues<Reason>(), reason => Assert.True(Told.Usually(reason).Bell));
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}
