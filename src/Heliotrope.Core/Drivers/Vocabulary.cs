namespace Heliotrope.Core.Drivers;

/// <summary>A text as numbers: features in ascending order, those of whole words before those of pieces.</summary>
/// <param name="Features">Which the text has.</param>
/// <param name="Weights">How much each counts; the squares of each of the two kinds add up to 1.</param>
/// <param name="Wholes">How many are of whole words.</param>
internal sealed record SparseText(int[] Features, float[] Weights, int Wholes);

/// <summary>The shreds that are known, and how rare each is.</summary>
internal sealed class Vocabulary
{
    /// <summary>Of each kind, the most frequent are kept: this bounds the memory of a model, whatever it is fed with.</summary>
    private const int Most = 16_000;

    /// <summary>Of each kind, the features of one text that count most: a long mail costs no more than a few lines.</summary>
    private const int MostOfText = 300;

    private readonly Dictionary<ulong, int> _index = [];
    private readonly float[] _rarity;

    /// <summary>Learns the vocabulary of some texts.</summary>
    /// <param name="texts">The shreds of each.</param>
    public Vocabulary(IReadOnlyList<List<Shred>> texts)
    {
        var counts = new Dictionary<(bool Whole, ulong Hash), int>();
        foreach (var shred in texts.SelectMany(text => text.Select(shred => (shred.Whole, shred.Hash)).Distinct()))
        {
            counts[shred] = counts.GetValueOrDefault(shred) + 1;
        }

        var whole = Kept(true);
        Wholes = whole.Length;
        _rarity = [.. whole.Concat(Kept(false)).Select((kept, i) =>
        {
            _index[kept.Key.Hash] = i;
            // Less steep than the usual idf: in short messages frequent words say much about why somebody writes.
            return MathF.Pow(MathF.Log((1f + texts.Count) / (1f + kept.Value)) + 1, 0.7f);
        })];

        KeyValuePair<(bool Whole, ulong Hash), int>[] Kept(bool ofWholes) =>
            [.. counts.Where(count => count.Key.Whole == ofWholes).OrderByDescending(count => count.Value).ThenBy(count => count.Key.Hash).Take(Most)];
    }

    /// <summary>How many features there are.</summary>
    public int Count => _rarity.Length;

    /// <summary>How many of them, from the first, are of whole words.</summary>
    public int Wholes { get; }

    /// <summary>The feature that a shred is; -1 when it is not known.</summary>
    /// <param name="shred">The shred.</param>
    /// <returns>The feature.</returns>
    public int Find(Shred shred) => _index.GetValueOrDefault(shred.Hash, -1);

    /// <summary>A text as numbers: logarithm of how often, times rarity.</summary>
    /// <param name="shreds">The shreds of the text.</param>
    /// <returns>The numbers.</returns>
    public SparseText Read(List<Shred> shreds)
    {
        var found = new List<int>(shreds.Count);
        foreach (var shred in shreds)
        {
            if (_index.TryGetValue(shred.Hash, out var feature))
            {
                found.Add(feature);
            }
        }

        found.Sort();
        var features = new List<(int Feature, float Weight)>(found.Count);
        for (int i = 0, same; i < found.Count; i += same)
        {
            same = 1;
            while (i + same < found.Count && found[i + same] == found[i])
            {
                same++;
            }

            features.Add((found[i], (1 + MathF.Log(same)) * _rarity[found[i]]));
        }

        var wholes = features.FindIndex(f => f.Feature >= Wholes) is >= 0 and var first ? first : features.Count;
        var whole = Scaled(features[..wholes]);
        var all = whole.Concat(Scaled(features[wholes..])).ToArray();
        return new([.. all.Select(f => f.Feature)], [.. all.Select(f => f.Weight)], whole.Length);
    }

    private static (int Feature, float Weight)[] Scaled(List<(int Feature, float Weight)> features)
    {
        var most = features.Count <= MostOfText ? features
            : [.. features.OrderByDescending(f => f.Weight).ThenBy(f => f.Feature).Take(MostOfText).OrderBy(f => f.Feature)];
        var length = MathF.Sqrt(most.Sum(f => f.Weight * f.Weight));
        return [.. most.Select(f => (f.Feature, f.Weight / length))];
    }
}
