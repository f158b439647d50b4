using System.Text.RegularExpressions;

namespace Heliotrope.Mail.Replies;

/// <summary>The headers that mail programs copy above a quote, and the rules that announce it.</summary>
internal static class QuoteHeaders
{
    private const int MaxBlockLines = 16;

    private enum Label
    {
        From,
        Date,
        To,
        Copy,
        Subject,
        Other,
    }

    private static readonly Dictionary<string, Label> Labels = Make(
        (Label.From, "from|von|de|da|van|od|fra|från|lähettäjä|feladó|gönderen|kimden|από|de la|expéditeur|mittente|remitente|absender|afzender|от|от кого|від|від кого|发件人|寄件者|寄件人|差出人|보낸 사람|보낸사람|odesílatel|nadawca|from email"),
        (Label.Date, "sent|date|gesendet|datum|envoyé|envoyé le|enviado|enviado el|enviado em|enviada em|fecha|data|inviato|data invio|verzonden|sendt|dato|skickat|skickades|wysłano|wysłane|data wysłania|lähetetty|päivämäärä|odesláno|küldve|elküldve|dátum|tarih|gönderilme|gönderilme tarihi|gönderildi|εστάλη|ημερομηνία|trimis|отправлено|дата|надіслано|发送时间|发送日期|日期|寄件日期|送信日時|日時|送信日|보낸 날짜|날짜|message du|sent on"),
        (Label.To, "to|an|à|a|para|aan|til|till|do|komu|vastaanottaja|címzett|kime|alıcı|προς|către|pour|destinataire|destinatario|кому|收件人|宛先|받는 사람|받는사람|sent to"),
        (Label.Copy, "cc|bcc|kopie|copie|copie à|copia|kopi|kopia|dw|másolat|bilgi|копия|копія|抄送|副本|참조|kopio|ccn"),
        (Label.Subject, "subject|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|emne|ämne|temat|aihe|předmět|tárgy|konu|θέμα|subiect|тема|主题|主旨|件名|제목"),
        (Label.Other, "reply-to|reply to|répondre à|antwort an|importance|wichtigkeit|priority|attachments|anlagen|pièces jointes|allegati|bijlagen|organization|message-id|responder a|rispondi a"));

    // "-----Original Message-----" and its like: dashes, a known title, dashes.
    private static readonly HashSet<string> Titles = new(StringComparer.OrdinalIgnoreCase)
    {
        "original message", "original-nachricht", "ursprüngliche nachricht", "originalnachricht", "original nachricht", "message d'origine",
        "message original", "message d’origine", "mensaje original", "mensagem original", "messaggio originale", "messaggio originario",
        "oorspronkelijk bericht", "origineel bericht", "oprindelig besked", "oprindelig meddelelse", "opprinnelig melding",
        "opprinnelig e-post", "originalmeddelande", "ursprungligt meddelande", "ursprungligt", "alkuperäinen viesti",
        "oryginalna wiadomość", "wiadomość oryginalna", "původní zpráva", "původní e-mail", "eredeti üzenet", "orijinal mesaj",
        "özgün ileti", "исходное сообщение", "оригинальное сообщение", "пересылаемое сообщение", "αρχικό μήνυμα", "mesaj original",
        "原始邮件", "原始郵件", "原邮件", "原始信息", "オリジナルメッセージ", "元のメッセージ", "원본 메시지", "원본 메일", "original email", "original mail",
        "reply message", "reply above this line", "vorige nachricht", "ancien message",
        "forwarded message", "forwarded by", "weitergeleitete nachricht", "message transféré", "mensaje reenviado", "mensagem encaminhada",
        "messaggio inoltrato", "doorgestuurd bericht", "videresendt besked", "videresendt meddelelse", "videresendt melding",
        "vidarebefordrat meddelande", "välitetty viesti", "wiadomość przekazana", "przekazana wiadomość", "přeposlaná zpráva",
        "továbbított üzenet", "iletilen mesaj", "転送メッセージ", "转发的邮件", "已转发邮件", "전달된 메시지",
    };

    // Titles without dashes, but with a colon.
    private static readonly Regex Announcement = new(
        "^(begin forwarded message|forwarded message|(anfang der )?weitergeleitete[n]? nachricht|début du message (réexpédié|transféré)|inicio del mensaje reenviado|inizio messaggio inoltrato|início da mensagem (re)?encaminhada|begin doorgestuurd bericht|start på videresendt (besked|melding)|vidarebefordrat brev|początek (przekazanej|przekazywanej) wiadomości|начало переадресованного (сообщения|письма)) ?[:：]$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>How many lines the header of a quote takes at this line; 0 when there is none.</summary>
    public static int LengthAt(string[] lines, int start)
    {
        var line = Plain(lines[start]);
        if (IsTitle(line) || (line.Length < 100 && Announcement.IsMatch(line)))
        {
            return 1 + AfterBlank(lines, start + 1);
        }
        var afterRule = start > 0 && IsRule(PreviousText(lines, start));
        return Block(lines, start, afterRule);
    }

    /// <summary>A line drawn with dashes, underscores or the like.</summary>
    public static bool IsRule(string line)
    {
        var text = line.Trim();
        return text.Length >= 4 && text.All(c => c is '_' or '-' or '=' or '*' or '—' or '–' or '─' or '━' or ' ');
    }

    /// <summary>A block of headers that follows the title is part of it.</summary>
    private static int AfterBlank(string[] lines, int start)
    {
        var next = start;
        while (next < lines.Length && next < start + 3 && string.IsNullOrWhiteSpace(lines[next]))
        {
            next++;
        }
        var block = next < lines.Length ? Block(lines, next, true) : 0;
        return block > 0 ? next - start + block : 0;
    }

    /// <summary>
    /// From with two more, one of them a subject or with an address somewhere: "From: Paris, To: London, Date: May" is
    /// what a customer may write.
    /// </summary>
    private static int Block(string[] lines, int start, bool announced)
    {
        if (LabelOf(lines[start]) is not { } first || first is Label.Copy or Label.Other or Label.To)
        {
            return 0;
        }
        var seen = new HashSet<Label>();
        var address = false;
        var unlabelled = 0;
        var end = start;
        for (var i = start; i < lines.Length && i < start + MaxBlockLines; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
            {
                // One blank line may stand between two headers, not at their end.
                if (i + 1 < lines.Length && LabelOf(lines[i + 1]) is not null && (i + 2 >= lines.Length || seen.Count < 4))
                {
                    continue;
                }
                break;
            }
            var label = LabelOf(lines[i]);
            unlabelled = label is null ? unlabelled + 1 : 0;
            if (unlabelled > 2 || ReplyText.IsQuoted(lines[i]))
            {
                break;
            }
            if (label is { } known)
            {
                seen.Add(known);
                end = i;
            }
            else if (seen.Contains(Label.Subject) && seen.Count >= 4)
            {
                // The last header may go on in one more line.
                end = i;
                break;
            }
            address |= lines[i].Contains('@', StringComparison.Ordinal);
        }
        var enough = announced ? seen.Count >= 2 : seen.Count >= 3 || (seen.Count == 2 && address && seen.Contains(Label.Subject));
        return seen.Contains(Label.From) && enough && (announced || address || seen.Contains(Label.Subject)) ? end - start + 1 : 0;
    }

    private static Label? LabelOf(string line)
    {
        var colon = line.AsSpan().IndexOfAny(':', '：');
        if (colon is <= 0 or > 40)
        {
            return null;
        }
        var name = line[..colon].Trim(' ', '\t', '*', '_', '\u00A0');
        return Labels.TryGetValue(name, out var label) ? label : null;
    }

    private static bool IsTitle(string line)
    {
        if (line.Length is < 6 or > 120 || line[0] is not ('-' or '_' or '=' or '*' or '—' or '–'))
        {
            return false;
        }
        var title = line.Trim('-', '_', '=', '*', '—', '–', ' ', ':');
        return Titles.Contains(title) || title.StartsWith("forwarded by ", StringComparison.OrdinalIgnoreCase);
    }

    private static string PreviousText(string[] lines, int start)
    {
        var i = start - 1;
        while (i > 0 && i > start - 3 && string.IsNullOrWhiteSpace(lines[i]))
        {
            i--;
        }
        return lines[i];
    }

    private static string Plain(string line) => line.Trim(' ', '\t', '\u00A0');

    private static Dictionary<string, Label> Make(params (Label Label, string Names)[] groups)
    {
        var labels = new Dictionary<string, Label>(StringComparer.OrdinalIgnoreCase);
        foreach (var (label, names) in groups)
        {
            foreach (var name in names.Split('|'))
            {
                labels.TryAdd(name, label);
            }
        }
        return labels;
    }
}
