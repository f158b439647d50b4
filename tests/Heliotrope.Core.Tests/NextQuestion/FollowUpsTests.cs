using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.NextQuestion;

namespace Heliotrope.Core.Tests.NextQuestion;

public class FollowUpsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = Start.AddDays(365);

    private static Visit On(long number, long customer, long driver, double day, double? ended = null) =>
        new(number, customer, driver, Start.AddDays(day), ended is { } end ? Start.AddDays(end) : null);

    private static Gen<Visit[]> Visits => Gen.Choose(0, 119).Two().Select(each => (each.Item1, each.Item2))
        .SelectMany(days => Gen.Choose(1, 6).SelectMany(customer => Gen.Choose(1, 4).Select(driver => (days, customer, driver))))
        .ListOf().Select(all => all.Select((each, i) => On(i + 1, each.customer, each.driver, each.days.Item1, each.days.Item2 % 3 == 0 ? null : each.days.Item1 + (each.days.Item2 / 4.0))).ToArray());

    [Fact]
    public void Somebody_who_comes_back_with_something_else_within_thirty_days_of_the_end_is_counted()
    {
        var pair = Assert.Single(FollowUps.Of([On(1, 1, 10, 0, 5), On(2, 1, 20, 35), On(3, 2, 10, 0, 5), On(4, 2, 20, 35.01), On(5, 3, 30, 0)], Now));
        Assert.Equal((10, 20, new Share(1, 2), new Share(0, 1)), (pair.From, pair.To, pair.After, pair.Otherwise));
    }

    [Fact]
    public void Without_an_end_the_days_are_counted_from_the_beginning_and_what_begins_together_follows_nothing() =>
        Assert.Empty(FollowUps.Of([On(1, 1, 10, 0), On(2, 1, 20, 30.01), On(3, 2, 10, 0), On(4, 2, 20, 0)], Now));

    [Fact]
    public void Each_conversation_counts_once_however_often_they_came_back()
    {
        var pair = FollowUps.Of([On(1, 1, 10, 0), On(2, 1, 20, 3), On(3, 1, 20, 4), On(4, 1, 20, 5)], Now).Single(each => each.From == 10);
        Assert.Equal(new Share(1, 1), pair.After);
    }

    [Fact]
    public void Coming_back_about_the_same_is_no_next_question_and_does_not_hide_one()
    {
        var found = FollowUps.Of([On(1, 1, 10, 0), On(2, 1, 10, 3), On(3, 1, 20, 5)], Now);
        Assert.Equal([(10L, 20L, new Share(2, 2))], found.Select(pair => (pair.From, pair.To, pair.After)));
    }

    [Fact]
    public void The_lift_says_how_many_times_as_often()
    {
        // 6 of 12 after the first, 1 of 20 after the third: 0.5 / 0.05.
        var visits = new List<Visit>();
        for (var i = 0; i < 12; i++)
        {
            visits.Add(On(100 + i, i, 1, 0));
            visits.AddRange(i < 6 ? [On(200 + i, i, 2, 10)] : []);
        }

        for (var i = 0; i < 20; i++)
        {
            visits.Add(On(300 + i, 50 + i, 3, 0));
            visits.AddRange(i < 1 ? [On(400 + i, 50 + i, 2, 10)] : []);
        }

        var pair = FollowUps.Of(visits, Now).Single(each => each is { From: 1, To: 2 });
        Assert.Equal((new Share(6, 12), new Share(1, 20)), (pair.After, pair.Otherwise));
        Assert.Equal(10, pair.Lift!.Value, 6);
        Assert.True(pair.IsOffered);
        Assert.False((pair with { After = new(4, 8) }).IsOffered); // often, but few
        Assert.False((pair with { Otherwise = new(8, 20) }).IsOffered); // many, but hardly more than others
        Assert.Equal(20, (pair with { Otherwise = new(0, 20) }).Lift!.Value, 6); // as if half a person had asked
        Assert.Null((pair with { Otherwise = new(0, 0) }).Lift);
    }

    [Fact]
    public void The_order_of_what_is_given_does_not_matter() => Prop.ForAll(Visits.ToArbitrary(), Gen.Choose(0, 1000).ToArbitrary(), (visits, seed) =>
    {
        var shuffled = visits.OrderBy(visit => ((visit.Number * 7919) + seed) % 1009).ToArray();
        var added = visits.Where(visit => visit.Number % 3 == 0).Select(visit => (visit.Number, 2L));
        return FollowUps.Of(visits, Now, added).SequenceEqual(FollowUps.Of(shuffled, Now, added.Reverse()));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_is_counted_oftener_than_it_happened_and_added_and_not_added_are_all() => Prop.ForAll(Visits.ToArbitrary(), visits =>
    {
        var counts = visits.CountBy(visit => visit.Driver).ToDictionary();
        return FollowUps.Of(visits, Now, visits.Where(visit => visit.Number % 2 == 0).Select(visit => (visit.Number, 2L))).All(pair =>
            pair.After.Of == counts[pair.From] && pair.After.Count <= pair.After.Of && pair.Otherwise.Count <= pair.Otherwise.Of
            && pair.From != pair.To
            && pair.Effect.Added.Of + pair.Effect.Without.Of == counts[pair.From] // all of them are over
            && pair.Effect.Added.Count + pair.Effect.Without.Count == pair.After.Count);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Drivers_that_have_nothing_to_do_with_each_other_have_a_lift_near_one()
    {
        // A generator of its own, so that it is the same each time: 4,000 customers come up to five times in 100 days for any of four reasons.
        var random = new LinearCongruence(20261130);
        var visits = Enumerable.Range(0, 4_000).SelectMany(customer => Enumerable.Range(0, 1 + random.Next(5)).Select(i => On((customer * 10) + i, customer, 1 + random.Next(4), random.Next(10_000) / 100.0))).ToList();
        var found = FollowUps.Of(visits, Now);
        Assert.Equal(12, found.Count);
        Assert.All(found, pair => Assert.InRange(pair.Lift!.Value, 0.85, 1.15));
        Assert.DoesNotContain(found, pair => pair.IsOffered);
    }

    [Fact]
    public void An_effect_is_counted_once_the_time_to_come_back_is_over_and_said_once_there_are_enough()
    {
        Visit[] visits = [On(1, 1, 10, 0), On(2, 1, 20, 3), On(3, 2, 10, 0), On(4, 3, 10, 0), On(5, 4, 10, 340), On(6, 4, 20, 341)];
        var effect = FollowUps.Of(visits, Now, [(3, 20), (5, 20)]).Single(pair => pair is { From: 10, To: 20 }).Effect;
        Assert.Equal((new Share(0, 1), new Share(1, 2)), (effect.Added, effect.Without)); // the fifth may still ask
        Assert.False(effect.Says);
        Assert.True(new Effect(new(1, 20), new(5, 20)).Says);
        Assert.False(new Effect(new(1, 19), new(5, 200)).Says);
    }

    [Fact]
    public void Where_the_true_share_may_lie_is_wide_while_there_are_few()
    {
        var (low, high) = new Share(5, 10).Interval;
        Assert.Equal((0.237, 0.763), (Math.Round(low, 3), Math.Round(high, 3)));
        Assert.Equal((0d, 1d), new Share(0, 0).Interval);
        Assert.InRange(new Share(500, 1000).Interval.High, 0.5, 0.54);
    }

    private sealed class LinearCongruence(ulong state)
    {
        private ulong _state = state;

        public int Next(int below)
        {
            _state = (_state * 6364136223846793005) + 1442695040888963407;
            return (int)((_state >> 33) % (ulong)below);
        }
    }
}
