using System.Text.Json;
using Heliotrope.Server.Tests.Customers;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Organisations;

public sealed class OrganisationsTests
{
    [Theory, EveryDatabase]
    public async Task Its_domains_gather_whoever_writes_from_them_and_let_go_whom_they_no_longer_say(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.Receive(new());
        await server.Receive(new() { From = "Grace <grace@mail.client.example>" });
        await server.Receive(new() { From = "Joan <joan@notclient.example>" });
        var made = (await server.Api.Post("/api/v1/organisations", new { name = " Babbage  & Co ", domains = new[] { "@Client.example" }, notes = "Since 1833." })).Is(200).Json;
        var path = $"/api/v1/organisations/{made.GetProperty("id").GetInt64()}";
        Assert.Equal(("Babbage & Co", 2), (made.Text("name"), made.GetProperty("customers").GetInt32()));
        Assert.Equal(["Ada Lovelace", "Grace"], (await server.Api.Get($"/api/v1/customers?organisation={made.GetProperty("id").GetInt64()}")).Is(200).Json.Items("items").Select(c => c.Text("name")));

        Assert.Equal(1, (await CustomersTests.Put(server.Api, path, new { domains = new[] { "notclient.example" } })).Is(200).Json.GetProperty("customers").GetInt32());
        Assert.Equal("Since 1833.", (await server.Api.Get(path)).Is(200).Json.Text("notes"));
        (await CustomersTests.Delete(server.Api, path)).Is(200);
        (await server.Api.Get(path)).IsProblem(404, "organisation.unknown");
        Assert.All((await server.Api.Get("/api/v1/customers")).Is(200).Json.Items("items"), c => Assert.Equal(JsonValueKind.Null, c.GetProperty("organisation").ValueKind));
    }

    [Theory, EveryDatabase]
    public async Task Names_and_domains_belong_to_one_organisation(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        (await server.Api.Post("/api/v1/organisations", new { name = "Babbage", domains = new[] { "client.example" } })).Is(200);
        (await server.Api.Post("/api/v1/organisations", new { name = "BABBAGE" })).IsProblem(409, "organisation.taken");
        (await server.Api.Post("/api/v1/organisations", new { name = "Else", domains = new[] { "client.example" } })).IsProblem(409, "organisation.domain-taken");
        (await server.Api.Post("/api/v1/organisations", new { name = "Else", domains = new[] { "gmail.com" } })).IsProblem(422, "organisation.public-domain");
        (await server.Api.Post("/api/v1/organisations", new { name = "Else", domains = new[] { "no domain" } })).IsProblem(422, "organisation.domain");
        (await server.Api.Post("/api/v1/organisations", new { name = " " })).IsProblem(422, "organisation.name");
        (await CustomersTests.Put(server.Api, "/api/v1/organisations/77", new { name = "Else" })).IsProblem(404, "organisation.unknown");
        Assert.Single((await server.Api.Get("/api/v1/organisations?q=bab")).Is(200).Json.Items("items"));
        Assert.Empty((await server.Api.Get("/api/v1/organisations?q=else")).Is(200).Json.Items("items"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => server.Api.Post("/api/v1/organisations", new { name = "Both" })));
        Assert.Equal([200, 409, 409, 409, 409], answers.Select(a => (int)a.Status).Order());
    }

    [Theory, EveryDatabase]
    public async Task An_organisation_is_made_looked_at_changed_and_removed_at_the_desk(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.Receive(new());
        using var desk = await server.SignedIn();
        Assert.Contains("No organisation is here yet.", (await desk.Get("/organisations")).Html, StringComparison.Ordinal);
        Assert.Equal(422, (await desk.Submit("/organisations", "/organisations", ("name", "Babbage"), ("domains", "gmail.com"), ("notes", ""))).Status);
        var made = await desk.Submit("/organisations", "/organisations", ("name", "Babbage"), ("domains", "client.example"), ("notes", "<script>alert(1)</script>"));
        var page = await desk.Get(made.Location!);
        Assert.Contains("Ada Lovelace", page.Html, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("main script"));
        Assert.Equal(made.Location, (await desk.Submit(made.Location!, made.Location!, ("name", "Babbage & Co"), ("domains", ""), ("notes", ""))).Location);
        Assert.Contains("Nobody belongs to it yet.", (await desk.Get(made.Location!)).Html, StringComparison.Ordinal);
        Assert.Equal("/organisations", (await desk.Submit(made.Location!, made.Location + "/remove")).Location);
        Assert.Equal(404, (await desk.Get(made.Location!)).Status);
    }
}
