namespace Heliotrope.Core.NextQuestion;

/// <summary>So many out of so many.</summary>
/// <param name="Count">How many.</param>
/// <param name="Of">Out of how many.</param>
public readonly record struct Share(int Count, int Of)
{
    private const double Z95 = 1.959964;

    /// <summary>The share, from 0 to 1; 0 out of nothing.</summary>
    public double Rate => Of == 0 ? 0 : (double)Count / Of;

    /// <summary>Where the true share lies in nineteen of twenty cases (E. B. Wilson, Probable inference, 1927): wide while there are few.</summary>
    public (double Low, double High) Interval
    {
        get
        {
            if (Of == 0)
            {
                return (0, 1);
            }

            const double square = Z95 * Z95;
            var middle = (Rate + (square / (2 * Of))) / (1 + (square / Of));
            var reach = Z95 / (1 + (square / Of)) * Math.Sqrt((Rate * (1 - Rate) / Of) + (square / (4.0 * Of * Of)));
            return (Math.Max(0, middle - reach), Math.Min(1, middle + reach));
        }
    }
}

/// <summary>What became of answering a question before it was asked: how many came back with it. Only conversations whose time to come back is over are counted.</summary>
/// <param name="Added">Those whose answer held it.</param>
/// <param name="Without">Those whose answer did not, or was given before there was one.</param>
public readonly record struct Effect(Share Added, Share Without)
{
    /// <summary>With fewer on either side nothing is said.</summary>
    public const int Enough = 20;

    /// <summary>Whether there are enough on both sides to say anything.</summary>
    public bool Says => Added.Of >= Enough && Without.Of >= Enough;
}

/// <summary>What people ask after something else, and how much more often than others do (docs/method.md, A6).</summary>
/// <param name="From">The driver that they had.</param>
/// <param name="To">The driver of what they ask next.</param>
/// <param name="After">Of the conversations with the first one those that were followed by the next.</param>
/// <param name="Otherwise">The same of conversations with any third driver.</param>
/// <param name="Effect">What became of answering it at once.</param>
public sealed record FollowUp(long From, long To, Share After, Share Otherwise, Effect Effect)
{
    /// <summary>Less often than this may be chance.</summary>
    public const int FewestTimes = 5;

    /// <summary>Hardly more often than others is no reason to speak of it.</summary>
    public const double LeastLift = 1.5;

    /// <summary>How many times more often than after anything else. Where nobody else ever asked it, half a person is taken to have, so that it stays a number; null where there is nothing else.</summary>
    public double? Lift => After.Of == 0 || Otherwise.Of == 0 ? null : After.Rate / (Math.Max(Otherwise.Count, 0.5) / Otherwise.Of);

    /// <summary>Whether it is offered to whoever answers.</summary>
    public bool IsOffered => After.Count >= FewestTimes && Lift >= LeastLift;
}
