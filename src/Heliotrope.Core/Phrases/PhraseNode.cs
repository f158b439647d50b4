namespace Heliotrope.Core.Phrases;

/// <summary>A place between two words of phrases, with the ways on. What begins alike shares its way.</summary>
internal sealed class PhraseNode
{
    private string? _word;
    private PhraseNode? _next;
    private Dictionary<string, PhraseNode>? _words;
    private List<PartWay>? _parts;
    private List<GapWay>? _gaps;
    private List<PhraseNode>? _joins;
    private PhraseNode? _number;
    private PhraseNode? _any;

    public bool Ends { get; set; }

    /// <summary>The place after one more item, made when there is none yet.</summary>
    public PhraseNode Then(string item)
    {
        switch (item)
        {
            case "#":
                return _number ??= new();
            case "_":
                return _any ??= new();
            case ".." or "...":
                var most = item.Length == 2 ? 3 : 7;
                return Known(_gaps ??= [], g => g.Most == most, to => new(most, to), g => g.To);
        }

        if (item.StartsWith('*') || item.EndsWith('*'))
        {
            var (part, atEnd) = (Plainly.Fold(item.Trim('*')), item.StartsWith('*'));
            return Known(_parts ??= [], p => p.Part == part && p.AtEnd == atEnd, to => new(part, atEnd, to), p => p.To);
        }

        // Most places have one way on, and many phrases the same words.
        var word = string.Intern(Plainly.Fold(item));
        if (_word is null || _word == word)
        {
            _word = word;
            return _next ??= new();
        }

        _words ??= [];
        return _words.TryGetValue(word, out var next) ? next : _words[word] = new();
    }

    /// <summary>Makes another place one with this: what goes on there goes on from here, too.</summary>
    public void Join(PhraseNode other) => (_joins ??= []).Add(other);

    /// <summary>Whether one comes to a place without a word.</summary>
    public bool IsSameAs(PhraseNode other) => this == other || _joins?.Exists(join => join.IsSameAs(other)) == true;

    /// <summary>
    /// The word after the longest phrase from here, or -1. A phrase has few gaps and a gap few words, so the work at a word is bounded by
    /// the phrases alone.
    /// </summary>
    public int LongestEnd(Passage passage, int at, int sentence)
    {
        var longest = Ends ? at : -1;
        if (_joins is not null)
        {
            foreach (var join in _joins)
            {
                longest = Math.Max(longest, join.LongestEnd(passage, at, sentence));
            }
        }

        if (at >= passage.Words.Count || passage.Words[at].Sentence != sentence)
        {
            return longest;
        }

        var word = passage.Words[at];

        if (_word == word.Plain)
        {
            longest = Math.Max(longest, _next!.LongestEnd(passage, at + 1, sentence));
        }
        else if (_words is not null && _words.TryGetValue(word.Plain, out var next))
        {
            longest = Math.Max(longest, next.LongestEnd(passage, at + 1, sentence));
        }

        if (_parts is not null)
        {
            foreach (var (part, atEnd, to) in _parts)
            {
                if (atEnd ? word.Plain.EndsWith(part, StringComparison.Ordinal) : word.Plain.StartsWith(part, StringComparison.Ordinal))
                {
                    longest = Math.Max(longest, to.LongestEnd(passage, at + 1, sentence));
                }
            }
        }

        if (_number is not null && word.IsNumber)
        {
            longest = Math.Max(longest, _number.LongestEnd(passage, at + 1, sentence));
        }

        if (_any is not null)
        {
            longest = Math.Max(longest, _any.LongestEnd(passage, at + 1, sentence));
        }

        if (_gaps is not null)
        {
            foreach (var (most, to) in _gaps)
            {
                for (var skipped = 0; skipped <= most; skipped++)
                {
                    longest = Math.Max(longest, to.LongestEnd(passage, at + skipped, sentence));
                    if (at + skipped >= passage.Words.Count || passage.Words[at + skipped].Sentence != sentence)
                    {
                        break; // no gap reaches into the next sentence
                    }
                }
            }
        }

        return longest;
    }

    private static PhraseNode Known<T>(List<T> ways, Predicate<T> same, Func<PhraseNode, T> add, Func<T, PhraseNode> to)
    {
        if (ways.FindIndex(same) is >= 0 and var known)
        {
            return to(ways[known]);
        }

        var node = new PhraseNode();
        ways.Add(add(node));
        return node;
    }

    private sealed record PartWay(string Part, bool AtEnd, PhraseNode To);

    private sealed record GapWay(int Most, PhraseNode To);
}
