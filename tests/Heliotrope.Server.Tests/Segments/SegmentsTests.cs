using Heliotrope.Core.People;
using Heliotrope.Core.Segments;
using Heliotrope.Server.Search;
using Heliotrope.Server.Tests.Customers;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Segments;

public sealed class SegmentsTests
{
    [Fact]
    public void Every_operator_about_people_has_a_meaning() =>
        Assert.Equal(PeopleOperators.All.Select(o => o.Name).Order(StringComparer.Ordinal), PeopleMatching.Known.Order(StringComparer.Ordinal));

    [Theory, EveryDatabase]
    public async Task People_are_found_by_what_they_have_in_common(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await Village(server);
        var id = (await server.Api.Post("/api/v1/segments", new { name = "Try", query = "name:ada" })).Is(200).Json.GetProperty("id").GetInt64();

        await Finds("name:ADA", "Ada");
        await Finds("address:client.example", "Ada", "Grace");
        await Finds("phone:030123", "Ada");
        await Finds("org:babbage", "Joan");
        await Finds("org:none", "Ada", "Grace");
        await Finds("language:fr", "Grace");
        await Finds("language:unknown zone:unknown", "Joan");
        await Finds("zone:europe/paris", "Grace");
        await Finds("field:Plan=pro", "Ada");
        await Finds("field:Plan=none", "Grace", "Joan");
        await Finds("field:Seats>=10", "Ada", "Grace");
        await Finds("field:Seats>10", "Grace");
        await Finds("-field:Seats", "Joan");
        await Finds("field:Branch=mills", "Joan");
        await Finds("purchases:>1", "Ada");
        await Finds("purchases:0", "Joan");
        await Finds("spent:>99", "Ada", "Grace"); // 100 euro, 150 yen: each in its own units
        await Finds("spent:>100", "Grace");
        await Finds("spent:<100", "Joan");
        await Finds("bought:2026-10", "Grace");
        await Finds("bought:>2026-10-31", "Ada");
        await Finds("-bought:>2026-10-31", "Grace", "Joan");
        await Finds("events:>=2", "Ada");
        await Finds("event:report.exported", "Ada");
        await Finds("used:<2026-11-05", "Ada");
        await Finds("conversations:1", "Ada");
        await Finds("conversations:0", "Grace", "Joan");
        await Finds("end:unhappy");
        await Finds("promise:open", "Ada");
        await Finds("created:today", "Ada", "Grace", "Joan");
        await Finds("babbage", "Joan");
        await Finds("-client.example", "Joan");
        await Finds("name:ada,grace", "Ada", "Grace");

        async Task Finds(string query, params string[] names)
        {
            (await CustomersTests.Put(server.Api, $"/api/v1/segments/{id}", new { query })).Is(200);
            var found = (await server.Api.Get($"/api/v1/segments/{id}/customers")).Is(200).Json.Items("items").Select(c => c.Text("name")).ToList();
            Assert.True(names.SequenceEqual(found), $"{query}: {string.Join(", ", found)}");
            Assert.Equal(names.Length, (await server.Api.Get($"/api/v1/segments/{id}")).Is(200).Json.GetProperty("customers").GetInt32());
        }
    }

    [Theory, EveryDatabase]
    public async Task A_segment_names_conversations_of_its_people_and_is_kept_by_leads(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await Village(server);
        (await server.Api.Post("/api/v1/segments", new { name = "Good customers", query = "purchases:>1" })).Is(200);
        (await server.Api.Post("/api/v1/segments", new { name = "GOOD customers", query = "purchases:>1" })).IsProblem(409, "segment.taken");
        (await server.Api.Post("/api/v1/segments", new { name = "", query = "purchases:>1" })).IsProblem(422, "segment.name");
        (await server.Api.Post("/api/v1/segments", new { name = "All", query = " " })).IsProblem(422, "segment.empty");
        (await server.Api.Post("/api/v1/segments", new { name = "Odd", query = "purchases:many" })).IsProblem(422, "segment.query");
        (await server.Api.Post("/api/v1/segments", new { name = "Odd", query = "is:open" })).IsProblem(422, "segment.query");
        (await server.Api.Post("/api/v1/segments", new { name = "Odd", query = "field:Nothing=1" })).IsProblem(422, "segment.field");
        using var agent = await server.ApiAs(Role.Agent);
        Assert.Single((await agent.Get("/api/v1/segments")).Is(200).Json.EnumerateArray());
        (await agent.Post("/api/v1/segments", new { name = "Mine", query = "name:ada" })).IsProblem(403, "role.insufficient");

        var actor = Actor.System;
        var found = await server.Store.Read(actor, db => Task.FromResult(Matching.On(db, Core.Search.Query.Read("segment:\"good customers\""), actor, server.Clock.GetUtcNow()).Select(c => c.Customer!.Name).ToList()));
        Assert.Equal(["Ada"], found);
        Assert.Empty(await server.Store.Read(actor, db => Task.FromResult(Matching.On(db, Core.Search.Query.Read("segment:nothing"), actor, server.Clock.GetUtcNow()).Select(c => c.Number).ToList())));
        Assert.Equal(["Ada"], await server.Store.Read(actor, db => Task.FromResult(Matching.On(db, Core.Search.Query.Read("org:none"), actor, server.Clock.GetUtcNow()).Select(c => c.Customer!.Name).ToList())));

        using var lead = await server.SignedIn(Role.Lead);
        var made = await lead.Submit("/segments", "/segments", ("name", "Paris"), ("query", "zone:Europe/Paris"));
        Assert.Contains("Grace", (await lead.Get(made.Location!)).Html, StringComparison.Ordinal);
        Assert.Equal(422, (await lead.Submit(made.Location!, made.Location + "/remove", made.Location!, ("name", "Paris"), ("query", "zonk:1"))).Status);
        Assert.Equal("/segments", (await lead.Submit(made.Location!, made.Location + "/remove")).Location);
        Assert.Equal(404, (await lead.Get(made.Location!)).Status);
    }

    /// <summary>Ada, who writes and buys; Grace in Paris, who paid in yen; Joan at Babbage's.</summary>
    private static async Task Village(TestServer server)
    {
        (await server.Api.Post("/api/v1/fields", new { target = "customer", kind = "choice", name = "Plan", choices = new[] { "Free", "Pro" } })).Is(200);
        (await server.Api.Post("/api/v1/fields", new { target = "customer", kind = "number", name = "Seats" })).Is(200);
        (await server.Api.Post("/api/v1/fields", new { target = "organisation", kind = "text", name = "Branch" })).Is(200);
        (await server.Api.Post("/api/v1/organisations", new { name = "Babbage & Co", domains = new[] { "babbage.example" }, fields = new { Branch = "Mills" } })).Is(200);
        var number = await server.Receive(new() { From = "Ada <ada@client.example>" });
        var ada = (await server.Api.Conversation(number)).GetProperty("customer").GetProperty("id").GetInt64();
        (await CustomersTests.Patch(server.Api, $"/api/v1/customers/{ada}", new { phones = new[] { "+49 30 123456" }, zone = "Europe/Berlin", language = "en", fields = new { Plan = "Pro", Seats = "10" } })).Is(200);
        var grace = (await server.Api.Post("/api/v1/customers", new { name = "Grace", addresses = new[] { "grace@client.example" }, language = "fr", zone = "Europe/Paris", fields = new { Seats = "11.5" } })).Is(200).Json.GetProperty("id").GetInt64();
        (await server.Api.Post("/api/v1/customers", new { name = "Joan", addresses = new[] { "joan@babbage.example" } })).Is(200);
        await Buys(ada, "o-1", "2026-11-01T10:00:00Z", 5000, "EUR");
        await Buys(ada, "o-2", "2026-11-02T10:00:00Z", 5000, "EUR");
        await Buys(grace, "o-3", "2026-10-15T10:00:00Z", 150, "JPY");
        (await server.Api.Post($"/api/v1/customers/{ada}/events", new { events = new[] { new { id = "e-1", name = "report.exported", at = "2026-11-01T10:00:00Z" }, new { id = "e-2", name = "opened", at = "2026-11-02T10:00:00Z" } } })).Is(200);
        var owner = (await server.AddUser("samira@desk.example", "Samira Okonkwo")).Id;
        (await server.Api.Post($"/api/v1/conversations/{number}/promises", new { text = "We call you.", due = server.Clock.GetUtcNow().AddDays(3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), owner })).Is(200);

        async Task Buys(long who, string id, string at, long amount, string currency) =>
            (await server.Api.Post($"/api/v1/customers/{who}/purchases", new { id, at, what = "Beans", amount, currency })).Is(200);
    }
}
