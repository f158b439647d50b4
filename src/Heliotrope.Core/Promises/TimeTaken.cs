namespace Heliotrope.Core.Promises;

/// <summary>How long a promise took.</summary>
/// <param name="Working">The working time from when it was made until it was done, or until now when it is not.</param>
/// <param name="Done">Whether it is done.</param>
public readonly record struct TimeTaken(TimeSpan Working, bool Done)
{
    /// <summary>From fewer nothing is said: the ninth of ten cannot be told from chance.</summary>
    public const int Fewest = 10;

    /// <summary>
    /// The working time within which nine in ten were done, as estimated by Kaplan and Meier (1958): those not done yet count for as
    /// long as they have been open, instead of being left out, which would flatter us.
    /// </summary>
    /// <param name="taken">Promises like the one to be made.</param>
    /// <returns>The time; null when there are too few, or when too many were never done.</returns>
    public static TimeSpan? NineInTen(IEnumerable<TimeTaken> taken)
    {
        var all = taken.OrderBy(t => t.Working).ThenByDescending(t => t.Done).ToList(); // at a tie, what was done was still open just before
        if (all.Count(t => t.Done) < Fewest)
        {
            return null;
        }

        var open = 1.0;
        for (var i = 0; i < all.Count; i++)
        {
            if (!all[i].Done)
            {
                continue;
            }

            open *= 1 - (1.0 / (all.Count - i));
            if (open <= 0.1 + 1e-9)
            {
                return all[i].Working;
            }
        }

        return null;
    }
}
