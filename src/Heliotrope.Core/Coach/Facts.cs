using System.Text.RegularExpressions;
using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Coach;

/// <summary>What words hold that we could ask for.</summary>
internal static class Facts
{
    /// <summary>The number of an order stands this close behind its name.</summary>
    private const int Close = 4;

    private const int LongNumber = 5;

    private static readonly Regex Phone = new("""(\+|\b0)[0-9][0-9 ()/.-]{6,18}[0-9]\b|\(?\b[0-9]{3}\)?[-. ][0-9]{3}[-. ][0-9]{4}\b""", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static readonly Regex Date = new("""\b[0-9]{1,2}[./-][0-9]{1,2}[./-]([0-9]{4}|[0-9]{2})?\b|\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b""", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static readonly Regex Hyphened = new("""\b[A-Z][A-Za-z]{0,4}-[0-9]{1,5}[A-Za-z]{0,2}(\b[^-\w]|$)""", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public static bool HasEmail(Passage passage) => passage.Words.Any(word => word.Plain == Word.Link && passage.Text.AsSpan(word.At, word.Length).Contains('@'));

    public static bool HasPhone(Passage passage) => Phone.Matches(passage.Text).Any(match => match.Value.Count(char.IsAsciiDigit) >= 7 && !Date.IsMatch(match.Value));

    /// <summary>"Order 4711", "invoice no. R-2024-17".</summary>
    public static bool HasNumber(Passage passage, CoachBook book, string name) =>
        book[$"ask-{name}"].In(passage).Concat(book[$"have-{name}"].In(passage))
            .Any(found => Enumerable.Range(found.Next, Math.Min(Close, passage.Words.Count - found.Next)).Any(word => passage.Words[word].Plain.Count(char.IsAsciiDigit) > 2));

    /// <summary>A number too long for anything else people write, and no phone's.</summary>
    public static bool HasLongNumber(Passage passage)
    {
        var phones = Phone.Matches(passage.Text).Select(match => (From: match.Index, To: match.Index + match.Length)).ToList();
        return passage.Words.Any(word => word.Plain != Word.Link && word.Plain.Count(char.IsAsciiDigit) >= LongNumber && !phones.Exists(phone => word.At >= phone.From && word.At < phone.To));
    }

    /// <summary>When they ordered or bought it.</summary>
    public static bool HasDateOf(Passage passage, CoachBook book) =>
        passage.Sentences.Any(sentence => book["bought"].IsIn(passage, sentence)
            && (book["when"].IsIn(passage, sentence) || book["calendar"].IsIn(passage, sentence) || Date.IsMatch(passage.Text.AsSpan(sentence.At, sentence.Length))));

    /// <summary>A day of the calendar.</summary>
    public static bool HasDay(Passage passage, CoachBook book) => book["calendar"].IsIn(passage) || Date.IsMatch(passage.Text);

    /// <summary>"X2", "T14s", "K-300": a capital, then letters and figures.</summary>
    public static bool HasModel(Passage passage) => Hyphened.IsMatch(passage.Text) || passage.Words.Any(word => word.Length is > 1 and < 8 && char.IsAsciiLetterUpper(passage.Text[word.At]) && char.IsAsciiDigit(word.Plain[^1]));

    /// <summary>What the number belongs to: of "Ihre Policennummer" and "number of your policy" how the policy begins.</summary>
    public static IEnumerable<string> Stems(Passage passage, CoachBook book, Found asked)
    {
        var number = book.Words("number-word");
        return passage.Words.Skip(asked.First).Take(asked.Words)
            .Select(word => number.FirstOrDefault(n => word.Plain.Length > n.Length + 3 && word.Plain.EndsWith(n, StringComparison.Ordinal)) is { } end ? word.Plain[..^end.Length] : word.Plain)
            .Where(word => word.Length > 3 && !number.Contains(word))
            .Select(Draft.Stem);
    }

    /// <summary>Whether a word that begins so is followed by a number.</summary>
    public static bool HasNumberOf(Passage passage, string stem) => Enumerable.Range(0, passage.Words.Count)
        .Where(word => passage.Words[word].Plain.StartsWith(stem, StringComparison.Ordinal))
        .Any(word => Enumerable.Range(word + 1, Math.Min(Close, passage.Words.Count - word - 1)).Any(next => passage.Words[next].Plain.Any(char.IsAsciiDigit)));

    /// <summary>"Six guests".</summary>
    public static bool HasManyOf(Passage passage, CoachBook book, string stem) =>
        book["have-many"].In(passage).Any(found => Draft.Stem(passage.Words[found.Next - 1].Plain) == stem);
}
