using Heliotrope.Core;
using Heliotrope.Core.Acts;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Acts;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Acts;

public sealed class PerformTests(SharedServers servers) : IClassFixture<SharedServers>
{
    private static Task<Result<IReadOnlyList<Step>>> Do(TestServer server, long number, Actor actor, params Act[] acts) => server.Store.Write(
        async db => await server.Services.GetRequiredService<Perform>().On(db, (await db.Conversations.FindAsync(number))!, acts, actor, server.Clock.GetUtcNow()),
        CancellationToken.None);

    [Theory, EveryDatabase]
    public async Task A_list_is_done_in_one_go_by_the_very_operations_that_people_use(Engine engine)
    {
        var server = await servers.On(engine);
        var ada = await server.AddUser($"{Guid.NewGuid():N}@desk.example", "Ada Lovelace");
        var team = $"Team {Guid.NewGuid():N}";
        (await server.Api.Post("/api/v1/teams", new { name = team })).Is(200);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var steps = (await Do(server, number, Actor.System, new(ActKind.Snooze, "P2D"), new(ActKind.Tag, "late"), new(ActKind.Team, team), new(ActKind.Assign, ada.Email), new(ActKind.Note, "Look twice."))).Value;
        Assert.All(steps, step => Assert.Equal(Effect.Changes, step.Effect));
        var after = await server.Api.Conversation(number);
        Assert.Equal("snoozed", after.Text("state"));
        Assert.Equal("Ada Lovelace", after.GetProperty("assignee").Text("name"));
        Assert.Equal(["team", "assigned", "tagged", "snoozed"], await server.Api.Events(number));

        var again = (await Do(server, number, Actor.System, new(ActKind.Tag, "LATE"), new(ActKind.Assign, ada.Email))).Value;
        Assert.All(again, step => Assert.Equal(Effect.Same, step.Effect));
    }

    [Theory, EveryDatabase]
    public async Task All_acts_are_done_or_none_and_the_refusal_names_the_act(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        (await server.Api.Post($"/api/v1/conversations/{number}/resolve", new { })).Is(200);
        var before = await server.Api.Events(number);
        Assert.Equal(("conversation.resolved", "acts[1]"), Named((await Do(server, number, Actor.System, new(ActKind.Tag, "a"), new(ActKind.Snooze, "P1D"))).Refusal));
        Assert.Equal(("user.unknown", "acts[1]"), Named((await Do(server, number, Actor.System, new(ActKind.Tag, "a"), new(ActKind.Assign, "nobody@desk.example"))).Refusal));
        Assert.Equal(("user.unknown", "acts[0]"), Named((await Do(server, number, Actor.System, new Act(ActKind.Assign, Act.Me))).Refusal));
        Assert.Equal("role.insufficient", (await Do(server, number, new(ActorKind.ApiKey, 1, "light", Role.Light), new Act(ActKind.Tag, "a"))).Refusal?.Code);
        Assert.Equal(before, await server.Api.Events(number));
    }

    [Theory, EveryDatabase]
    public async Task Whoever_knows_the_customer_is_best_and_else_whoever_has_least_to_do(Engine engine)
    {
        var server = await servers.On(engine);
        var (busy, free) = (await server.AddUser($"{Guid.NewGuid():N}@desk.example", "Ada Lovelace"), await server.AddUser($"{Guid.NewGuid():N}@desk.example", "Grace Hopper"));
        var team = $"Team {Guid.NewGuid():N}";
        (await server.Api.Post("/api/v1/teams", new { name = team, members = new[] { busy.Id, free.Id } })).Is(200);
        foreach (var user in (UserDetails[])[busy, free])
        {
            await server.Services.GetRequiredService<OpenDesks>().Note(new(ActorKind.Person, user.Id, user.Name, user.Role));
        }

        var mail = TestMail.FromSomebodyNew();
        var known = await server.Receive(mail);
        await Do(server, known, Actor.System, new Act(ActKind.Assign, busy.Email));
        Assert.Null(await server.Services.GetRequiredService<Reply>().Run(new(ActorKind.Person, busy.Id, busy.Name, busy.Role), known, new("Here you are."), CancellationToken.None));

        await Do(server, await server.Receive(TestMail.FromSomebodyNew()), Actor.System, new Act(ActKind.Assign, busy.Email));

        var stranger = await server.Receive(TestMail.FromSomebodyNew());
        await Do(server, stranger, Actor.System, new(ActKind.Assign, Act.Best), new(ActKind.Team, team));
        Assert.Equal("Grace Hopper", (await server.Api.Conversation(stranger)).GetProperty("assignee").Text("name"));

        var again = await server.Receive(TestMail.FromSomebodyNew() with { From = mail.From });
        await Do(server, again, Actor.System, new Act(ActKind.Assign, Act.Best));
        Assert.Equal("Ada Lovelace", (await server.Api.Conversation(again)).GetProperty("assignee").Text("name"));
    }

    [Theory, EveryDatabase]
    public async Task Every_act_can_be_said_in_every_language(Engine engine)
    {
        var server = await servers.On(engine);
        var book = await server.Store.Read(ActBook.Of);
        foreach (var language in Languages.All)
        {
            System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo(language.Tag);
            Assert.All(Enum.GetValues<ActKind>(), kind =>
            {
                var words = ActWords.Describe(new(kind, kind switch { ActKind.Snooze => "P2D", ActKind.Notify => Act.Assignee, _ => "" }), book);
                Assert.DoesNotContain("act.", words, StringComparison.Ordinal);
                Assert.DoesNotContain("{", words, StringComparison.Ordinal);
            });
        }
    }

    private static (string?, string?) Named(Refusal? refusal) => (refusal?.Code, refusal?.Field);
}
