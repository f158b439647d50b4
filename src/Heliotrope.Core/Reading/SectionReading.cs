using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Reading;

/// <summary>
/// The sections of a language's file in one passage, each looked for once, so that the work grows with the text and not with its square.
/// A section <c>x-not</c> names what looks like <c>x</c> and is none.
/// </summary>
internal sealed class SectionReading(Passage passage, PhraseBook book)
{
    private readonly Dictionary<string, bool[]> _sentences = [];

    public Passage Passage => passage;

    /// <summary>Phrases of a section that do not touch one of its exceptions, in their order.</summary>
    public List<Found> Of(string section) => Of(section, section + "-not");

    /// <summary>Phrases of a section that do not touch one of another, in their order.</summary>
    public List<Found> Of(string section, string exceptions)
    {
        var counted = new List<Found>();
        var (none, at) = (book[exceptions].In(passage).ToList(), 0);
        foreach (var found in book[section].In(passage))
        {
            while (at < none.Count && none[at].Next <= found.First)
            {
                at++;
            }

            if (at >= none.Count || none[at].First >= found.Next)
            {
                counted.Add(found);
            }
        }

        return counted;
    }

    /// <summary>All phrases of a section, in their order.</summary>
    public List<Found> All(string section) => [.. book[section].In(passage)];

    /// <summary>Whether a sentence has a phrase of a section.</summary>
    public bool Has(int sentence, string section)
    {
        if (!_sentences.TryGetValue(section, out var has))
        {
            has = new bool[passage.Sentences.Count];
            foreach (var found in book[section].In(passage))
            {
                has[SentenceOf(found)] = true;
            }

            _sentences.Add(section, has);
        }

        return has[sentence];
    }

    /// <summary>Whether a sentence asks something: by its mark, or by the words it begins with.</summary>
    public bool Asks(int sentence) => passage.EndMark(passage.Sentences[sentence]) == '?' || AsksByWords(sentence);

    /// <summary>Whether a sentence begins as questions do.</summary>
    public bool AsksByWords(int sentence) =>
        book["asking"].At(passage, passage.Sentences[sentence].First) is not null && book["asking-not"].At(passage, passage.Sentences[sentence].First) is null;

    /// <summary>Whether a sentence begins with a phrase of a section.</summary>
    public bool BeginsWith(int sentence, string section) => book[section].At(passage, passage.Sentences[sentence].First) is not null;

    /// <summary>The number of the sentence in which a phrase stands.</summary>
    public int SentenceOf(Found found) => passage.Words[found.First].Sentence;

    /// <summary>Makes evidence of phrases.</summary>
    public void Add(Sign sign, IEnumerable<Found> found, List<Evidence> evidence)
    {
        foreach (var phrase in found)
        {
            var at = passage.Words[phrase.First].At;
            evidence.Add(new(sign, at, passage.Words[phrase.Next - 1].End - at));
        }
    }
}
