namespace Heliotrope.Core.Customers;

/// <summary>
/// Guesses the language of a message by its commonest small words, for the languages in which we can answer by ourselves.
/// Says nothing when unsure.
/// </summary>
public static class LanguageGuess
{
    /// <summary>Enough to tell, and a bound on the work for a long message.</summary>
    private const int MaxCharacters = 1_500;

    /// <summary>A word of one language alone and one more: a single "gracias" is also written by those who speak no Spanish.</summary>
    private const int Enough = 3;

    /// <summary>In its own language about every second word is a small one; in a strange one, a few look alike by chance.</summary>
    private const int WordsToAPoint = 4;

    /// <summary>Scandinavian, in which we cannot answer: known so that it is not taken for German or Dutch.</summary>
    private const string Neighbour = "";

    private static readonly char[] Between = [' ', '\n', '\r', '\t', ',', '.', '!', '?', ';', ':', '(', ')', '"', '-', '–', '¿', '¡', '«', '»', '“', '”', '„', '\u00a0', '\u202f'];

    private static readonly Dictionary<string, string[]> SmallWords = new()
    {
        ["en"] =
        [
            "the", "and", "is", "are", "am", "you", "your", "my", "our", "it", "its", "to", "of", "for", "from", "with", "have", "has", "had", "this", "that", "not", "was", "were", "been", "please", "thanks", "thank", "hello", "on", "in", "at", "we", "us", "they",
            "can", "cannot", "could", "would", "should", "will", "be", "but", "i'm", "i've", "it's", "don't", "doesn't", "can't", "hi", "dear", "what", "when", "where", "which", "how", "why", "there", "here", "a", "an", "as", "i", "me", "no", "or", "by", "if", "so", "about", "just", "get", "got", "make", "all", "up", "out", "need", "want", "do", "does", "did", "works", "now", "still", "again", "only", "one", "new", "any", "some",
        ],
        ["de"] =
        [
            "der", "die", "das", "und", "ist", "sind", "nicht", "ich", "sie", "er", "wir", "uns", "mir", "mich", "mein", "meine", "meinen", "ihre", "ihr", "ihnen", "ein", "eine", "einen", "mit", "für", "auf", "zu", "habe", "haben", "hat", "bitte", "danke", "hallo", "guten", "noch", "nur", "aber", "wie",
            "den", "dem", "von", "vom", "es", "im", "am", "an", "bei", "nach", "seit", "kann", "können", "möchte", "leider", "immer", "dieses", "diese", "jetzt", "funktioniert", "wo", "wann", "was", "warum", "auch", "wird", "wurde", "keine", "kein", "mehr", "schon", "vielen", "dank",
        ],
        ["fr"] =
        [
            "le", "la", "les", "et", "est", "pas", "je", "vous", "nous", "il", "elle", "me", "mon", "ma", "mes", "votre", "vos", "notre", "un", "une", "des", "du", "de", "avec", "pour", "sur", "ai", "bonjour", "merci", "mais", "que", "qui", "ne", "ce", "cela", "cette", "dans", "au", "aux", "j'ai", "c'est", "s'est", "n'est",
            "malheureusement", "toujours", "fonctionne", "maintenant", "où", "quand", "comment", "pourquoi", "puis", "pouvez", "voudrais", "depuis", "plus", "seul", "été", "fait", "à", "en", "par", "sont", "bien", "encore", "dois", "faire",
        ],
        ["es"] =
        [
            "el", "la", "los", "las", "y", "es", "no", "yo", "usted", "ustedes", "mi", "mis", "su", "sus", "un", "una", "con", "para", "por", "he", "ha", "hola", "gracias", "pero", "que", "qué", "de", "en", "del", "se", "lo", "está", "están", "muy", "me", "le", "nos", "nuestra", "nuestro", "al", "a", "ese", "este", "esta", "esto",
            "ya", "funciona", "sigue", "haciendo", "lamentablemente", "cuándo", "dónde", "cómo", "quisiera", "puedo", "puede", "pueden", "desde", "cada", "dos", "favor", "tengo", "hace", "todavía", "buenos", "buenas", "llegado", "solo", "hay", "más",
        ],
        ["it"] =
        [
            "il", "lo", "la", "gli", "i", "e", "è", "non", "io", "mio", "mia", "vostro", "vostra", "nostro", "nostra", "un", "uno", "una", "con", "per", "ho", "ha", "abbiamo", "ciao", "buongiorno", "salve", "grazie", "ma", "che", "di", "del", "della", "dal", "da", "sono", "ancora", "mi", "ci", "si", "le", "nel", "nella", "sul", "sulla", "al", "alla", "a",
            "purtroppo", "quel", "quello", "questo", "questa", "adesso", "funziona", "vorrei", "potete", "può", "posso", "dirmi", "quando", "dove", "come", "cosa", "perché", "ogni", "due", "solo", "favore", "fa", "più", "anche", "va", "bene", "stato", "arrivato", "arriva",
        ],
        ["pt"] =
        [
            "o", "os", "as", "a", "e", "é", "não", "nao", "eu", "meu", "minha", "seu", "sua", "nosso", "nossa", "um", "uma", "com", "para", "por", "olá", "obrigado", "obrigada", "mas", "que", "de", "do", "da", "dos", "das", "em", "no", "na", "nos", "nas", "à", "ao", "está", "estão", "ainda", "bom", "boa", "você", "vocês",
            "infelizmente", "continua", "esse", "este", "esta", "deste", "desta", "já", "funciona", "gostaria", "podem", "pode", "posso", "quando", "onde", "como", "porque", "favor", "tenho", "cada", "duas", "dois", "foi", "desde", "só", "mais", "também", "muito", "fazer", "dizer", "chega", "chegou",
        ],
        ["nl"] =
        [
            "de", "het", "een", "en", "is", "niet", "ik", "u", "uw", "wij", "we", "ons", "onze", "mij", "mijn", "met", "voor", "op", "van", "heb", "hebben", "heeft", "hallo", "hoi", "bedankt", "dank", "maar", "dat", "dit", "deze", "die", "nog", "steeds", "graag", "aan", "te", "er", "goedemorgen", "beste", "geen", "meer",
            "helaas", "werkt", "nu", "wanneer", "waar", "wat", "hoe", "waarom", "kan", "kunt", "kunnen", "wil", "sinds", "naar", "bij", "ook", "om", "zijn", "was", "ben", "wordt", "elke", "twee", "doe", "hij", "in", "gisteren", "weer",
        ],
        [Neighbour] = ["jeg", "jag", "och", "og", "har", "inte", "ikke", "det", "den", "som", "för", "til", "till", "på", "av", "af", "en", "et", "ett", "er", "är", "min", "mitt", "hej", "tak", "tack", "men", "med", "vi", "de", "du", "i"],
    };

    // How many of the languages have the word: one that several share says less.
    private static readonly Dictionary<string, int> SharedBy = SmallWords.Values.SelectMany(w => w).GroupBy(w => w).ToDictionary(w => w.Key, w => w.Count());

    /// <summary>The languages it knows, as two-letter codes.</summary>
    public static IReadOnlyCollection<string> Languages { get; } = [.. SmallWords.Keys.Where(k => k != Neighbour)];

    /// <summary>Guesses the language.</summary>
    /// <param name="text">What somebody wrote.</param>
    /// <returns>A two-letter code, or null when unsure.</returns>
    public static string? Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = text[..Math.Min(text.Length, MaxCharacters)].ToLowerInvariant().Replace('’', '\'')
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Where(w => !w.Contains("://", StringComparison.Ordinal) && !w.Contains('@', StringComparison.Ordinal)) // addresses are in no language
            .SelectMany(w => w.Split(Between, StringSplitOptions.RemoveEmptyEntries))
            .ToHashSet();
        var ranked = SmallWords
            .Select(l => (Code: l.Key, Points: l.Value.Where(words.Contains).Sum(w => SharedBy[w] == 1 ? 2 : 1)))
            .OrderByDescending(l => l.Points)
            .ToArray();

        // Clearly more than the runner-up: Romance languages share many.
        return ranked[0].Points >= Math.Max(Enough, words.Count / WordsToAPoint) && ranked[0].Points >= ranked[1].Points * 1.2 && ranked[0].Code != Neighbour ? ranked[0].Code : null;
    }
}
