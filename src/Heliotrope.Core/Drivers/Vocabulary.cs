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
    private const int Most = 20_000;

    /// <summary>Of each kind, the features of one text that count most: a long mail costs no more than a few lines.</summary>
    private const int MostOfText = 300;

    /// <summary>So many different shreds are counted at once while a vocabulary is learned.</summary>
    private const int MostCounted = 600_000;

    /// <summary>How much more than a known one a strange word or piece counts: measured, see bench/README.md.</summary>
    private const float StrangeWord = 4;
    private const float StrangePiece = 2;

    private readonly Dictionary<ulong, int> _index = [];
    private readonly float[] _rarity;
    private readonly float _unknown;

    /// <summary>Learns the vocabulary of some texts.</summary>
    /// <param name="texts">The texts.</param>
    public Vocabulary(IReadOnlyList<Example> texts)
    {
        var counts = new Dictionary<(ShredKind Kind, ulong Hash), int>();
        var rare = 1;
        foreach (var text in texts)
        {
            foreach (var shred in text.Shreds.Select(shred => (shred.Kind, shred.Hash)).Distinct())
            {
                counts[shred] = counts.GetValueOrDefault(shred) + 1;
            }

            // Long mails by the thousand have millions of shreds: the rarest so far are given up (as in lossy counting: Manku, Motwani 2002).
            for (; counts.Count > MostCounted; rare++)
            {
                foreach (var seldom in counts.Where(count => count.Value <= rare).Select(count => count.Key).ToArray())
                {
                    counts.Remove(seldom);
                }
            }
        }

        // A pair that one text alone has tells nothing that its words do not, and most pairs are such.
        var kept = counts.Where(count => count.Key.Kind != ShredKind.Pair || count.Value > 1)
            .OrderByDescending(count => count.Value).ThenBy(count => count.Key.Hash)
            .ToLookup(count => count.Key.Kind == ShredKind.Piece);
        var wholes = kept[false].Take(Most).ToArray();
        Wholes = wholes.Length;
        _rarity = [.. wholes.Concat(kept[true].Take(Most)).Select((known, i) =>
        {
            _index[known.Key.Hash] = i;
            return Rarity(texts.Count, known.Value);
        })];
        _unknown = Rarity(texts.Count, 0);
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
        float strangeWords = 0, strangePieces = 0;
        foreach (var shred in shreds)
        {
            if (_index.TryGetValue(shred.Hash, out var feature))
            {
                found.Add(feature);
            }
            else if (shred.Kind == ShredKind.Word)
            {
                strangeWords += StrangeWord * _unknown * _unknown;
            }
            else if (shred.Kind == ShredKind.Piece)
            {
                strangePieces += StrangePiece * _unknown * _unknown;
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
        var whole = Scaled(features[..wholes], strangeWords);
        var all = whole.Concat(Scaled(features[wholes..], strangePieces)).ToArray();
        return new([.. all.Select(f => f.Feature)], [.. all.Select(f => f.Weight)], whole.Length);
    }

    /// <summary>Less steep than the usual idf: in short messages frequent words say much about why somebody writes.</summary>
    private static float Rarity(int texts, int having) => MathF.Pow(MathF.Log((1f + texts) / (1f + having)) + 1, 0.7f);

    /// <summary>Scales to a length of 1. What is not known counts in the length: the more of a text is strange, the weaker is what it says.</summary>
    private static (int Feature, float Weight)[] Scaled(List<(int Feature, float Weight)> features, float strange)
    {
        var most = features.Count <= MostOfText ? features
            : [.. features.OrderByDescending(f => f.Weight).ThenBy(f => f.Feature).Take(MostOfText).OrderBy(f => f.Feature)];
        var length = MathF.Sqrt(most.Sum(f => f.Weight * f.Weight) + strange);
        return [.. most.Select(f => (f.Feature, f.Weight / length))];
    }
}
