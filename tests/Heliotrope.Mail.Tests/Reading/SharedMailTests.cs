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

    /// <summary>Another reader's reading of the examples in the RFCs: the words it shows are shown, the rest can be saved.</summary>
    [Fact]
    public void The_examples_of_the_rfcs_are_read_as_another_reader_does()
    {
        foreach (var row in Rows("mail").Where(row => row["expected"]?["text_body"] is not null))
        {
            var message = MailReader.Read(Convert.FromBase64String(row["input"]!.GetValue<string>()));
            var expected = row["expected"]!;
            var parts = expected["parts"]!.AsArray();
            foreach (var text in expected["text_body"]!.AsArray().Select(index => parts[index!.GetValue<int>()]!["body"]!["Text"]?.GetValue<string>()).OfType<string>())
            {
                Assert.Contains(Squeeze(text), Squeeze(message.Text), StringComparison.Ordinal);
            }
            Assert.True(message.Attachments.Count >= expected["attachments"]!.AsArray().Count(index => parts[index!.GetValue<int>()]!["body"]!["Binary"] is not null));
        }
    }

    private static string Squeeze(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

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
