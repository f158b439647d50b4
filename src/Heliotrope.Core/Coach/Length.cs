using System.Buffers;
using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Coach;

/// <summary>Sentences that ask for a second breath, and too many questions at once (docs/method.md, A5: complexity).</summary>
internal static class Length
{
    /// <summary>More words are a long sentence; plain-language guides in both languages ask for twenty or twenty-five.</summary>
    private const int LongSentence = 35;

    /// <summary>Two questions can be answered at a glance.</summary>
    private const int ManyAsks = 3;

    private static readonly SearchValues<char> Bullets = SearchValues.Create("-*•–+#");

    public static IEnumerable<Remark> Of(Draft draft) => Long(draft).Concat(Asks(draft));

    private static IEnumerable<Remark> Long(Draft draft)
    {
        foreach (var sentence in draft.Letter.Sentences)
        {
            var from = sentence.First;
            for (var word = from; word < sentence.First + sentence.Words; word++)
            {
                // The items of a list are a sentence each.
                var ends = word + 1 == sentence.First + sentence.Words || IsItem(draft.Passage.After(word));
                if (ends && word + 1 - from > LongSentence)
                {
                    yield return draft.About(RemarkKind.Complexity, new(from, word + 1 - from), "long");
                }

                from = ends ? word + 1 : from;
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
