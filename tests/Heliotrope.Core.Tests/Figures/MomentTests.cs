using Heliotrope.Core.Happiness;
using Heliotrope.Core.Moments;
using Heliotrope.Core.Recovery;

namespace Heliotrope.Core.Tests.Figures;

public sealed class MomentTests
{
    private static readonly MomentEvidence Plain = new(HappinessEnd.Silent, null, null, Friction.None with { Hold = TimeSpan.FromHours(2) }, null, 0, 0, null);

    private static readonly Baseline Usual = new(40, BaselineKind.DriverAndChannel, TimeSpan.FromHours(2), 0.8);

    private static string Reasons(MomentEvidence evidence) => string.Join(' ', Moment.Of(evidence)!.Reasons);

    [Fact]
    public void Nothing_is_graded_before_a_person_answered_or_it_ended() => Assert.Null(Moment.Of(Plain with { End = null, Friction = Friction.None }));

    [Fact]
    public void A_no_is_misery_whatever_else_went_well()
    {
        var moment = Moment.Of(Plain with { End = HappinessEnd.Unhappy, First = -0.9, Last = 0.9, Baseline = Usual, Friction = Friction.None with { Hold = TimeSpan.FromMinutes(1) }, KeptEarly = 3, Recovery = RecoveryState.Restored })!;
        Assert.Equal(MomentGrade.Misery, moment.Grade);
        Assert.Equal("said-no-4 mood-rose+1 quicker+1 smoother+1 promise-early+1 restored+1", string.Join(' ', moment.Reasons));
    }

    [Fact]
    public void Two_yeses_are_magic_unless_it_was_slow_and_rough()
    {
        Assert.Equal((MomentGrade.Magic, "confirmed+2"), (Moment.Of(Plain with { End = HappinessEnd.Confirmed })!.Grade, Reasons(Plain with { End = HappinessEnd.Confirmed })));
        var hard = Plain with { End = HappinessEnd.Confirmed, Baseline = Usual, Friction = new(TimeSpan.FromHours(9), 1, 1, 0, 0, 0) };
        Assert.Equal((MomentGrade.Mediocre, "confirmed+2 slower-1 rougher-1"), (Moment.Of(hard)!.Grade, Reasons(hard)));
    }

    [Fact]
    public void Silence_says_nothing_and_where_nothing_is_usual_nothing_is_quick_or_slow()
    {
        Assert.Equal((MomentGrade.Mediocre, ""), (Moment.Of(Plain)!.Grade, Reasons(Plain)));
        Assert.Equal("", Reasons(Plain with { Friction = new(TimeSpan.FromDays(30), 5, 5, 5, 0, 0) }));
    }

    [Theory]
    [InlineData(0.74, "quicker+1")]
    [InlineData(0.75, "")]
    [InlineData(1.5, "")]
    [InlineData(1.51, "slower-1")]
    public void Waiting_is_set_beside_what_is_usual(double times, string reasons) =>
        Assert.Equal(reasons, Reasons(Plain with { Baseline = Usual with { Friction = 0 }, Friction = Friction.None with { Hold = Usual.Hold * times } }));

    [Fact]
    public void A_broken_promise_weighs_more_than_one_kept_early_and_a_lost_recovery_is_misery()
    {
        Assert.Equal("promise-broken-2", Reasons(Plain with { Broken = 1, KeptEarly = 2 }));
        Assert.Equal(MomentGrade.Misery, Moment.Of(Plain with { End = HappinessEnd.Thanked, Recovery = RecoveryState.Lost })!.Grade);
        Assert.Equal(MomentGrade.Magic, Moment.Of(Plain with { End = HappinessEnd.Thanked, KeptEarly = 1 })!.Grade);
    }

    [Fact]
    public void Consistency_counts_grades_their_spread_and_the_run_without_misery()
    {
        var c = Consistency.Measure([(MomentGrade.Magic, 3), (MomentGrade.Misery, -4), (MomentGrade.Mediocre, 0), (MomentGrade.Magic, 2)]);
        Assert.Equal((2, 1, 1, 3, 4, 2), (c.Magic, c.Mediocre, c.Misery, c.AtOrAbove, c.Of, c.Run));
        Assert.Equal(2.6810, c.Spread, 4); // of 3, -4, 0 and 2: the mean is 1/4, the squares 29/4
        Assert.Equal((0, 0.0, 0), (Consistency.Measure([]).Of, Consistency.Measure([]).Spread, Consistency.Measure([]).Run));
    }
}
