using Heliotrope.Core.Conversations;

namespace Heliotrope.Core.Tests.Conversations;

public class SendLaterTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 17, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_time_ahead_may_be() => Assert.Null(SendLater.Check(Now.AddMinutes(1), Now));

    [Fact]
    public void A_time_that_has_passed_may_not() => Assert.Equal("later.past", SendLater.Check(Now, Now)?.Code);

    [Fact]
    public void No_time_is_one_that_has_passed() => Assert.Equal("later.past", SendLater.Check(null, Now)?.Code);

    [Fact]
    public void More_than_a_year_ahead_is_a_slip_of_the_hand() => Assert.Equal("later.too-far", SendLater.Check(Now.AddDays(367), Now)?.Code);
}
