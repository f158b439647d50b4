namespace Heliotrope.Core.NextQuestion;

/// <summary>
/// Counts what is asked after what. It is given one customer after another and holds nothing but counts, so that it reads any number of them. Coming back about the same
/// is no next question, but an answer that did not hold; it is left out here.
/// </summary>
/// <param name="now">Now (UTC): an effect is counted once the time to come back is over.</param>
/// <param name="added">By conversation: the drivers whose answers were added there.</param>
public sealed class FollowUps(DateTimeOffset now, ILookup<long, long> added)
{
    private readonly Dictionary<long, int> _all = [];
    private readonly Dictionary<long, int> _over = [];
    private readonly Dictionary<(long From, long To), int> _followed = [];
    private readonly Dictionary<(long From, long To), int> _followedOver = [];
    private readonly Dictionary<(long From, long To), Share> _added = [];

    /// <summary>Counts all there is of all customers, in whatever order.</summary>
    /// <param name="visits">The conversations, spam left out.</param>
    /// <param name="now">Now (UTC).</param>
    /// <param name="added">By conversation: the drivers whose answers were added there; null for none.</param>
    public static IReadOnlyList<FollowUp> Of(IEnumerable<Visit> visits, DateTimeOffset now, IEnumerable<(long Number, long Driver)>? added = null)
    {
        var counts = new FollowUps(now, (added ?? []).Distinct().ToLookup(each => each.Number, each => each.Driver));
        foreach (var customer in visits.GroupBy(visit => visit.Customer))
        {
            counts.Add([.. customer]);
        }

        return counts.Result();
    }

    /// <summary>Counts one customer.</summary>
    /// <param name="visits">All of their conversations, in whatever order.</param>
    public void Add(IReadOnlyCollection<Visit> visits)
    {
        var inOrder = visits.OrderBy(visit => visit.StartedAt).ThenBy(visit => visit.Number).ToList();
        var next = new HashSet<long>();
        for (var i = 0; i < inOrder.Count; i++)
        {
            var visit = inOrder[i];
            next.Clear();
            for (var j = i + 1; j < inOrder.Count && inOrder[j].StartedAt <= visit.Until; j++)
            {
                if (visit.IsFollowedBy(inOrder[j]) && inOrder[j].Driver != visit.Driver)
                {
                    next.Add(inOrder[j].Driver);
                }
            }

            Count(visit, next);
        }
    }

    /// <summary>All that came after something, however seldom, in the order of the ids.</summary>
    public IReadOnlyList<FollowUp> Result()
    {
        var (everything, toEach) = (_all.Values.Sum(), _followed.GroupBy(pair => pair.Key.To).ToDictionary(to => to.Key, to => to.Sum(pair => pair.Value)));
        return [.. _followed.Keys.Union(_added.Keys).OrderBy(pair => pair.From).ThenBy(pair => pair.To).Select(pair =>
        {
            var (count, of) = (_followed.GetValueOrDefault(pair), _all[pair.From]);
            var with = _added.GetValueOrDefault(pair);
            var without = new Share(_followedOver.GetValueOrDefault(pair) - with.Count, _over.GetValueOrDefault(pair.From) - with.Of);
            return new FollowUp(
                pair.From, pair.To, new(count, of), new(toEach.GetValueOrDefault(pair.To) - count, everything - of - _all.GetValueOrDefault(pair.To)), new(with, without));
        })];
    }

    private void Count(Visit visit, HashSet<long> next)
    {
        var isOver = visit.Until <= now;
        Raise(_all, visit.Driver);
        foreach (var to in next)
        {
            Raise(_followed, (visit.Driver, to));
        }

        if (!isOver)
        {
            return;
        }

        Raise(_over, visit.Driver);
        foreach (var to in next)
        {
            Raise(_followedOver, (visit.Driver, to));
        }

        foreach (var to in added[visit.Number].Where(to => to != visit.Driver))
        {
            var so = _added.GetValueOrDefault((visit.Driver, to));
            _added[(visit.Driver, to)] = new(so.Count + (next.Contains(to) ? 1 : 0), so.Of + 1);
        }
    }

    private static void Raise<T>(Dictionary<T, int> counts, T key)
        where T : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;
}
