using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Customers;

public sealed class ProfileTests
{
    [Theory, EveryDatabase]
    public async Task A_person_is_found_opened_and_changed_at_the_desk(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var desk = await server.SignedIn();
        Assert.Contains("Whoever writes to you is here from their first mail on.", (await desk.Get("/customers")).Html, StringComparison.Ordinal);
        var number = await server.Receive(new());
        var id = (await server.Api.Conversation(number)).GetProperty("customer").GetProperty("id").GetInt64();
        (await server.Api.Post($"/api/v1/customers/{id}/purchases", new { id = "o-1", at = "2026-11-01T10:00:00Z", what = "A kilo of beans", amount = 4990, currency = "EUR" })).Is(200);

        var list = await desk.Get("/customers?q=lovelace");
        Assert.Equal($"/customers/{id}", list.Document.QuerySelector("turbo-frame#found .ledger-what a")!.GetAttribute("href"));
        Assert.Contains("Nobody here has all of these words.", (await desk.Get("/customers?q=nobody")).Html, StringComparison.Ordinal);
        var page = await desk.Get($"/customers/{id}");
        Assert.Contains("They bought once, for 49.90", page.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("the grinder does not start", page.Html, StringComparison.Ordinal);
        Assert.Contains("a guess", page.Html, StringComparison.Ordinal);

        var fields = new (string, string)[] { ("name", "Ada King"), ("addresses", "ada@client.example\ncountess@client.example"), ("phones", ""), ("organisation", ""), ("zone", "Etc/GMT-1"), ("language", "en"), ("notes", "Likes numbers.") };
        Assert.Equal($"/customers/{id}", (await desk.Submit($"/customers/{id}", $"/customers/{id}", fields)).Location);
        page = await desk.Get($"/customers/{id}");
        Assert.Equal("Ada King", page.Document.QuerySelector("h1")!.TextContent);
        Assert.Contains("Likes numbers.", page.Html, StringComparison.Ordinal);
        var again = await desk.Submit($"/customers/{id}", $"/customers/{id}", [.. fields[..2], ("phones", "call me"), .. fields[3..]]);
        Assert.Equal(422, again.Status);
        Assert.Contains("call me", again.Document.QuerySelector("#customer-phones")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(422, (await desk.Submit($"/customers/{id}", $"/customers/{id}", [.. fields[..3], ("organisation", "Nobody & Co"), .. fields[4..]])).Status);
        Assert.Equal(404, (await desk.Get("/customers/77")).Status);

        var made = await desk.Submit("/customers/new", "/customers", ("name", ""), ("addresses", "new@client.example"), ("phones", ""), ("organisation", ""), ("zone", ""), ("language", ""), ("notes", ""));
        Assert.Equal("new@client.example", (await desk.Get(made.Location!)).Document.QuerySelector("h1")!.TextContent);
        Assert.Equal(422, (await desk.Submit("/customers/new", "/customers", ("name", ""), ("addresses", "ada@client.example"), ("phones", ""), ("organisation", ""), ("zone", ""), ("language", ""), ("notes", ""))).Status);
    }

    [Theory, EveryDatabase]
    public async Task A_light_colleague_sees_no_form(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.Receive(new());
        using var light = await server.SignedIn(Role.Light);
        var link = (await light.Get("/customers")).Document.QuerySelector(".ledger-what a")!.GetAttribute("href")!;
        Assert.Null((await light.Get(link)).Document.QuerySelector("#change-customer"));
        Assert.Equal(403, (await light.Get("/customers/new")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Who_has_the_same_phone_is_shown_as_perhaps_the_same_person(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var first = (await server.Api.Post("/api/v1/customers", new { name = "Ada", addresses = new[] { "ada@client.example" }, phones = new[] { "+49 30 123456" } })).Is(200).Json.GetProperty("id").GetInt64();
        (await server.Api.Post("/api/v1/customers", new { name = "Countess", addresses = new[] { "countess@client.example" }, phones = new[] { "0049 30 123456" } })).Is(200);
        using var desk = await server.SignedIn();
        var page = await desk.Get($"/customers/{first}");
        Assert.Contains("Perhaps the same person", page.Html, StringComparison.Ordinal);
        Assert.Contains("Countess", page.Html, StringComparison.Ordinal);
    }
}
