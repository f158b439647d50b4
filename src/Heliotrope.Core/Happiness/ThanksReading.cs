using System.Buffers;
using System.Globalization;
using System.Text;

namespace Heliotrope.Core.Happiness;

/// <summary>
/// Tells whether a customer closes with thanks and leaves no open question (docs/method.md, A1).
/// A message is read breath by breath, from one comma or full stop to the next: each must thank, say that it is well, greet, or be a name.
/// When unsure it says no: a wrong "thanked" would bury somebody who still needs us.
/// </summary>
public static class ThanksReading
{
    /// <summary>Longer messages say more than thanks.</summary>
    private const int MaxWords = 40;

    /// <summary>A longer breath holds more than it seems to.</summary>
    private const int MaxBreath = 20;

    /// <summary>A greeting or a name has no more words.</summary>
    private const int MaxName = 4;

    /// <summary>A shorter line was broken by hand, so a breath ends with it; longer lines were broken by a program.</summary>
    private const int BrokenByHand = 60;

    private static readonly SearchValues<char> QuestionMarks = SearchValues.Create("?？؟¿⁇⁈⁉\u037e");

    /// <summary>Reads the new words of a message.</summary>
    /// <param name="newWords">What the customer wrote, without quote and signature.</param>
    /// <returns>Whether they thank and leave nothing open.</returns>
    public static bool ClosesWithThanks(string newWords)
    {
        ArgumentNullException.ThrowIfNull(newWords);

        // Forty words of any language are shorter than this; a bound on the work before anything is copied.
        if (newWords.Length > MaxWords * 40 || newWords.AsSpan().ContainsAny(QuestionMarks) || HasLongNumber(newWords))
        {
            return false;
        }

        var breaths = Breaths(newWords);
        return breaths.Sum(b => b.Count) <= MaxWords && breaths.Exists(Thanks) && breaths.TrueForAll(LeavesNothingOpen);
    }

    private static bool Thanks(List<string> breath) => HasAny(Plain(breath), ThanksWords.Thanks) || ThanksElsewhere(breath);

    private static bool ThanksElsewhere(List<string> breath) =>
        breath.Count <= MaxName && HasAny(Plain(breath), ThanksWords.ThanksElsewhere);

    private static bool LeavesNothingOpen(List<string> breath)
    {
        var plain = Plain(breath);
        var (thanks, good) = (Thanks(breath), HasAny(plain, ThanksWords.Good));
        foreach (var phrase in ThanksWords.Harmless)
        {
            if (HasWord(plain, phrase))
            {
                plain = plain.Replace($" {phrase} ", " ", StringComparison.Ordinal);
                good = true;
            }
        }

        // French hides its "not" and its "please" behind an apostrophe.
        if (HasAny(plain, ThanksWords.Open) || plain.Contains(" n'", StringComparison.Ordinal)
            || (plain.Contains(" merci d'", StringComparison.Ordinal) && !plain.Contains(" merci d'avoir ", StringComparison.Ordinal))
            || (!good && HasAny(plain, ThanksWords.Trouble)))
        {
            return false;
        }

        return thanks || good ? breath.Count <= MaxBreath : IsGreetingOrName(breath, plain);
    }

    private static bool IsGreetingOrName(List<string> breath, string plain) =>
        breath.Count <= MaxName
        && (breath.TrueForAll(w => char.IsUpper(w[0])) || ThanksWords.Greetings.Any(g => plain.StartsWith($" {g} ", StringComparison.Ordinal)));

    /// <summary>An order, an invoice, a phone: they gave us something to work with.</summary>
    private static bool HasLongNumber(string text)
    {
        var digits = 0;
        foreach (var c in text)
        {
            digits = char.IsDigit(c) ? digits + 1 : 0;
            if (digits == 4)
            {
                return true;
            }
        }

        return false;
    }

    private static string Plain(List<string> breath) =>
        $" {string.Join(' ', breath.Select(w => w.ToLower(CultureInfo.InvariantCulture)))} ";

    private static bool HasAny(string words, string[] wanted) => Array.Exists(wanted, w => HasWord(words, w));

    // Scripts without spaces between words are searched as they stand.
    private static bool HasWord(string words, string word) =>
        words.Contains(word[0] >= 0x3000 ? word : $" {word} ", StringComparison.Ordinal);

    /// <summary>The words between one mark and the next, apostrophes straight.</summary>
    private static List<List<string>> Breaths(string text)
    {
        List<List<string>> breaths = [[]];

        // Rune by rune, because half a character cannot be normalized.
        foreach (var line in string.Concat(text.EnumerateRunes()).Normalize(NormalizationForm.FormC).Split('\n'))
        {
            var word = new StringBuilder();
            foreach (var c in line)
            {
                if (char.IsLetterOrDigit(c) || (c is '\'' or '’' or '‘' && word.Length > 0))
                {
                    word.Append(char.IsLetterOrDigit(c) ? c : '\'');
                    continue;
                }

                EndWord(word);
                if (c is '.' or ',' or '!' or ':' or ';' or '(' or ')' or '–' or '—' or '…' or '。' or '，' or '、' or '！' or '¡')
                {
                    breaths.Add([]);
                }
            }

            EndWord(word);
            if (line.Length < BrokenByHand)
            {
                breaths.Add([]);
            }
        }

        breaths.RemoveAll(b => b.Count == 0);
        return breaths;

        void EndWord(StringBuilder word)
        {
            var whole = word.ToString().TrimEnd('\'');
            word.Clear();
            if (whole.Length > 0)
            {
                breaths[^1].Add(whole);
            }
        }
    }
}
