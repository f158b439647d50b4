namespace Heliotrope.Mail.Reading;

/// <summary>
/// How mail programs begin the subject of an automatic answer, by language; only what hardly anybody writes by hand:
/// "Auto:" is about a car in German, and a customer may well be "not at home".
/// </summary>
internal static class AutoSubjects
{
    private static readonly string[] Beginnings =
    [
        // English
        "automatic reply", "auto reply", "auto-reply", "autoreply", "auto response", "auto-response", "autoresponse", "autoresponder",
        "out of office", "out of the office", "out-of-office", "vacation reply", "away from my mail", "away from the office",
        "automated reply", "automatic response", "automated response",
        // German
        "automatische antwort", "abwesenheitsnotiz", "abwesenheitsmeldung", "abwesenheitsbenachrichtigung", "abwesenheitsassistent",
        "automatische abwesenheitsnotiz", "autom. antwort",
        // French
        "réponse automatique", "message d'absence", "absence du bureau", "réponse d'absence", "notification d'absence",
        // Spanish
        "respuesta automática", "respuesta automatica", "fuera de la oficina", "fuera de oficina", "autorespuesta",
        // Italian
        "risposta automatica", "fuori ufficio", "assenza dall'ufficio",
        // Portuguese
        "resposta automática", "resposta automatica", "fora do escritório", "ausência temporária", "ausente do escritório",
        // Dutch
        "automatisch antwoord", "automatische beantwoording", "automatische reactie", "afwezigheidsbericht", "afwezigheidsmelding",
        "niet op kantoor",
        // Danish, Norwegian, Swedish, Finnish
        "automatisk svar", "autosvar", "automatiskt svar", "fraværsmelding", "fraværsbesked", "frånvaromeddelande",
        "automaattinen vastaus", "poissaoloilmoitus",
        // Polish, Czech, Hungarian, Romanian, Turkish, Greek
        "automatyczna odpowiedź", "autoodpowiedź", "odpowiedź automatyczna", "poza biurem", "automatická odpověď", "mimo kancelář",
        "automatikus válasz", "házon kívül", "răspuns automat", "otomatik yanıt", "otomatik cevap", "αυτόματη απάντηση",
        // Russian, Ukrainian
        "автоматический ответ", "автоответ", "автоматична відповідь",
        // Japanese, Chinese, Korean
        "自動応答", "自動返信", "自动答复", "自动回复", "自動回覆", "自動回應", "外出时的自动回复", "자동 회신", "자동 응답", "부재중 자동 회신",
    ];

    /// <summary>
    /// Only at the very beginning, and only as a title of its own: "Out of office: …", not "Out of office furniture"; and
    /// "Re: Automatic reply" is what a person writes.
    /// </summary>
    public static bool Matches(string subject)
    {
        var text = subject.Trim().TrimStart('[', '(', '*', '"', ' ').Replace('’', '\'');
        foreach (var beginning in Beginnings)
        {
            if (text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
            {
                var rest = text.AsSpan(beginning.Length).TrimStart();
                if (rest.IsEmpty || rest[0] is ':' or '：' or '-' or '–' or '—' or ']' or ')' or '*' or '!' or '.' or '('
                    || IsTail(rest))
                {
                    return true;
                }
            }
        }
        return false;
    }

    private static bool IsTail(ReadOnlySpan<char> rest) =>
        rest.StartsWith("re:", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("autoreply", StringComparison.OrdinalIgnoreCase)
        || rest.StartsWith("auto-reply", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("reply:", StringComparison.OrdinalIgnoreCase)
        || rest.StartsWith("message:", StringComparison.OrdinalIgnoreCase) || rest.Equals("message", StringComparison.OrdinalIgnoreCase)
        || rest.Equals("reply", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("from ", StringComparison.OrdinalIgnoreCase)
        || rest.StartsWith("zu:", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("until ", StringComparison.OrdinalIgnoreCase);
}
