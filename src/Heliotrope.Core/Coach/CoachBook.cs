using System.Collections.Concurrent;
using Heliotrope.Core.Phrases;
using Heliotrope.Core.Reading;

namespace Heliotrope.Core.Coach;

/// <summary>What the coach knows of a language: the file <c>Coach/Phrases/xx.txt</c>.</summary>
internal sealed class CoachBook
{
    private const string Room = "Coach";

    private static readonly ConcurrentDictionary<string, CoachBook?> Read = [];

    private readonly PhraseBook _phrases;
    private readonly ConcurrentDictionary<string, Swaps> _swaps = [];
    private readonly ConcurrentDictionary<string, string[]> _words = [];

    private CoachBook(PhraseBook phrases, PhraseBook theirs)
    {
        (_phrases, Theirs) = (phrases, theirs);
        Synonyms = [.. phrases.Lines("synonyms").Select(line => line.Split('/').Select(entry => entry.Trim().Split(' ')).ToArray()).Select(entries => (entries[0], entries[1..]))];
    }

    /// <summary>What customers say, as the reading of messages knows it.</summary>
    public PhraseBook Theirs { get; }

    /// <summary>The customer's word for a thing, and those that we might say instead; each as singular and plural.</summary>
    public IReadOnlyList<(string[] Theirs, string[][] Ours)> Synonyms { get; }

    /// <summary>The books of all languages: a greeting or a field's name can be in another language than the reply.</summary>
    public static IReadOnlyList<CoachBook> All { get; } = [.. PhraseBook.Languages(Room).Select(language => Of(language)!)];

    public PhraseSet this[string section] => _phrases[section];

    public static CoachBook? Of(string language) => Read.GetOrAdd(language, code => PhraseBook.Of(Room, code) is { } phrases && PhraseBook.Of(MessageReading.Room, code) is { } theirs ? new(phrases, theirs) : null);

    /// <summary>Whether any language has the phrase at a word.</summary>
    public static Found? AnyAt(string section, Passage passage, int word) =>
        All.Select(book => book[section].At(passage, word)).MaxBy(found => found?.Words ?? 0);

    /// <summary>The words of a section that is a list of words, plainly written; longer ones first.</summary>
    public IReadOnlyList<string> Words(string section) =>
        _words.GetOrAdd(section, name => [.. _phrases.Lines(name).SelectMany(line => line.Trim('(', ')').Split('|')).Select(word => Plainly.Fold(word)).OrderByDescending(word => word.Length)]);

    /// <summary>Whether a passage has a phrase of a section that is not part of one that says the contrary: "my mistake", not "not my mistake".</summary>
    public bool Says(string section, string unless, Passage passage)
    {
        var others = this[unless].In(passage).ToList();
        return this[section].In(passage).Any(found => !others.Exists(other => found.First < other.Next && other.First < found.Next));
    }

    public IReadOnlyList<string> Lines(string section) => _phrases.Lines(section);

    public Swaps Swaps(string section) => _swaps.GetOrAdd(section, name => new(_phrases.Lines(name)));
}
