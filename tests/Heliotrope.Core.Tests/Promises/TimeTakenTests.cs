using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Promises;

namespace Heliotrope.Core.Tests.Promises;

public class TimeTakenTests
{
    [Fact]
    public void Nine_of_ten_that_were_all_done_were_done_by_the_ninth() =>
        Assert.Equal(TimeSpan.FromHours(9), TimeTaken.NineInTen(Enumerable.Range(1, 10).Select(Done)));

    [Fact]
    public void From_a_few_nothing_is_said() =>
        Assert.Null(TimeTaken.NineInTen(Enumerable.Range(1, 9).Select(Done)));

    [Fact]
    public void Those_that_were_never_done_move_the_time_back_or_leave_it_unknown()
    {
        TimeTaken[] never = [.. Enumerable.Repeat(new TimeTaken(TimeSpan.FromHours(100), false), 2)];

        Assert.Null(TimeTaken.NineInTen([.. Enumerable.Range(1, 10).Select(Done), .. never]));
        Assert.Equal(TimeSpan.FromHours(28), TimeTaken.NineInTen([.. Enumerable.Range(1, 30).Select(Done), never[0]]));
    }

    [Fact]
    public void One_that_has_been_open_for_a_moment_says_nothing() =>
        Assert.Equal(TimeSpan.FromHours(9), TimeTaken.NineInTen([new(TimeSpan.Zero, false), .. Enumerable.Range(1, 10).Select(Done)]));

    [Fact]
    public void At_least_nine_in_ten_of_those_that_were_all_done_were_done_by_then() =>
        Prop.ForAll<PositiveInt[]>(hours =>
        {
            var taken = hours.Select(h => Done(h.Get)).ToList();
            var by = TimeTaken.NineInTen(taken);
            Assert.Equal(taken.Count >= TimeTaken.Fewest, by is not null);
            Assert.True(by is null || taken.Count(t => t.Working <= by) >= 0.9 * taken.Count);
        }).QuickCheckThrowOnFailure();

    private static TimeTaken Done(int hours) => new(TimeSpan.FromHours(hours), true);
}
