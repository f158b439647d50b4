using System.Collections.Concurrent;
using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Promises;

/// <summary>What words that begin a promise lack, for it to be one.</summary>
internal enum Lacking
{
    /// <summary>Nothing: "I'll keep you posted".</summary>
    Nothing,
    /// <summary>What will be done, or when: "I'll", as in "I'll call you" and in "I'll see to it tomorrow".</summary>
    DeedOrDate,
    /// <summary>When: "you'll have", as in "you'll have it tomorrow".</summary>
    Date,
    /// <summary>Both: "geht", as in "Ihr Paket geht morgen raus".</summary>
    DeedAndDate,
}

/// <summary>How a promise begins.</summary>
/// <param name="Lacking">What must follow.</param>
/// <param name="OursAlone">We are its subject; where we are not, somebody else may be.</param>
internal sealed record Opening(Lacking Lacking, bool OursAlone);

/// <summary>The phrases of one language by which promises are told from other words.</summary>
internal sealed class PromiseFinderLanguage
{
    private static readonly ConcurrentDictionary<string, PromiseFinderLanguage> Read = [];

    private readonly (Opening Opening, PhraseSet Phrases)[] _openings;
    private readonly (Deed Deed, PhraseSet Phrases)[] _deeds;

    private PromiseFinderLanguage(string name, PhraseBook book)
    {
        Dates = DueLanguage.Of(name);
        _openings =
        [
            (new(Lacking.Nothing, OursAlone: true), book["promises"]), (new(Lacking.DeedOrDate, OursAlone: true), book["we-will"]),
            (new(Lacking.Date, OursAlone: true), book["we"]), (new(Lacking.Date, OursAlone: false), book["you-will"]),
            (new(Lacking.Date, OursAlone: false), book["it-will"]), (new(Lacking.DeedAndDate, OursAlone: false), book["it-does"]),
        ];
        _deeds = [.. Enum.GetValues<Deed>().Select(deed => (deed, book[deed.ToString().ToLowerInvariant()]))];
        (NoPromises, NoPromisesOfOthers) = (book["no-promises"], book["no-promises-of-others"]);
        (Negations, Affirmations) = (book["negations"], book["affirmations"]);
        (Conditions, OurConditions, Theirs) = (book["conditions"], book["our-conditions"], book["theirs"]);
        (Questions, Asks, Joins) = (book["questions"], book["asks"], book["joins"]);
        (Complements, Vows) = (book["complements"], book["vows"]);
    }

    public DueLanguage Dates { get; }

    /// <summary>Courtesies, hopes, habits, reports, what is done already: with one in its clause nothing is promised.</summary>
    public PhraseSet NoPromises { get; }

    /// <summary>Carriers, banks and others whose doings are not ours; it matters where we are not the subject.</summary>
    public PhraseSet NoPromisesOfOthers { get; }

    public PhraseSet Negations { get; }

    /// <summary>What holds a negation and denies nothing: "no later than".</summary>
    public PhraseSet Affirmations { get; }

    public PhraseSet Conditions { get; }

    /// <summary>What looks like a condition and is mere politeness, or a part of another phrase.</summary>
    public PhraseSet OurConditions { get; }

    /// <summary>What makes a condition one that only the customer, or somebody else, can meet.</summary>
    public PhraseSet Theirs { get; }

    /// <summary>How a question begins, be it marked as one or not.</summary>
    public PhraseSet Questions { get; }

    /// <summary>How we ask something of them: in "send it back and we'll refund you" nothing is promised yet.</summary>
    public PhraseSet Asks { get; }

    /// <summary>"That": what follows hangs on the clause beside it.</summary>
    public PhraseSet Complements { get; }

    /// <summary>"I promise": what is promised stands beside it.</summary>
    public PhraseSet Vows { get; }

    /// <summary>"And", "but": what follows may be a clause of its own.</summary>
    public PhraseSet Joins { get; }

    public static PromiseFinderLanguage Of(string language) => Read.GetOrAdd(language, name => new(name, PhraseBook.Of("Promises", name)!));

    /// <summary>How a promise begins in a sentence, in order and apart.</summary>
    public List<(Found Words, Opening Opening)> Openings(Passage passage, Sentence sentence)
    {
        List<(Found Words, Opening Opening)> apart = [];
        var all = _openings.SelectMany(kind => kind.Phrases.In(passage, sentence).Select(words => (Words: words, kind.Opening)));
        foreach (var opening in all.OrderBy(o => o.Words.First).ThenByDescending(o => o.Words.Words).ThenBy(o => o.Opening.Lacking))
        {
            if (apart.Count > 0 && apart[^1] is var (verb, kind) && IsSubjectOf(passage, verb, kind, opening))
            {
                apart[^1] = (new(verb.First, opening.Words.Next - verb.First), kind.OursAlone ? kind : opening.Opening);
            }
            else if (apart.Count == 0 || apart[^1].Words.Next <= opening.Words.First)
            {
                apart.Add(opening);
            }
        }

        return apart;
    }

    /// <summary>"Steht unser …", "bringt sie mein …": the verb and its subject begin one promise.</summary>
    private bool IsSubjectOf(Passage passage, Found verb, Opening kind, (Found Words, Opening Opening) subject) =>
        subject.Words.First - verb.Next is var between && (between == 0 || (between == 1 && kind.Lacking is Lacking.DeedAndDate && Joins.At(passage, verb.Next) is null))
        && !passage.Text.AsSpan(passage.Words[verb.Next - 1].End, passage.Words[subject.Words.First].At - passage.Words[verb.Next - 1].End).ContainsAny(",;:");

    /// <summary>What is to be done, and which words say so; looking into something comes last, because it serves what else is promised.</summary>
    public (Deed Deed, Found Words)? DeedIn(Passage passage, int first, int next)
    {
        (Deed Deed, Found Words)? known = null;
        for (var at = first; at < next; at++)
        {
            if (DeedAt(passage, at, next) is not { } found)
            {
                continue;
            }

            if (found.Deed is not (Deed.Check or Deed.Other))
            {
                return found;
            }

            known ??= found;
        }

        return known;
    }

    public (Deed Deed, Found Words)? DeedAt(Passage passage, int at, int next)
    {
        (Deed, Found Words)? longest = null;
        foreach (var (deed, phrases) in _deeds)
        {
            if (phrases.At(passage, at) is { } words && words.Next <= next && words.Words > (longest?.Words.Words ?? 0))
            {
                longest = (deed, words);
            }
        }

        return longest;
    }
}
