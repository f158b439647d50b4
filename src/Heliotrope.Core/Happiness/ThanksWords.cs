namespace Heliotrope.Core.Happiness;

/// <summary>The words by which <see cref="ThanksReading"/> reads, lower case; some are phrases.</summary>
internal static class ThanksWords
{
    internal static readonly string[] Thanks =
    [
        "thank", "thanks", "thankyou", "thx", "cheers", "grateful", "appreciated", "appreciate it",
        "danke", "dankeschön", "dank", "merci", "remercie", "remercions", "remerciements",
        "gracias", "agradezco", "agradecemos", "grazie", "ringrazio", "ringraziamo", "obrigado", "obrigada", "agradeço", "bedankt", "dankjewel", "dankuwel",
    ];

    /// <summary>Thanks in languages whose other words are not listed here: only a few words more may stand with them.</summary>
    internal static readonly string[] ThanksElsewhere =
    [
        "tak", "tack", "takk", "kiitos", "dziękuję", "dziekuje", "dzięki", "děkuji", "köszönöm", "teşekkürler", "спасибо", "дякую", "ありがとう", "谢谢", "謝謝",
    ];

    /// <summary>A word of these leaves something open, however friendly the rest.</summary>
    internal static readonly string[] Open =
    [
        "but", "however", "still", "not", "no", "never", "cannot", "can't", "cant", "doesn't", "doesnt", "didn't", "didnt", "isn't", "isnt", "won't", "wont", "wasn't", "haven't", "hasn't", "don't", "dont",
        "unfortunately", "though", "although", "except", "unless", "until", "if", "hardly", "barely", "yet", "nothing", "wrong", "worse", "worst", "broken", "broke", "breaks", "stopped", "stops", "fails", "failed", "leaks", "leaking",
        "crash", "crashes", "missing", "refund", "cancel", "complaint", "disappointed", "disappointing", "useless", "ridiculous", "please", "pls", "could", "would", "should", "need", "when", "how", "why", "what", "where",
        "waiting", "wait", "question", "questions", "try", "let you know", "get back", "look into", "looking into", "looking forward", "look forward", "in advance", "attached", "enclosed", "here is", "here are", "here's", "tomorrow",
        "aber", "jedoch", "leider", "nicht", "kein", "keine", "keinen", "noch", "immer", "bitte", "wann", "wie", "warum", "wieso", "nichts", "nie", "trotzdem", "wenn", "falls", "kaputt", "falsch", "fehlt", "fehlen", "schlechter", "schlimmer",
        "brauche", "brauchen", "frage", "fragen", "versuche", "probiere", "ausprobieren", "melde", "im voraus", "voraus", "anbei", "hier ist", "hier sind", "geht um", "warte", "warten", "enttäuscht", "könnten", "würden", "sollte", "sollten", "morgen früh",
        "mais", "pas", "toujours", "encore", "malheureusement", "cependant", "quand", "comment", "pourquoi", "svp", "merci de", "d'avance", "par avance", "rien", "jamais", "besoin", "essaie", "essayer", "essaierai", "voici", "joint", "jointe",
        "question", "attends", "attente", "déçu", "déçue", "manque", "pire", "faux", "cassé", "cassée", "sauf", "remboursement",
        "pero", "todavía", "todavia", "aún", "aun", "sigue", "cuándo", "cuando", "cómo", "nada", "nunca", "de antemano", "adjunto", "adjunta", "aquí", "necesito", "pregunta", "probaré", "intentaré", "espero", "roto", "rota", "falta", "peor", "mal", "favor", "sin embargo",
        "ma", "però", "non", "ancora", "purtroppo", "quando", "niente", "nulla", "mai", "anticipo", "anticipatamente", "allego", "allegato", "ecco", "bisogno", "domanda", "proverò", "provo", "aspetto", "attendo", "rotto", "rotta", "manca", "peggio", "favore", "tuttavia", "cortesemente",
        "mas", "não", "nao", "ainda", "infelizmente", "porém", "nem", "antecipadamente", "desde já", "anexo", "segue", "preciso", "tentar", "aguardo", "quebrado", "quebrada", "pior", "errado", "errada",
        "maar", "niet", "nog", "geen", "helaas", "wanneer", "hoe", "waarom", "niets", "nooit", "alvast", "bij voorbaat", "bijgevoegd", "hierbij", "nodig", "vraag", "vragen", "probeer", "proberen", "wacht", "kapot", "verkeerd", "ontbreekt", "slechter", "toch", "graag", "echter",
        "ikke", "inte", "ei", "nie", "ne", "не", "değil", "nem",
    ];

    /// <summary>Trouble, unless the same breath says that it is over.</summary>
    internal static readonly string[] Trouble =
    [
        "problem", "problems", "issue", "issues", "error", "errors", "again", "probleme", "fehler", "wieder", "erneut", "problème", "problèmes", "erreur", "nouveau", "problema", "problemas", "errore", "nuovo", "novo", "nuevo", "erro", "probleem", "problemen", "fout", "weer", "opnieuw",
    ];

    /// <summary>Words that say it is over or well. A breath that neither thanks nor holds one of these says something else.</summary>
    internal static readonly string[] Good =
    [
        "works", "work now", "working", "worked", "solved", "fixed", "resolved", "sorted", "gone", "perfect", "perfectly", "great", "excellent", "wonderful", "awesome", "brilliant", "amazing", "lovely", "fantastic", "superb", "helpful", "helped",
        "did the trick", "done the trick", "happy with", "very happy", "so happy", "glad", "arrived", "received", "got it", "fine", "all good", "all set", "all done", "well done", "yes", "ok", "okay", "super", "have a", "nice day", "very kind", "so kind", "kind regards", "regards", "best wishes",
        "all the best", "so quick", "so fast", "that was quick", "that was fast", "recommend", "can close", "be closed", "understood", "makes sense", "appreciated", "for your", "you rock", "up and running", "as always", "good work", "good job", "much better",
        "funktioniert", "geklappt", "klappt", "läuft", "geht jetzt", "geht wieder", "gelöst", "behoben", "erledigt", "perfekt", "prima", "toll", "klasse", "spitze", "wunderbar", "bestens", "angekommen", "erhalten", "in ordnung", "zufrieden", "geholfen", "hilfreich", "freue mich", "freut mich", "ja", "gut", "einwandfrei",
        "passt", "alles klar", "weg", "verstanden", "großartig", "ausgezeichnet", "hervorragend", "schönen tag", "schönes wochenende", "schönen abend", "schöne woche", "grüße", "grüßen", "gruß", "mfg", "lg", "vg", "für ihre", "für deine", "geschlossen", "schließen", "super schnell",
        "fonctionne", "marche", "réglé", "réglée", "résolu", "résolue", "parfait", "parfaitement", "génial", "impeccable", "formidable", "excellente", "bien reçu", "arrivé", "reçu", "oui", "d'accord", "très bien", "tout est bon", "c'est bon", "nickel", "rentré dans l'ordre", "bonne journée", "bonne soirée", "bon week",
        "cordialement", "salutations", "bien à vous", "pour votre", "satisfait", "satisfaite", "disparu", "rapide", "ravi", "ravie",
        "funciona", "resuelto", "resuelta", "solucionado", "solucionada", "arreglado", "perfecto", "perfectamente", "genial", "estupendo", "excelente", "fantástico", "sí", "vale", "llegado", "llegó", "recibido", "todo bien", "todo correcto", "muy bien", "muy amable", "buen día", "buena tarde", "buen fin", "saludos", "saludo", "por su", "contento", "contenta", "va bien",
        "funziona", "risolto", "risolta", "perfetto", "perfettamente", "ottimo", "ottima", "fantastico", "eccellente", "sì", "arrivato", "arrivata", "ricevuto", "tutto bene", "tutto ok", "a posto", "va bene", "molto gentile", "gentilissimi", "gentilissima", "gentilissimo", "buona giornata", "buona serata", "buon lavoro", "saluti", "per la sua", "per il suo", "per il vostro", "per la vostra", "bravissimi",
        "resolvido", "resolvida", "solucionada", "perfeito", "perfeitamente", "ótimo", "ótima", "óptimo", "sim", "chegou", "recebi", "recebido", "tudo certo", "tudo bem", "tudo ok", "muito bem", "bom dia", "boa tarde", "bom fim", "cumprimentos", "abraço", "abraços", "pela sua", "pelo seu", "funcionou", "satisfeito", "satisfeita", "certinho", "maravilha",
        "werkt", "gewerkt", "opgelost", "verholpen", "gelukt", "perfecte", "geweldig", "uitstekend", "prachtig", "fijn", "top", "aangekomen", "ontvangen", "binnen", "in orde", "goed", "prettige dag", "fijne dag", "fijn weekend", "fijne avond", "prettig weekend", "groet", "groeten", "mvg", "voor uw", "voor je", "voor jullie", "blij", "tevreden", "duidelijk", "geholpen", "helemaal",
    ];

    /// <summary>Set phrases whose open-sounding words mean the opposite.</summary>
    internal static readonly string[] Harmless =
    [
        "not a problem", "no problem", "no problems", "no more problems", "without problems", "without any problems", "no issues", "no more issues", "no worries", "no complaints", "no further questions", "no more questions", "answered my question", "answers my question", "answered my questions", "answers my questions", "nothing else",
        "once again", "thanks again", "thank you again", "again thanks", "again thank you", "would recommend", "would definitely recommend", "could not be happier", "couldn't be happier", "couldn't be better", "can't thank you enough", "cannot thank you enough", "please close", "not necessary", "no need", "if only everyone was this quick", "how quick", "how fast", "how quickly",
        "nochmals", "noch einmal", "noch mal", "nochmal", "kein problem", "keine probleme", "keine probleme mehr", "ohne probleme", "keine weiteren fragen", "keine fragen mehr", "frage beantwortet", "fragen beantwortet", "noch einen schönen", "noch ein schönes", "noch eine schöne", "wie immer", "bitte schließen", "wieder danke",
        "encore merci", "merci encore", "encore une fois", "pas de problème", "plus de problème", "aucun problème", "plus aucun problème", "sans problème", "rien d'autre", "merci de votre", "merci de vos", "merci de ton", "merci de m'avoir", "merci de nous avoir", "répondu à ma question",
        "no hay problema", "ningún problema", "sin problemas", "sin problema", "nada más", "de nuevo gracias", "gracias de nuevo", "nuevamente", "sin ningún problema",
        "nessun problema", "senza problemi", "nient'altro", "niente altro", "di nuovo grazie", "grazie di nuovo", "grazie ancora", "ancora grazie", "ancora una volta",
        "sem problemas", "sem problema", "nenhum problema", "mais nada", "obrigado de novo", "obrigada de novo", "mais uma vez",
        "nog een keer", "nogmaals", "geen probleem", "geen problemen", "geen vragen meer", "zonder problemen", "vraag beantwoord", "niets meer", "nog een fijne", "nog een prettige", "helemaal niets mis",
    ];

    /// <summary>How a letter begins. A name may follow.</summary>
    internal static readonly string[] Greetings =
    [
        "hi", "hello", "hey", "dear", "good morning", "good afternoon", "good evening", "hallo", "guten", "liebe", "lieber", "sehr geehrte", "sehr geehrter", "moin", "servus", "grüezi", "bonjour", "bonsoir", "salut", "cher", "chère", "madame", "monsieur", "hola", "buenos", "buenas", "estimado", "estimada", "estimados", "querido", "querida",
        "ciao", "buongiorno", "buonasera", "salve", "gentile", "gentili", "olá", "ola", "oi", "bom dia", "boa tarde", "boa noite", "prezado", "prezada", "prezados", "caro", "cara", "dag", "beste", "goedemorgen", "goedemiddag", "goedenavond", "goedendag", "best", "love", "sincerely", "yours",
    ];
}
