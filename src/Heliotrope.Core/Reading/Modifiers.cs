using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Reading;

/// <summary>The words of a passage that raise, lower or turn what others are worth.</summary>
internal sealed class Modifiers
{
    /// <summary>How far before a word they work.</summary>
    private const int Reach = 3;

    private const double Raise = 0.293;
    private const double Loud = 0.733;

    /// <summary>What is said before a "but" counts half, what is said after it one and a half times.</summary>
    private const double Before = 0.5;
    private const double After = 1.5;

    /// <summary>From farther away they work a little less.</summary>
    private static readonly double[] Fading = [1, 0.95, 0.9];

    private readonly Passage _passage;
    private readonly double[] _boosts;
    private readonly bool[] _turns;
    private readonly bool[] _turnsBack;
    private readonly double[] _contrast;

    public Modifiers(Passage passage, PhraseBook? book)
    {
        _passage = passage;
        var count = passage.Words.Count;
        (_boosts, _turns, _turnsBack, _contrast) = (new double[count], new bool[count], new bool[count], new double[count]);
        Array.Fill(_contrast, 1);
        if (book is null)
        {
            return;
        }

        Mark(book["raising"], found => _boosts[found.Next - 1] = Raise);
        Mark(book["lowering"], found => _boosts[found.Next - 1] = -Raise);
        Mark(book["turning"], found => _turns[found.Next - 1] = true);
        Mark(book["turning-back"], found => _turnsBack[found.First] = true);
        Mark(book["not-turning"], found => _turns.AsSpan(found.First, found.Words).Clear());
        Mark(book["but"], Turn);
    }

    /// <summary>Words that are part of a phrase with a worth of its own have done their work in it.</summary>
    public void Silence(Found found)
    {
        _turns.AsSpan(found.First, found.Words).Clear();
        _turnsBack.AsSpan(found.First, found.Words).Clear();
        _boosts.AsSpan(found.First, found.Words).Clear();
    }

    /// <summary>How much more or less than by itself a word says.</summary>
    public double Boost(int word, bool mixedCase)
    {
        var boost = 0.0;
        for (var back = 1; back <= Reach && Together(word - back, word); back++)
        {
            var raised = _boosts[word - back];
            boost += (raised > 0 && mixedCase && SentimentReading.IsLoud(_passage, word - back) ? raised + Loud : raised) * Fading[back - 1];
        }

        return boost;
    }

    /// <summary>Whether a word means the opposite here.</summary>
    public bool IsTurned(int word, int length, bool good)
    {
        for (var back = 1; back <= Reach && Together(word - back, word); back++)
        {
            if (_turns[word - back])
            {
                return true;
            }
        }

        // "Gefällt mir nicht" turns; "leider nicht" does not.
        var last = word + length - 1;
        for (var on = 1; good && on <= Reach && Together(last, last + on) && !_passage.After(last + on - 1).Contains(','); on++)
        {
            if (_turnsBack[last + on])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the "but" of its sentence makes of a word.</summary>
    public double Contrast(int word) => _contrast[word];

    private bool Together(int a, int b) => a >= 0 && b < _passage.Words.Count && _passage.Words[a].Sentence == _passage.Words[b].Sentence;

    private void Mark(PhraseSet set, Action<Found> mark)
    {
        foreach (var found in set.In(_passage))
        {
            mark(found);
        }
    }

    /// <summary>The first of a sentence decides.</summary>
    private void Turn(Found but)
    {
        var sentence = _passage.Sentences[_passage.Words[but.First].Sentence];
        if (_contrast[but.First] != 1)
        {
            return;
        }

        _contrast.AsSpan(sentence.First, but.First - sentence.First).Fill(Before);
        _contrast.AsSpan(but.Next, sentence.First + sentence.Words - but.Next).Fill(After);
    }
}
