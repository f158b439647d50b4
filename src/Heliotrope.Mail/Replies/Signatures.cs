using System.Text.RegularExpressions;

namespace Heliotrope.Mail.Replies;

/// <summary>Where a signature begins, and how far it goes: to the end, or to the quote below it.</summary>
internal static class Signatures
{
    private const int MaxLines = 12;

    private static readonly Regex Device = new(
        @"^(sent from (my |mail for |the )?\S|sent (via|using|with) (my |the )?\S|get outlook for |gesendet von |gesendet mit |von meinem \S.* gesendet|diese nachricht wurde von meinem |holen sie sich outlook |outlook für \S+ (beziehen|herunterladen)|envoyé (de|depuis|à partir de) |télécharger outlook |obtenez outlook |obtenir outlook |enviado (desde|de|do|da|a partir do|pelo) |obtener outlook |obter o outlook |inviato (da|dal|con) |scarica outlook |ottieni outlook |verzonden (vanaf|met|via|vanuit) |verstuurd (vanaf|met|via) |outlook voor \S+ downloaden|download outlook |sendt (fra|med) |hent outlook |skickat från |skickades från |hämta outlook |lähetetty |hanki outlook |wysłano z |wysłane z |pobierz outlook |odesláno z |odoslané z |elküldve |trimis de pe |отправлено (с|из) |отправлено из |надіслано з |\S+'?(den|dan|ten|tan) gönderildi|发自我的|从我的.{1,20}发送|傳送自我的|從我的.{1,20}傳送|.{2,30}から送信|나의 .{1,20}에서 보냄|.{1,20}에서 보냄)",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex ListFooter = new("mailing list|listinfo|unsubscribe|groups|http", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase);

    /// <summary>How many lines a signature takes at this line; 0 when there is none.</summary>
    /// <param name="lines">All lines.</param>
    /// <param name="start">The line in question.</param>
    /// <param name="below">Whether new words stand above it; a device's line at the very top is no end.</param>
    public static int LengthAt(string[] lines, int start, bool below)
    {
        var line = lines[start];
        var text = line.Replace('\u00A0', ' ').TrimEnd();
        if (text is "--" && line.StartsWith("-- ", StringComparison.Ordinal))
        {
            return ToQuote(lines, start);
        }
        if (IsDevice(text))
        {
            return below ? ToQuote(lines, start) : 1;
        }
        if (text is "--" or "—" or "–" or "―" || (text.Length > 1 && text.All(c => c is '—' or '–' or '―')))
        {
            return below || text is "--" ? ToQuote(lines, start, MaxLines) : 0;
        }
        if (text.Length > 1 && text.All(c => c == '_') && below)
        {
            var length = ToQuote(lines, start, MaxLines / 2);
            return lines.Skip(start).Take(length).Any(ListFooter.IsMatch) ? length : 0;
        }
        return 0;
    }

    /// <summary>A short line that is no sentence: "Sent from my desk, which is easier." is one.</summary>
    private static bool IsDevice(string text)
    {
        var link = text.IndexOf('<', StringComparison.Ordinal);
        var words = (link > 0 ? text[..link] : text).Trim().Trim('*', '_', '(', ')', '[', ']').Trim();
        return words.Length is > 5 and <= 80 && words[^1] is not ('.' or '!' or '?' or ':' or ',') && words.Count(c => c == ' ') <= 9
            && !words.Contains(", ", StringComparison.Ordinal) && Device.IsMatch(words);
    }

    /// <summary>The lines up to the next quote or the end; 0 when more than <paramref name="most"/> of them hold text.</summary>
    private static int ToQuote(string[] lines, int start, int most = int.MaxValue)
    {
        var end = start + 1;
        var held = 0;
        while (end < lines.Length && !ReplyText.IsQuoted(lines[end])
            && QuoteHeaders.LengthAt(lines, end) == 0 && Attributions.LengthAt(lines, end) == 0)
        {
            held += string.IsNullOrWhiteSpace(lines[end]) ? 0 : 1;
            if (held > most)
            {
                return 0;
            }
            end++;
        }
        return end - start;
    }
}
