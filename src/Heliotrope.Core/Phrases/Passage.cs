namespace Heliotrope.Core.Phrases;

/// <summary>
/// A text as words and sentences, each with its place in the text. Lines that quote somebody (<c>&gt; …</c>) are left out:
/// they are not the writer's words. Takes time in proportion to the text, whatever it is.
/// </summary>
public sealed class Passage
{
    /// <summary>A line shorter than this was ended by hand and not by a mail program that wraps lines.</summary>
    private const int BrokenByHand = 50;

    private readonly List<Word> _words = [];
    private readonly List<Sentence> _sentences = [];

    private Passage(string text) => Text = text;

    /// <summary>The text as it was given.</summary>
    public string Text { get; }

    /// <summary>Its words, in order.</summary>
    public IReadOnlyList<Word> Words => _words;

    /// <summary>Its sentences, in order.</summary>
    public IReadOnlyList<Sentence> Sentences => _sentences;

    /// <summary>Reads a text.</summary>
    /// <param name="text">Anything.</param>
    /// <returns>Its words and sentences.</returns>
    public static Passage Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var passage = new Passage(text);
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end;
            passage.ReadLine(at, end);
            at = end + 1;
        }

        passage.EndSentence(text.Length);
        return passage;
    }

    /// <summary>The text between the end of one word and the beginning of the next; empty before the first and after the last.</summary>
    /// <param name="word">The number of the earlier word.</param>
    public ReadOnlySpan<char> After(int word) =>
        word < 0 || word + 1 >= _words.Count ? [] : Text.AsSpan(_words[word].End, _words[word + 1].At - _words[word].End);

    /// <summary>The first word that begins at a place in the text or after it; the number of words when none does.</summary>
    /// <param name="at">The place.</param>
    public int WordAt(int at)
    {
        var (first, end) = (0, _words.Count);
        while (first < end)
        {
            var middle = (first + end) / 2;
            (first, end) = _words[middle].At < at ? (middle + 1, end) : (first, middle);
        }

        return first;
    }

    /// <summary>The number of the sentence of the first word that begins at a place in the text or after it; -1 when none does.</summary>
    /// <param name="at">The place.</param>
    public int SentenceAt(int at) => WordAt(at) is var word && word < _words.Count ? _words[word].Sentence : -1;

    /// <summary>The mark that ends a sentence: <c>?</c>, <c>!</c>, <c>.</c>, or a space when none does. Of several, the question comes first.</summary>
    /// <param name="sentence">The sentence.</param>
    public char EndMark(Sentence sentence)
    {
        var tail = Text.AsSpan(sentence.At, sentence.Length)[(_words[sentence.First + sentence.Words - 1].End - sentence.At)..];
        return tail.ContainsAny('?', '？') ? '?' : tail.ContainsAny('!', '！') ? '!' : tail.ContainsAny('.', '。', '…') ? '.' : ' ';
    }

    private int SentenceStart => _sentences.Count == 0 ? 0 : _sentences[^1].First + _sentences[^1].Words;

    private void ReadLine(int at, int end)
    {
        var line = Text.AsSpan(at, end - at).Trim();
        if (line.StartsWith('>'))
        {
            EndSentence(at);
            return;
        }

        for (var i = at; i < end;)
        {
            if (char.IsWhiteSpace(Text[i]))
            {
                i++;
                continue;
            }

            var chunk = i;
            while (i < end && !char.IsWhiteSpace(Text[i]))
            {
                i++;
            }

            ReadChunk(chunk, i);
        }

        if (line.Length < BrokenByHand)
        {
            EndSentence(end);
        }
    }

    /// <summary>What stands between two spaces: usually one word and its marks.</summary>
    private void ReadChunk(int at, int end)
    {
        if (IsLink(Text.AsSpan(at, end - at)))
        {
            _words.Add(new(Word.Link, at, end - at, _sentences.Count));
            return;
        }

        for (var i = at; i < end;)
        {
            if (!IsPartOfWord(Text[i]))
            {
                if (Ends(i, end))
                {
                    while (i < end && !IsPartOfWord(Text[i]))
                    {
                        i++;
                    }

                    EndSentence(i);
                    continue;
                }

                i++;
                continue;
            }

            var word = i;
            while (i < end && (IsPartOfWord(Text[i]) || (IsApostrophe(Text[i]) && i + 1 < end && IsPartOfWord(Text[i + 1]))))
            {
                // "5pm" and "14h" are a number and its unit.
                if (i > word && char.IsAsciiDigit(Text[i - 1]) && char.IsAsciiLetter(Text[i]) && IsNumber(word, i))
                {
                    break;
                }

                i++;
            }

            if (Plainly.Fold(Text.AsSpan(word, i - word)) is { Length: > 0 } plain)
            {
                _words.Add(new(plain, word, i - word, _sentences.Count));
            }
        }
    }

    private bool IsNumber(int from, int to) => Text.AsSpan(from, to - from).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Whether the mark at a place ends the sentence: the point of "3.12.", "z.B." and "e.g." does not.</summary>
    private bool Ends(int at, int end)
    {
        switch (Text[at])
        {
            case '!' or '?' or '。' or '！' or '？':
                return true;
            case '…':
                return at + 1 >= end;
            case '.':
                break;
            default:
                return false;
        }

        var afterMarks = at + 1;
        while (afterMarks < end && Text[afterMarks] is '.' or ')' or '"' or '\'' or '”' or '“' or '’' or '»' or '«' or '*' or '_')
        {
            afterMarks++;
        }

        if (afterMarks < end || _words.Count == SentenceStart)
        {
            return false;
        }

        var last = _words[^1];
        return last.End != at || !(Abbreviations.Are(last.Plain) || IsSingleLetter(last) || (last.IsNumber && last.Length <= 2 && GoesOnAfterNumber(Following(end))));
    }

    /// <summary>"Am 3. Dezember", "am 3.12. um 14 Uhr".</summary>
    private static bool GoesOnAfterNumber(ReadOnlySpan<char> following) => Abbreviations.BeginsMonth(following) || (following.Length > 0 && char.IsLower(following[0]));

    /// <summary>The letter of "z. B." or of an initial; "I" and Italian "è" end sentences too rarely to matter.</summary>
    private bool IsSingleLetter(Word word) => word.Length == 1 && char.IsLetter(Text[word.At]);

    private ReadOnlySpan<char> Following(int at)
    {
        var rest = Text.AsSpan(at).TrimStart();
        return rest[..Math.Min(rest.Length, 5)];
    }

    private void EndSentence(int end)
    {
        var first = SentenceStart;
        if (_words.Count > first)
        {
            _sentences.Add(new(_words[first].At, Math.Max(end, _words[^1].End) - _words[first].At, first, _words.Count - first));
        }
    }

    private static bool IsPartOfWord(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    private static bool IsApostrophe(char c) => c is '\'' or '’' or '‘' or 'ʼ' or '´' or '`';

    private static bool IsLink(ReadOnlySpan<char> chunk)
    {
        chunk = chunk.Trim("<>()[]\"'.,;:!?");
        var mark = chunk.IndexOf('@');
        return chunk.Contains("://", StringComparison.Ordinal) || chunk.StartsWith("www.", StringComparison.OrdinalIgnoreCase)
            || chunk.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
            || (mark > 0 && chunk[(mark + 1)..].Contains('.'));
    }
}
