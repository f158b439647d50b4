using System.Globalization;
using System.Net.Http.Headers;
using Heliotrope.Core.People;
using Heliotrope.Server.Shell;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Shell;

public sealed class LanguageTests(SharedServers servers) : IClassFixture<SharedServers>
{
    [Fact]
    public async Task A_person_chooses_a_language_and_goes_back()
    {
        var server = await servers.On(Engine.Sqlite);
        using var desk = await server.SignedIn(Role.Admin);
        Assert.Contains("Everyone who can sign in.", (await desk.Get("/settings")).Text(), StringComparison.Ordinal);

        var chosen = await desk.Submit("/settings?x=1", "/language", ("language", "de"));
        Assert.Equal((302, "/settings?x=1"), (chosen.Status, chosen.Location));
        foreach (var (path, words) in new[] { ("/conversations", "Braucht einen Menschen"), ("/settings", "Schlüssel für Programme"), ("/happiness", "Zufriedenheit"), ("/outbox", "Postausgang"), ("/nowhere", "An dieser Adresse ist nichts.") })
        {
            var page = await desk.Get(path);
            Assert.Equal("de", page.Document.DocumentElement.GetAttribute("lang"));
            Assert.Contains(words, page.Text(), StringComparison.Ordinal);
        }

        await desk.Submit("/conversations", "/language", ("language", "en"));
        var english = await desk.Get("/conversations");
        Assert.Equal("en", english.Document.DocumentElement.GetAttribute("lang"));
        Assert.Contains("Needs a person", english.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de", "de", "Am Schreibtisch anmelden")]
    [InlineData("de-AT,de;q=0.9,en;q=0.5", "de", "Am Schreibtisch anmelden")]
    [InlineData("tlh, de;q=0.3", "de", "Am Schreibtisch anmelden")]
    [InlineData("en-GB,en;q=0.9,de;q=0.5", "en", "Sign in to the desk")]
    [InlineData("fr", "en", "Sign in to the desk")]
    [InlineData("*", "en", "Sign in to the desk")]
    [InlineData(";;q=,", "en", "Sign in to the desk")]
    [InlineData(null, "en", "Sign in to the desk")]
    public async Task Without_a_choice_the_browser_is_asked_and_then_it_is_English(string? asks, string language, string words)
    {
        var page = await Get(await servers.On(Engine.Sqlite), "/sign-in", asks);
        Assert.Equal(language, page.Document.DocumentElement.GetAttribute("lang"));
        Assert.Contains(words, page.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_choice_counts_before_what_the_browser_asks_for_and_an_unknown_one_counts_for_nothing()
    {
        var server = await servers.On(Engine.Sqlite);
        Assert.Contains("Sign in to the desk", (await Get(server, "/sign-in", "de", "c=en|uic=en")).Text(), StringComparison.Ordinal);
        foreach (var odd in new[] { "c=tlh|uic=tlh", "nonsense", "c=../../x|uic=..", "" })
        {
            Assert.Contains("Am Schreibtisch anmelden", (await Get(server, "/sign-in", "de", odd)).Text(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_cookie_holds_a_known_language_and_no_script_reads_it()
    {
        var server = await servers.On(Engine.Sqlite);
        using var stranger = server.NewBrowser();
        var cookie = Assert.Single((await stranger.Submit("/sign-in", "/language", ("language", "de"))).Cookies, c => c.StartsWith(Languages.Cookie, StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Am Schreibtisch anmelden", (await stranger.Get("/sign-in")).Text(), StringComparison.Ordinal);

        foreach (var unknown in new[] { "tlh", "de-AT", "DE\r\nX: y", "" })
        {
            Assert.DoesNotContain((await stranger.Submit("/sign-in", "/language", ("language", unknown))).Cookies, c => c.StartsWith(Languages.Cookie, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Where_the_desk_is_on_https_the_cookie_stays_there()
    {
        await using var server = await TestServer.Start(Engine.Sqlite, publicUrl: "https://desk.example");
        using var stranger = server.NewBrowser();
        var sent = await stranger.Submit("/sign-in", "/language", ("language", "de"));

        Assert.Contains("secure", Assert.Single(sent.Cookies, c => c.StartsWith(Languages.Cookie, StringComparison.Ordinal)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_choice_leads_to_no_other_server_and_is_taken_from_our_own_form_alone()
    {
        var server = await servers.On(Engine.Sqlite);
        using var stranger = server.NewBrowser();
        var token = (await stranger.Get("/sign-in")).Document.QuerySelector("form[action='/language'] input[name^=__]")!;
        foreach (var away in new[] { "https://evil.example/", "//evil.example", "/\\evil.example", "evil", "" })
        {
            var sent = await stranger.Post("/language", (token.GetAttribute("name")!, token.GetAttribute("value")!), ("language", "en"), ("back", away));
            Assert.Equal((302, "/"), (sent.Status, sent.Location));
        }

        Assert.Equal(400, (await stranger.Post("/language", ("language", "de"))).Status);
        Assert.Equal(405, (await stranger.Get("/language")).Status);
    }

    [Fact]
    public async Task Programs_hear_English_whatever_they_ask_for()
    {
        var server = await servers.On(Engine.Sqlite);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Url, "/api/v1/conversations"));
        request.Headers.AcceptLanguage.ParseAdd("de");
        using var refused = await http.SendAsync(request);
        Assert.Contains("key", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("Schlüssel", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("en", (await Get(server, "/api", "de", "c=de|uic=de")).Document.DocumentElement.GetAttribute("lang"));

        using var asked = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Url, "/api/v1/conversations?limit=0"));
        asked.Headers.AcceptLanguage.ParseAdd("de");
        asked.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await server.NewKey(Role.Agent));
        using var answer = await http.SendAsync(asked);
        Assert.Contains("The limit is between", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_told_in_the_persons_language()
    {
        var server = await servers.On(Engine.Sqlite);
        var number = await server.Receive(new TestMail { Text = "Guten Tag, die Mühle läuft nicht mehr und ich weiß nicht, was ich noch tun kann." });
        using var desk = await server.SignedIn(Role.Admin);
        await desk.Submit("/conversations", "/language", ("language", "de"));

        var again = await desk.Submit($"/conversations/{number}", $"/conversations/{number}/reply", ("text", " "));
        Assert.Equal(422, again.Status);
        Assert.Contains("Die Antwort hat keine Worte.", again.Text(), StringComparison.Ordinal);
        Assert.Contains("Schreibt Deutsch", again.Text(), StringComparison.Ordinal);
        Assert.Equal("/conversations", again.Document.QuerySelector("form[action='/language'] input[name=back]")!.GetAttribute("value")); // the form's own address shows nothing
        Assert.Contains("Die Zahl der Tage", (await desk.Submit("/settings", "/settings/silence", ("days", "0"))).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_went_wrong_is_told_in_the_persons_language_and_by_what_it_is()
    {
        var server = await servers.On(Engine.Sqlite);
        using var desk = await server.SignedIn();
        await desk.Submit("/conversations", "/language", ("language", "de"));

        Assert.Contains("So ließ sich das nicht annehmen.", (await desk.Post("/language", ("language", "de"))).Text(), StringComparison.Ordinal);
        Assert.Contains("Hier gibt es nichts zu sehen.", (await desk.Get("/sign-out")).Text(), StringComparison.Ordinal);
        Assert.Contains("Dieser Bereich ist nicht offen.", (await desk.Get("/settings")).Text(), StringComparison.Ordinal);
        Assert.Contains("Das ist zu groß.", (await desk.PostRaw("/language", new string('x', 3 * 1024 * 1024), "application/x-www-form-urlencoded")).Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public async Task Each_status_has_words(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var headings = new HashSet<string>();
        foreach (var status in new[] { 400, 403, 404, 405, 409, 413, 429, 500, 503 })
        {
            var page = await Rendered.Html<StatusPage>(new() { ["Status"] = status });
            Assert.DoesNotContain("status.", page, StringComparison.Ordinal);
            Assert.True(headings.Add(page.Split("<h1>")[1].Split("</h1>")[0]), $"{status} says what another one says.");
        }

        // A customer is not sent to the desk.
        Assert.DoesNotContain("/conversations", await Rendered.Html<StatusPage>(new() { ["Status"] = 400, ["Customer"] = true }), StringComparison.Ordinal);
    }

    private static async Task<Infrastructure.Page> Get(TestServer server, string path, string? asks, string? cookie = null)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Url, path));
        if (asks is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Language", asks);
        }

        if (cookie is not null)
        {
            request.Headers.TryAddWithoutValidation("Cookie", $"{Languages.Cookie}={Uri.EscapeDataString(cookie)}");
        }

        using var response = await http.SendAsync(request);
        return await Infrastructure.Page.Of(response);
    }
}

file static class Reading
{
    /// <summary>What a person reads: the source may write letters as numbers.</summary>
    public static string Text(this Infrastructure.Page page) => page.Document.Body!.TextContent;
}
