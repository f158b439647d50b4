using System.Text.RegularExpressions;

namespace Heliotrope.Mail.Reading;

/// <summary>Recognises the notices of mail systems that do not follow RFC 3464, and finds what they say.</summary>
internal static class FreeFormBounce
{
    private const int MaxChars = 64 * 1024;

    private static readonly Regex Daemon = Words("^(mail[-_. ]?daemon|post_?master|mdaemon|maildelivery|mail-delivery|delivery-?subsystem|mail-administrator|bounces?|nobounce|microsoftexchange[0-9a-f]+)([+=-].*)?@|mail(er)? ?(-|delivery|deliver) ?(daemon|sub ?-?system|system|service)|mailer[-_. ]?daemon|postmaster|mail administrator|メール配送");
    private static readonly Regex Subject = Words("undeliver|mail failed|returning to sender|not deliverable|non-?deliver|delivery[- ](status|failure|report|notification|has failed|failed|error|problem|unsuccessful|delayed|deferred)|returned mail|mail delivery|failure notice|returned to sender|return(ed)? (e-?)?mail|delivery.{0,30}(failure|failed|delayed|deferred)|(message|mail|e-?mail).{0,20}(could not be|not|was not|cannot be|wasn.t).{0,10}deliver|could not be delivered|warning: could not send|mail (system )?(error|failure)|(failed|undelivered) (mail|message|delivery|recipient)|mail status report|rejected|dsn:|bounced? (mail|message)|unzustellbar|nicht zugestellt|zustellung|échec|non remis|no se pudo entregar|devuelto|rebote|mancato recapito|consegna|não (foi )?entreg|falha na entrega|kan niet|onbestelbaar|olevererbart|kunde inte levereras|niedostarczon|nie dostarcz|недоставленное|не доставлено|送信できません|配信不能|退信|メール送信エラー|メッセージを配送でき|undelivered|message rejected|permanent error|user unknown|unknown user|email complaint|complaint about");
    private static readonly Regex Body = Words("undeliver|mail failed|returning to sender|(could|can|did|was|were|has|have|is|were)( ?n.t| ?not)( yet)?( be| been)?( able to)? (reach|deliver)|delivery (to the following|failed|failure|error|has failed|attempt|status|report|temporarily|problem|of the)|(unable|failed|failure) to (be )?(deliver|relay|send)|fatal error|permanent (error|failure)|(returned|return) (to sender|mail|message|email)|not delivered|non-delivery|user unknown|unknown user|mailbox (is )?(full|unavailable|not found)|over quota|quota exceed|rejected|(was|were|is) not (accepted|sent)|could not (be )?(sent|send|accept)|cannot be (sent|deliver)|no such (user|recipient|mailbox)|did not reach|undelivered|message.{0,40}bounced|error (transferring|while|in)|delivery.{0,20}failed|配信できません|配送でき|送信できません|届け|お届け|存在しません|宛先|unzustellbar|nicht zugestellt|échec|no se ha podido|não foi possível|non è stato|5[0-9][0-9][ -][0-9]\\.|smtp error|transcript of session");
    private static readonly Regex FailedAddress = Words("[a-z0-9._%+=&'*/!#$~^{|}-]{1,64}@(?:[a-z0-9-]{1,63}(?:\\.[a-z0-9-]{1,63}){0,8}|\\[[0-9.]{7,15}\\])");
    private static readonly Regex Marked = Words("(?:^|\n)[ \t>]*(?:final-recipient|original-recipient|x-failed-recipients?|failed (?:recipient|address)|recipient(?: address)?|to|rcpt to|user|intended recipient|invalid address|email|unknown (?:user|address))[ \t]*:[^\n@]{0,80}?[<\\[ ;:]?([^ \t\n<>\\[\\];:,\"()]+@[^ \t\n<>\\[\\];:,\"()]+)");
    private static readonly Regex GoesOn = Words("will (be |continue |keep |automatically )?(re-?)?(try|tried|trying|attempt|send|sent|deliver)|still (be )?(trying|tried|being|in the queue|queued)|continue (to|trying)|(delivery|message|mail).{0,30}(delayed|deferred)|delay(ed)?:|not yet|warning|no action is required|do not need to|temporar");
    private static readonly Regex NoReply = Words("^(no-?reply|do-?not-?reply)@");
    private static readonly Regex Returned = Words("(could|can) ?not be delivered to|was not delivered to|mailbox is full|user unknown|配信できません|送信できません|配送でき");
    private static readonly Regex Copy = Words("\n[ \t>*-]*((below this line is a copy|this is a copy of the message|copy of (the|your) (original )?message|original message( follows| header| text|:| is)|the (original )?(message|header|mail).{0,30}follows|included is a copy|message (header|text|body)( follows|:)|returned message( follows| below|:)|unsent message below|(your )?original (message|mail)|start of (original|returned|forwarded) message|return-path:|received: from|received:)|-{3,} ?(original|returned|forwarded|message header|begin|undelivered|the following is|this is a copy|below this|オリジナル|原文))");

    /// <summary>A mail system wrote it, and it speaks of mail that did not arrive.</summary>
    public static bool Matches(MimePart root, string subject, string text)
    {
        var headers = root.Headers;
        if (headers.Has("X-Failed-Recipients"))
        {
            return true;
        }
        if (text.StartsWith("{\"notificationType\":\"Bounce\"", StringComparison.Ordinal) || text.StartsWith("{\"notificationType\":\"Delivery\"", StringComparison.Ordinal))
        {
            // How a large sending service tells it.
            return true;
        }
        var from = HeaderText.Decode(headers.First("From") ?? "");
        var address = AddressParser.FirstAddress(from) ?? from;
        if (Daemon.IsMatch(address) || Daemon.IsMatch(from))
        {
            return Subject.IsMatch(subject) || Body.IsMatch(Notice(text));
        }
        if (NoReply.IsMatch(address) && root.All().Any(part => part.Type.Value is "message/rfc822" or "text/rfc822-headers") && Returned.IsMatch(Notice(text)))
        {
            // Some providers give their mail system no name of its own, but it sends the mail back.
            return true;
        }
        // The empty return path alone proves nothing, as absence notices have it too (RFC 3834 section 3.3).
        return headers.First("Return-Path")?.Trim() is "<>" && Subject.IsMatch(subject) && Body.IsMatch(Notice(text));
    }

    /// <summary>Fills in what the machine's part of the notice left open, from headers, words and the returned mail.</summary>
    public static BounceReport Complete(BounceReport report, MimePart root, string text)
    {
        var notice = Notice(text);
        var recipient = report.Recipient ?? Failed(root.Headers) ?? InText(root, notice) ?? OfReturnedMail(root, text);
        var status = report.Status is { } said && !said.EndsWith(".0.0", StringComparison.Ordinal)
            ? said
            : StatusCodes.Enhanced(notice, freeText: true) ?? report.Status ?? StatusCodes.FromWords(notice)
                ?? StatusCodes.FromReply(notice) ?? StatusCodes.FromWords(HeaderText.Decode(root.Headers.First("Subject") ?? "")) ?? (report.Action is null or "failed" ? "5.0.0" : null);
        // Who has given up often quotes what was said while there was hope.
        var action = report.Action ?? (status is null ? null : status[0] switch
        {
            '2' => "delivered",
            '4' when !root.Headers.Has("X-Failed-Recipients") && GoesOn.IsMatch(notice + "\n" + HeaderText.Decode(root.Headers.First("Subject") ?? "")) => "delayed",
            _ => "failed",
        });
        return new BounceReport(recipient, status, action, ReturnedMail.MessageId(ReturnedMail.Headers(root)));
    }

    /// <summary>The words of the mail system, without the mail it returns.</summary>
    private static string Notice(string text)
    {
        var head = text.Length > MaxChars ? text[..MaxChars] : text;
        var copy = Copy.Match(head);
        return copy.Success && copy.Index > 20 ? head[..copy.Index] : head;
    }

    private static string? Failed(HeaderList headers) =>
        headers.Raw("X-Failed-Recipients").Select(value => AddressText.Clean(value.Split(',')[0])).FirstOrDefault(value => value is not null);

    private static string? InText(MimePart root, string notice)
    {
        if (Marked.Match(notice) is { Success: true } marked && AddressText.Clean(marked.Groups[1].Value) is { } named)
        {
            return named;
        }
        var context = new ReadContext(MailLimits.Default);
        var involved = AddressParser.Parse(root.Headers.Raw("From").Concat(root.Headers.Raw("To")), context)
            .Select(address => address.Address).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var found = FailedAddress.Matches(notice).Take(50).Select(match => AddressText.Clean(match.Value.Trim('\'', '.', '-'))).OfType<string>().ToList();
        return found.Find(address => !involved.Contains(address) && !address.StartsWith("postmaster@", StringComparison.OrdinalIgnoreCase)
            && !address.StartsWith("mailer-daemon@", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whom the returned mail was for: its own To, be it attached or pasted below the notice.</summary>
    private static string? OfReturnedMail(MimePart root, string text)
    {
        if (ReturnedMail.Headers(root) is { } headers)
        {
            return AddressParser.FirstAddress(headers.First("To"));
        }
        var tail = text.Length > MaxChars ? text[..MaxChars] : text;
        return Marked.Match(tail) is { Success: true } marked ? AddressText.Clean(marked.Groups[1].Value) : null;
    }

    private static Regex Words(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
