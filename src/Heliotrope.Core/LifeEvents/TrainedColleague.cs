using Heliotrope.Core.Assignment;

namespace Heliotrope.Core.LifeEvents;

/// <summary>Chooses who is given a conversation in which somebody tells of a hard time: the best of those who are trained for it. It does not wait: where none of them is at work with room, it is given to the one with the emptiest hands.</summary>
public static class TrainedColleague
{
    /// <summary>The best of them.</summary>
    /// <param name="need">What the conversation asks for.</param>
    /// <param name="trained">Those who are trained and not away.</param>
    /// <returns>Who, and why; null when nobody is trained.</returns>
    public static Chosen? Choose(Need need, IEnumerable<Colleague> trained)
    {
        List<Colleague> all = [.. trained];
        var chosen = BestColleague.Choose(need, all) ?? BestColleague.Choose(need, all.Select(c => c with { AtWork = true, Room = Math.Max(c.Room, c.Open + 1) }));
        return chosen is null ? null : chosen with { Because = [ChosenBecause.Trained, .. chosen.Because.Where(because => because is not ChosenBecause.Room)] };
    }
}
