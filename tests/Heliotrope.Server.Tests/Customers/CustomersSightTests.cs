using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Customers;

/// <summary>What a private team has is hidden with the people whom nobody else knows, and moves all the same when they are merged.</summary>
public sealed class CustomersSightTests
{
    [Theory, EveryDatabase]
    public async Task Somebody_known_only_to_a_private_team_is_found_nowhere(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var hidden = await Customer(server, await Private(server, "Zinnober <zinnober@client.example>"));
        await server.Receive(new());
        (await server.Api.Post("/api/v1/segments", new { name = "All of them", query = "address:client.example" })).Is(200);
        using var agent = await server.ApiAs(Role.Agent);

        foreach (var way in new[] { "", "/purchases", "/events", "/merge?into=1" })
        {
            (await agent.Get($"/api/v1/customers/{hidden}{way}")).IsProblem(404, "customer.unknown");
        }

        (await agent.Get("/api/v1/customers/by-address/zinnober@client.example")).IsProblem(404, "customer.address-unknown");
        foreach (var list in new[] { "/api/v1/customers", "/api/v1/customers?q=zinnober", "/api/v1/segments", "/api/v1/segments/1/customers" })
        {
            Assert.DoesNotContain("inno", (await agent.Get(list)).Is(200).Body, StringComparison.Ordinal);
        }

        Assert.Equal(1, (await agent.Get("/api/v1/segments")).Is(200).Json[0].GetProperty("customers").GetInt32());
        (await CustomersTests.Patch(agent, $"/api/v1/customers/{hidden}", new { name = "Else" })).IsProblem(404, "customer.unknown");
        (await agent.Post($"/api/v1/customers/{hidden}/merge", new { into = 1 })).IsProblem(404, "customer.unknown");
    }

    [Theory, EveryDatabase]
    public async Task What_the_actor_does_not_see_moves_as_well_and_comes_back(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var secret = await Private(server, "Countess <countess@client.example>");
        await server.Receive(new() { From = "Countess <countess@client.example>", Subject = "For everybody" });
        var countess = await Customer(server, secret);
        var ada = await Customer(server, await server.Receive(new()));
        using var agent = await server.ApiAs(Role.Agent);

        Assert.Equal(1, (await agent.Get($"/api/v1/customers/{countess}/merge?into={ada}")).Is(200).Json.GetProperty("conversations").GetInt32());
        var merged = (await agent.Post($"/api/v1/customers/{countess}/merge", new { into = ada })).Is(200).Json;
        Assert.Equal(2, merged.GetProperty("customer").Items("conversations").Length);
        Assert.Equal(3, await server.Store.Read(db => db.Conversations.CountAsync(c => c.CustomerId == ada)));
        (await agent.Post($"/api/v1/undo/{merged.Text("undo")}")).Is(200);
        Assert.Equal(2, await server.Store.Read(db => db.Conversations.CountAsync(c => c.CustomerId == countess)));
    }

    private static async Task<long> Private(TestServer server, string from)
    {
        var number = await server.Receive(new() { From = from, Subject = "Zinnober" });
        await server.Store.Write(
            async db =>
            {
                var team = db.Teams.Add(new() { Name = "Law", Zone = "UTC", Hours = "Mon-Fri 09:00-17:00", Holidays = "", FirstAnswerMinutes = 60, NextAnswerMinutes = 60, Private = true }).Entity;
                await db.SaveChangesAsync();
                (await db.Conversations.SingleAsync(c => c.Number == number)).BelongTo(team.Id);
                return true;
            },
            CancellationToken.None);
        return number;
    }

    private static async Task<long> Customer(TestServer server, long number) => await server.Store.Read(db => db.Conversations.Where(c => c.Number == number).Select(c => c.CustomerId).SingleAsync());
}
