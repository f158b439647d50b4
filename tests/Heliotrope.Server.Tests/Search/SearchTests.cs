using System.Text;
using System.Text.Json;
using Heliotrope.Core.People;
using Heliotrope.Server.Search;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Search;

public sealed class SearchTests
{
    private static TestMail WithFile(string name, string content) => TestMail.FromSomebodyNew() with
    {
        Subject = "Papers",
        More = ["MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=seam"],
        Text = string.Join('\n', "--seam", "Content-Type: text/plain; charset=utf-8", "", "See the file.",
            "--seam", $"Content-Type: text/plain; name=\"{name}\"", $"Content-Disposition: attachment; filename=\"{name}\"", "Content-Transfer-Encoding: base64", "",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(content)), "--seam--"),
    };

    private static async Task<JsonElement> Search(ApiClient api, string q, string more = "") => (await api.Get($"/api/v1/search?q={Uri.EscapeDataString(q)}{more}")).Is(200).Json;

    private static long[] Numbers(JsonElement found) => [.. found.Items("conversations").Select(c => c.GetProperty("number").GetInt64())];

    private static string Marked(JsonElement row, string name = "excerpt") => string.Join('|', row.Items(name).Where(p => p.GetProperty("marked").GetBoolean()).Select(p => p.Text("text")));

    [Theory, EveryDatabase]
    public async Task One_box_finds_people_conversations_notes_and_files(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var grinder = await server.Receive(new() { Subject = "Mühle kaputt", Text = "Hallo, die Größe passt nicht. The grinder does not start at all." });
        var invoice = await server.Receive(new() { From = "Grace Hopper <grace@navy.example>", Subject = "Invoice 4711", Text = "Please send it again, at once." });
        (await server.Api.Post($"/api/v1/conversations/{invoice}/notes", new { text = "Her grinder is under warranty" })).Is(200);
        var papers = await server.Receive(WithFile("warranty-card.txt", "Serial number QX77 of the machine"));
        await server.Services.GetRequiredService<ReadFiles>().ReadSome(CancellationToken.None);

        var found = await Search(server.Api, "grinder");
        Assert.Equal([grinder], Numbers(found));
        Assert.Equal("grinder", Marked(found.Items("conversations")[0]));
        Assert.Equal(invoice, Assert.Single(found.Items("notes")).GetProperty("conversation").GetInt64());
        Assert.Equal("grinder", Marked(found.Items("notes")[0]));
        Assert.Empty(found.Items("customers"));

        Assert.Equal([grinder], Numbers(await Search(server.Api, "GRÖßE muhle")));
        Assert.Equal([grinder], Numbers(await Search(server.Api, "größ")));
        Assert.Equal([grinder], Numbers(await Search(server.Api, "\"does not start\"")));
        Assert.Empty(Numbers(await Search(server.Api, "\"start not does\"")));
        Assert.Equal([grinder], Numbers(await Search(server.Api, "grinder lovelace")));
        Assert.Equal([invoice], Numbers(await Search(server.Api, "again -unheard")));
        Assert.Empty(Numbers(await Search(server.Api, "again -grinder")));
        Assert.Equal([invoice], Numbers(await Search(server.Api, "invoice from:grace")));
        Assert.Empty(Numbers(await Search(server.Api, "invoice from:ada")));
        Assert.Equal([invoice], Numbers(await Search(server.Api, "4711")));
        Assert.Equal(papers, Numbers(await Search(server.Api, $"#{papers}"))[0]);
        Assert.Equal([papers, invoice, grinder], Numbers(await Search(server.Api, "is:open")));

        Assert.Equal("Grace Hopper", Assert.Single((await Search(server.Api, "opper")).Items("customers")).Text("name"));
        Assert.Equal("grace@navy.example", Assert.Single((await Search(server.Api, "navy.ex")).Items("customers")).Text("address"));
        Assert.Equal("Grace Hopper", Assert.Single((await Search(server.Api, "gr hopper")).Items("customers")).Text("name"));

        var byName = Assert.Single((await Search(server.Api, "warranty card")).Items("files"));
        Assert.Equal("warranty|card", Marked(byName, "name"));
        var byText = Assert.Single((await Search(server.Api, "serial qx77")).Items("files"));
        Assert.Equal(papers, byText.GetProperty("conversation").GetInt64());
        Assert.Equal("Serial|QX77", Marked(byText));
    }

    [Theory, EveryDatabase]
    public async Task The_index_follows_whatever_changes(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(new() { Text = "The kettle hums." });
        var customer = (await server.Api.Conversation(number)).GetProperty("customer").GetProperty("id").GetInt64();
        Assert.Equal([number], Numbers(await Search(server.Api, "kettle")));

        await server.Store.Write(db => db.Conversations.Where(c => c.Number == number).ExecuteUpdateAsync(set => set.SetProperty(c => c.Subject, "Samovar")), CancellationToken.None);
        Assert.Equal([number], Numbers(await Search(server.Api, "samovar kettle")));
        Assert.Empty(Numbers(await Search(server.Api, "grinder")));

        await server.Store.Write(db => db.Customers.Where(c => c.Id == customer).ExecuteUpdateAsync(set => set.SetProperty(c => c.Name, "Augusta King")), CancellationToken.None);
        Assert.Equal([number], Numbers(await Search(server.Api, "kettle augusta")));
        Assert.Single((await Search(server.Api, "augusta")).Items("customers"));
        Assert.Empty((await Search(server.Api, "lovelace")).Items("customers"));
        Assert.Single((await Search(server.Api, "ada@client")).Items("customers"));

        await server.Store.Write(async db =>
        {
            await db.Conversations.Where(c => c.Number == number).ExecuteDeleteAsync();
            return await db.Customers.Where(c => c.Id == customer).ExecuteDeleteAsync();
        }, CancellationToken.None);
        var none = await Search(server.Api, "kettle");
        Assert.Empty(Numbers(none));
        Assert.Empty((await Search(server.Api, "augusta")).Items("customers"));
        Assert.Equal(0, await server.Store.Read(db => db.EntriesThatSay(Core.Search.Sought.Of(Core.Search.Query.Read("kettle").Words)).CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Page_after_page_each_conversation_comes_once(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var numbers = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            var mail = TestMail.FromSomebodyNew();
            numbers.Add(await server.Receive(mail));
            await server.Receive(mail.Answer("The grinder again", mail.MessageId));
        }

        var first = await Search(server.Api, "grinder", "&limit=2");
        var second = await Search(server.Api, "grinder", $"&limit=2&after={first.Text("next")}");
        var third = await Search(server.Api, "grinder", $"&limit=2&after={second.Text("next")}");
        Assert.Equal(Enumerable.Reverse(numbers), [.. Numbers(first), .. Numbers(second), .. Numbers(third)]);
        Assert.Equal("null", third.Text("next"));

        var listed = await Search(server.Api, "is:open", "&limit=3");
        Assert.Equal(Enumerable.Reverse(numbers), [.. Numbers(listed), .. Numbers(await Search(server.Api, "is:open", $"&limit=3&after={listed.Text("next")}"))]);
        (await server.Api.Get("/api/v1/search?q=grinder&after=nowhere")).IsProblem(422, "after.malformed");
        (await server.Api.Get("/api/v1/search?q=grinder&limit=0")).IsProblem(422, "limit.out-of-range");
    }

    [Theory, EveryDatabase]
    public async Task No_text_breaks_the_search_or_the_intake(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.Receive(TestMail.FromSomebodyNew() with { Text = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"w{i}é{i} ")) });
        await server.Receive(TestMail.FromSomebodyNew() with { Text = new string('x', 5_000) + " " + string.Concat(Enumerable.Repeat("\ud83d\ude00\u0301 ", 50)) });
        string[] odd = ["AND", "OR NOT NEAR", "a* ^b c:d {e} (f)", "\"", "'; DROP TABLE entries; --", "100%", "_", "%", "!", "\\", "x & y | z <-> !w", "\ud83d\ude00", "é\u0301", "ß", "İ", "中文", "-a", "-\"", "text:a", "is:", "from:% from:_ from:!", "from:\"'\"", "a\0b", new string('a', 3000), "w59999"];
        foreach (var q in odd)
        {
            await Search(server.Api, q);
            (await server.Api.Get($"/api/v1/search/suggestions?q={Uri.EscapeDataString(q)}")).Is(200);
        }
    }

    [Theory, EveryDatabase]
    public async Task What_a_private_team_has_is_not_found_counted_completed_or_hinted_at(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var lead = await server.ApiAs(Role.Lead);
        (await server.Api.Post("/api/v1/teams", new { name = "Confidants", zone = "UTC", hours = "Mon-Sun 00:00-24:00", firstAnswerMinutes = 30, nextAnswerMinutes = 30, @private = true })).Is(200);
        var hidden = await server.Receive(WithFile("salary.txt", "Harassment report") with { From = "Charles Babbage <charles@engine.example>", Subject = "Confession" });
        (await server.Api.Post($"/api/v1/conversations/{hidden}/notes", new { text = "Confession noted" })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{hidden}/tags", new { add = new[] { "whistle" } })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{hidden}/team", new { team = "Confidants" })).Is(200);
        await server.Services.GetRequiredService<ReadFiles>().ReadSome(CancellationToken.None);

        string[] asked = ["confession", "salary", "harassment", "babbage", "charles@engine", $"#{hidden}", $"number:{hidden}", "is:open", "team:Confidants", "tag:whistle", "from:babbage", "-nothing", "has:note"];
        foreach (var q in asked)
        {
            Assert.True(Found(await Search(server.Api, q)) > 0, q);
            var seen = await Search(lead, q);
            Assert.True(Found(seen) == 0, $"{q}: {seen}");
            Assert.Equal("null", seen.Text("next"));
        }

        foreach (var q in new[] { "team:Conf", "tag:whi", "from:babb", "customer:char" })
        {
            Assert.NotEmpty((await server.Api.Get($"/api/v1/search/suggestions?q={q}")).Is(200).Json.Items("items"));
            Assert.Empty((await lead.Get($"/api/v1/search/suggestions?q={q}")).Is(200).Json.Items("items"));
        }
    }

    [Theory, EveryDatabase]
    public async Task The_page_works_without_a_script_and_says_what_it_did_not_understand(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(new() { Subject = "<b>My</b> grinder", Text = "It <script>does</script> not start" });
        using var desk = await server.SignedIn();

        var page = (await desk.Get("/search?q=grinder+is:opne+start")).Is(200).Document;
        Assert.Equal("grinder is:opne start", page.QuerySelector("#search-q")!.GetAttribute("value"));
        Assert.Contains("opne", page.QuerySelector("#search-problems li")!.TextContent, StringComparison.Ordinal);
        var row = page.QuerySelector("[aria-labelledby=found-conversations] a[data-row]")!;
        Assert.StartsWith($"/conversations/{number}#entry-", row.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal("<b>My</b> grinder", row.TextContent);
        Assert.Equal("start", page.QuerySelector(".excerpt mark")!.TextContent);
        Assert.Null(page.QuerySelector("main script"));
        Assert.Contains("Nothing was found", (await desk.Get("/search?q=unheard")).Is(200).Html, StringComparison.Ordinal);
        Assert.NotNull((await desk.Get("/search")).Is(200).Document.QuerySelector("#search-q"));
        Assert.NotNull((await desk.Get("/search?q=grinder&after=nowhere")).Is(200).Document.QuerySelector("a[data-row]"));

        var frame = (await desk.Get("/search/found?q=grin")).Is(200).Document;
        Assert.NotNull(frame.QuerySelector("turbo-frame#search-found a[data-row]"));
        Assert.Equal(["is:"], Texts(await server.Api.Get("/api/v1/search/suggestions?q=is")));
        Assert.Equal(["open", "overdue"], Texts(await server.Api.Get("/api/v1/search/suggestions?q=grinder+is:o")));
        Assert.Equal(["\"Ada Lovelace\""], Texts(await server.Api.Get("/api/v1/search/suggestions?q=from:love&at=9")));
    }

    private static int Found(JsonElement found) => new[] { "customers", "conversations", "notes", "files" }.Sum(group => found.Items(group).Length);

    private static string[] Texts(ApiAnswer answer) => [.. answer.Is(200).Json.Items("items").Select(i => i.Text("text"))];
}
