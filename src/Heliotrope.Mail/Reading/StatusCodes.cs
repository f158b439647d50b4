using System.Text.RegularExpressions;

namespace Heliotrope.Mail.Reading;

/// <summary>Finds status codes (RFC 3463) in text, and guesses one from the reply code or the words.</summary>
internal static class StatusCodes
{
    // Non-backtracking, so that no text can make the search slow.
    private static readonly Regex EnhancedCode = new(@"(?:^|[^\d.\w])([245]\.\d{1,3}\.\d{1,3})(?:$|[^\d.]|\.(?:$|\D))", RegexOptions.NonBacktracking);
    private static readonly Regex ReplyCode = new(@"(?:^|[^\d.\w-])([45]\d\d)(?:$|[ \-:;,)\]])", RegexOptions.NonBacktracking);

    private static readonly (string Code, Regex Words)[] Guesses =
    [
        ("4.4.7", Words("delayed|delay notification|not yet been delivered|has not been delivered yet|still trying|will (keep|continue) (trying|to try)|will be retried|warning message only|temporarily (deferred|unable)|no action is required|do not need to resend")),
        ("5.2.2", Words("(mailbox|inbox|mail box|maildir|disk|account|user) ?('s)?( mailbox)? (is )?(full|over ?quota)|over (the |its |his |disk )?quota|quota (exceeded|exceeds|violation)|exceeds? (the |allowed )?(message |mailbox )?quota|not enough (disk |storage )?space|mailbox size limit|exceeded storage")),
        ("5.3.4", Words("message (is )?(too (big|large)|exceeds|size exceeds)|exceeds (the )?(maximum|max|fixed)[a-z ]*size|too large to be")),
        ("5.1.2", Words("(host|domain)( name)? (is )?(unknown|not found|invalid|lookup failed|does not exist)|unknown (host|domain)|no such (host|domain)|could ?n.t find any host|unrouteable (mail )?domain|name service error|dns (error|lookup)|no mx|illegal host")),
        ("5.7.1", Words("spam|blocked|blacklist|block ?list|policy|relay(ing)? (access )?denied|not permitted|not authorized|access denied|rejected by|refused to accept|prohibited|virus")),
        ("5.1.1", Words("user (is )?(unknown|not found|does ?n.t exist|does not exist)|unknown (user|address|recipient|local|mailbox)|no such (user|mailbox|recipient|address|person)|(recipient|address|account|mailbox|user)[^.\n]{0,80} (is )?(unknown|invalid|not found|unavailable|disabled|inactive|rejected|not exist|does not exist|doesn.t exist|has been closed|no longer)|invalid (recipient|mailbox|user|address)|(does not|doesn.t) (have|like) (an? )?(account|recipient)|no mailbox here|not listed in|unrouteable address|not a valid (user|mailbox)|can.t find (user|mailbox)|存在しません|見つかりません|unknown or illegal|usuario desconocido|unbekannt|inconnu")),
        ("5.4.7", Words("giving up|multiple retries|timed? ?out|retry time|gave up|expired|could not be delivered for|too long|connection (refused|failed|lost)|unable to connect|undeliverable for|hours? (in|on) the queue|days? (in|on) the queue")),
    ];

    /// <summary>
    /// The first code such as 5.1.1 that is no part of an IP address; null when there is none. In free text a success
    /// says nothing: it is a line of the transcript before the failure.
    /// </summary>
    public static string? Enhanced(string text, bool freeText = false)
    {
        string? found = null;
        foreach (Match match in EnhancedCode.Matches(text))
        {
            if (freeText && match.Groups[1].Value[0] == '2')
            {
                continue;
            }
            // A general code is only taken when nothing more precise follows.
            found ??= match.Groups[1].Value;
            if (!match.Groups[1].Value.EndsWith(".0", StringComparison.Ordinal))
            {
                return match.Groups[1].Value;
            }
        }
        return found;
    }

    /// <summary>The class of an SMTP reply code such as 550, as far as that tells something.</summary>
    public static string? FromReply(string text) =>
        ReplyCode.Match(text) is { Success: true } match ? match.Groups[1].Value[0] + ".0.0" : null;

    /// <summary>What the words of the notice suggest; null when nothing.</summary>
    public static string? FromWords(string text)
    {
        foreach (var (code, words) in Guesses)
        {
            if (words.IsMatch(text))
            {
                return code;
            }
        }
        return null;
    }

    private static Regex Words(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
