namespace Heliotrope.Core.Drivers;

/// <summary>A text with its class among the others that a model learns from.</summary>
/// <param name="Text">The text. Its shreds are many times as large, and made anew when they are needed.</param>
/// <param name="Class">Its class.</param>
/// <param name="Rank">Which of the different texts of its class it is, from 0.</param>
internal sealed record Example(string Text, int Class, int Rank)
{
    /// <summary>What the text has.</summary>
    public List<Shred> Shreds => Shred.Of(Word.Of(Text));
}

/// <summary>How a model did with a text that it had not seen.</summary>
/// <param name="Odds">Logarithm of the odds that it gave its best driver.</param>
/// <param name="Right">That driver was the right one.</param>
/// <param name="Stranger">The right answer was none of the drivers.</param>
internal readonly record struct Trial(double Odds, bool Right, bool Stranger);

/// <summary>Finds out before it counts how often a model is right: it learns from a part of the texts and is asked about the rest (cross-validation).</summary>
internal static class Rehearsal
{
    private const int Parts = 5;

    /// <summary>Texts that may be learned from in all rehearsals together: few texts are rehearsed with more often.</summary>
    private const int Effort = 10_000;

    /// <summary>Rehearses.</summary>
    /// <param name="examples">The texts.</param>
    /// <param name="drivers">How many drivers there are.</param>
    /// <param name="classes">How many classes: one more where the last one is for none of the drivers.</param>
    /// <returns>What came of it.</returns>
    public static List<Trial> Run(IReadOnlyList<Example> examples, int drivers, int classes)
    {
        var trials = new List<Trial>();
        for (var part = 0; part < Math.Clamp(Effort / examples.Count, 1, Parts); part++)
        {
            var kept = examples.Where(example => example.Rank % Parts != part).ToArray();
            var committee = kept.Length == 0 ? null : Committee.Learn(kept, classes);
            trials.AddRange(examples.Where(example => committee is not null && example.Rank % Parts == part).Select(example =>
                committee!.Judge(example.Shreds) is { } said && Best(said, drivers) is var best
                    ? new Trial(Odds(said[best]), best == example.Class, example.Class >= drivers)
                    : new Trial(Odds(-20), false, example.Class >= drivers)));
        }

        return trials;
    }

    /// <summary>The most probable driver.</summary>
    /// <param name="said">The logarithms of probabilities.</param>
    /// <param name="drivers">How many of them are of drivers.</param>
    /// <returns>Its class.</returns>
    public static int Best(ReadOnlySpan<float> said, int drivers)
    {
        var best = 0;
        for (var k = 1; k < drivers; k++)
        {
            best = said[k] > said[best] ? k : best;
        }

        return best;
    }

    /// <summary>Probability to odds, both as logarithms.</summary>
    /// <param name="probability">Logarithm of the probability.</param>
    /// <returns>Logarithm of the odds.</returns>
    public static double Odds(double probability) => Math.Max(probability, -20) - Math.Log(Math.Max(1 - Math.Exp(probability), 1e-9));
}
