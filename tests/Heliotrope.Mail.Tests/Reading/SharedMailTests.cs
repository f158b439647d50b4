using System.Text;
using System.Text.Json.Nodes;
using Heliotrope.Mail.Html;
using Heliotrope.Mail.Reading;
using Heliotrope.Mail.Replies;

namespace Heliotrope.Mail.Tests.Reading;

/// <summary>Material made by others is read when it lies beside the repository; without it only our own corpus is.</summary>
public sealed class SharedMailTests
{
    [Fact]
    public void Every_mail_at_hand_is_read()
    {
        var read = 0;
        foreach (var bytes in Mails())
        {
            var message = MailReader.Read(bytes);
            Assert.NotNull(message.Text);
            Assert.All(message.Attachments, attachment => Assert.Equal(attachment.Size, attachment.Content().Length));
            Assert.NotNull(ReplyText.Split(message.Text).Reply);
            if (message.Html is { } html)
            {
                var clean = HtmlCleaner.Clean(html);
                Assert.Equal(clean, HtmlCleaner.Clean(clean));
            }
            read++;
        }
        Assert.True(read >= Corpus.Files().Count);
    }

    [Fact]
    public void No_html_at_hand_keeps_anything_that_runs()
    {
        foreach (var html in Rows("html").Select(row => row["input"]!.GetValue<string>()).Append("<b onclick=x>b</b><script>x</script>"))
        {
            var clean = HtmlCleaner.Clean(html);
            Assert.Equal(clean, HtmlCleaner.Clean(clean));
            Html.HtmlCleanerTests.AssertHarmless(clean);
            Html.HtmlCleanerTests.AssertHarmless(HtmlCleaner.Clean(ReplyHtml.Split(html).Reply));
        }
    }

    internal static IEnumerable<byte[]> Mails() =>
        Corpus.Files().Select(File.ReadAllBytes).Concat(Rows("mail").Select(row =>
            row["encoding"]?.GetValue<string>() == "base64"
                ? Convert.FromBase64String(row["input"]!.GetValue<string>())
                : Encoding.UTF8.GetBytes(row["input"]!.GetValue<string>())));

    private static IEnumerable<JsonNode> Rows(string folder) =>
        Corpus.Shared() is { } shared && Directory.Exists(Path.Combine(shared, folder))
            ? Directory.GetFiles(Path.Combine(shared, folder), "*.jsonl").SelectMany(File.ReadLines).Select(line => JsonNode.Parse(line)!)
            : [];
}
