using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Infrastructure;
using Heliotrope.Server.Tests.Undo;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Customers;

public sealed class MergeTests
{
    [Theory, EveryDatabase]
    public async Task Two_become_one_with_everything_and_undo_leaves_every_row_as_it_was(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, countess) = await Two(server);
        var before = await Everything.In(server.Store.Engine);

        var preview = (await server.Api.Get($"/api/v1/customers/{countess}/merge?into={ada}")).Is(200).Json;
        Assert.Equal((2, 1, 1, 1), (preview.GetProperty("conversations").GetInt32(), preview.GetProperty("promises").GetInt32(), preview.GetProperty("purchases").GetInt32(), preview.GetProperty("events").GetInt32()));
        Assert.Contains(preview.Items("facts"), f => (f.Text("what"), f.Text("kept"), f.Text("lost")) == ("Plan", "Free", "Pro"));
        Assert.Equal(before, await Everything.In(server.Store.Engine));

        var merged = (await server.Api.Post($"/api/v1/customers/{countess}/merge", new { into = ada })).Is(200).Json;
        var now = merged.GetProperty("customer");
        Assert.Equal(["ada@client.example", "countess@client.example"], now.Items("addresses").Select(a => a.GetString()!));
        Assert.Equal(3, now.Items("conversations").Length);
        Assert.Equal("Free", now.Items("fields").Single(f => f.Text("name") == "Plan").Text("value"));
        Assert.Equal("12", now.Items("fields").Single(f => f.Text("name") == "Seats").Text("value"));
        Assert.Equal(["+49 30 123456", "+49 30 999999"], now.Items("phones").Select(p => p.GetString()!));
        Assert.Equal("Countess", now.Items("merged").Single().Text("name"));

        // The old id is a pointer, for everything.
        Assert.Equal(ada, (await server.Api.Get($"/api/v1/customers/{countess}")).Is(200).Json.GetProperty("id").GetInt64());
        Assert.Single((await server.Api.Get($"/api/v1/customers/{countess}/purchases")).Is(200).Json.Items("items"));
        Assert.Single((await server.Api.Get($"/api/v1/customers/{countess}/events")).Is(200).Json.Items("items"));
        Assert.Equal(1, await server.Store.Read(db => db.Customers.CountAsync()));
        (await server.Api.Post($"/api/v1/customers/{countess}/merge", new { into = ada })).IsProblem(422, "customer.merge-same");

        (await server.Api.Post($"/api/v1/undo/{merged.Text("undo")}")).Is(200);
        Assert.Equal(before, await Everything.In(server.Store.Engine));
    }

    [Theory, EveryDatabase]
    public async Task Whoever_was_merged_is_told_apart_again_under_the_old_id(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, countess) = await Two(server);
        (await server.Api.Post($"/api/v1/customers/{countess}/merge", new { into = ada })).Is(200);
        var later = await server.Receive(new() { From = "Countess <countess@client.example>", Subject = "Later" });

        var split = (await server.Api.Post($"/api/v1/customers/{ada}/split", new { addresses = new[] { "countess@client.example" } })).Is(200).Json;
        var other = split.GetProperty("other");
        Assert.Equal((countess, "Countess"), (other.GetProperty("id").GetInt64(), other.Text("name")));
        Assert.Contains(other.Items("conversations"), c => c.GetProperty("number").GetInt64() == later);
        Assert.Equal(3, other.Items("conversations").Length);
        Assert.Equal("Pro", other.Items("fields").Single(f => f.Text("name") == "Plan").Text("value"));
        Assert.Equal(["+49 30 123456", "+49 30 999999"], other.Items("phones").Select(p => p.GetString()!).Order(StringComparer.Ordinal));
        Assert.Single((await server.Api.Get($"/api/v1/customers/{countess}/purchases")).Is(200).Json.Items("items"));
        Assert.Single(split.GetProperty("customer").Items("conversations"));
        Assert.Empty(split.GetProperty("customer").Items("merged"));
        Assert.Equal(1, await server.Store.Read(db => db.Promises.CountAsync(p => p.CustomerId == countess)));
    }

    [Theory, EveryDatabase]
    public async Task An_address_becomes_somebody_new_with_what_began_from_it_and_that_can_be_taken_back(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(new());
        var id = (await server.Api.Conversation(number)).GetProperty("customer").GetProperty("id").GetInt64();
        (await server.Api.Post($"/api/v1/customers/{id}/addresses", new { address = "office@client.example" })).Is(200);
        var office = await server.Receive(new() { From = "Charles <office@client.example>", Subject = "The engine" });
        var before = await Everything.In(server.Store.Engine);

        (await server.Api.Post($"/api/v1/customers/{id}/split", new { addresses = new[] { "ada@client.example", "office@client.example" } })).IsProblem(422, "customer.split-addresses");
        (await server.Api.Post($"/api/v1/customers/{id}/split", new { addresses = new[] { "nobody@client.example" } })).IsProblem(422, "customer.split-addresses");
        (await server.Api.Post($"/api/v1/customers/{id}/split", new { })).IsProblem(422, "customer.split-addresses");
        var split = (await server.Api.Post($"/api/v1/customers/{id}/split", new { addresses = new[] { "office@client.example" } })).Is(200).Json;
        Assert.Equal("Charles", split.GetProperty("other").Text("name"));
        Assert.Equal([office], split.GetProperty("other").Items("conversations").Select(c => c.GetProperty("number").GetInt64()));
        Assert.Equal([number], split.GetProperty("customer").Items("conversations").Select(c => c.GetProperty("number").GetInt64()));
        (await server.Api.Post($"/api/v1/undo/{split.Text("undo")}")).Is(200);
        Assert.Equal(before, await Everything.In(server.Store.Engine));
    }

    [Theory, EveryDatabase]
    public async Task A_chain_of_merges_leads_to_the_last_one_and_comes_apart_in_any_order(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ids = new List<long>();
        foreach (var name in new[] { "one", "two", "three" })
        {
            ids.Add((await server.Api.Conversation(await server.Receive(new() { From = $"{name} <{name}@client.example>", Subject = name }))).GetProperty("customer").GetProperty("id").GetInt64());
        }

        (await server.Api.Post($"/api/v1/customers/{ids[0]}/merge", new { into = ids[1] })).Is(200);
        (await server.Api.Post($"/api/v1/customers/{ids[1]}/merge", new { into = ids[2] })).Is(200);
        Assert.Equal(ids[2], (await server.Api.Get($"/api/v1/customers/{ids[0]}")).Is(200).Json.GetProperty("id").GetInt64());

        Assert.Equal(ids[0], (await server.Api.Post($"/api/v1/customers/{ids[2]}/split", new { addresses = new[] { "one@client.example" } })).Is(200).Json.GetProperty("other").GetProperty("id").GetInt64());
        var second = (await server.Api.Post($"/api/v1/customers/{ids[2]}/split", new { addresses = new[] { "two@client.example" } })).Is(200).Json.GetProperty("other");
        Assert.Equal("two", Assert.Single(second.Items("conversations")).Text("subject"));
        Assert.Equal(3, await server.Store.Read(db => db.Customers.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Two_merges_at_once_and_mail_meanwhile_lose_nothing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, countess) = await Two(server);
        var merges = Task.WhenAll(server.Api.Post($"/api/v1/customers/{countess}/merge", new { into = ada }), server.Api.Post($"/api/v1/customers/{ada}/merge", new { into = countess }));
        var mails = Task.WhenAll(Enumerable.Range(0, 6).Select(i => server.Smtp(new TestMail { From = i % 2 == 0 ? "Ada <ada@client.example>" : "Countess <countess@client.example>", Subject = $"Meanwhile {i}" })));
        var sold = Task.WhenAll(Enumerable.Range(0, 4).Select(i => server.Api.Post($"/api/v1/customers/{countess}/purchases", new { id = $"m-{i}", at = "2026-11-01T10:00:00Z", what = "Beans", amount = 1, currency = "EUR" })));
        Assert.Contains(await merges, a => (int)a.Status == 200);
        await mails;
        Assert.All(await sold, a => a.Is(200));

        // A mail whose sender became somebody else while it was filed may wait in quarantine for a person: it is kept.
        var (customers, kept, purchases) = await server.Store.Read(async db => (await db.Customers.CountAsync(), await db.Conversations.CountAsync() + await db.Quarantine.CountAsync(), await db.Purchases.CountAsync()));
        Assert.Equal((1, 9, 5), (customers, kept, purchases));
    }

    [Theory, EveryDatabase]
    public async Task Only_who_works_here_merges_and_only_whom_there_is(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, countess) = await Two(server);
        using var light = await server.ApiAs(Role.Light);
        (await light.Post($"/api/v1/customers/{countess}/merge", new { into = ada })).IsProblem(403, "role.insufficient");
        (await light.Post($"/api/v1/customers/{countess}/split", new { addresses = new[] { "x@client.example" } })).IsProblem(403, "role.insufficient");
        (await server.Api.Post($"/api/v1/customers/{countess}/merge", new { into = 77 })).IsProblem(404, "customer.unknown");
        (await server.Api.Post("/api/v1/customers/77/merge", new { into = ada })).IsProblem(404, "customer.unknown");
        (await server.Api.Post($"/api/v1/customers/{ada}/merge", new { into = ada })).IsProblem(422, "customer.merge-same");
        (await server.Api.Post($"/api/v1/customers/{ada}/merge", new { })).IsProblem(422, "customer.merge-into");
    }

    [Theory, EveryDatabase]
    public async Task At_the_desk_the_other_is_looked_for_and_what_was_done_can_be_taken_back(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, countess) = await Two(server);
        using var desk = await server.SignedIn();
        var found = await desk.Get($"/customers/{countess}/merge?q=lovelace");
        var link = found.Document.QuerySelector("turbo-frame .ledger-what a")!.GetAttribute("href")!;
        Assert.Equal($"/customers/{countess}/merge?into={ada}", link);
        Assert.Contains("2 conversations", (await desk.Get(link)).Html, StringComparison.Ordinal);
        var merged = await desk.Submit(link, $"/customers/{countess}/merge", ("into", ada.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal($"/customers/{ada}", merged.Location);
        Assert.Equal($"/customers/{ada}", (await desk.Get($"/customers/{countess}")).Location);
        var split = await desk.Submit($"/customers/{ada}", $"/customers/{ada}/split", ("address", "countess@client.example"));
        Assert.Equal($"/customers/{countess}", split.Location);
    }

    [Fact]
    public async Task Everything_that_names_a_customer_moves()
    {
        await using var database = await TestDatabase.Create(Engine.Sqlite);
        await using var db = database.OpenEngine().Open();

        // What is new here hangs on a customer and must move with them (MovedRows), or say here why it need not.
        string[] moves = ["conversations", "customer_addresses", "customer_phones", "customer_field_values", "promises", "purchases", "product_events", "customer_merges", "imported_things", "life_events"];
        string[] stay = ["undo_rows"];
        var naming = db.Model.FindEntityType(typeof(Customer))!.GetReferencingForeignKeys().Select(f => f.DeclaringEntityType.GetTableName()!).Distinct();
        Assert.Equal(moves.Concat(stay).Order(StringComparer.Ordinal), naming.Order(StringComparer.Ordinal));
    }

    /// <summary>Ada, who wrote once, and Countess, who wrote twice, was promised something, bought and did something, and has fields and phones, one of them Ada's.</summary>
    private static async Task<(long Ada, long Countess)> Two(TestServer server)
    {
        (await server.Api.Post("/api/v1/fields", new { target = "customer", kind = "choice", name = "Plan", choices = new[] { "Free", "Pro" } })).Is(200);
        (await server.Api.Post("/api/v1/fields", new { target = "customer", kind = "number", name = "Seats" })).Is(200);
        var ada = await Id(server, await server.Receive(new()));
        var first = await server.Receive(new() { From = "Countess <countess@client.example>", Subject = "First" });
        await server.Receive(new() { From = "Countess <countess@client.example>", Subject = "Second" });
        var countess = await Id(server, first);
        (await server.Api.Post($"/api/v1/customers/{countess}/purchases", new { id = "o-1", at = "2026-11-01T10:00:00Z", what = "Beans", amount = 4990, currency = "EUR" })).Is(200);
        (await server.Api.Post($"/api/v1/customers/{countess}/events", new { events = new[] { new { id = "e-1", name = "opened", at = "2026-11-01T10:00:00Z" } } })).Is(200);
        (await CustomersTests.Patch(server.Api, $"/api/v1/customers/{ada}", new { phones = new[] { "+49 30 123456" }, fields = new { Plan = "Free" } })).Is(200);
        (await CustomersTests.Patch(server.Api, $"/api/v1/customers/{countess}", new { phones = new[] { "+49 30 123456", "+49 30 999999" }, zone = "Europe/Paris", notes = "Writes at night.", fields = new { Plan = "Pro", Seats = "12" } })).Is(200);
        var owner = (await server.AddUser("samira@desk.example", "Samira Okonkwo")).Id;
        (await server.Api.Post($"/api/v1/conversations/{first}/promises", new { text = "We call you.", due = server.Clock.GetUtcNow().AddDays(3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), owner })).Is(200);
        return (ada, countess);
    }

    private static async Task<long> Id(TestServer server, long number) => (await server.Api.Conversation(number)).GetProperty("customer").GetProperty("id").GetInt64();
}
