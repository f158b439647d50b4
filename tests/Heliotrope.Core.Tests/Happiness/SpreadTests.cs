using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Happiness;

namespace Heliotrope.Core.Tests.Happiness;

public sealed class SpreadTests
{
    private static readonly Arbitrary<TimeSpan[]> Durations =
        Arb.From(Gen.Choose(0, int.MaxValue).Select(s => TimeSpan.FromSeconds(s) + TimeSpan.FromTicks(s % 7)).NonEmptyListOf().Select(l => l.ToArray()));

    [Theory]
    [InlineData(new[] { 5 }, 300, 300)]
    [InlineData(new[] { 20, 10 }, 900, 1140)]
    [InlineData(new[] { 30, 10, 20 }, 1200, 1680)]
    [InlineData(new[] { 1, 2, 3, 4 }, 150, 222)]
    [InlineData(new[] { 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1 }, 360, 600)]
    [InlineData(new[] { 7, 7, 7, 7 }, 420, 420)]
    [InlineData(new[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 1000 }, 0, 6000)]
    public void The_middle_and_the_slow_end_are_as_by_hand(int[] minutes, int medianSeconds, int p90Seconds) =>
        Assert.Equal(new Spread(minutes.Length, TimeSpan.FromSeconds(medianSeconds), TimeSpan.FromSeconds(p90Seconds)), Spread.Of(minutes.Select(m => TimeSpan.FromMinutes(m))));

    [Fact]
    public void Nothing_has_no_middle() => Assert.Null(Spread.Of([]));

    [Fact]
    public void The_middle_is_never_beyond_the_slow_end_nor_either_outside() => Prop.ForAll(Durations, durations =>
        Spread.Of(durations) is { } s && s.Count == durations.Length && durations.Min() <= s.Median && s.Median <= s.P90 && s.P90 <= durations.Max()).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_the_durations_does_not_matter() => Prop.ForAll(Durations, durations =>
        Spread.Of(durations) == Spread.Of(durations.Reverse())).QuickCheckThrowOnFailure();

    [Fact]
    public void Half_are_no_slower_than_the_middle_and_nine_in_ten_than_the_slow_end() => Prop.ForAll(Durations, durations =>
    {
        var spread = Spread.Of(durations)!.Value;
        return durations.Count(d => d <= spread.Median) * 2 >= durations.Length && durations.Count(d => d >= spread.Median) * 2 >= durations.Length
            && durations.Count(d => d <= spread.P90) >= (int)(0.9 * (durations.Length - 1)) + 1;
    }).QuickCheckThrowOnFailure();
}
