using System.Text.Json;
using Heliotrope.Core.People;
using Heliotrope.Server.Jump;
using Heliotrope.Server.Tests.Infrastructure;
using Heliotrope.Server.Tests.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Shell;

public sealed class LookUpTests(SharedServers servers) : IClassFixture<SharedServers>
{
    [Theory, EveryDatabase]
    public async Task A_conversation_is_found_by_its_number_its_subject_and_its_customer(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew() with { From = "Zoë Quill <zoe.quill@client.example>", Subject = "100 % of the Kettle_lids" });
        using var desk = await server.SignedIn();
        foreach (var words in new[] { $"{number}", $"#{number}", "kettle_LID", "100 %", "quill" })
        {
            Assert.Contains(await Places(desk, words), place => place.Href == $"/conversations/{number}");
        }

        var customer = (await server.Api.Conversation(number)).GetProperty("customer").GetProperty("id").GetInt64();
        foreach (var words in new[] { "quill", "zoe", "zoe.quill@client" })
        {
            Assert.Contains(await Places(desk, words), place => place.Href == $"/customers/{customer}");
        }

        Assert.DoesNotContain(await Places(desk, "kettle%lid"), place => place.Href == $"/conversations/{number}"); // no sign of theirs is a sign of ours
        Assert.DoesNotContain(await Places(desk, "999999"), place => place.Kind == "conversation");
    }

    [Theory, EveryDatabase]
    public async Task What_somebody_may_not_see_is_not_found(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew() with { Subject = "Between four eyes" });
        var (tom, ada) = (await server.Colleague("Tom Reed"), await server.Colleague("Ada Lead", Role.Admin));
        await server.Store.Write(
            async db =>
            {
                var team = db.Teams.Add(new() { Name = $"Closed {number}", Private = true }).Entity;
                await db.SaveChangesAsync();
                (await db.Conversations.FindAsync(number))!.BelongTo(team.Id);
                return true;
            },
            CancellationToken.None);
        foreach (var words in new[] { $"{number}", "four eyes" })
        {
            Assert.DoesNotContain((await Of(server, tom, words)), place => place.Kind == "conversation" && place.Id == $"{number}");
            Assert.Contains((await Of(server, ada, words)), place => place.Kind == "conversation" && place.Id == $"{number}");
        }
    }

    [Theory, EveryDatabase]
    public async Task Whoever_leads_goes_to_the_day_of_a_colleague(Engine engine)
    {
        var server = await servers.On(engine);
        var (agent, lead) = (await server.Colleague("Femke de Wit"), await server.Colleague("Ada Lead", Role.Lead));
        Assert.Contains(await Of(server, lead, "femke"), place => place.Href == $"/day/{agent.Id}");
        Assert.DoesNotContain(await Of(server, agent, "ada"), place => place.Kind == "person");
    }

    private static async Task<IReadOnlyList<JumpPlace>> Of(TestServer server, Actor actor, string words) => (await server.Services.GetRequiredService<LookUp>().Run(actor, words)).Value;

    private static async Task<List<JumpPlace>> Places(Browser desk, string words) =>
        JsonSerializer.Deserialize<List<JumpPlace>>((await desk.Get($"/palette?q={Uri.EscapeDataString(words)}")).Is(200).Html, JsonSerializerOptions.Web)!;
}
