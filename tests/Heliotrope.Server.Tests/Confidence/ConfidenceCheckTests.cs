using System.Text.Json;
using AngleSharp.Dom;
using Heliotrope.Server.Confidence;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Confidence;

public sealed class ConfidenceCheckTests(SharedServers servers) : IClassFixture<SharedServers>
{
    [Theory]
    [EveryDatabase("Hello, my grinder does not start and I have no idea what to do with it.", "en")]
    [EveryDatabase("Hallo, meine Mühle startet nicht und ich habe keine Ahnung, was ich tun soll.", "de")]
    [EveryDatabase("Bonjour, mon moulin ne démarre pas et je ne sais pas que faire avec cette machine.", "fr")]
    public async Task The_resolving_reply_is_followed_by_the_questions_in_the_customers_language(Engine engine, string words, string language)
    {
        var asked = await Asked.On(await servers.On(engine), words);
        var mails = await asked.Server.Api.Outbox(asked.Number);
        Assert.Equal(["reply", "confidence"], mails.Select(m => m.Text("kind")));
        Assert.All(mails, m => Assert.Equal(asked.Mail.Author, m.Text("to")));

        var texts = ConfidenceWords.Texts(language, "Heliotrope", "", "", "");
        Assert.Contains(texts.ResolvedQuestion, asked.Words, StringComparison.Ordinal);
        using var browser = asked.Server.NewBrowser();
        var page = await browser.Get(asked.Path);
        Assert.Equal(200, page.Status);
        Assert.Equal(language, page.Document.DocumentElement.GetAttribute("lang"));
        Assert.Contains(texts.AgainQuestion, page.Document.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task The_page_is_a_form_that_needs_neither_cookie_nor_script(Engine engine)
    {
        var asked = await Asked.On(await servers.On(engine));
        using var browser = asked.Server.NewBrowser();
        var page = await browser.Get(asked.Path);
        Assert.Empty(page.Cookies);
        Assert.Empty(page.Document.QuerySelectorAll("script"));
        var form = page.Document.QuerySelector("form#confidence")!;
        Assert.Equal("post", form.GetAttribute("method"));
        foreach (var name in new[] { "resolved", "again" })
        {
            Assert.Equal(["yes", "no"], form.QuerySelectorAll($"input[type=radio][name={name}]").Select(r => r.GetAttribute("value")));
            Assert.Empty(form.QuerySelectorAll($"input[name={name}][checked]"));
        }

        Assert.NotNull(form.QuerySelector("textarea[name=comment]"));
        var posted = await asked.Answer("yes", "yes");
        Assert.Equal(200, posted.Status);
        Assert.Empty(posted.Cookies);
        Assert.Empty(posted.Document.QuerySelectorAll("script"));
    }

    [Theory]
    [EveryDatabase("yes", "confirmed")]
    [EveryDatabase("no", "not-again")]
    public async Task The_same_answer_sent_twice_counts_once(Engine engine, string again, string code)
    {
        var asked = await Asked.On(await servers.On(engine));
        var pages = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => asked.Answer("yes", again, "Fine.")));
        Assert.All(pages, page => Assert.Equal(200, page.Status));
        Assert.Equal(["resolved", code], await asked.Server.Api.Events(asked.Number));
    }

    [Theory, EveryDatabase]
    public async Task Opening_the_link_answers_nothing_however_often(Engine engine)
    {
        var asked = await Asked.On(await servers.On(engine));
        using var browser = asked.Server.NewBrowser();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(200, (await browser.Get(asked.Path)).Status);
        }

        using var scanner = new ApiClient(asked.Server.Url, null);
        (await scanner.Send(new HttpRequestMessage(HttpMethod.Head, asked.Path))).Is(405);
        Assert.Equal(200, (await browser.Get(asked.Path + "?resolved=yes&again=no")).Status);
        var conversation = await asked.Conversation();
        Assert.Equal("resolved", conversation.Text("state"));
        Assert.Equal(JsonValueKind.Null, conversation.GetProperty("happiness").GetProperty("answers").ValueKind);
        Assert.Equal(["resolved"], await asked.Server.Api.Events(asked.Number));
    }

    [Theory, EveryDatabase]
    public async Task Both_yes_confirms_and_stops_the_clock(Engine engine)
    {
        var asked = await Asked.On(await servers.On(engine));
        var page = await asked.Answer("yes", "yes", "Lovely.");
        Assert.Equal(200, page.Status);
        var conversation = await asked.Conversation();
        Assert.Equal("confirmed", conversation.Text("state"));
        var happiness = conversation.GetProperty("happiness");
        Assert.Equal("confirmed", happiness.Text("kind"));
        var took = happiness.GetProperty("endedAt").GetDateTimeOffset() - happiness.GetProperty("startedAt").GetDateTimeOffset();
        Assert.True(took > TimeSpan.Zero);
        Assert.Equal(took.TotalSeconds, happiness.GetProperty("seconds").GetDouble(), 3);
        var answers = happiness.GetProperty("answers");
        Assert.Equal(["resolved", "again", "comment"], answers.Names());
        Assert.True(answers.GetProperty("resolved").GetBoolean() && answers.GetProperty("again").GetBoolean());
        Assert.Equal("Lovely.", answers.Text("comment"));
    }

    [Theory]
    [EveryDatabase("no", "yes", "not-resolved")]
    [EveryDatabase("yes", "no", "not-again")]
    [EveryDatabase("no", "no", "not-resolved")]
    public async Task A_no_opens_it_on_top_with_what_they_wrote(Engine engine, string resolved, string again, string code)
    {
        var asked = await Asked.On(await servers.On(engine));
        await asked.Server.Receive(TestMail.FromSomebodyNew());
        Assert.Equal(200, (await asked.Answer(resolved, again, "It broke <b>again</b>.")).Status);

        var conversation = await asked.Conversation();
        Assert.Equal(("open", "unhappy"), (conversation.Text("state"), conversation.GetProperty("happiness").Text("kind")));
        var told = conversation.Items("entries")[^1];
        Assert.Equal((code, "It broke <b>again</b>."), (told.Text("text"), told.Text("detail")));

        using var desk = await asked.Server.SignedIn();
        var rows = (await desk.Get("/conversations")).Document.QuerySelectorAll("a.row");
        static string Why(IElement row) => row.QuerySelector(".row-why")!.TextContent.Split(',')[0].Trim(); // what follows is when it is due
        var saidNo = rows.TakeWhile(r => Why(r) == Why(rows[0])).Select(r => r.GetAttribute("href")!.Split('?')[0]);
        Assert.Contains($"/conversations/{asked.Number}", saidNo);
        Assert.Contains("It broke <b>again</b>.", (await desk.Get($"/conversations/{asked.Number}")).Document.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Thanks_leave_it_resolved_and_a_question_opens_it(Engine engine)
    {
        var asked = await Asked.On(await servers.On(engine));
        Assert.Equal(asked.Number, await asked.Server.Receive(asked.Mail.Answer("Thank you so much, it works!", asked.ReplyId)));
        var conversation = await asked.Conversation();
        Assert.Equal(("resolved", "thanked"), (conversation.Text("state"), conversation.GetProperty("happiness").Text("kind")));

        Assert.Equal(asked.Number, await asked.Server.Receive(asked.Mail.Answer("Thank you. But how do I clean it?", asked.ReplyId)));
        conversation = await asked.Conversation();
        Assert.Equal("open", conversation.Text("state"));
        Assert.Equal(JsonValueKind.Null, conversation.GetProperty("happiness").GetProperty("kind").ValueKind);
        Assert.Contains("reopened", await asked.Server.Api.Events(asked.Number));
    }

    [Theory, EveryDatabase]
    public async Task A_person_is_one_action_away(Engine engine)
    {
        var asked = await Asked.On(await servers.On(engine));
        using var browser = asked.Server.NewBrowser();
        var page = await browser.Submit(asked.Path, asked.Path + "/person");
        Assert.Equal(200, page.Status);
        await browser.Post(asked.Path + "/person");
        Assert.Equal("open", (await asked.Conversation()).Text("state"));
        Assert.Single(await asked.Server.Api.Events(asked.Number), e => e == "asked-for-person");
    }

    [Theory, EveryDatabase]
    public async Task A_form_half_filled_in_counts_for_nothing_and_says_what_is_missing(Engine engine)
    {
        var asked = await Asked.On(await servers.On(engine));
        foreach (var (resolved, again) in new[] { ("", "yes"), ("yes", ""), ("maybe", "yes"), ("YES", "yes") })
        {
            var page = await asked.Answer(resolved, again, "My words");
            Assert.Equal(422, page.Status);
            Assert.Equal("My words", page.Document.QuerySelector("textarea[name=comment]")!.TextContent);
            Assert.NotNull(page.Document.QuerySelector("[role=alert]"));
        }

        Assert.Equal("resolved", (await asked.Conversation()).Text("state"));
    }

    [Theory, EveryDatabase]
    public async Task A_later_answer_replaces_the_earlier_one_from_any_state(Engine engine)
    {
        var asked = await Asked.On(await servers.On(engine));
        await asked.Answer("no", "no", "Still broken.");
        Assert.Equal("open", (await asked.Conversation()).Text("state"));
        await asked.Answer("yes", "yes", "Now it works.");
        var conversation = await asked.Conversation();
        Assert.Equal(("confirmed", "confirmed"), (conversation.Text("state"), conversation.GetProperty("happiness").Text("kind")));
        Assert.Equal("Now it works.", conversation.GetProperty("happiness").GetProperty("answers").Text("comment"));

        // What was answered is shown when the link is opened again.
        using var browser = asked.Server.NewBrowser();
        Assert.Equal("Now it works.", (await browser.Get(asked.Path)).Document.QuerySelector("textarea[name=comment]")!.TextContent);

        await asked.Server.Api.Post($"/api/v1/conversations/{asked.Number}/replies", new { text = "One more thing." });
        Assert.Equal("waiting", (await asked.Conversation()).Text("state"));
        await asked.Answer("yes", "no");
        Assert.Equal(("open", "unhappy"), ((await asked.Conversation()).Text("state"), (await asked.Conversation()).GetProperty("happiness").Text("kind")));
    }

    [Theory, EveryDatabase]
    public async Task A_link_that_nobody_was_given_leads_nowhere(Engine engine)
    {
        var asked = await Asked.On(await servers.On(engine));
        using var browser = asked.Server.NewBrowser();
        foreach (var path in new[] { "/confidence/unknown", asked.Path[..^1], asked.Path + "a", $"/confidence/{asked.Number}" })
        {
            Assert.Equal(404, (await browser.Get(path)).Status);
            Assert.Equal(404, (await browser.Post(path, ("resolved", "no"), ("again", "no"), ("comment", ""))).Status);
            Assert.Equal(404, (await browser.Post(path + "/person")).Status);
        }

        Assert.Equal("resolved", (await asked.Conversation()).Text("state"));
    }

    [Theory, EveryDatabase]
    public async Task A_link_works_for_thirty_days_and_no_longer(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var asked = await Asked.On(server);
        using var browser = server.NewBrowser();
        server.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(5));
        Assert.Equal(200, (await browser.Get(asked.Path)).Status);
        Assert.Equal(200, (await asked.Answer("no", "yes")).Status);
        server.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(404, (await browser.Get(asked.Path)).Status);
        Assert.Equal(404, (await asked.Answer("yes", "yes")).Status);
        Assert.Equal("open", (await asked.Conversation()).Text("state"));
    }

    [Theory, EveryDatabase]
    public async Task A_comment_is_kept_up_to_its_limit(Engine engine)
    {
        var asked = await Asked.On(await servers.On(engine));
        var comment = "ab " + new string('é', 20_000);
        Assert.Equal(200, (await asked.Answer("no", "no", comment)).Status);
        var kept = (await asked.Conversation()).GetProperty("happiness").GetProperty("answers").Text("comment");
        Assert.StartsWith("ab é", kept, StringComparison.Ordinal);
        Assert.True(kept.Length is > 9_000 and <= 10_000);
    }

    [Theory, EveryDatabase]
    public async Task The_mail_says_that_a_machine_sent_it_and_the_token_is_kept_as_a_hash_only(Engine engine)
    {
        var asked = await Asked.On(await servers.On(engine));
        var read = Heliotrope.Mail.Reading.MailReader.Read(System.Text.Encoding.ASCII.GetBytes(asked.Raw));
        Assert.Equal(["auto-generated"], read.Header("Auto-Submitted"));
        Assert.Equal([asked.ReplyId], read.InReplyTo);
        var token = asked.Path.Split('/')[^1];
        var hashes = await asked.Server.Store.Read(db => Task.FromResult(db.ConfidenceChecks.Select(c => c.TokenHash).ToList()));
        Assert.DoesNotContain(hashes, h => System.Text.Encoding.UTF8.GetString(h).Contains(token, StringComparison.Ordinal));
        Assert.DoesNotContain(token, (await asked.Server.Api.Get($"/api/v1/conversations/{asked.Number}")).Body, StringComparison.Ordinal);
    }
}
