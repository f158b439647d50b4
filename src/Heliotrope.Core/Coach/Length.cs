using System.Buffers;
using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Coach;

/// <summary>Sentences that ask for a second breath, and too many questions at once (docs/method.md, A5: complexity).</summary>
internal static class Length
{
    /// <summary>More words without a semicolon or colon are too many; plain-language guides ask for twenty or twenty-five.</summary>
    private const int LongSentence = 30;

    /// <summary>So many nouns made of verbs, and nobody is seen doing anything.</summary>
    private const int HeavyNouns = 3;

    /// <summary>Shorter ones are everyday words.</summary>
    private const int HeavyNoun = 8;

    /// <summary>Two questions can be answered at a glance.</summary>
    private const int ManyAsks = 3;

    private static readonly SearchValues<char> Bullets = SearchValues.Create("-*•–+#");

    public static IEnumerable<Remark> Of(Draft draft) => Long(draft).Concat(Heavy(draft)).Concat(Asks(draft));

    private static IEnumerable<Remark> Long(Draft draft)
    {
        foreach (var sentence in draft.Letter.Sentences)
        {
            var from = sentence.First;
            for (var word = from; word < sentence.First + sentence.Words; word++)
            {
                // The items of a list are a sentence each, and a semicolon lets one breathe.
                var ends = word + 1 == sentence.First + sentence.Words || IsItem(draft.Passage.After(word)) || draft.Passage.After(word).ContainsAny(';', ':');
                if (ends && word + 1 - from > LongSentence)
                {
                    yield return draft.About(RemarkKind.Complexity, new(from, word + 1 - from), "long");
                }

                from = ends ? word + 1 : from;
            }
        }
    }

    private static IEnumerable<Remark> Heavy(Draft draft)
    {
        if (draft.Book is not { } book)
        {
            yield break;
        }

        foreach (var sentence in draft.Letter.Sentences)
        {
            var heavy = book["heavy"].In(draft.Passage, sentence).Where(found => draft.Passage.Words[found.First] is { Length: >= HeavyNoun } word && !draft.Said.Contains(word.Plain) && book["common"].At(draft.Passage, found.First) is null);
            if (heavy.Count() >= HeavyNouns)
            {
                yield return draft.About(RemarkKind.Complexity, new(sentence.First, sentence.Words), "heavy");
            }
        }
    }

    private static bool IsItem(ReadOnlySpan<char> between) => between.Contains('\n') && (between[(between.LastIndexOf('\n') + 1)..].ContainsAny(Bullets) || between.Count('\n') > 1);

    private static IEnumerable<Remark> Asks(Draft draft)
    {
        if (draft.Book is not { } book)
        {
            yield break;
        }

        var (asks, things) = (draft.Letter.Sentences.Where(s => Requests.Asks(draft.Passage, book, s) || Requests.Listed(draft.Passage, book, s) >= ManyAsks).ToList(), 0);
        foreach (var ask in asks)
        {
            things += Math.Max(Requests.Listed(draft.Passage, book, ask), Math.Max(1, Requests.Things(draft.Passage, book, ask).Select(thing => thing.Name).Distinct().Count()));
            if (things >= ManyAsks)
            {
                yield return draft.About(RemarkKind.Complexity, new(ask.First, ask.Words), "asks");
                yield break;
            }
        }
    }
}
