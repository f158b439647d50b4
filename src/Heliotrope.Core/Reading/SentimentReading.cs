using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Reading;

/// <summary>
/// How somebody feels, by the rules of VADER (C. Hutto and E. Gilbert, VADER: A Parsimonious Rule-based Model for Sentiment Analysis of
/// Social Media Text, ICWSM 2014): each word of a lexicon has a worth; words before it raise, lower or turn it, capitals and exclamation
/// marks raise it, and what follows a "but" counts more than what stands before it. The sections of a language's file say which words do what,
/// and what the words and phrases of customer service are worth.
/// </summary>
internal sealed class SentimentReading
{
    private const double Loud = 0.733;
    private const double Turned = -0.74;
    private const double Exclamation = 0.292;
    private const int MostExclamations = 4;
    private const double Alpha = 15;

    /// <summary>What a complaint and a blow of fate are worth whatever words they are told in.</summary>
    private const double Complained = -2;

    private static readonly (string Section, double Worth)[] Worths =
        [("awful", -3), ("bad", -2), ("poor", -1), ("fair", 1), ("good", 2), ("great", 3), ("neutral", 0)];

    private readonly Passage _passage;
    private readonly Lexicon _lexicon;
    private readonly Modifiers _modifiers;
    private readonly double[] _worth;
    private readonly int[] _length;
    private readonly bool _mixedCase;

    private SentimentReading(Passage passage, Lexicon lexicon, PhraseBook? book, List<Evidence> signs)
    {
        (_passage, _lexicon) = (passage, lexicon);
        _modifiers = new(passage, book);
        _worth = new double[passage.Words.Count];
        _length = new int[passage.Words.Count];
        _mixedCase = IsMixed(passage);
        for (var i = 0; i < _worth.Length; i++)
        {
            _worth[i] = _lexicon[passage.Words[i].Plain];
            _length[i] = 1;
        }

        foreach (var (section, worth) in Worths)
        {
            foreach (var found in book?[section].In(passage) ?? [])
            {
                Take(found, worth);
            }
        }

        foreach (var sign in signs)
        {
            if (sign.Sign is Sign.Complaint or Sign.LifeEvent)
            {
                var found = WordsOf(sign);
                var worst = 0.0;
                foreach (var worth in _worth.AsSpan(found.First, found.Words))
                {
                    worst = Math.Min(worst, worth);
                }

                Take(found, Math.Min(worst, Complained));
            }
        }
    }

    /// <summary>A phrase has its worth as a whole, and its words none of their own.</summary>
    private void Take(Found found, double worth)
    {
        _worth.AsSpan(found.First, found.Words).Clear();
        _worth[found.First] = worth;
        _length[found.First] = found.Words;
        _modifiers.Silence(found);
    }

    private Found WordsOf(Evidence sign)
    {
        var first = _passage.WordAt(sign.At);
        var words = 1;
        while (first + words < _passage.Words.Count && _passage.Words[first + words].At < sign.At + sign.Length)
        {
            words++;
        }

        return new(first, words);
    }

    /// <summary>Reads the feeling in a passage.</summary>
    /// <param name="passage">The passage.</param>
    /// <param name="language">Its language.</param>
    /// <param name="evidence">What signs were found; where the words that carry a feeling go.</param>
    /// <returns>From -1 to 1; null when there is no lexicon or none of its words.</returns>
    public static double? Of(Passage passage, string language, List<Evidence> evidence) =>
        Lexicon.Of(language) is { } lexicon ? new SentimentReading(passage, lexicon, PhraseBook.Of(MessageReading.Room, language), evidence).Read(evidence) : null;

    private double? Read(List<Evidence> evidence)
    {
        var (sum, found) = (0.0, false);
        for (var i = 0; i < _worth.Length; i++)
        {
            if (_worth[i] != 0)
            {
                var worth = Modified(i) * _modifiers.Contrast(i);
                var (first, last) = (_passage.Words[i], _passage.Words[i + _length[i] - 1]);
                evidence.Add(new(worth > 0 ? Sign.Positive : Sign.Negative, first.At, last.End - first.At));
                sum += worth;
                found = true;
            }
        }

        foreach (var (at, length, worth) in Faces.In(_passage.Text))
        {
            evidence.Add(new(worth > 0 ? Sign.Positive : Sign.Negative, at, length));
            sum += worth;
            found = true;
        }

        if (!found)
        {
            return null;
        }

        sum += Math.Sign(sum) * Emphasis();
        return sum / Math.Sqrt((sum * sum) + Alpha);
    }

    private double Modified(int i)
    {
        var worth = _worth[i];
        var sign = Math.Sign(worth);
        if (_mixedCase && IsLoud(_passage, i))
        {
            worth += sign * Loud;
        }

        worth += sign * _modifiers.Boost(i, _mixedCase);
        return _modifiers.IsTurned(i, _length[i], worth > 0) ? worth * Turned : worth;
    }

    private double Emphasis()
    {
        var (exclamations, questions) = (0, 0);
        foreach (var sentence in _passage.Sentences)
        {
            var last = _passage.Words[sentence.First + sentence.Words - 1];
            foreach (var c in _passage.Text.AsSpan(last.End, sentence.At + sentence.Length - last.End))
            {
                exclamations += c is '!' or '！' ? 1 : 0;
                questions += c is '?' or '？' ? 1 : 0;
            }
        }

        return (Math.Min(exclamations, MostExclamations) * Exclamation) + (questions <= 1 ? 0 : questions <= 3 ? questions * 0.18 : 0.96);
    }

    internal static bool IsLoud(Passage passage, int word)
    {
        var letters = passage.Text.AsSpan(passage.Words[word].At, passage.Words[word].Length);
        return letters.Length > 1 && char.IsUpper(letters[0]) && !letters.ContainsAnyInRange('a', 'z');
    }

    private static bool IsMixed(Passage passage)
    {
        var loud = 0;
        for (var i = 0; i < passage.Words.Count; i++)
        {
            loud += IsLoud(passage, i) ? 1 : 0;
        }

        return loud > 0 && loud < passage.Words.Count;
    }
}
