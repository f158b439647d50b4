using Heliotrope.Server.Conversations;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Conversations;

/// <summary>Words made to break what shows them.</summary>
public sealed class HostileWordsTests(SharedServers servers) : IClassFixture<SharedServers>
{
    [Theory]
    [EveryDatabase(">")]
    [EveryDatabase("[")]
    [EveryDatabase("*a _b ")]
    [EveryDatabase("1. ")]
    public async Task Words_nested_beyond_all_sense_are_shown_as_they_are(Engine engine, string piece)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var text = string.Concat(Enumerable.Repeat(piece, 2_000)) + "the <b>end</b>";
        (await server.Api.Post($"/api/v1/conversations/{number}/notes", new { text })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text, resolve = true })).Is(200);
        using var browser = await server.SignedIn();
        var page = await browser.Get($"/conversations/{number}");
        Assert.Equal(200, page.Status);
        Assert.Equal(2, page.Document.QuerySelectorAll(".entry-body").Count(body => body.TextContent.Contains("the <b>end</b>", StringComparison.Ordinal)));
    }

    [Theory, EveryDatabase]
    public async Task A_subject_nested_beyond_all_sense_can_be_resolved(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew() with { Subject = new string('[', 450) });
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Done.", resolve = true })).Is(200);
        Assert.Single(await server.Api.Outbox(number, "confidence"));
    }

    [Theory, EveryDatabase]
    public async Task What_a_stranger_wrote_becomes_no_link_and_no_picture_in_our_mail(Engine engine)
    {
        var server = await servers.On(engine);
        const string subject = "[Pay here](https://attacker.example) ![](https://attacker.example/seen.png) https://attacker.example www.attacker.example <b>&amp; *now*";
        var number = await server.Receive(TestMail.FromSomebodyNew() with { Subject = subject });
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Done.", resolve = true })).Is(200);
        var mail = (await server.Api.Outbox(number, "confidence")).Single();
        var html = (await server.Api.Get($"/api/v1/outbox/{mail.GetProperty("id").GetInt64()}")).Is(200).Json.Text("html");
        var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html);
        Assert.Empty(document.QuerySelectorAll("img, b, em"));
        Assert.StartsWith("/confidence/", new Uri(Assert.Single(document.QuerySelectorAll("a")).GetAttribute("href")!).AbsolutePath, StringComparison.Ordinal);
        Assert.Contains(subject, document.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void More_brackets_than_anybody_writes_are_shown_as_they_are()
    {
        Assert.Contains("<a ", Markdown.ToHtml(string.Concat(Enumerable.Repeat("[x](https://client.example) ", 1_000))), StringComparison.Ordinal);
        Assert.DoesNotContain("<a ", Markdown.ToHtml(string.Concat(Enumerable.Repeat("[x](https://client.example) ", 1_001))), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_sign_of_Markdown_can_be_written_as_itself()
    {
        var signs = string.Concat(Enumerable.Range(' ', 95).Select(c => (char)c)) + "ä…🙂";
        var shown = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(Markdown.ToHtml(Markdown.Escape("x" + signs)));
        Assert.Equal("x" + signs, Assert.Single(shown.Body!.Children).TextContent);
    }
}
