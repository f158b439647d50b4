using System.Runtime.InteropServices;

namespace Heliotrope.Bench;

/// <summary>
/// The usual yardstick for short texts: a linear SVM, one class against the rest, with squared hinge loss and C = 1, by dual coordinate
/// descent (Hsieh et al. 2008, as in LIBLINEAR), on words and pairs of words and on 2 to 5 letters within words, each as tf-idf with the logarithm
/// of the count and a length of 1.
/// </summary>
internal sealed class LinearSvm
{
    private const double Cost = 1;
    private const int Rounds = 20;

    private readonly Dictionary<string, (int Index, double Idf)> _terms = [];
    private readonly string[] _classes;
    private readonly float[][] _weights;

    public LinearSvm(IReadOnlyList<(string Text, string Class)> rows)
    {
        var split = rows.Select(row => Terms(row.Text)).ToArray();
        foreach (var (term, count) in split.SelectMany(kinds => kinds.SelectMany(kind => kind.Keys)).CountBy(term => term))
        {
            _terms[term] = (_terms.Count, Math.Log((1.0 + rows.Count) / (1 + count)) + 1);
        }

        var texts = split.Select(Read).ToArray();
        _classes = [.. rows.Select(row => row.Class).Distinct().Order(StringComparer.Ordinal)];
        _weights = [.. _classes.Select(one => Learn(texts, [.. rows.Select(row => row.Class == one ? 1 : -1)]))];
    }

    /// <summary>The class, and how far the text is on its side.</summary>
    public (string Class, double Margin) Tell(string text)
    {
        var read = Read(Terms(text));
        var (best, margin) = _weights.Index().Select(one => (one.Index, Margin: Side(one.Item, read))).MaxBy(one => one.Margin);
        return (_classes[best], margin);
    }

    private float[] Learn((int Term, float Weight)[][] texts, int[] signs)
    {
        const double Diagonal = 0.5 / Cost;
        var weights = new float[_terms.Count + 1]; // the last one is the offset
        var alphas = new double[texts.Length];
        var squares = texts.Select(text => 1 + text.Sum(term => (double)term.Weight * term.Weight)).ToArray();
        var order = Enumerable.Range(0, texts.Length).ToArray();
        var chance = new Random(1);
        for (var round = 0; round < Rounds; round++)
        {
            chance.Shuffle(order);
            var worst = 0.0;
            foreach (var i in order)
            {
                var slope = (signs[i] * Side(weights, texts[i])) - 1 + (Diagonal * alphas[i]);
                if (alphas[i] == 0 && slope >= 0)
                {
                    continue;
                }

                var after = Math.Max(0, alphas[i] - (slope / (squares[i] + Diagonal)));
                var change = (float)((after - alphas[i]) * signs[i]);
                alphas[i] = after;
                worst = Math.Max(worst, Math.Abs(slope));
                foreach (var (term, weight) in texts[i])
                {
                    weights[term] += change * weight;
                }

                weights[^1] += change;
            }

            if (worst < 0.05)
            {
                break;
            }
        }

        return weights;
    }

    private static double Side(float[] weights, (int Term, float Weight)[] text)
    {
        var side = weights[^1];
        foreach (var (term, weight) in text)
        {
            side += weights[term] * weight;
        }

        return side;
    }

    private (int Term, float Weight)[] Read(Dictionary<string, int>[] kinds) => [.. kinds.SelectMany(kind =>
    {
        var known = kind.Where(term => _terms.ContainsKey(term.Key)).Select(term => (_terms[term.Key].Index, Weight: (1 + Math.Log(term.Value)) * _terms[term.Key].Idf)).ToArray();
        var length = Math.Sqrt(known.Sum(term => term.Weight * term.Weight) * kinds.Length);
        return known.Select(term => (term.Index, (float)(term.Weight / length)));
    })];

    private static Dictionary<string, int>[] Terms(string text)
    {
        var words = new string([.. text.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, int> whole = [], pieces = [];
        for (var i = 0; i < words.Length; i++)
        {
            Count(whole, "w" + words[i]);
            if (i > 0)
            {
                Count(whole, $"w{words[i - 1]} {words[i]}");
            }

            var edged = $" {words[i]} ";
            for (var length = 2; length <= 5; length++)
            {
                for (var at = 0; at + length <= edged.Length; at++)
                {
                    Count(pieces, string.Concat("c", edged.AsSpan(at, length)));
                }
            }
        }

        return [whole, pieces];
    }

    private static void Count(Dictionary<string, int> counts, string term) => CollectionsMarshal.GetValueRefOrAddDefault(counts, term, out _)++;
}
