namespace Heliotrope.Core.Customers;

/// <summary>
/// Guesses the language of a message by its commonest small words, for the languages in which we can answer by ourselves.
/// Says nothing when unsure.
/// </summary>
public static class LanguageGuess
{
    /// <summary>Enough to tell, and a bound on the work for a long message.</summary>
    private const int MaxCharacters = 4_000;

    private static readonly Dictionary<string, string[]> SmallWords = new()
    {
        ["en"] = ["the", "and", "is", "are", "you", "your", "my", "it", "to", "of", "for", "with", "have", "has", "this", "that", "not", "was", "please", "thanks", "thank", "hello", "on", "in", "we", "can", "be", "but", "i'm", "hi"],
        ["de"] = ["der", "die", "das", "und", "ist", "nicht", "ich", "sie", "wir", "mein", "meine", "ihre", "ihr", "ein", "eine", "einen", "mit", "für", "auf", "zu", "habe", "haben", "bitte", "danke", "hallo", "guten", "noch", "aber", "wie", "den", "dem", "von", "es", "im"],
        ["fr"] = ["le", "la", "les", "et", "est", "pas", "je", "vous", "nous", "mon", "ma", "mes", "votre", "un", "une", "des", "du", "avec", "pour", "sur", "ai", "bonjour", "merci", "mais", "que", "qui", "ne", "ce", "cette", "dans", "au", "j'ai", "c'est"],
        ["es"] = ["el", "la", "los", "las", "y", "es", "no", "yo", "usted", "mi", "mis", "su", "un", "una", "con", "para", "por", "he", "hola", "gracias", "pero", "que", "de", "en", "del", "se", "lo", "está", "muy", "me"],
        ["it"] = ["il", "lo", "la", "gli", "e", "è", "non", "io", "mio", "mia", "vostro", "un", "una", "con", "per", "ho", "ciao", "buongiorno", "grazie", "ma", "che", "di", "del", "della", "sono", "ancora", "mi", "si", "le", "nel"],
        ["pt"] = ["o", "os", "as", "e", "é", "não", "eu", "meu", "minha", "seu", "um", "uma", "com", "para", "por", "olá", "obrigado", "obrigada", "mas", "que", "de", "do", "da", "em", "no", "na", "está", "ainda", "bom", "você"],
        ["nl"] = ["de", "het", "een", "en", "is", "niet", "ik", "u", "wij", "mijn", "uw", "met", "voor", "op", "van", "heb", "hebben", "hallo", "bedankt", "maar", "dat", "dit", "die", "nog", "graag", "aan", "te", "er", "we", "goedemorgen"],
    };

    /// <summary>The languages it knows, as two-letter codes.</summary>
    public static IReadOnlyCollection<string> Languages => SmallWords.Keys;

    /// <summary>Guesses the language.</summary>
    /// <param name="text">What somebody wrote.</param>
    /// <returns>A two-letter code, or null when unsure.</returns>
    public static string? Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = text[..Math.Min(text.Length, MaxCharacters)].ToLowerInvariant().Replace('’', '\'')
            .Split([' ', '\n', '\r', '\t', ',', '.', '!', '?', ';', ':', '(', ')', '"', '-', '–'], StringSplitOptions.RemoveEmptyEntries);
        var ranked = SmallWords
            .Select(l => (Code: l.Key, Hits: words.Count(w => Array.IndexOf(l.Value, w) >= 0)))
            .OrderByDescending(l => l.Hits)
            .ToArray();

        // Two small words, and clearly more than in the runner-up: Romance languages share many.
        return ranked[0].Hits >= 2 && ranked[0].Hits >= ranked[1].Hits * 1.2 ? ranked[0].Code : null;
    }
}
