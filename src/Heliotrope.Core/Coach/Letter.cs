using System.Buffers;
using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Coach;

/// <summary>The parts of a letter: how it greets, what it says, how it closes.</summary>
/// <param name="Passage">Its words; what stands between backticks is no word of the writer's and is left out.</param>
/// <param name="Greeting">The words of the greeting, before the name; none when it greets nobody.</param>
/// <param name="Name">The words of the name that is greeted, titles too.</param>
/// <param name="Body">The first word of what it says.</param>
/// <param name="Closing">The first word of how it closes; the number of words when it doesn't.</param>
internal sealed record Letter(Passage Passage, Range Greeting, Range Name, int Body, int Closing)
{
    /// <summary>A name with its titles is not longer; without a mark after it, a name has fewer words still.</summary>
    private const int MaxName = 6;

    /// <summary>How many of the last sentences can be a closing.</summary>
    private const int LastSentences = 8;

    private const int MaxClosing = 7;

    private static readonly SearchValues<char> Stops = SearchValues.Create(",!:;\n–—(");

    /// <summary>What it says, sentence by sentence.</summary>
    public IReadOnlyList<Sentence> Sentences { get; } = [.. Clip(Passage, Body, Closing)];

    /// <summary>Where what it says begins, in UTF-16 units.</summary>
    public int BodyAt => Body < Passage.Words.Count ? Passage.Words[Body].At : Passage.Text.Length;

    public static Letter Of(string text)
    {
        var passage = Passage.Of(Code.Blank(text));
        if (passage.Words.Count == 0)
        {
            return new(passage, 0..0, 0..0, 0, 0);
        }

        var greeted = CoachBook.AnyAt("greeting", passage, 0)?.Next ?? 0;
        var name = greeted > 0 ? NameEnd(passage, greeted) : 0;
        return new(passage, 0..greeted, greeted..name, name, ClosingFrom(passage, name));
    }

    /// <summary>The name ends at the next mark or line, or where no capital follows.</summary>
    private static int NameEnd(Passage passage, int from)
    {
        if (HasStop(passage.After(from - 1)) || passage.After(from - 1).Contains('.'))
        {
            return from;
        }

        for (var i = from; i < passage.Words.Count && i < from + MaxName; i++)
        {
            if (i == passage.Words.Count - 1 || HasStop(passage.After(i)) || (passage.After(i).Contains('.') && CoachBook.AnyAt("title", passage, i) is null))
            {
                return i + 1;
            }
        }

        var end = from;
        while (end < passage.Words.Count && end < from + 3 && char.IsUpper(passage.Text[passage.Words[end].At]))
        {
            end++;
        }

        return end;
    }

    private static bool HasStop(ReadOnlySpan<char> between) => between.ContainsAny(Stops) || between.Contains(" - ", StringComparison.Ordinal);

    private static int ClosingFrom(Passage passage, int body)
    {
        var sentences = passage.Sentences;
        var closing = passage.Words.Count;
        for (var i = Math.Max(0, sentences.Count - LastSentences); i < sentences.Count; i++)
        {
            var first = sentences[i].First;
            if (first >= body && first > 0 && sentences[i].Words <= MaxClosing && BeginsLine(passage, first) && CoachBook.AnyAt("closing", passage, first) is not null)
            {
                closing = first;
                break;
            }
        }

        return closing < passage.Words.Count ? closing : NameAlone(passage, body);
    }

    /// <summary>A signature without a closing: a last line of a few words that begin with capitals.</summary>
    private static int NameAlone(Passage passage, int body)
    {
        var last = passage.Sentences[^1];
        var words = passage.Words.Skip(last.First).Take(last.Words);
        return last.First > body && last.Words <= 4 && passage.EndMark(last) == ' ' && BeginsLine(passage, last.First)
            && words.All(word => char.IsUpper(passage.Text[word.At]))
            ? last.First
            : passage.Words.Count;
    }

    private static bool BeginsLine(Passage passage, int word) => passage.After(word - 1).Contains('\n');

    private static IEnumerable<Sentence> Clip(Passage passage, int from, int to)
    {
        foreach (var sentence in passage.Sentences)
        {
            var (first, end) = (Math.Max(sentence.First, from), Math.Min(sentence.First + sentence.Words, to));
            if (first < end)
            {
                var at = passage.Words[first].At;
                yield return new(at, Math.Max(sentence.At + sentence.Length, passage.Words[end - 1].End) - at, first, end - first);
            }
        }
    }
}
