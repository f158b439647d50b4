using System.Text;
using Heliotrope.Mail.Reading;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Drafts;

public sealed class FilesTests(SharedServers servers) : IClassFixture<SharedServers>
{
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
    private static readonly byte[] Html = Encoding.UTF8.GetBytes("<script>alert(1)</script>");

    [Theory, EveryDatabase]
    public async Task Files_and_a_picture_among_the_words_arrive_and_can_be_read_again(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var browser = await server.SignedIn();
        var fragment = await Upload(browser, number, "Look:", ("manual.pdf", "application/pdf", "%PDF-1.7 manual"u8.ToArray()), ("a switch.png", "image/png", Png));
        var item = fragment.Is(200).Document.QuerySelector("[data-picture]")!;
        var id = item.GetAttribute("data-picture")!;
        var preview = await browser.Fetch(item.QuerySelector("img")!.GetAttribute("src")!);
        Assert.Equal((200, "image/png"), (preview.Status, preview.Type));
        Assert.Equal(Png, preview.Content);

        (await browser.Submit($"/conversations/{number}", $"/conversations/{number}/reply", ("text", $"Look: ![a switch](file:{id})"))).Is(302);

        var raw = await server.Api.OutboxRaw((await server.Api.Outbox(number)).Single());
        var mail = MailReader.Read(Encoding.ASCII.GetBytes(raw));
        Assert.Equal("Look: [a switch]", mail.Text.Trim());
        Assert.Contains($"src=\"cid:{id}@picture\"", mail.Html, StringComparison.Ordinal);
        Assert.Equal(["a switch.png", "manual.pdf"], mail.Attachments.Select(a => a.Name));
        Assert.Equal($"{id}@picture", mail.Attachments[0].ContentId);
        Assert.Equal(Png, mail.Attachments[0].Content());

        var left = await browser.Fetch($"/outbox/{(await server.Api.Outbox(number)).Single().GetProperty("id").GetInt64()}/html");
        Assert.Contains($"data:image/png;base64,{Convert.ToBase64String(Png)}", Encoding.UTF8.GetString(left.Content), StringComparison.Ordinal);

        var entry = (await server.Api.Entries(number, "message"))[^1];
        var attachments = entry.Items("attachments");
        Assert.Equal(["a switch.png", "manual.pdf"], attachments.Select(a => a.Text("name")));
        Assert.Equal("%PDF-1.7 manual"u8.ToArray(), (await server.Api.Get($"/api/v1/attachments/{attachments[1].GetProperty("id").GetInt64()}")).Is(200).Bytes);
        var page = (await browser.Get($"/conversations/{number}")).Document;
        var shown = await browser.Fetch(page.QuerySelector(".entry-ours .entry-body img")!.GetAttribute("src")!);
        Assert.Equal((200, "image/png"), (shown.Status, shown.Type));
        Assert.Contains("sandbox", shown.Policy, StringComparison.Ordinal);
        Assert.Equal(Png, shown.Content);
        Assert.Empty(page.QuerySelectorAll(".entry-ours .pictures img"));
        Assert.Equal(0, await server.Store.Read(db => db.Uploads.CountAsync(u => db.Drafts.Any(d => d.Id == u.DraftId && d.ConversationNumber == number))));
    }

    [Theory, EveryDatabase]
    public async Task Without_a_script_chosen_files_go_with_the_words_and_can_be_taken_away_before(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var browser = await server.SignedIn();
        var (at, form, files) = ($"/conversations/{number}", $"/conversations/{number}/reply", $"/conversations/{number}/draft/files");

        (await browser.SubmitFiles(at, form, files, [("text", "Two of them.")], ("one.txt", "text/plain", "1"u8.ToArray()), ("two.txt", "text/plain", "2"u8.ToArray()))).Is(302);
        var page = (await browser.Get(at)).Document;
        Assert.Equal("Two of them.", page.QuerySelector("textarea[data-write=reply]")!.TextContent);
        var remove = page.QuerySelectorAll(".composer-files button");
        Assert.Equal(2, remove.Length);
        (await browser.SubmitFiles(at, form, files, [("text", "One of them."), ("remove", remove[0].GetAttribute("value")!)])).Is(302);
        (await browser.SubmitFiles(at, form, form, [("text", "One and a third.")], ("three.txt", "text/plain", "3"u8.ToArray()))).Is(302);

        Assert.Equal(["two.txt", "three.txt"], (await server.Api.Entries(number, "message"))[^1].Items("attachments").Select(a => a.Text("name")));
    }

    [Theory, EveryDatabase]
    public async Task A_file_is_kept_before_there_are_words_also_after_an_earlier_answer(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var browser = await server.SignedIn();
        (await browser.Reply(number, "An answer.")).Is(302);

        // A form in which nothing was typed yet says that its words are as old as can be.
        var kept = await browser.SubmitFiles($"/conversations/{number}", $"/conversations/{number}/reply", $"/conversations/{number}/draft/files", [("text", ""), ("age", "1900000000000"), ("scripted", "yes")], ("one.txt", "text/plain", "1"u8.ToArray()));
        Assert.Single(kept.Is(200).Document.QuerySelectorAll("li"));
    }

    [Theory, EveryDatabase]
    public async Task A_file_from_a_window_with_older_words_leaves_the_newer_ones(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var browser = await server.SignedIn();
        (await DraftTests.Save(browser, number, "reply", "The newer words.")).Is(200);

        (await browser.SubmitFiles($"/conversations/{number}", $"/conversations/{number}/reply", $"/conversations/{number}/draft/files", [("text", "The older words."), ("age", "60000"), ("scripted", "yes")], ("one.txt", "text/plain", "1"u8.ToArray()))).Is(200);
        var page = (await browser.Get($"/conversations/{number}")).Document;
        Assert.Equal("The newer words.", page.QuerySelector("textarea[data-write=reply]")!.TextContent);
        Assert.Single(page.QuerySelectorAll(".composer-files button"));
    }

    [Theory, EveryDatabase]
    public async Task Too_many_and_too_large_files_are_refused_and_the_draft_stays(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var browser = await server.SignedIn();
        (await Upload(browser, number, "Words.", ("large.bin", "application/octet-stream", new byte[20 * 1024 * 1024]))).Is(200);

        var large = await Upload(browser, number, "Words.", ("more.bin", "application/octet-stream", new byte[6 * 1024 * 1024]));
        Assert.Contains("more than 25 MB", large.Is(422).Html, StringComparison.Ordinal);
        Assert.Single(large.Document.QuerySelectorAll("li"));
        var many = await Upload(browser, number, "Words.", [.. Enumerable.Range(0, Files.Most).Select(i => ($"{i}.txt", "text/plain", "x"u8.ToArray()))]);
        Assert.Contains("At most 20", many.Is(422).Html, StringComparison.Ordinal);

        var whole = await browser.SubmitFiles($"/conversations/{number}", $"/conversations/{number}/reply", $"/conversations/{number}/draft/files", [("scripted", "yes")], ("huge.bin", "x/y", new byte[40 * 1024 * 1024]));
        Assert.Equal(413, whole.Status);
    }

    [Theory, EveryDatabase]
    public async Task A_program_sends_files_in_base64(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var reply = $"/api/v1/conversations/{number}/replies";
        var sent = (await server.Api.Post(reply, new { text = "Here.", attachments = new[] { new { name = "../a.txt", type = "text/plain", content = Convert.ToBase64String("abc"u8) } } })).Is(200).Json;
        var file = sent.Items("entries")[^1].Items("attachments").Single();
        Assert.Equal(("a.txt", "text/plain", 3), (file.Text("name"), file.Text("type"), file.GetProperty("size").GetInt32()));
        Assert.Equal("abc"u8.ToArray(), (await server.Api.Get($"/api/v1/attachments/{file.GetProperty("id").GetInt64()}")).Is(200).Bytes);

        (await server.Api.Post(reply, new { text = "Here.", attachments = Enumerable.Repeat(new { name = "a", content = "" }, 21) })).IsProblem(422, "files.too-many");
        (await server.Api.Post(reply, new { text = "Here.", attachments = new[] { new { name = "a", content = Convert.ToBase64String(new byte[(25 * 1024 * 1024) + 1]) } } })).IsProblem(422, "files.too-large");
        (await server.Api.PostText(reply, """{"text":"Here.","attachments":[{"name":"a","content":"%%%"}]}""")).IsProblem(400, "request.malformed");
    }

    [Theory, EveryDatabase]
    public async Task Pictures_of_customers_are_shown_only_when_their_bytes_are_pictures(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(Mail(("photo.png", "image/png", Png, "p1"), ("trick.png", "image/png", Html, "p2"), ("page.html", "text/html", Html, null)));
        using var browser = await server.SignedIn();
        var page = (await browser.Get($"/conversations/{number}")).Document;
        var addresses = page.QuerySelectorAll(".pictures img").Select(img => img.GetAttribute("src")!).ToList();
        Assert.Equal(2, addresses.Count); // by their types; the page reads no mail
        Assert.Equal(3, page.QuerySelectorAll(".files a").Length);

        var photo = await browser.Fetch(addresses[0]);
        Assert.Equal((200, "image/png"), (photo.Status, photo.Type));
        Assert.Contains("default-src 'none'", photo.Policy, StringComparison.Ordinal);
        Assert.Equal(404, (await browser.Fetch(addresses[1])).Status);

        var entry = (await server.Api.Entries(number, "message")).Single().GetProperty("id").GetInt64();
        var frame = await browser.Get($"/conversations/{number}/entries/{entry}/html");
        Assert.Equal([$"data:image/png;base64,{Convert.ToBase64String(Png)}", null], frame.Document.QuerySelectorAll("img").Select(img => img.GetAttribute("src")));
    }

    [Fact]
    public void Only_our_own_files_are_pictures_among_the_words()
    {
        Assert.Equal("<p><img src=\"/x/7\" alt=\"b\" /></p>\n", Markdown.ToHtml("![b](file:7)", id => "/x/" + id));
        Assert.Equal("<p>b</p>\n", Markdown.ToHtml("![b](file:7)"));
        Assert.Equal("<p><a href=\"https://attacker.example/seen.png\">b</a></p>\n", Markdown.ToHtml("![b](https://attacker.example/seen.png)", id => "/x/" + id));
        Assert.Equal("<p>b</p>\n", Markdown.ToHtml("![b](data:image/png;base64,AA)", id => "/x/" + id));
    }

    private static Task<Page> Upload(Browser browser, long number, string text, params (string Name, string Type, byte[] Content)[] files) =>
        browser.SubmitFiles($"/conversations/{number}", $"/conversations/{number}/reply", $"/conversations/{number}/draft/files", [("text", text), ("scripted", "yes")], files);

    private static TestMail Mail(params (string Name, string Type, byte[] Content, string? Id)[] files)
    {
        var body = new StringBuilder("--b\nContent-Type: text/html\n\n<p>Look</p><img src=\"cid:p1\"><img src=\"cid:p2\">\n");
        foreach (var (name, type, content, id) in files)
        {
            body.Append(System.Globalization.CultureInfo.InvariantCulture, $"--b\nContent-Type: {type}; name=\"{name}\"\nContent-Transfer-Encoding: base64\n{(id is null ? "Content-Disposition: attachment\n" : $"Content-ID: <{id}>\n")}\n{Convert.ToBase64String(content)}\n");
        }

        return TestMail.FromSomebodyNew() with { More = ["MIME-Version: 1.0", "Content-Type: multipart/related; boundary=b"], Text = body.Append("--b--").ToString() };
    }
}
