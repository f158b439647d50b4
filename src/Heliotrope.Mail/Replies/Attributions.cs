using System.Text.RegularExpressions;

namespace Heliotrope.Mail.Replies;

/// <summary>The line that says who wrote the quote below it, and when.</summary>
internal static class Attributions
{
    private const int MaxLines = 4;
    private const int MaxLength = 400;

    // "… wrote:" where the verb comes last.
    private static readonly Regex VerbLast = Words(@"(^|[\s>)""'»,])(wrote|writes|a écrit|ha scritto|scrive|escribió|escribio|escreveu|skrev|schrieb|schreef|napisał|napisała|napisał\(a\)|napisal|kirjoitti|napsal|napsala|napsal\(a\)|napísal|napísala|napísal\(a\)|írta|írta a következőt|ezt írta|yazdı|şunu yazdı|şunları yazdı|έγραψε|a scris|написал|написала|написал\(а\)|пишет|писал|писал\(а\)|написав|написала|пише|написав\(-ла\)|geschreven|写道|写入|寫道|のメール|のメッセージ|書きました|wrote the following|작성|님이 작성|escrigué|va escriure|je napisao|je napisala|написа|рече|a écrit ce qui suit|via .{2,60} wrote)\s?[:：]?$");

    // "Am … schrieb …:" where the name comes last.
    private static readonly Regex VerbWithin = Words(@"[\s,](schrieb|schreef|skrev|escribió|escribio|escreveu|ha scritto|napisał|napisał\(a\)|napsal|wrote|a écrit|написал|пишет|kirjoitti)\s.{1,200}[:：]$");

    private static readonly Regex Beginning = Words(@"^(on|am|le|il|in data|op|el|em|no dia|a|den|dnia|w dniu|dne|dňa|na|ti|ma|pe|ke|to|la|su|man|mån|tis|tir|ons|tor|tors|fre|lör|lør|sön|søn|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|måndag|tisdag|lördag|söndag|mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lun|mar|mer|jeu|ven|sam|dim|gio|dom|lunes|martes|miércoles|jueves|viernes|sábado|domingo|пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|em|pon|wt|śr|czw|pt|sob|ndz|pá|út|st|čt|so|ne|ehd|在|στις|pe|la|în|a)[\s.,:]|^\d|^[<""]?\p{Lu}");

    private static readonly Regex When = Words(@"\d{1,2}[:.hH]\d{2}|(19|20)\d\d|\d{1,2}[./-]\d{1,2}|\d.{0,30},|年|월|月");

    private static readonly Regex StartsWithDate = Words(@"^(\d{1,4}[./年-]|\d{1,2}[:.]\d{2}|\d{1,2}\.? \p{L}{3,}|\p{L}{2,12}\.?,? \d{1,2}[.,]? |(\p{L}{2,12}\.?),? ?\d)");

    private static readonly Regex EndsWithAddress = Words(@"[<(\[][^<>()\[\]\s]*@[^<>()\[\]\s]*( ?<mailto:[^<>]*>)?[>)\]]\s?[:：]?$");

    /// <summary>How many lines it takes at this line; 0 when there is none.</summary>
    public static int LengthAt(string[] lines, int start)
    {
        var text = Tidy(lines[start]);
        if (text.Length is 0 or > MaxLength || !Beginning.IsMatch(text))
        {
            return 0;
        }
        // A greeting above is not its first line: that one has a date or an address in it.
        var spans = text.AsSpan().IndexOfAnyInRange('0', '9') >= 0 || text.Contains('@', StringComparison.Ordinal);
        for (var count = 1; ; count++)
        {
            if (IsAttribution(text, lines, start + count))
            {
                return count;
            }
            if (!spans || count == MaxLines || start + count >= lines.Length || string.IsNullOrWhiteSpace(lines[start + count])
                || text[^1] is '.' or '!' or '?' or ':' && !text.EndsWith("p.m.", StringComparison.Ordinal))
            {
                return 0;
            }
            // A line broken within an address is joined without a space.
            text += (text[^1] is '<' or '(' or '[' ? "" : " ") + Tidy(lines[start + count]);
            if (text.Length > MaxLength)
            {
                return 0;
            }
        }
    }

    private static bool IsAttribution(string text, string[] lines, int next)
    {
        var colon = text[^1] is ':' or '：';
        var address = text.Contains('@', StringComparison.Ordinal);
        var when = When.IsMatch(text);
        if (VerbLast.IsMatch(text) && (colon || address || when))
        {
            return address || (when && (colon || text.Length < 200)) || (colon && ShortName(text) && NextIsQuoted(lines, next));
        }
        if (!colon)
        {
            return StartsWithDate.IsMatch(text) && EndsWithAddress.IsMatch(text) && NextIsQuoted(lines, next);
        }
        // In whatever language: a time, an address and a colon, and a quote below.
        return when && ((VerbWithin.IsMatch(text) && (address || text.Length < 150))
            || (address && NextIsQuoted(lines, next))
            || (EndsWithAddress.IsMatch(text) && StartsWithDate.IsMatch(text)));
    }

    private static bool ShortName(string text) => text.Count(c => c == ' ') <= 4;

    private static bool NextIsQuoted(string[] lines, int next)
    {
        while (next < lines.Length && string.IsNullOrWhiteSpace(lines[next]))
        {
            next++;
        }
        return next < lines.Length && ReplyText.IsQuoted(lines[next]);
    }

    private static string Tidy(string line)
    {
        var text = line.Replace('\u00A0', ' ').Replace('\u202F', ' ').Trim().Trim('*', '_').Trim();
        return text.Length > MaxLength ? text[..(MaxLength + 1)] : text;
    }

    // Non-backtracking: no mail can make the search slow.
    private static Regex Words(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
