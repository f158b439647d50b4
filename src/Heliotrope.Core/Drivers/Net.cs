using System.Numerics;
using System.Runtime.InteropServices;

namespace Heliotrope.Core.Drivers;

/// <summary>Which of a text's features a network looks at.</summary>
internal enum View
{
    /// <summary>Whole words and pairs of them.</summary>
    Wholes,

    /// <summary>Letters within words: withstands slips and endings.</summary>
    Pieces,

    /// <summary>Both.</summary>
    Both,
}

/// <summary>
/// A network of one hidden layer over sparse features: each feature has a vector, a text is the rectified sum of its own, and a class is
/// a direction in that space. Features that lead to the same classes come to lie near each other, which is what a linear model lacks
/// and why few rows suffice. Learned by AdaGrad (Duchi, Hazan, Singer 2011) with one rate for each vector, with features left out
/// by chance (dropout: Srivastava et al. 2014; for sparse texts Wager et al. 2013) and smoothed labels (Szegedy et al. 2016).
/// </summary>
internal sealed class Net
{
    private const int Hidden = 128;
    private const float Way = 4.8f;
    private const float LeftOut = 0.45f;
    private const float Smoothing = 0.05f;
    private const float FirstVectors = 0.05f;

    private readonly View _view;
    private readonly int _first;
    private readonly int _classes;
    private readonly int _room;
    private readonly float[] _vectors;
    private readonly float[] _directions;
    private readonly float[] _prior;

    private Net(View view, Vocabulary vocabulary, int classes, ref Mixer mixer)
    {
        _view = view;
        _classes = classes;
        _first = view == View.Pieces ? vocabulary.Wholes : 0;
        _vectors = new float[((view == View.Wholes ? vocabulary.Wholes : vocabulary.Count) - _first) * Hidden];
        _room = (classes + 15) / 16 * 16; // whole vectors of the processor
        _directions = new float[Hidden * _room];
        _prior = new float[_room];
        Array.Fill(_prior, float.MinValue, classes, _room - classes);
        Fill(_vectors, FirstVectors, ref mixer);
        for (var h = 0; h < Hidden; h++)
        {
            Fill(Direction(h)[..classes], MathF.Sqrt(3f / Hidden), ref mixer);
        }
    }

    /// <summary>Learns from texts.</summary>
    /// <param name="view">What it looks at.</param>
    /// <param name="vocabulary">Where the features are from.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="classes">The class of each.</param>
    /// <param name="classCount">How many classes there are.</param>
    /// <param name="rounds">How often it goes through the texts.</param>
    /// <param name="copy">Which of several networks of this kind it is.</param>
    /// <returns>The network.</returns>
    public static Net Learn(View view, Vocabulary vocabulary, IReadOnlyList<SparseText> texts, IReadOnlyList<int> classes, int classCount, int rounds, ulong copy)
    {
        var mixer = new Mixer((copy * 3) + (ulong)view);
        var net = new Net(view, vocabulary, classCount, ref mixer);
        var lesson = new Lesson(net);
        var order = Enumerable.Range(0, texts.Count).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            mixer.Shuffle(order);
            // The way to go is the same: with more rounds each step is shorter, and the last ones are the shortest.
            var rate = Way / rounds * (1.02f - ((float)round / rounds));
            foreach (var i in order)
            {
                lesson.Take(texts[i], classes[i], rate, ref mixer);
            }
        }

        return net;
    }

    /// <summary>The logarithm of the probability of each class.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hidden">Room for the hidden layer, <see cref="Width"/> long; holds it afterwards.</param>
    /// <param name="scores">Receives one for each class; <see cref="Room"/> long.</param>
    public void Score(SparseText text, Span<float> hidden, Span<float> scores)
    {
        hidden.Clear();
        var (from, to, scale) = Seen(text);
        for (var j = from; j < to; j++)
        {
            Add(text.Weights[j] * scale, Vector(text.Features[j]), hidden);
        }

        Judge(hidden, scores);
        var all = Probabilities(scores);
        for (var k = 0; k < _classes; k++)
        {
            scores[k] = MathF.Log(MathF.Max(scores[k] / all, 1e-9f));
        }
    }

    /// <summary>How wide the hidden layer is.</summary>
    public static int Width => Hidden;

    /// <summary>How much room scores need: the classes, and a few unused places behind them.</summary>
    public int Room => _room;

    /// <summary>How much each feature of a text spoke for a class against the others.</summary>
    /// <param name="text">The text.</param>
    /// <param name="wanted">The class.</param>
    /// <param name="said">Receives the amounts, added to what is there, in the order of the text's features.</param>
    public void Explain(SparseText text, int wanted, Span<float> said)
    {
        Span<float> hidden = stackalloc float[Hidden];
        var scores = new float[_room];
        Score(text, hidden, scores);
        for (var k = 0; k < _classes; k++)
        {
            scores[k] = (k == wanted ? 1 : 0) - MathF.Exp(scores[k]);
        }

        for (var h = 0; h < Hidden; h++)
        {
            hidden[h] = hidden[h] > 0 ? Dot(scores, Direction(h)) : 0;
        }

        var (from, to, scale) = Seen(text);
        for (var j = from; j < to; j++)
        {
            said[j] += text.Weights[j] * scale * Dot(hidden, Vector(text.Features[j]));
        }
    }

    private static void Fill(Span<float> numbers, float most, ref Mixer mixer)
    {
        foreach (ref var number in numbers)
        {
            number = ((2 * mixer.Next()) - 1) * most;
        }
    }

    private (int From, int To, float Scale) Seen(SparseText text) => _view switch
    {
        View.Wholes => (0, text.Wholes, 1),
        View.Pieces => (text.Wholes, text.Features.Length, 1),
        View.Both => (0, text.Features.Length, 0.70710678f),
    };

    private Span<float> Vector(int feature) => _vectors.AsSpan((feature - _first) * Hidden, Hidden);

    private Span<float> Direction(int hidden) => _directions.AsSpan(hidden * _room, _room);

    /// <summary>Rectifies the hidden layer and adds up what it says.</summary>
    private void Judge(Span<float> hidden, Span<float> scores)
    {
        _prior.CopyTo(scores);
        for (var h = 0; h < Hidden; h++)
        {
            hidden[h] = MathF.Max(0, hidden[h]);
            if (hidden[h] > 0)
            {
                Add(hidden[h], Direction(h), scores);
            }
        }
    }

    /// <summary>Makes of scores what is in proportion to probabilities, and says their sum.</summary>
    private static float Probabilities(Span<float> scores)
    {
        var most = float.MinValue;
        foreach (var score in scores)
        {
            most = MathF.Max(most, score);
        }

        var all = 0f;
        foreach (ref var score in scores)
        {
            score = MathF.Exp(score - most);
            all += score;
        }

        return all;
    }

    private static void Add(float times, ReadOnlySpan<float> what, Span<float> to)
    {
        var wide = MemoryMarshal.Cast<float, Vector<float>>(what);
        var wideTo = MemoryMarshal.Cast<float, Vector<float>>(to);
        for (var i = 0; i < wide.Length; i++)
        {
            wideTo[i] += wide[i] * times;
        }

        for (var i = wide.Length * Vector<float>.Count; i < what.Length; i++)
        {
            to[i] += what[i] * times;
        }
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var wideA = MemoryMarshal.Cast<float, Vector<float>>(a);
        var wideB = MemoryMarshal.Cast<float, Vector<float>>(b);
        var wide = Vector<float>.Zero;
        for (var i = 0; i < wideA.Length; i++)
        {
            wide += wideA[i] * wideB[i];
        }

        var sum = System.Numerics.Vector.Sum(wide);
        for (var i = wideA.Length * Vector<float>.Count; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>What learning needs beside the network: how far each vector has moved, and room to work in.</summary>
    private sealed class Lesson(Net net)
    {
        private readonly float[] _moved = Started(net._vectors.Length / Hidden);
        private readonly float[] _turned = Started(Hidden + 1);
        private readonly float[] _hidden = new float[Hidden];
        private readonly float[] _back = new float[Hidden];
        private readonly float[] _scores = new float[net._room];
        private readonly List<(int Feature, float Weight)> _kept = [];

        public void Take(SparseText text, int right, float rate, ref Mixer mixer)
        {
            Array.Clear(_hidden);
            var (from, to, scale) = net.Seen(text);
            _kept.Clear();
            for (var j = from; j < to; j++)
            {
                if (mixer.Next() >= LeftOut)
                {
                    var weight = text.Weights[j] * scale / (1 - LeftOut);
                    _kept.Add((text.Features[j], weight));
                    Add(weight, net.Vector(text.Features[j]), _hidden);
                }
            }

            net.Judge(_hidden, _scores);
            var all = Probabilities(_scores);
            var wrong = 0f;
            for (var k = 0; k < net._classes; k++)
            {
                _scores[k] = (_scores[k] / all) - (Smoothing / net._classes) - (k == right ? 1 - Smoothing : 0);
                wrong += _scores[k] * _scores[k];
            }

            var backwards = Turn(rate, wrong);
            foreach (var (feature, weight) in _kept)
            {
                ref var moved = ref _moved[feature - net._first];
                moved += backwards * weight * weight;
                Add(-rate * weight / MathF.Sqrt(moved), _back, net.Vector(feature));
            }
        }

        /// <summary>Turns the directions, and says how strongly the hidden layer is to blame.</summary>
        private float Turn(float rate, float wrong)
        {
            var backwards = 0f;
            for (var h = 0; h < Hidden; h++)
            {
                _back[h] = 0;
                if (_hidden[h] > 0)
                {
                    _back[h] = Dot(_scores, net.Direction(h));
                    backwards += _back[h] * _back[h];
                    _turned[h] += wrong * _hidden[h] * _hidden[h];
                    Add(-rate * _hidden[h] / MathF.Sqrt(_turned[h]), _scores, net.Direction(h));
                }
            }

            _turned[Hidden] += wrong;
            Add(-rate * 0.1f / MathF.Sqrt(_turned[Hidden]), _scores, net._prior);
            return backwards;
        }

        private static float[] Started(int count)
        {
            var numbers = new float[count];
            Array.Fill(numbers, 0.01f);
            return numbers;
        }
    }
}
