using System.Security.Cryptography;
using System.Text;
using Heliotrope.Mail.Html;
using Heliotrope.Mail.Reading;
using Heliotrope.Mail.Replies;
using Heliotrope.Mail.Writing;

namespace Heliotrope.Fuzz;

/// <summary>Everything that meets the bytes of strangers, with what must hold for each of them.</summary>
internal static class Targets
{
    public static void Run(byte[] input)
    {
        var message = MailReader.Read(input);
        foreach (var attachment in message.Attachments)
        {
            Require(attachment.Content().Length == attachment.Size, "an attachment has the size it says");
            Require(attachment.Name.Length > 0 && attachment.Name.IndexOfAny(['/', '\\', '\0', '\n']) < 0, "an attachment has a safe name");
        }
        Require(!message.Subject.Any(char.IsControl), "a subject has no control characters");
        Require(!message.Text.Contains('\r', StringComparison.Ordinal), "text has LF line ends");
        Require(message.Ancestors.All(id => id.Length > 0) && message.ThreadIndex?.Depth is null or >= 0, "ids are not empty and nothing is above the first message");
        Require(Enum.IsDefined(message.Bar("help@example.com")), "it is known whether a message may be answered");
        Require(SenderProof.Of([.. message.AuthenticationResults, AuthenticationResults.Parse(Encoding.Latin1.GetString(input))], ["mx.example.com"], "example.com").Verdict is not SenderVerdict.Passed || Encoding.Latin1.GetString(input).Contains("pass", StringComparison.OrdinalIgnoreCase), "nothing is proved that nobody says");
        Write(message);
        Clean(message.Html ?? "");
        Clean(Encoding.UTF8.GetString(input));
        Split(message.Text);
        Split(Encoding.Latin1.GetString(input));
        SplitHtml(message.Html ?? "");
        SplitHtml(Encoding.UTF8.GetString(input));
    }

    /// <summary>What was read can be written, and is then read as the same.</summary>
    private static void Write(MailMessage message)
    {
        var again = MailReader.Read(MailWriter.Write(Copies.Of(message)));
        Require(again.Subject == Copies.Subject(message), "a subject that was written is read as it was");
        if (message.Text.Contains("begin ", StringComparison.Ordinal))
        {
            return; // What was left of two files that were mixed up may look like one.
        }
        // Pictures within the HTML are written first.
        Require(Contents(message).SequenceEqual(Contents(again)), "files that were written are read as they were");
    }

    private static IEnumerable<string> Contents(MailMessage message) =>
        message.Attachments.Select(one => Convert.ToHexString(SHA256.HashData(one.Content()))).Order(StringComparer.Ordinal);

    private static void Clean(string html)
    {
        var clean = HtmlCleaner.Clean(html);
        Require(clean == HtmlCleaner.Clean(clean), "cleaning twice changes nothing");
        Require(!clean.Contains("<script", StringComparison.OrdinalIgnoreCase), "no script is left");
        Split(HtmlText.FromHtml(html));
    }

    private static void Split(string text)
    {
        var parts = ReplyText.Split(text);
        Require(Letters(text) == Letters(parts.Reply) + Letters(parts.Quoted), "no letter is lost between reply and quote");
    }

    private static void SplitHtml(string html)
    {
        var parts = ReplyHtml.Split(html);
        Require(Seen(html) == Seen(parts.Reply) + Seen(parts.Quoted), "no letter of the HTML is lost between reply and quote");
    }

    /// <summary>Letters outside tags; the cleaner writes no angle bracket that is none of a tag's.</summary>
    private static int Seen(string html)
    {
        var (seen, within) = (0, false);
        foreach (var c in HtmlCleaner.Clean(html))
        {
            within = c == '<' || (within && c != '>');
            seen += !within && char.IsLetterOrDigit(c) ? 1 : 0;
        }
        return seen;
    }

    private static int Letters(string text) => text.Count(char.IsLetterOrDigit);

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException("It does not hold that " + what + ".");
        }
    }
}
