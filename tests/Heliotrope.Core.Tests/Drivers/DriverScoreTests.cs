using Heliotrope.Core.Drivers;

namespace Heliotrope.Core.Tests.Drivers;

public sealed class DriverScoreTests
{
    [Fact]
    public void Each_figure_is_what_it_says()
    {
        var score = DriverScore.Of([("a", "a"), ("a", "b"), ("a", null), ("b", "b"), (null, null), (null, "b")]);

        Assert.Equal(0.5, score.Accuracy);
        Assert.Equal(((2.0 / 4) + (2.0 / 4)) / 2, score.MacroF1); // a: 1 of 3 found, 1 of 1 right; b: 1 of 1 found, 1 of 3 right
        Assert.Equal(0.5, score.OutOfScopeRecall);
        Assert.Equal(0.5, score.OutOfScopePrecision);
    }

    [Fact]
    public void Where_there_is_nothing_to_measure_there_is_no_figure()
    {
        Assert.Equal(new DriverScore(null, null, null, null), DriverScore.Of([]));
        Assert.Equal(new DriverScore(1, 1, null, null), DriverScore.Of([("a", "a")]));
        Assert.Equal(new DriverScore(null, null, 0, null), DriverScore.Of([(null, "a")]));
    }
}
