using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Happiness;

namespace Heliotrope.Core.Tests.Happiness;

public sealed class HappinessClockProperties
{
    private static readonly DateTimeOffset Start = new(2026, 3, 29, 0, 30, 0, TimeSpan.Zero);

    private static readonly Gen<Func<HappinessClock, DateTimeOffset, HappinessClock>> Step = Gen.OneOf(
        from thanks in Gen.Elements(true, false)
        from answered in Gen.Elements(true, false)
        select new Func<HappinessClock, DateTimeOffset, HappinessClock>((c, at) => c.CustomerWrote(thanks, answered, at)),
        from resolved in Gen.Elements(true, false)
        from again in Gen.Elements(true, false)
        select new Func<HappinessClock, DateTimeOffset, HappinessClock>((c, at) => c.Answered(new(resolved, again, ""), at)),
        Gen.Constant<Func<HappinessClock, DateTimeOffset, HappinessClock>>((c, at) => c.FellSilent(at)));

    /// <summary>Steps with the minutes between them; often none, so that two things happen at once.</summary>
    private static readonly Arbitrary<(Func<HappinessClock, DateTimeOffset, HappinessClock> Step, int Minutes)[]> Lives =
        Arb.From((from step in Step from minutes in Gen.Choose(0, 3) select (step, minutes * 1_000)).ArrayOf());

    [Fact]
    public void Whatever_happens_the_clock_is_whole() => Prop.ForAll(Lives, life => Readings(life).All(clock =>
        clock.EndedAt is null == clock.End is null
        && (clock.EndedAt is null || clock.StartedAt is not null)
        && clock.Elapsed is null == clock.EndedAt is null
        && (clock.Elapsed is not { } elapsed || elapsed >= TimeSpan.Zero))).QuickCheckThrowOnFailure();

    [Fact]
    public void Once_started_the_start_never_moves() => Prop.ForAll(Lives, life =>
        Readings(life).Select(c => c.StartedAt).OfType<DateTimeOffset>().Distinct().Count() <= 1).QuickCheckThrowOnFailure();

    [Fact]
    public void The_end_never_moves_back() => Prop.ForAll(Lives, life =>
    {
        var ends = Readings(life).Select(c => c.EndedAt).OfType<DateTimeOffset>().ToArray();
        return ends.SequenceEqual(ends.Order());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_last_answer_decides_whatever_came_before() => Prop.ForAll(Lives, life =>
    {
        var before = Readings(life).LastOrDefault();
        var at = Start.AddYears(1);
        return before.Answered(new(true, true, ""), at) is { End: HappinessEnd.Confirmed } yes && yes.EndedAt == (before.End is HappinessEnd.Confirmed ? before.EndedAt : at)
            && before.Answered(new(false, true, ""), at) is { End: HappinessEnd.Unhappy } no && no.EndedAt == at;
    }).QuickCheckThrowOnFailure();

    private static IEnumerable<HappinessClock> Readings((Func<HappinessClock, DateTimeOffset, HappinessClock> Step, int Minutes)[] life)
    {
        var (clock, now) = (default(HappinessClock), Start);
        foreach (var (step, minutes) in life)
        {
            now = now.AddMinutes(minutes);
            yield return clock = step(clock, now);
        }
    }
}
