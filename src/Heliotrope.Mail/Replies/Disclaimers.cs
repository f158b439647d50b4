using System.Text.RegularExpressions;

namespace Heliotrope.Mail.Replies;

/// <summary>What companies and scanners put below everybody's words: that it is confidential, free of viruses, and better not printed.</summary>
internal static class Disclaimers
{
    private const int MaxLines = 40;
    private const int MaxLength = 4000;
    private const int LeastLength = 90;

    // A paragraph that begins by speaking of the message itself …
    private static readonly Regex Opening = Words(@"^\W*(this (e-?mail|message|communication|transmission|electronic|information)|the (information|contents?)|any (information|views)|confidential|disclaimer|important|privileged|legal notice|"
        + "diese ((e-?)?mail|nachricht|information)|dieses (schreiben|e-?mail)|die (in dieser|information)|der inhalt|vertraulich|hinweis|ce (message|courri|mail|présent)|cette? (e-?mail|courri|message)|le (contenu|présent)|les informations|l'information|avis|"
        + "est[ea] (e-?mail|correo|mensaje|mensagem|comunica)|el (contenido|presente)|la (información|presente)|aviso|o (conteúdo|presente)|as? informaç|quest[oa] (e-?mail|messaggio|comunica)|il (presente|contenuto)|le informazioni|avviso|ai sensi|"
        + "dit (e-?mail)?bericht|dit is een vertrouwelijk|deze (e-?mail|mail|boodschap)|de (informatie|inhoud)|denne (e-?mail|e-?post|mail|meddelelse|melding)|dette (er|brev|e-?mail)|detta (e-?post|e-?mail|meddelande|mejl)|innehållet|informationen|informasjonen|"
        + "tämä (sähköposti|viesti)|ta wiadomość|niniejsz|informacje|treść|(tento|tato) (e-?mail|zpráva|správa)|informace|ez az (e-?mail|üzenet|elektronikus)|bu (e-?posta|mesaj|ileti)|"
        + "(это|данное|настоящее) (сообщение|письмо|электронное)|содержание|информация|це повідомлення|本(邮件|郵件|メール|電子|信)|此(邮件|郵件|电子)|このメール|이 (메일|메시지|이메일|전자))");

    // … and says at least two of these, one of them the first.
    private static readonly Regex Secret = Words("confiden|privileged|vertraulich|riservat|vertrouwelijk|fortrolig|konfiden|taushets|luottamuksel|poufn|důvěrn|dôvern|bizalmas|gizli|конфіден|конфиден|机密|機密|保密|秘密|기밀|비밀");
    private static readonly Regex ForWhom = Words("intended|addressee|adressat|empfänger|destinat|destinée?s?|dirigid|geadresseerde|bestemd|modtager|mottaker|mottagare|avsed|vastaanottaja|odbiorc|adresat|příjemc|príjemc|určen|címzett|alıcı|muhatap|адресат|получател|收件人|受信者|宛先|受取人|수신");
    private static readonly Regex WhatToDo = Words("delete|destroy|notify|in error|by mistake|unauthori[sz]ed|prohibited|lösch|vernicht|irrtümlich|unbefugt|untersagt|supprim|détrui|par erreur|interdit|elimin|borr|destruy|por error|prohib|por engano|apag|cancell|distrugg|per errore|vietat|verwijder|vernietig|abusievelijk|slet|fejl|feil|radera|misstag|poist|virhe|usun|zniszcz|omyłk|zabron|smaz|omyl|töröl|téved|siliniz|yanlış|удал|ошиб|уничтож|видал|помилк|删除|刪除|误|誤|削除|삭제|잘못");

    private static readonly Regex Printing = Words(@"(environment|umwelt|environnement|medio ?ambiente|meio ambiente|ambiente|milieu|miljø|miljö|ympäristö|środowisk|životní|környezet|окружающ|природ).*(print|druck|imprim|stampa|afdruk|udskriv|skriver? ut|tulost|drukuj|wydrukuj|tisk|nyomtat|печат)|(print|druck|imprim|stampa|afdruk|udskriv|skriver? ut|tulost|drukuj|wydruk|tisk|nyomtat|печат).*(environment|umwelt|environnement|medio ?ambiente|meio ambiente|ambiente|milieu|miljø|miljö|ympäristö|środowisk|životní|környezet|окружающ|природ)");
    private static readonly Regex PrintingOpening = Words(@"^\W*(p )?\W*(please|think|consider|save|before|bitte|denken|sparen|müssen|pensez|avant|merci|s'il|antes|por favor|piensa|pense|considere|prima|per favore|pensa|denk|spaar|tænk|tenk|tänk|ajattele|zanim|pomyśl|myśl|než|kérjük|gondol|пожалуйста|подумайте)");
    private static readonly Regex Scanner = Words(@"^\W*(virus-free|virenfrei|garanti sans virus|sans virus|libre de virus|livre de vírus|sem vírus|privo di virus|senza virus|virusvrij|virusfri|wolne? od wirusów|bez virů|без вирусов|this (e-?mail|message) (has been|was) (checked|scanned)|diese (e-?mail|nachricht) wurde.{0,40}(viren|geprüft)|cet e-?mail a été vérifié|este (correo|mensaje|e-?mail).{0,40}virus|questa e-?mail è stata.{0,40}virus)");

    /// <summary>How many lines such a paragraph takes at this line; 0 when there is none.</summary>
    /// <param name="lines">All lines.</param>
    /// <param name="start">The line in question.</param>
    /// <param name="below">Whether new words stand above it: nobody begins with this.</param>
    public static int LengthAt(string[] lines, int start, bool below)
    {
        if (!below || (start > 0 && !string.IsNullOrWhiteSpace(lines[start - 1]) && !QuoteHeaders.IsRule(lines[start - 1])))
        {
            return 0;
        }
        var first = Tidy(lines[start]);
        if (first.Length <= 200 && (Scanner.IsMatch(first) || (PrintingOpening.IsMatch(first) && Printing.IsMatch(first))))
        {
            return 1;
        }
        if (!Opening.IsMatch(first))
        {
            return 0;
        }
        var end = start;
        var text = "";
        while (end < lines.Length && end < start + MaxLines && text.Length < MaxLength && !string.IsNullOrWhiteSpace(lines[end]) && !ReplyText.IsQuoted(lines[end]))
        {
            text += " " + Tidy(lines[end++]);
        }
        // Signs that stand for words say the same in fewer letters.
        var least = text.Any(c => c >= '\u2E80') ? LeastLength / 3 : LeastLength;
        return text.Length >= least && Secret.IsMatch(text) && (ForWhom.IsMatch(text) || WhatToDo.IsMatch(text))
            ? end - start
            : 0;
    }

    private static string Tidy(string line)
    {
        var text = line.Replace('\u00A0', ' ').Replace('’', '\'').Trim().Trim('*', '_').Trim();
        return text.Length > MaxLength ? text[..MaxLength] : text;
    }

    // Non-backtracking: no mail can make the search slow.
    private static Regex Words(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
