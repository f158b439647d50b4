using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Customers;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.OwnFields;

public sealed class OwnFieldsTests
{
    [Theory, EveryDatabase]
    public async Task A_field_holds_what_its_kind_says_and_goes_with_its_values(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(new());
        var customer = $"/api/v1/customers/{(await server.Api.Conversation(number)).GetProperty("customer").GetProperty("id").GetInt64()}";
        (await server.Api.Post("/api/v1/fields", new { target = "customer", kind = "choice", name = "Plan", choices = new[] { "Free", "Pro" } })).Is(200);
        (await server.Api.Post("/api/v1/fields", new { target = "customer", kind = "number", name = "Seats" })).Is(200);
        (await server.Api.Post("/api/v1/fields", new { target = "conversation", kind = "date", name = "Visit" })).Is(200);
        (await server.Api.Post("/api/v1/fields", new { target = "customer", kind = "text", name = "PLAN" })).IsProblem(409, "field.taken");
        (await server.Api.Post("/api/v1/fields", new { name = "Nothing" })).IsProblem(422, "field.kind");

        (await CustomersTests.Patch(server.Api, customer, new { fields = new { plan = "pro", Seats = "12" } })).Is(200);
        (await CustomersTests.Patch(server.Api, customer, new { fields = new { Plan = "Gold" } })).IsProblem(422, "field.choice");
        (await CustomersTests.Patch(server.Api, customer, new { fields = new { Seats = "many" } })).IsProblem(422, "field.number");
        Assert.Equal(["Pro", "12"], (await server.Api.Get(customer)).Is(200).Json.Items("fields").Select(f => f.Text("value")));
        (await CustomersTests.Put(server.Api, $"/api/v1/conversations/{number}/fields", new { fields = new { Visit = "2026-12-01" } })).Is(200);
        (await CustomersTests.Put(server.Api, $"/api/v1/conversations/{number}/fields", new { fields = new { Plan = "Pro" } })).IsProblem(422, "field.unknown");
        (await CustomersTests.Put(server.Api, "/api/v1/conversations/77/fields", new { fields = new { Visit = "2026-12-01" } })).IsProblem(404, "conversation.unknown");
        Assert.Equal("2026-12-01", (await server.Api.Get($"/api/v1/conversations/{number}/fields")).Is(200).Json[0].Text("value"));

        (await CustomersTests.Patch(server.Api, customer, new { fields = new { Seats = "" } })).Is(200);
        var plan = (await server.Api.Get("/api/v1/fields")).Is(200).Json.EnumerateArray().Single(f => f.Text("name") == "Plan").GetProperty("id").GetInt64();
        (await CustomersTests.Put(server.Api, $"/api/v1/fields/{plan}", new { name = "Tariff", choices = new[] { "Free", "Pro", "Gold" } })).Is(200);
        Assert.Equal([("Tariff", "Pro"), ("Seats", "null")], (await server.Api.Get(customer)).Is(200).Json.Items("fields").Select(f => (f.Text("name"), f.Text("value"))));
        (await CustomersTests.Delete(server.Api, $"/api/v1/fields/{plan}")).Is(200);
        Assert.Equal("Seats", Assert.Single((await server.Api.Get(customer)).Is(200).Json.Items("fields")).Text("name"));
        (await CustomersTests.Delete(server.Api, $"/api/v1/fields/{plan}")).IsProblem(404, "field.missing");
    }

    [Theory, EveryDatabase]
    public async Task Only_who_administers_makes_fields(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var lead = await server.ApiAs(Role.Lead);
        (await lead.Get("/api/v1/fields")).Is(200);
        Assert.Equal(403, (int)(await lead.Post("/api/v1/fields", new { target = "customer", kind = "text", name = "Plan" })).Status);

        using var desk = await server.SignedIn(Role.Admin);
        Assert.Equal(422, (await desk.Submit("/settings/fields", "/settings/fields", ("name", "Plan"), ("target", "Customer"), ("kind", "Choice"), ("choices", ""))).Status);
        Assert.Equal("/settings/fields", (await desk.Submit("/settings/fields", "/settings/fields", ("name", "Plan"), ("target", "Customer"), ("kind", "Choice"), ("choices", "Free\nPro"))).Location);
        Assert.Contains("Plan", (await desk.Get("/settings/fields")).Html, StringComparison.Ordinal);
        Assert.Contains("<option value=\"Pro\"", (await desk.Get("/customers/new")).Html, StringComparison.Ordinal);
    }
}
