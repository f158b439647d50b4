using Heliotrope.Core.Coach;
using Heliotrope.Core.Conversations;
using Heliotrope.Server.Coach;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Tests.Infrastructure;
using Heliotrope.Server.Tests.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Coach;

public sealed class CountRemarksTests(SharedServers servers) : IClassFixture<SharedServers>
{
    [Theory, EveryDatabase]
    public async Task A_person_sees_what_became_of_the_remarks_on_their_own_replies_of_a_quarter(Engine engine)
    {
        var server = await servers.On(engine);
        var (tom, priya) = (await server.Colleague("Tom Reed"), await server.Colleague("Priya Nair"));
        var number = await server.Receive(TestMail.FromSomebodyNew() with { Subject = "The lid" });
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "It is on its way." })).Is(200);
        await server.Store.Write(
            async db =>
            {
                var entry = await db.Entries.Where(e => e.ConversationNumber == number && e.Direction == Direction.Out).Select(e => e.Id).SingleAsync();
                foreach (var (kind, outcome, days) in new[] { (RemarkKind.Salt, RemarkOutcome.Taken, 1), (RemarkKind.Salt, RemarkOutcome.Ignored, 2), (RemarkKind.Gratitude, RemarkOutcome.Taken, 3), (RemarkKind.Salt, RemarkOutcome.Taken, 91) })
                {
                    db.CoachRemarks.Add(new() { ConversationNumber = number, EntryId = entry, UserId = tom.Id!.Value, Kind = kind, Outcome = outcome, At = server.Clock.Now().AddDays(-days) });
                }

                return true;
            },
            CancellationToken.None);
        var count = server.Services.GetRequiredService<CountRemarks>();
        var figures = await count.Run(tom);
        Assert.Equal((3, 2), (figures.Shown, figures.Taken));
        Assert.Equal([new(RemarkKind.Salt, 1, 1), new(RemarkKind.Gratitude, 1, 0)], figures.Kinds);
        Assert.Equal(["The lid", "The lid"], (await count.Behind(tom, RemarkKind.Salt, null)).Select(reply => reply.Subject));
        Assert.Empty((await count.Run(priya)).Kinds);
        Assert.Empty(await count.Behind(priya, RemarkKind.Salt, null));

        using var desk = await server.SignedIn();
        Assert.Contains("No remark on a reply of yours", (await desk.Get("/me")).Document.QuerySelector("#own-coach")!.TextContent, StringComparison.Ordinal);
        (await desk.Get("/coach/remarks/nothing-like-it")).Is(404);
    }
}
