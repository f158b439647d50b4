using Heliotrope.Core.Happiness;
using Heliotrope.Core.Plays;

namespace Heliotrope.Core.Tests.Plays;

public class StaleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static PlayRecord Fresh => new(Now.AddDays(-200), Now.AddDays(-10), Now.AddDays(-3), true, default, default);

    [Fact]
    public void One_that_is_used_and_looked_at_is_fresh() => Assert.Empty(Stale.Of(Fresh, Now));

    [Fact]
    public void One_is_stale_that_nobody_used_although_its_situation_occurred()
    {
        Assert.Equal([StaleSign.NotUsed], Stale.Of(Fresh with { UsedAt = Now.AddDays(-91) }, Now));
        Assert.Equal([StaleSign.NotUsed], Stale.Of(Fresh with { UsedAt = null }, Now));
        Assert.Empty(Stale.Of(Fresh with { UsedAt = Now.AddDays(-91), Occurs = false }, Now));
        Assert.Empty(Stale.Of(Fresh with { UsedAt = null, Since = Now.AddDays(-89) }, Now)); // it is new
        Assert.Empty(Stale.Of(Fresh with { UsedAt = Now.AddDays(-90) }, Now));
    }

    [Fact]
    public void One_is_stale_that_nobody_looked_at_for_half_a_year()
    {
        Assert.Empty(Stale.Of(Fresh with { LookedAt = Now.AddDays(-180) }, Now));
        Assert.Equal([StaleSign.NotLookedAt], Stale.Of(Fresh with { LookedAt = Now.AddDays(-181) }, Now));
    }

    [Theory]
    [InlineData(20, 3, 10, 20, 2, 10, true)] // more unhappy
    [InlineData(20, 2, 9, 20, 2, 10, true)] // as many unhappy, fewer confirmed
    [InlineData(20, 2, 10, 20, 2, 10, false)]
    [InlineData(20, 1, 2, 20, 2, 18, false)] // fewer unhappy counts for more
    [InlineData(40, 4, 20, 20, 2, 10, false)] // the same shares
    [InlineData(19, 19, 0, 20, 0, 20, false)] // too few with it
    [InlineData(20, 20, 0, 19, 0, 19, false)] // too few without it
    public void It_ends_worse_only_where_there_are_enough_to_say_so(int with, int unhappy, int confirmed, int without, int otherUnhappy, int otherConfirmed, bool worse)
    {
        var ends = new EndCounts(confirmed, 0, with - unhappy - confirmed, unhappy, 50);
        var others = new EndCounts(otherConfirmed, 0, without - otherUnhappy - otherConfirmed, otherUnhappy, 50);
        Assert.Equal(worse, Stale.IsWorse(ends, others));
        Assert.Equal(worse ? [StaleSign.Worse] : [], Stale.Of(Fresh with { With = ends, Without = others }, Now));
    }
}
