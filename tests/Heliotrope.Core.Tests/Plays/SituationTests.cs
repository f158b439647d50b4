using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Plays;

namespace Heliotrope.Core.Tests.Plays;

public class SituationTests
{
    private static readonly Occurrence WrongBag = new(1, new HashSet<PlayMood> { PlayMood.Complaint }, new HashSet<long> { 7 });

    [Fact]
    public void The_most_specific_comes_first_and_what_is_for_anything_last()
    {
        Situation[] all =
        [
            new(null, null, null), new(null, null, 7), new(null, PlayMood.Complaint, null), new(1, null, null), new(null, PlayMood.Complaint, 7), new(1, null, 7), new(1, PlayMood.Complaint, null), new(1, PlayMood.Complaint, 7),
            new(2, null, null), new(1, PlayMood.Thanks, null), new(1, null, 8),
        ];
        Assert.Equal(all.Take(8).Reverse(), Situation.Fitting(all, situation => situation, WrongBag, 20));
        Assert.Equal(all.Take(8).Reverse().Take(3), Situation.Fitting(all, situation => situation, WrongBag, 3));
    }

    [Fact]
    public void What_says_the_same_stays_in_its_order() =>
        Assert.Equal(["b", "a"], Situation.Fitting(["b", "a"], _ => new Situation(1, null, null), WrongBag, 3));

    [Fact]
    public void While_nobody_knows_why_they_wrote_nothing_is_taken_for_granted()
    {
        var unknown = new Occurrence(null, new HashSet<PlayMood>(), new HashSet<long>());
        Assert.Equal([new Situation(null, null, null)], Situation.Fitting([new Situation(1, null, null), new(null, PlayMood.Pressing, null), new(null, null, null)], situation => situation, unknown, 3));
    }

    [Fact]
    public void Of_any_plays_only_those_that_fit_are_offered_and_none_says_more_than_the_one_before()
    {
        var part = Gen.Choose(0, 3);
        var situation = part.Three().Select(each => new Situation(each.Item1 == 0 ? null : each.Item1, each.Item2 == 0 ? null : (PlayMood)(each.Item2 - 1), each.Item3 == 0 ? null : each.Item3));
        var occurrence = part.Three().Select(each => new Occurrence(each.Item1 == 0 ? null : each.Item1, each.Item2 == 0 ? new HashSet<PlayMood>() : [(PlayMood)(each.Item2 - 1)], each.Item3 == 0 ? new HashSet<long>() : [each.Item3]));
        Prop.ForAll(situation.ListOf().ToArbitrary(), occurrence.ToArbitrary(), (all, now) =>
        {
            var offered = Situation.Fitting(all, each => each, now, 3);
            return offered.Count == Math.Min(3, all.Count(each => each.IsMetBy(now)))
                && offered.All(each => each.IsMetBy(now))
                && offered.Zip(offered.Skip(1)).All(pair => pair.First.Details >= pair.Second.Details)
                && all.Where(each => each.IsMetBy(now)).All(each => offered.Count == 0 || offered[0].Details >= each.Details);
        }).QuickCheckThrowOnFailure();
    }
}
