using System.Globalization;
using System.Text;

namespace Heliotrope.Core.Happiness;

/// <summary>
/// Tells whether a customer closes with thanks and leaves no open question (docs/method.md, A1).
/// When unsure it says no: a wrong "thanked" would bury somebody who still needs us.
/// </summary>
public static class ThanksReading
{
    /// <summary>Longer messages say more than thanks.</summary>
    private const int MaxWords = 40;

    private static readonly string[] Thanks =
    [
        "thank", "thanks", "thankyou", "thx", "cheers", "grateful",
        "danke", "dankeschön", "vielen dank", "besten dank", "herzlichen dank",
        "merci", "gracias", "grazie", "obrigado", "obrigada", "bedankt", "dank je", "dank u", "dankjewel",
        "tak", "tack", "takk", "kiitos", "dziękuję", "dziekuje", "dzięki", "děkuji", "köszönöm", "teşekkürler", "спасибо", "дякую", "ありがとう", "谢谢", "謝謝",
    ];

    /// <summary>A word of these leaves something open, however friendly the rest.</summary>
    private static readonly string[] Open =
    [
        "but", "however", "still", "not", "no", "never", "cannot", "can't", "cant", "doesn't", "doesnt", "didn't", "didnt", "isn't", "isnt", "won't", "wont",
        "unfortunately", "problem", "again", "broken", "please", "could", "would", "when", "how", "why", "until", "waiting", "nothing", "unless",
        "aber", "jedoch", "leider", "nicht", "kein", "keine", "keinen", "noch", "immer", "bitte", "wann", "wie", "warum", "wieder", "nichts",
        "mais", "pas", "toujours", "encore", "malheureusement", "quand", "comment", "pourquoi", "svp",
        "pero", "todavía", "todavia", "aún", "sigue", "cuándo", "cuando", "cómo",
        "ma", "però", "non", "ancora", "purtroppo", "quando",
        "mas", "não", "nao", "ainda", "infelizmente",
        "maar", "niet", "nog", "geen", "helaas", "wanneer",
    ];

    /// <summary>Set phrases whose open-sounding words mean the opposite.</summary>
    private static readonly string[] Harmless =
    [
        "no problem", "no worries", "no further questions", "no more questions", "nothing else", "once again", "thanks again", "thank you again", "again thanks",
        "would recommend", "could not be happier", "couldn't be happier", "please close", "not necessary", "no need",
        "nochmals", "noch einmal", "noch mal", "kein problem", "keine weiteren fragen", "encore merci", "merci encore", "pas de problème", "no hay problema", "nog een keer", "geen probleem",
    ];

    /// <summary>Reads the new words of a message.</summary>
    /// <param name="newWords">What the customer wrote, without quote and signature.</param>
    /// <returns>Whether they thank and leave nothing open.</returns>
    public static bool ClosesWithThanks(string newWords)
    {
        ArgumentNullException.ThrowIfNull(newWords);
        if (newWords.AsSpan().ContainsAny("?？؟"))
        {
            return false;
        }

        var words = Simplify(newWords);
        if (words.Length < 3 || words.Count(c => c == ' ') > MaxWords + 1)
        {
            return false;
        }

        if (!Thanks.Any(t => ContainsWord(words, t)))
        {
            return false;
        }

        foreach (var phrase in Harmless)
        {
            words = words.Replace($" {phrase} ", " ", StringComparison.Ordinal);
        }

        return !Open.Any(o => ContainsWord(words, o));
    }

    // Scripts without spaces between words are searched as they stand.
    private static bool ContainsWord(string words, string word) =>
        words.Contains(word[0] >= 0x3000 ? word : $" {word} ", StringComparison.Ordinal);

    /// <summary>Lower case, one space around each word, punctuation gone, apostrophes straight.</summary>
    private static string Simplify(string text)
    {
        var simple = new StringBuilder(" ");
        foreach (var c in text.Normalize(NormalizationForm.FormC))
        {
            var letter = c is '’' or '‘' ? '\'' : char.ToLower(c, CultureInfo.InvariantCulture);
            if (char.IsLetterOrDigit(letter) || (letter == '\'' && simple[^1] != ' '))
            {
                simple.Append(letter);
            }
            else if (simple[^1] != ' ')
            {
                simple.Append(' ');
            }
        }

        return simple[^1] == ' ' ? simple.ToString() : simple.Append(' ').ToString();
    }
}
