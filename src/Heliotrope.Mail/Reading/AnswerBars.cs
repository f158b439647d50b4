using System.Text.RegularExpressions;

namespace Heliotrope.Mail.Reading;

/// <summary>Decides whether a machine may answer. Unlike <see cref="AutoDetector"/> it may be careful: an answer too few does no harm, one too many makes a loop.</summary>
internal static class AnswerBars
{
    // No way of a mail that is not a circle is that long; servers themselves stop at a hundred (RFC 5321 section 6.3).
    private const int MaxHops = 50;

    private static readonly Regex NoReply = new(@"^(do[-_.]?not|no)[-_.]?(reply|answer|response|respond)([-_.+].*)?@|^(keine?[-_.]?antwort|nicht[-_.]?antworten|ne[-_.]?pas[-_.]?repondre|no[-_.]?responder|nao[-_.]?responda|non[-_.]?rispondere)([-_.+].*)?@|^mailer-daemon@|^bounces?[-+@]",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public static AnswerBar Find(MailMessage message, HeaderList headers, IReadOnlyCollection<string> own)
    {
        if (Loops(message, headers, own))
        {
            return AnswerBar.Loop;
        }
        if (message.Auto is not (AutoKind.None or AutoKind.List))
        {
            return AnswerBar.Automatic;
        }
        if (message.Auto is AutoKind.List)
        {
            return AnswerBar.List;
        }
        if (headers.First("Return-Path")?.Trim() is "<>")
        {
            return AnswerBar.NullSender;
        }
        // Whichever of the two is answered.
        string?[] addresses = [message.From?.Address, message.ReplyTo.Count > 0 ? message.ReplyTo[0].Address : null];
        if (addresses.All(address => address is null))
        {
            return AnswerBar.NoAddress;
        }
        return addresses.OfType<string>().Any(NoReply.IsMatch) || Suppresses(headers) ? AnswerBar.AskedNotTo : AnswerBar.None;
    }

    private static bool Loops(MailMessage message, HeaderList headers, IReadOnlyCollection<string> own)
    {
        bool Ours(string? address) => address is not null && own.Contains(address, StringComparer.OrdinalIgnoreCase);
        var delivered = headers.Raw("Delivered-To").Take(MaxHops).Select(AddressParser.FirstAddress).OfType<string>().ToList();
        return headers.Raw("Received").Take(MaxHops + 1).Count() > MaxHops
            || Ours(message.From?.Address)
            || headers.Raw("X-Loop").Take(MaxHops).Any(value => Ours(AddressParser.FirstAddress(value)))
            || delivered.Distinct(StringComparer.OrdinalIgnoreCase).Count() < delivered.Count;
    }

    private static bool Suppresses(HeaderList headers) => headers.Raw("X-Auto-Response-Suppress").Take(10)
        .SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries))
        .Any(value => value.ToUpperInvariant() is "ALL" or "OOF" or "AUTOREPLY");
}
