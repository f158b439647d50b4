using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Heliotrope.Mail.Reading;
using Heliotrope.Server.Channels;

namespace Heliotrope.Server.Tests.Channels;

public sealed class InspectMailTests
{
    private const string Mail =
        "From: Ada <ada@example.org>\nTo: help@example.com\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\nDate: Mon, 2 Feb 2026 10:00:00 +0100\n"
        + "Message-ID: <1@example.org>\nContent-Type: text/html; charset=utf-8\n\n<p onclick=x>New</p><blockquote>Old</blockquote>";

    private static async Task<List<JsonObject>> Run(Func<Stream, TextWriter, bool, Task<int>> inspect, string input, bool jsonLines)
    {
        using var output = new StringWriter();
        Assert.Equal(0, await inspect(new MemoryStream(Encoding.UTF8.GetBytes(input)), output, jsonLines));
        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    [Fact]
    public async Task A_message_is_told_as_the_contract_says()
    {
        var told = Assert.Single(await Run(Inspect.Mail, Mail, false));
        Assert.Equal(
            ["messageId", "from", "to", "cc", "subject", "date", "text", "html", "reply", "attachments", "auto", "bounce", "defects"],
            told.Select(property => property.Key));
        Assert.Equal("1@example.org", (string?)told["messageId"]);
        Assert.Equal("{\"name\":\"Ada\",\"address\":\"ada@example.org\"}", told["from"]!.ToJsonString());
        Assert.Equal("Grüße", (string?)told["subject"]);
        Assert.Equal("2026-02-02T10:00:00+01:00", (string?)told["date"]);
        Assert.Equal("New\n\n> Old", (string?)told["text"]);
        Assert.Equal("<p>New</p><blockquote>Old</blockquote>", (string?)told["html"]);
        Assert.Equal("New", (string?)told["reply"]);
        Assert.Equal("none", (string?)told["auto"]);
        Assert.Null(told["bounce"]);
    }

    [Fact]
    public async Task The_text_of_a_reply_is_taken_apart()
    {
        var told = Assert.Single(await Run(Inspect.ReplyText, "Thanks!\n\n> Old", false));
        Assert.Equal("{\"reply\":\"Thanks!\",\"quoted\":\"\\u003E Old\"}", told.ToJsonString());
    }

    [Fact]
    public async Task A_bad_line_is_answered_and_the_next_one_is_read()
    {
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(Mail));
        var told = await Run(Inspect.Mail, string.Join('\n',
            "not json", "[]", "{\"id\":\"a\"}", "{\"id\":\"b\",\"input\":\"%%%\",\"encoding\":\"base64\"}", "{\"id\":7,\"input\":\"x\",\"encoding\":\"rot13\"}",
            "", $"{{\"id\":\"c\",\"input\":\"{base64}\",\"encoding\":\"base64\"}}"), true);
        Assert.Equal([null, null, "\"a\"", "\"b\"", "7", "\"c\""], told.Select(line => line["id"]?.ToJsonString()));
        Assert.All(told.SkipLast(1), line => Assert.NotEqual("", (string?)line["error"]));
        Assert.Equal("Grüße", (string?)told[^1]["subject"]);
    }

    [Fact]
    public async Task Each_line_is_answered_before_the_next_one_comes()
    {
        var questions = new Pipe();
        var answers = new Pipe();
        await using var writer = new StreamWriter(answers.Writer.AsStream());
        var running = Inspect.ReplyText(questions.Reader.AsStream(), writer, true);
        using var reader = new StreamReader(answers.Reader.AsStream());
        foreach (var id in (string[])["1", "2", "3"])
        {
            await questions.Writer.WriteAsync(Encoding.UTF8.GetBytes($"{{\"id\":\"{id}\",\"input\":\"Hi {id}\"}}\n"));
            var answer = JsonNode.Parse((await reader.ReadLineAsync())!)!;
            Assert.Equal(id, (string?)answer["id"]);
            Assert.Equal("Hi " + id, (string?)answer["reply"]);
        }
        await questions.Writer.CompleteAsync();
        Assert.Equal(0, await running);
    }

    [Theory]
    [InlineData("Mine alone.\n\nYours from before.", "<p>Mine alone.</p><blockquote type=cite><p>Yours from before.</p></blockquote>")]
    [InlineData("Mine alone.\n\n> Yours from before.", "<p>Mine alone.</p><p>Yours from before.</p>")]
    public void A_quote_is_told_from_new_words_where_text_or_html_marks_it(string text, string html)
    {
        var mail = $"From: ada@client.example\nIn-Reply-To: <1@desk.example>\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=seam\n\n--seam\nContent-Type: text/plain\n\n{text}\n--seam\nContent-Type: text/html\n\n{html}\n--seam--\n";
        var words = PreparedMail.Words(MailReader.Read(System.Text.Encoding.ASCII.GetBytes(mail)));
        Assert.Equal("Mine alone.", words.Reply);
        Assert.Contains("Yours from before.", words.Quoted, StringComparison.Ordinal);
    }
}
