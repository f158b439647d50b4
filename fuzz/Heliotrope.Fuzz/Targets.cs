using System.Text;
using Heliotrope.Mail.Html;
using Heliotrope.Mail.Reading;
using Heliotrope.Mail.Replies;

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
        Clean(message.Html ?? "");
        Clean(Encoding.UTF8.GetString(input));
        Split(message.Text);
        Split(Encoding.Latin1.GetString(input));
    }

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

    private static int Letters(string text) => text.Count(char.IsLetterOrDigit);

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException("It does not hold that " + what + ".");
        }
    }
}
