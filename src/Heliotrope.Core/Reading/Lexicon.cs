using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Reading;

/// <summary>
/// What the words of a language are worth, from -4 to 4 on the average of those who were asked. English: VADER's list. The others: AFINN-165
/// as it was translated, on the same scale. Read when a language is first needed.
/// </summary>
internal sealed class Lexicon
{
    /// <summary>What is left of a word without its ending must say something by itself.</summary>
    private const int ShortestStem = 5;

    private static readonly ConcurrentDictionary<string, Lexicon?> Read = [];

    private readonly FrozenDictionary<string, sbyte> _tenths;
    private readonly FrozenDictionary<string, sbyte> _stems;
    private readonly string[] _endings;

    private Lexicon(StreamReader lines, string[] endings)
    {
        _endings = endings;
        var (words, stems) = (new Dictionary<string, sbyte>(), new Dictionary<string, sbyte>());
        while (lines.ReadLine() is { } line)
        {
            var tab = line.LastIndexOf('\t');
            var word = Plainly.Fold(line.AsSpan(0, tab));
            var tenths = sbyte.Parse(line.AsSpan(tab + 1), CultureInfo.InvariantCulture);
            words[word] = tenths;
            if (Stem(word) is { } stem)
            {
                stems.TryAdd(stem, tenths);
            }
        }

        _tenths = words.ToFrozenDictionary();
        _stems = stems.ToFrozenDictionary();
    }

    /// <summary>The lexicon of a language; null when there is none.</summary>
    /// <param name="language">ISO 639-1.</param>
    public static Lexicon? Of(string language) => Read.GetOrAdd(language, Open);

    /// <summary>What a word is worth; 0 when it is not in the list.</summary>
    /// <param name="plain">The word, as <see cref="Plainly"/> writes it.</param>
    public double this[string plain] =>
        _tenths.TryGetValue(plain, out var tenths) || (_endings.Length > 0 && Stem(plain) is { } stem && _stems.TryGetValue(stem, out tenths)) ? tenths / 10.0 : 0;

    /// <summary>A word without the ending that its place in a sentence gives it.</summary>
    private string? Stem(string word)
    {
        if (_endings.Length == 0)
        {
            return null;
        }

        foreach (var ending in _endings)
        {
            if (word.Length - ending.Length >= ShortestStem && word.EndsWith(ending, StringComparison.Ordinal))
            {
                return word[..^ending.Length];
            }
        }

        return word.Length >= ShortestStem ? word : null;
    }

    private static Lexicon? Open(string language)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"sentiment-{language}.txt");
        if (stream is null)
        {
            return null;
        }

        using var lines = new StreamReader(stream);
        var endings = PhraseBook.Of(MessageReading.Room, language)?.Lines("endings") ?? [];
        return new(lines, [.. endings.Order(Comparer<string>.Create((a, b) => b.Length.CompareTo(a.Length)))]);
    }
}
