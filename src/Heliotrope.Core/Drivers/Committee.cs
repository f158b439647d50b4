namespace Heliotrope.Core.Drivers;

/// <summary>
/// Three networks that look at whole words, at pieces of words and at both, and judge together: the mean of what they say is more often
/// right than the best of them, since they err on different texts (Dietterich, "Ensemble methods in machine learning", 2000).
/// </summary>
internal sealed class Committee
{
    /// <summary>Steps of learning for one network: fewer rounds where there are many texts.</summary>
    private const int Effort = 120_000;

    private const int FewestRounds = 8;
    private const int MostRounds = 16;

    /// <summary>Up to so many texts there are two networks for each view: what few texts teach depends much on where one starts.</summary>
    private const int Few = 2_000;

    private readonly Vocabulary _vocabulary;
    private readonly Net[] _nets;
    private readonly int _classes;

    private Committee(Vocabulary vocabulary, Net[] nets, int classes) => (_vocabulary, _nets, _classes) = (vocabulary, nets, classes);

    /// <summary>Learns from texts.</summary>
    /// <param name="examples">The texts.</param>
    /// <param name="classCount">How many classes there are.</param>
    /// <returns>The committee.</returns>
    public static Committee Learn(IReadOnlyList<Example> examples, int classCount)
    {
        var vocabulary = new Vocabulary(examples);
        var texts = examples.Select(example => vocabulary.Read(example.Shreds)).ToArray();
        var classes = examples.Select(example => example.Class).ToArray();
        var rounds = Math.Clamp(Effort / texts.Length, FewestRounds, MostRounds);
        var nets = Enumerable.Range(0, texts.Length <= Few ? 2 : 1)
            .SelectMany(copy => Enum.GetValues<View>().Select(view => Net.Learn(view, vocabulary, texts, classes, classCount, rounds, (ulong)copy)));
        return new(vocabulary, [.. nets], classCount);
    }

    /// <summary>The logarithm of the probability of each class.</summary>
    /// <param name="shreds">The shreds of a text.</param>
    /// <returns>One for each class; null when nothing of the text is known.</returns>
    public float[]? Judge(List<Shred> shreds)
    {
        var text = _vocabulary.Read(shreds);
        if (text.Features.Length == 0)
        {
            return null;
        }

        Span<float> hidden = stackalloc float[Net.Width];
        var said = new float[_nets[0].Room];
        var mean = new float[_classes];
        foreach (var net in _nets)
        {
            net.Score(text, hidden, said);
            for (var k = 0; k < mean.Length; k++)
            {
                mean[k] += said[k] / _nets.Length;
            }
        }

        var all = MathF.Log(mean.Sum(MathF.Exp));
        return Array.ConvertAll(mean, score => score - all);
    }

    /// <summary>How much each word spoke for a class against the others.</summary>
    /// <param name="shreds">The shreds of a text.</param>
    /// <param name="words">How many words it has.</param>
    /// <param name="wanted">The class.</param>
    /// <returns>An amount for each word.</returns>
    public float[] Explain(List<Shred> shreds, int words, int wanted)
    {
        var text = _vocabulary.Read(shreds);
        var said = new float[text.Features.Length];
        foreach (var net in _nets)
        {
            net.Explain(text, wanted, said);
        }

        var found = shreds.Select(shred => (shred.Word, At: Array.BinarySearch(text.Features, _vocabulary.Find(shred)))).Where(shred => shred.At >= 0).ToArray();
        var times = new int[said.Length];
        foreach (var (_, at) in found)
        {
            times[at]++;
        }

        var amounts = new float[words];
        foreach (var (word, at) in found)
        {
            amounts[word] += said[at] / times[at];
        }

        return amounts;
    }
}
