namespace Heliotrope.Core.Moments;

/// <summary>How steadily we are a little above average (docs/method.md, A4): a figure of its own, beside how good we are.</summary>
/// <param name="Magic">How many were above average.</param>
/// <param name="Mediocre">How many were average.</param>
/// <param name="Misery">How many were below.</param>
/// <param name="Spread">How far the weights of the reasons lie apart: their standard deviation.</param>
/// <param name="Run">How many of the newest in a row were no misery.</param>
public sealed record Consistency(int Magic, int Mediocre, int Misery, double Spread, int Run)
{
    /// <summary>Fewer are shown one by one: a share of them says more about chance than about us.</summary>
    public const int Enough = 20;

    /// <summary>How many were graded.</summary>
    public int Of => Magic + Mediocre + Misery;

    /// <summary>How many were average or better.</summary>
    public int AtOrAbove => Magic + Mediocre;

    /// <summary>Counts moments.</summary>
    /// <param name="moments">Grade and weight of each, in the order in which they ended.</param>
    /// <returns>The figures.</returns>
    public static Consistency Measure(IEnumerable<(MomentGrade Grade, int Score)> moments)
    {
        var (counts, run, of, sum, squares) = (new int[3], 0, 0, 0.0, 0.0);
        foreach (var (grade, score) in moments)
        {
            counts[(int)grade]++;
            run = grade is MomentGrade.Misery ? 0 : run + 1;
            (of, sum, squares) = (of + 1, sum + score, squares + ((double)score * score));
        }

        var variance = of == 0 ? 0 : (squares / of) - (sum / of * (sum / of));
        return new(counts[(int)MomentGrade.Magic], counts[(int)MomentGrade.Mediocre], counts[(int)MomentGrade.Misery], Math.Sqrt(Math.Max(0, variance)), run);
    }
}
