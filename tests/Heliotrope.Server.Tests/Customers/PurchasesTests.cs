using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Customers;

public sealed class PurchasesTests
{
    [Theory, EveryDatabase]
    public async Task A_purchase_told_twice_is_one_and_the_later_word_counts(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var path = await Somebody(server, "ada@client.example") + "/purchases";
        (await server.Api.Post(path, Beans("o-1", 4990))).Is(200);
        Assert.Equal(5990, (await server.Api.Post(path, Beans("o-1", 5990))).Is(200).Json.GetProperty("amount").GetInt64());
        var only = Assert.Single((await server.Api.Get(path)).Is(200).Json.Items("items"));
        Assert.Equal((5990, "EUR", "A kilo of beans"), (only.GetProperty("amount").GetInt64(), only.Text("currency"), only.Text("what")));

        var other = await Somebody(server, "grace@client.example") + "/purchases";
        (await server.Api.Post(other, Beans("o-1", 1))).IsProblem(409, "purchase.of-another");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => server.Api.Post(path, Beans("o-2", 100))));
        Assert.All(answers, a => a.Is(200));
        Assert.Equal(2, await server.Store.Read(db => db.Purchases.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Purchases_are_read_page_by_page_the_latest_first(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var path = await Somebody(server, "ada@client.example") + "/purchases";
        for (var i = 0; i < 52; i++)
        {
            (await server.Api.Post(path, new { id = $"o-{i}", at = new DateTimeOffset(2026, 10, 1 + (i / 2), 10, 0, 0, TimeSpan.Zero), what = $"Bag {i}", amount = 100, currency = "EUR" })).Is(200);
        }

        var first = (await server.Api.Get(path)).Is(200).Json;
        var second = (await server.Api.Get($"{path}?after={first.Text("next")}")).Is(200).Json;
        Assert.Equal(Enumerable.Range(0, 52).Reverse().Select(i => $"Bag {i}"), first.Items("items").Concat(second.Items("items")).Select(p => p.Text("what")));
        (await server.Api.Get(path + "?after=x")).IsProblem(422, "after.malformed");
    }

    [Theory, EveryDatabase]
    public async Task A_shop_that_knows_only_the_address_can_say_whether_somebody_new_is_made_known(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        (await server.Api.Post("/api/v1/customers/by-address/new@client.example/purchases", Beans("o-1", 1))).IsProblem(404, "customer.address-unknown");
        (await server.Api.Post("/api/v1/customers/by-address/new@client.example/purchases?create=true", Beans("o-1", 1))).Is(200);
        (await server.Api.Post("/api/v1/customers/by-address/New@client.example/events?create=true", new { events = new[] { new { id = "e-1", name = "opened", at = "2026-11-01T10:00:00Z" } } })).Is(200);
        Assert.Equal(1, await server.Store.Read(db => db.Customers.CountAsync()));
        Assert.Single((await server.Api.Get("/api/v1/customers/by-address/new@client.example/purchases")).Is(200).Json.Items("items"));
        (await server.Api.Post("/api/v1/customers/by-address/nothing/purchases?create=true", Beans("o-1", 1))).IsProblem(422, "customer.address");
    }

    [Theory, EveryDatabase]
    public async Task A_batch_of_events_is_taken_whole_and_what_was_told_before_is_passed_over(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var path = await Somebody(server, "ada@client.example") + "/events";
        var taken = (await server.Api.Post(path, new { events = new object[] { Opened("e-1"), Opened("e-2"), Opened("e-2") } })).Is(200).Json;
        Assert.Equal((2, 1), (taken.GetProperty("added").GetInt32(), taken.GetProperty("known").GetInt32()));
        (await server.Api.Post(path, new { events = new object[] { Opened("e-3"), new { id = "e-4", name = "", at = "2026-11-01T10:00:00Z" } } })).IsProblem(422, "event.name");
        (await server.Api.Post(path, new { events = new object[] { new { id = "e-4", name = "x" } } })).IsProblem(422, "event.at");
        (await server.Api.Post(path, new { events = new object[] { new { id = "e-4", name = "x", at = "2026-11-01T10:00:00Z", properties = new[] { 1 } } } })).IsProblem(422, "event.properties");
        (await server.Api.Post(path, new { events = Array.Empty<object>() })).IsProblem(422, "event.count");
        (await server.Api.Post(path, new { events = Enumerable.Range(0, 501).Select(i => Opened($"m-{i}")) })).IsProblem(422, "event.count");
        var again = (await server.Api.Post(path, new { events = new object[] { Opened("e-1"), Opened("e-3") } })).Is(200).Json;
        Assert.Equal((1, 1), (again.GetProperty("added").GetInt32(), again.GetProperty("known").GetInt32()));
        var listed = (await server.Api.Get(path)).Is(200).Json.Items("items");
        Assert.Equal(3, listed.Length);
        Assert.Equal("grün\u0000", listed[0].GetProperty("properties").Text("colour"));

        static object Opened(string id) => new { id, name = "app.opened", at = "2026-11-01T10:00:00+01:00", properties = new { colour = "grün\u0000" } };
    }

    [Theory, EveryDatabase]
    public async Task A_purchase_that_cannot_be_is_refused(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var path = await Somebody(server, "ada@client.example") + "/purchases";
        await Refuses("{}", "purchase.at");
        await Refuses("{\"at\":\"2026-11-01T10:00:00Z\"}", "purchase.amount");
        await Refuses("{\"at\":\"2026-11-01T10:00:00Z\",\"amount\":1,\"what\":\"x\",\"currency\":\"EUR\"}", "purchase.id");
        await Refuses("{\"id\":\"1\",\"at\":\"2026-11-01T10:00:00Z\",\"amount\":1,\"what\":\"x\",\"currency\":\"Taler\"}", "purchase.currency");
        await Refuses("{\"id\":\"1\",\"at\":\"2026-11-01T10:00:00Z\",\"amount\":1,\"what\":\"x\",\"currency\":\"EUR\",\"link\":\"javascript:alert(1)\"}", "purchase.link");

        async Task Refuses(string body, string code) => (await server.Api.PostText(path, body)).IsProblem(422, code);
    }

    private static object Beans(string id, long amount) => new { id, at = "2026-11-01T10:00:00Z", what = "A kilo of beans", amount, currency = "eur", link = "https://shop.example/o-1" };

    private static async Task<string> Somebody(TestServer server, string address) =>
        $"/api/v1/customers/{(await server.Api.Post("/api/v1/customers", new { addresses = new[] { address } })).Is(200).Json.GetProperty("id").GetInt64()}";
}
