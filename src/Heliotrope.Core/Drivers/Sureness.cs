namespace Heliotrope.Core.Drivers;

/// <summary>What rehearsals taught: how odds turn into the share of right answers, and from where on a driver is named at all.</summary>
/// <param name="Slope">Factor of the logarithm of the odds.</param>
/// <param name="Offset">What is added to it.</param>
/// <param name="Least">Below these odds (a logarithm) none is said.</param>
internal readonly record struct Sureness(double Slope, double Offset, double Least)
{
    /// <summary>Right answers that may be lost, as a share of the texts that have one, so that texts about something else are told from them.</summary>
    private const double MostLost = 0.003;

    /// <summary>The same where people have shown what something else looks like.</summary>
    private const double MostLostKnowingly = 0.008;

    /// <summary>Learns from rehearsals.</summary>
    /// <param name="trials">What came of them.</param>
    /// <param name="metStrangers">There are texts that people said are none of the drivers.</param>
    /// <returns>The sureness.</returns>
    public static Sureness Of(IReadOnlyList<Trial> trials, bool metStrangers)
    {
        var (slope, offset) = Fit(trials);
        return new(slope, offset, Threshold(trials, metStrangers ? MostLostKnowingly : MostLost));
    }

    /// <summary>How probable it is that the driver is right.</summary>
    /// <param name="odds">Logarithm of the odds that the model gave it.</param>
    /// <returns>From 0 to 1.</returns>
    public double Share(double odds) => 1 / (1 + Math.Exp(-((Slope * odds) + Offset)));

    /// <summary>Logistic regression of right on the odds (Platt, 1999), by Newton's method, drawn towards taking the odds as they are.</summary>
    private static (double Slope, double Offset) Fit(IReadOnlyList<Trial> trials)
    {
        double slope = 1, offset = 0;
        const double Pull = 1;
        for (var step = 0; step < 30; step++)
        {
            double gradientSlope = Pull * (slope - 1), gradientOffset = Pull * offset, slopes = Pull, offsets = Pull, both = 0;
            foreach (var trial in trials)
            {
                var share = new Sureness(slope, offset, 0).Share(trial.Odds);
                var off = share - (trial.Right ? 1 : 0);
                var weight = share * (1 - share);
                gradientSlope += off * trial.Odds;
                gradientOffset += off;
                slopes += weight * trial.Odds * trial.Odds;
                offsets += weight;
                both += weight * trial.Odds;
            }

            var determinant = (slopes * offsets) - (both * both);
            slope = Math.Clamp(slope - (((offsets * gradientSlope) - (both * gradientOffset)) / determinant), 0.05, 10);
            offset = Math.Clamp(offset - (((slopes * gradientOffset) - (both * gradientSlope)) / determinant), -10, 10);
        }

        return (slope, offset);
    }

    /// <summary>The highest odds below which lies one right answer and no more than a share of all.</summary>
    private static double Threshold(IReadOnlyList<Trial> trials, double mostLost)
    {
        var right = trials.Where(trial => trial.Right).Select(trial => trial.Odds).Order().ToArray();
        return right.Length == 0 ? double.NegativeInfinity : right[(int)Math.Min(right.Length - 1, 1 + (mostLost * trials.Count(trial => !trial.Stranger)))];
    }
}
