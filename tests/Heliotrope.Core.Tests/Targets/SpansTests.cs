using Heliotrope.Core.Targets;

namespace Heliotrope.Core.Tests.Targets;

public sealed class SpansTests
{
    [Fact]
    public void Each_weekday_tells_when_it_opens_and_closes()
    {
        var hours = WorkingHours.Parse("Europe/Berlin", "Mon-Fri 09:00-12:30 13:30-18:00; Sat 22:00-06:00", "").Value;
        Assert.Equal([(540, 750), (810, 1080)], hours.SpansOf(DayOfWeek.Monday));
        Assert.Equal([(540, 750), (810, 1080)], hours.SpansOf(DayOfWeek.Friday));
        Assert.Equal([(1320, 1800)], hours.SpansOf(DayOfWeek.Saturday));
        Assert.Empty(hours.SpansOf(DayOfWeek.Sunday));
    }
}
