using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Coach;

/// <summary>
/// Lines of the form <c>phrase = words</c>: what is put in place of the phrase, or said when it is found. Nothing after the sign takes
/// the phrase away; a line without the sign has nothing to offer.
/// </summary>
internal sealed class Swaps
{
    private readonly PhraseSet _all;
    private readonly (PhraseSet Phrase, string? Words)[] _lines;

    public Swaps(IEnumerable<string> lines)
    {
        var read = lines.Select(line => line.Split('=', 2)).Select(pair => (Phrase: pair[0].Trim(), Words: pair.Length == 2 ? pair[1].Trim() : null)).ToList();
        _all = PhraseSet.Parse(read.Select(line => line.Phrase));
        _lines = [.. read.Select(line => (PhraseSet.Parse(line.Phrase), line.Words))];
    }

    /// <summary>Every phrase found, with the words of its line.</summary>
    public IEnumerable<(Found Found, string? Words)> In(Passage passage) => _all.In(passage).Select(found => (found, WordsFor(passage, found)));

    /// <summary>The words of the first line that has a phrase in the passage.</summary>
    public string? First(Passage passage) => Array.Find(_lines, line => line.Phrase.IsIn(passage)).Words;

    private string? WordsFor(Passage passage, Found found) => Array.Find(_lines, line => line.Phrase.At(passage, found.First) == found).Words;
}
