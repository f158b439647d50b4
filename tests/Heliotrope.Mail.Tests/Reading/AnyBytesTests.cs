using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Mail.Html;
using Heliotrope.Mail.Reading;
using Heliotrope.Mail.Replies;

namespace Heliotrope.Mail.Tests.Reading;

/// <summary>What must hold for every input there is.</summary>
public sealed class AnyBytesTests
{
    private static readonly string[] Pieces =
    [
        "From: ", "To: ", "Subject: ", "Date: ", "References: <a@b>", "Content-Type: ", "multipart/mixed; boundary=b", "text/html", "message/rfc822",
        "multipart/report; report-type=delivery-status; boundary=b", "message/delivery-status", "; charset=", "utf-16", "utf-7", "iso-2022-jp", "gb18030",
        "; name*0*=utf-8''%", "=?utf-8?B?", "=?utf-8?Q?", "?=", "\n", "\r\n", "\n\n", "\r", "--b", "--b--", "\n--b\n", " ", "\t", "<", ">", "(", ")", "\"", "\\", "@",
        ",", ";", ":", "=", "=C3", "=\n", "begin 644 a\n", "\nend\n", "\u001b$B", "\u001b(B", "\0", "é", "日", "😀", "a", "1", "> ", "On 2 Feb 2026 wrote:\n", "-- \n",
        "Content-Transfer-Encoding: base64\n", "Content-Transfer-Encoding: quoted-printable\n", "Content-Transfer-Encoding: x-uuencode\n", "; format=flowed",
        "<p>", "</p>", "<table><td>", "<script>", "</script>", "<style>", "<!--", "-->", "<a href=\"javascript:x\">", "<img src=x onerror=y>", "&lt;", "&#0;", "style=\"",
        "Final-Recipient: rfc822;a@b\nStatus: 5.1.1\nAction: failed\n", "MAILER-DAEMON", "5.1.1", "Mon, 2 Feb 2026 10:00:00 +0100", "9999-99-99T99:99:99Z", "31 Feb 2026",
    ];

    private static Arbitrary<string> Mail => Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)).ToArbitrary();

    [Fact]
    public void No_bytes_make_the_reader_fail() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => IsWhole(MailReader.Read(bytes))));

    [Fact]
    public void No_mix_of_what_mail_is_made_of_makes_the_reader_fail() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(60), Prop.ForAll(Mail, mail =>
            IsWhole(MailReader.Read(System.Text.Encoding.UTF8.GetBytes(mail))) && IsWhole(MailReader.Read(System.Text.Encoding.Latin1.GetBytes(mail)))));

    [Fact]
    public void Cleaning_twice_changes_nothing() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(60), Prop.ForAll(Mail, html =>
            HtmlCleaner.Clean(HtmlCleaner.Clean(html)) == HtmlCleaner.Clean(html)));

    [Fact]
    public void Text_is_made_of_any_html() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(60), Prop.ForAll(Mail, html => !HtmlText.FromHtml(html).Contains('\r')));

    [Fact]
    public void Every_word_of_a_text_is_either_new_or_quoted() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(60), Prop.ForAll(Mail, text =>
        {
            var parts = ReplyText.Split(text);
            return Letters(text) == Letters(parts.Reply) + Letters(parts.Quoted);
        }));

    [Fact]
    public void The_same_bytes_are_read_the_same_way() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(Mail, mail =>
            MailReader.Read(System.Text.Encoding.UTF8.GetBytes(mail)).ContentHash == MailReader.Read(System.Text.Encoding.UTF8.GetBytes(mail)).ContentHash));

    private static int Letters(string text) => text.Count(char.IsLetterOrDigit);

    /// <summary>Nothing is missing that the type promises, and no name can do harm.</summary>
    private static bool IsWhole(MailMessage message) =>
        message.Text is not null && message.ContentHash.Length == 64 && !message.Subject.Any(char.IsControl)
        && message.To.Concat(message.Cc).All(address => address.Address.Contains('@', StringComparison.Ordinal) && !address.Name.Any(char.IsControl))
        && message.Attachments.All(attachment => attachment.Name.Length > 0 && attachment.Name.IndexOfAny(['/', '\\', '\n', '\0']) < 0
            && attachment.Content().Length == attachment.Size)
        && message.Header("Subject").Count >= 0;
}
