namespace Heliotrope.Core.Phrases;

/// <summary>Where a phrase was found.</summary>
/// <param name="First">Its first word in the passage.</param>
/// <param name="Words">How many words it has, those of gaps too.</param>
public readonly record struct Found(int First, int Words)
{
    /// <summary>The word after it.</summary>
    public int Next => First + Words;
}

/// <summary>
/// Phrases that mean alike, found in a passage within one sentence each. Written one a line:
/// <c>sorry (if|that) you feel</c> has alternatives, <c>very | so</c> is two phrases, <c>so [very|truly] sorry</c> something that may be missing,
/// <c>disappoint*</c> and <c>*rechnung</c> any ending and beginning, <c>#</c> a number, <c>_</c> any one word,
/// <c>..</c> up to three words, <c>...</c> up to seven, at the end of a phrase at least one. Folded by <see cref="Plainly"/>, so <c>für</c> is <c>fuer</c>.
/// </summary>
public sealed class PhraseSet
{
    private readonly PhraseNode _root = new();

    private PhraseSet()
    {
    }

    /// <summary>No phrases.</summary>
    public static PhraseSet Empty { get; } = new();

    /// <summary>Reads phrases. They come with the program, so a mistake in one is a defect.</summary>
    /// <param name="lines">One phrase a line.</param>
    /// <returns>The phrases.</returns>
    /// <exception cref="FormatException">A line cannot be read; the message quotes it.</exception>
    public static PhraseSet Parse(params IEnumerable<string> lines)
    {
        var set = new PhraseSet();
        foreach (var line in lines)
        {
            PhraseReader.Read(line, set._root);
        }

        return set;
    }

    /// <summary>Finds them all, in order. What one phrase took is not looked at again; of two that begin at the same word the longer is taken.</summary>
    /// <param name="passage">Where to look.</param>
    /// <returns>Where they are.</returns>
    public IEnumerable<Found> In(Passage passage) => Between(passage, 0, passage.Words.Count);

    /// <summary>Finds them in one sentence, in order.</summary>
    /// <param name="passage">Where to look.</param>
    /// <param name="sentence">One of its sentences.</param>
    /// <returns>Where they are.</returns>
    public IEnumerable<Found> In(Passage passage, Sentence sentence) => Between(passage, sentence.First, sentence.First + sentence.Words);

    /// <summary>Whether a passage has one.</summary>
    /// <param name="passage">Where to look.</param>
    public bool IsIn(Passage passage) => In(passage).Any();

    /// <summary>Whether a sentence has one.</summary>
    /// <param name="passage">Where to look.</param>
    /// <param name="sentence">One of its sentences.</param>
    public bool IsIn(Passage passage, Sentence sentence) => In(passage, sentence).Any();

    /// <summary>The longest that begins at a word.</summary>
    /// <param name="passage">Where to look.</param>
    /// <param name="word">The word.</param>
    /// <returns>Where it is; null when none begins there.</returns>
    public Found? At(Passage passage, int word)
    {
        ArgumentNullException.ThrowIfNull(passage);
        var end = _root.LongestEnd(passage, word, passage.Words[word].Sentence);
        return end > word ? new(word, end - word) : null;
    }

    private IEnumerable<Found> Between(Passage passage, int first, int next)
    {
        for (var i = first; i < next;)
        {
            var found = At(passage, i);
            if (found is { } phrase)
            {
                yield return phrase;
            }

            i = found?.Next ?? i + 1;
        }
    }
}
