using System.Collections.Frozen;

namespace Heliotrope.Core.Reading;

/// <summary>
/// The commonest small words of the languages in which we can answer, and those of orders, bills and parcels. Three words of a message tell little by their letters, but nearly
/// always hold one of these (G. Grefenstette, Comparing two language identification schemes, 1995).
/// </summary>
internal static class SmallWords
{
    private static readonly Dictionary<string, string[]> Lists = new()
    {
        ["en"] =
        [
            "the", "and", "is", "are", "am", "you", "your", "my", "our", "it", "its", "to", "of", "for", "from", "with", "have", "has", "had", "this", "that", "not", "was", "were", "been", "please", "thanks", "thank", "hello", "on", "in", "at", "we", "us", "they",
            "can", "cannot", "could", "would", "should", "will", "be", "but", "i'm", "i've", "it's", "don't", "doesn't", "can't", "hi", "dear", "what", "when", "where", "which", "how", "why", "there", "here", "a", "an", "as", "i", "me", "no", "or", "by", "if", "so", "about", "just", "get", "got", "make", "all", "up", "out", "need", "want", "do", "does", "did", "works", "now", "still", "again", "only", "one", "new", "any", "some",
            "order", "ordered", "refund", "invoice", "delivery", "delivered", "parcel", "package", "account", "password", "broken", "cancel", "cancellation", "complaint", "help", "very", "yet", "waiting", "received", "arrived", "never", "working", "yes", "because", "since", "while", "their", "his", "her", "she", "he", "him", "who", "nothing", "something", "anything", "anyone", "everything", "after", "before",
        ],
        ["de"] =
        [
            "der", "die", "das", "und", "ist", "sind", "nicht", "ich", "sie", "er", "wir", "uns", "mir", "mich", "mein", "meine", "meinen", "ihre", "ihr", "ihnen", "ein", "eine", "einen", "mit", "für", "auf", "zu", "habe", "haben", "hat", "bitte", "danke", "hallo", "guten", "noch", "nur", "aber", "wie",
            "den", "dem", "von", "vom", "es", "im", "am", "an", "bei", "nach", "seit", "kann", "können", "möchte", "leider", "immer", "dieses", "diese", "jetzt", "funktioniert", "wo", "wann", "was", "warum", "auch", "wird", "wurde", "keine", "kein", "mehr", "schon", "vielen", "dank",
            "bestellung", "bestellt", "rechnung", "lieferung", "geliefert", "paket", "konto", "passwort", "kaputt", "defekt", "kündigen", "kündigung", "storno", "stornieren", "rückerstattung", "beschwerde", "hilfe", "sehr", "gerne", "grüße", "wieder", "ohne", "über", "unter", "gegen", "weil", "dass", "damit", "daß", "dieser", "einem", "einer", "unser", "unsere", "sein", "seine", "ware", "zurück", "geld", "dringend",
        ],
        ["fr"] =
        [
            "le", "la", "les", "et", "est", "pas", "je", "vous", "nous", "il", "elle", "me", "mon", "ma", "mes", "votre", "vos", "notre", "un", "une", "des", "du", "de", "avec", "pour", "sur", "ai", "bonjour", "merci", "mais", "que", "qui", "ne", "ce", "cela", "cette", "dans", "au", "aux", "j'ai", "c'est", "s'est", "n'est",
            "malheureusement", "toujours", "fonctionne", "maintenant", "où", "quand", "comment", "pourquoi", "puis", "pouvez", "voudrais", "depuis", "plus", "seul", "été", "fait", "à", "en", "par", "sont", "bien", "encore", "dois", "faire",
            "commande", "commandé", "facture", "livraison", "livré", "colis", "compte", "remboursement", "rembourser", "annuler", "annulation", "réclamation", "cassé", "aide", "très", "cordialement", "salut", "madame", "monsieur", "aucun", "aucune", "rien", "chez", "ils", "elles", "leur", "sans", "sous", "entre", "ou", "donc", "car", "être", "avoir", "avez", "avons", "suis", "était", "n'ai", "qu'il", "d'un", "l'article", "reçu",
        ],
        ["es"] =
        [
            "el", "la", "los", "las", "y", "es", "no", "yo", "usted", "ustedes", "mi", "mis", "su", "sus", "un", "una", "con", "para", "por", "he", "ha", "hola", "gracias", "pero", "que", "qué", "de", "en", "del", "se", "lo", "está", "están", "muy", "me", "le", "nos", "nuestra", "nuestro", "al", "a", "ese", "este", "esta", "esto",
            "ya", "funciona", "sigue", "haciendo", "lamentablemente", "cuándo", "dónde", "cómo", "quisiera", "puedo", "puede", "pueden", "desde", "cada", "dos", "favor", "tengo", "hace", "todavía", "buenos", "buenas", "llegado", "solo", "hay", "más",
            "pedido", "pedí", "factura", "entrega", "entregado", "paquete", "cuenta", "contraseña", "reembolso", "cancelar", "cancelación", "queja", "reclamación", "roto", "ayuda", "saludos", "señor", "señora", "nada", "nunca", "sin", "sobre", "entre", "o", "porque", "ser", "estar", "tiene", "tienen", "soy", "estoy", "fue", "era", "también", "ella", "ellos", "les", "nosotros", "recibido", "urgente", "devolución",
        ],
        ["it"] =
        [
            "il", "lo", "la", "gli", "i", "e", "è", "non", "io", "mio", "mia", "vostro", "vostra", "nostro", "nostra", "un", "uno", "una", "con", "per", "ho", "ha", "abbiamo", "ciao", "buongiorno", "salve", "grazie", "ma", "che", "di", "del", "della", "dal", "da", "sono", "ancora", "mi", "ci", "si", "le", "nel", "nella", "sul", "sulla", "al", "alla", "a",
            "purtroppo", "quel", "quello", "questo", "questa", "adesso", "funziona", "vorrei", "potete", "può", "posso", "dirmi", "quando", "dove", "come", "cosa", "perché", "ogni", "due", "solo", "favore", "fa", "più", "anche", "va", "bene", "stato", "arrivato", "arriva",
            "ordine", "ordinato", "fattura", "consegna", "consegnato", "pacco", "conto", "rimborso", "annullare", "disdire", "reclamo", "rotto", "aiuto", "saluti", "signore", "signora", "niente", "nulla", "mai", "senza", "sopra", "tra", "fra", "o", "essere", "avere", "siete", "era", "stata", "loro", "noi", "voi", "suo", "sua", "delle", "degli", "dei", "alle", "agli", "ricevuto", "urgente", "subito",
        ],
        ["pt"] =
        [
            "o", "os", "as", "a", "e", "é", "não", "nao", "eu", "meu", "minha", "seu", "sua", "nosso", "nossa", "um", "uma", "com", "para", "por", "olá", "obrigado", "obrigada", "mas", "que", "de", "do", "da", "dos", "das", "em", "no", "na", "nos", "nas", "à", "ao", "está", "estão", "ainda", "bom", "boa", "você", "vocês",
            "infelizmente", "continua", "esse", "este", "esta", "deste", "desta", "já", "funciona", "gostaria", "podem", "pode", "posso", "quando", "onde", "como", "porque", "favor", "tenho", "cada", "duas", "dois", "foi", "desde", "só", "mais", "também", "muito", "fazer", "dizer", "chega", "chegou",
            "pedido", "encomenda", "fatura", "entrega", "entregue", "pacote", "conta", "senha", "reembolso", "cancelar", "cancelamento", "reclamação", "partido", "quebrado", "ajuda", "cumprimentos", "atenciosamente", "nada", "nunca", "sem", "sobre", "entre", "ou", "ser", "estar", "tem", "têm", "sou", "estou", "era", "ele", "ela", "eles", "elas", "pelo", "pela", "lhe", "recebi", "urgente", "devolução", "comprei",
        ],
        ["nl"] =
        [
            "de", "het", "een", "en", "is", "niet", "ik", "u", "uw", "wij", "we", "ons", "onze", "mij", "mijn", "met", "voor", "op", "van", "heb", "hebben", "heeft", "hallo", "hoi", "bedankt", "dank", "maar", "dat", "dit", "deze", "die", "nog", "steeds", "graag", "aan", "te", "er", "goedemorgen", "beste", "geen", "meer",
            "helaas", "werkt", "nu", "wanneer", "waar", "wat", "hoe", "waarom", "kan", "kunt", "kunnen", "wil", "sinds", "naar", "bij", "ook", "om", "zijn", "was", "ben", "wordt", "elke", "twee", "doe", "hij", "in", "gisteren", "weer",
            "bestelling", "besteld", "factuur", "levering", "geleverd", "pakket", "rekening", "wachtwoord", "terugbetaling", "annuleren", "opzeggen", "klacht", "kapot", "hulp", "groet", "groeten", "meneer", "mevrouw", "niets", "nooit", "zonder", "over", "tussen", "of", "dus", "want", "worden", "had", "haar", "hem", "hun", "zij", "jullie", "als", "dan", "toch", "wel", "gekregen", "ontvangen", "dringend", "terug",
        ],
    };

    private static readonly FrozenDictionary<string, string[]> Owners = Lists
        .SelectMany(list => list.Value.Select(word => (Word: word, Language: list.Key)))
        .GroupBy(known => known.Word, known => known.Language)
        .ToFrozenDictionary(word => word.Key, word => word.ToArray());

    /// <summary>The languages whose words these are.</summary>
    public static IReadOnlyCollection<string> Languages => Lists.Keys;

    /// <summary>The languages in which a word is one of the commonest; none for all other words.</summary>
    /// <param name="word">The word, in small letters.</param>
    public static IReadOnlyList<string> LanguagesOf(string word) => Owners.TryGetValue(word, out var languages) ? languages : [];
}
