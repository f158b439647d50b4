using System.Net.Http.Json;
using System.Text.Json;
using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Customers;

public sealed class CustomersTests
{
    [Theory, EveryDatabase]
    public async Task Somebody_is_added_changed_and_read(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var made = (await server.Api.Post("/api/v1/customers", new { name = "Ada Lovelace", addresses = new[] { "Ada@client.example", "countess@client.example" }, phones = new[] { "+49 (0)30 123456" } })).Is(200).Json;
        var path = $"/api/v1/customers/{made.GetProperty("id").GetInt64()}";
        Assert.Equal(["ada@client.example", "countess@client.example"], made.Items("addresses").Select(a => a.GetString()!));
        Assert.Equal("Europe/Berlin", made.GetProperty("zone").Text("name"));
        Assert.True(made.GetProperty("zone").GetProperty("guess").GetBoolean());

        var changed = (await Patch(server.Api, path, new { language = "fr", zone = "asia/tokyo", notes = "Likes numbers.", addresses = new[] { "countess@client.example", "ada@client.example" } })).Is(200).Json;
        Assert.Equal(["countess@client.example", "ada@client.example"], changed.Items("addresses").Select(a => a.GetString()!));
        Assert.Equal(("fr", "Asia/Tokyo", "Likes numbers.", "Ada Lovelace"), (changed.Text("language"), changed.GetProperty("zone").Text("name"), changed.Text("notes"), changed.Text("name")));
        Assert.False(changed.GetProperty("zone").GetProperty("guess").GetBoolean());
        Assert.Equal("Ada Lovelace", (await server.Api.Get("/api/v1/customers/by-address/COUNTESS@client.example")).Is(200).Json.Text("name"));

        Assert.Equal(2, (await server.Api.Post(path + "/phones", new { phone = "030 999" + "999" })).Is(200).Json.Items("phones").Length);
        Assert.Single((await Delete(server.Api, path + "/phones/030 999999")).Is(200).Json.Items("phones"));
        Assert.Single((await Delete(server.Api, path + "/addresses/ada@client.example")).Is(200).Json.Items("addresses"));
        (await Delete(server.Api, path + "/addresses/countess@client.example")).IsProblem(409, "customer.last-address");
    }

    [Theory, EveryDatabase]
    public async Task What_cannot_be_is_refused_and_nothing_is_kept(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.Receive(new());
        await Refuses("{\"name\":\"Ada\"}", "customer.address");
        await Refuses("{\"addresses\":[\"no address\"]}", "customer.address");
        await Refuses("{\"addresses\":[\"a@client.example\"],\"zone\":\"Europe/Atlantis\"}", "zone.unknown");
        await Refuses("{\"addresses\":[\"a@client.example\"],\"language\":\"elvish\"}", "customer.language");
        await Refuses("{\"addresses\":[\"a@client.example\"],\"phones\":[\"call me\"]}", "customer.phone");
        await Refuses("{\"addresses\":[\"a@client.example\"],\"organisation\":77}", "organisation.unknown");
        await Refuses("{\"addresses\":[\"a@client.example\"],\"fields\":{\"Plan\":\"Pro\"}}", "field.unknown");
        Assert.Equal(1, await server.Store.Read(db => db.Customers.CountAsync()));

        async Task Refuses(string body, string code) => (await server.Api.PostText("/api/v1/customers", body)).IsProblem(422, code);
    }

    [Theory, EveryDatabase]
    public async Task An_address_belongs_to_one_person(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.Receive(new());
        (await server.Api.Post("/api/v1/customers", new { addresses = new[] { "ada@client.example" } })).IsProblem(409, "customer.address-taken");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => server.Api.Post("/api/v1/customers", new { addresses = new[] { "both@client.example" } })));
        Assert.Equal([200, 409, 409, 409, 409, 409], answers.Select(a => (int)a.Status).Order());
    }

    [Theory, EveryDatabase]
    public async Task Everybody_is_found_by_a_part_of_what_is_known_page_by_page(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        (await server.Api.Post("/api/v1/organisations", new { name = "Babbage & Co", domains = new[] { "babbage.example" } })).Is(200);
        await server.Receive(new() { From = "José Ørsted <jose@babbage.example>" });
        await server.Receive(new() { From = "Ada Lovelace <ada@client.example>" });
        (await server.Api.Post("/api/v1/customers", new { name = "Zoë 100%", addresses = new[] { "zoe_x@client.example" }, phones = new[] { "+49 (0)30 123456" } })).Is(200);

        Assert.Equal(["Ada Lovelace", "José Ørsted", "Zoë 100%"], await Found(""));
        Assert.Equal(["Zoë 100%", "Ada Lovelace", "José Ørsted"], await Found("sort=new"));
        Assert.Equal(["José Ørsted"], await Found("q=ORSTED jose"));
        Assert.Equal(["José Ørsted"], await Found("q=babbage"));
        Assert.Equal(["Zoë 100%"], await Found("q=030 1234"));
        Assert.Equal(["Zoë 100%"], await Found("q=zoe_"));
        Assert.Equal(["Zoë 100%"], await Found("q=0%25"));
        Assert.Empty(await Found("q=ada babbage"));
        Assert.Equal(["Ada Lovelace", "Zoë 100%"], await Found("q=client.example"));

        var first = (await server.Api.Get("/api/v1/customers?limit=2")).Is(200).Json;
        (await server.Api.Post("/api/v1/customers", new { name = "Aaron", addresses = new[] { "aaron@client.example" } })).Is(200);
        var second = (await server.Api.Get($"/api/v1/customers?limit=2&after={first.Text("next")}")).Is(200).Json;
        Assert.Equal(["Zoë 100%"], second.Items("items").Select(c => c.Text("name")));
        Assert.Equal("null", second.Text("next"));
        (await server.Api.Get("/api/v1/customers?after=nonsense")).IsProblem(422, "after.malformed");
        (await server.Api.Get("/api/v1/customers?limit=0")).IsProblem(422, "limit.out-of-range");
        (await server.Api.Get("/api/v1/customers?sort=size")).IsProblem(422, "sort.unknown");

        async Task<string[]> Found(string query) => [.. (await server.Api.Get("/api/v1/customers?" + query)).Is(200).Json.Items("items").Select(c => c.Text("name"))];
    }

    [Theory, EveryDatabase]
    public async Task A_light_colleague_reads_and_changes_nothing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.Receive(new());
        using var light = await server.ApiAs(Role.Light);
        var id = (await light.Get("/api/v1/customers")).Is(200).Json.Items("items")[0].GetProperty("id").GetInt64();
        (await light.Get($"/api/v1/customers/{id}")).Is(200);
        (await light.Get($"/api/v1/customers/{id}/purchases")).Is(200);
        (await light.Post("/api/v1/customers", new { addresses = new[] { "a@client.example" } })).IsProblem(403, "role.insufficient");
        (await Patch(light, $"/api/v1/customers/{id}", new { name = "Else" })).IsProblem(403, "role.insufficient");
        (await light.Post($"/api/v1/customers/{id}/purchases", new { id = "1", at = "2026-11-01T10:00:00Z", what = "Beans", amount = 1, currency = "EUR" })).IsProblem(403, "role.insufficient");
        (await light.Post($"/api/v1/customers/{id}/events", new { events = new[] { new { id = "1", name = "x", at = "2026-11-01T10:00:00Z" } } })).IsProblem(403, "role.insufficient");
        (await light.Post("/api/v1/organisations", new { name = "Babbage" })).IsProblem(403, "role.insufficient");
    }

    [Theory, EveryDatabase]
    public async Task A_mail_teaches_a_guess_at_the_zone_and_where_they_belong(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var organisation = (await server.Api.Post("/api/v1/organisations", new { name = "Babbage & Co", domains = new[] { "babbage.example" } })).Is(200).Json.GetProperty("id").GetInt64();
        var number = await server.Receive(new() { From = "Ada <ada@mail.babbage.example>", Text = "Guten Tag, die Mühle startet nicht. Was kann ich tun?" });
        var id = (await server.Api.Conversation(number)).GetProperty("customer").GetProperty("id").GetInt64();
        var ada = (await server.Api.Get($"/api/v1/customers/{id}")).Is(200).Json;
        Assert.Equal(organisation, ada.GetProperty("organisation").GetProperty("id").GetInt64());
        Assert.Equal("Europe/Berlin", ada.GetProperty("zone").Text("name"));
        Assert.True(ada.GetProperty("zone").GetProperty("guess").GetBoolean());

        // Somebody says otherwise, and it stays.
        Assert.Equal(JsonValueKind.Null, (await Patch(server.Api, $"/api/v1/customers/{id}", new { organisation = 0 })).Is(200).Json.GetProperty("organisation").ValueKind);
        await Put(server.Api, $"/api/v1/organisations/{organisation}", new { domains = new[] { "babbage.example", "other.example" } });
        Assert.Equal(JsonValueKind.Null, (await server.Api.Get($"/api/v1/customers/{id}")).Is(200).Json.GetProperty("organisation").ValueKind);
        Assert.Equal(organisation, (await Patch(server.Api, $"/api/v1/customers/{id}", new { organisation = -1 })).Is(200).Json.GetProperty("organisation").GetProperty("id").GetInt64());
    }

    internal static Task<ApiAnswer> Patch(ApiClient api, string path, object body) => api.Send(new(HttpMethod.Patch, path) { Content = JsonContent.Create(body) });

    internal static Task<ApiAnswer> Put(ApiClient api, string path, object body) => api.Send(new(HttpMethod.Put, path) { Content = JsonContent.Create(body) });

    internal static Task<ApiAnswer> Delete(ApiClient api, string path) => api.Send(new(HttpMethod.Delete, path));
}
