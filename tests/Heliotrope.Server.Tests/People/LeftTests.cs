using Heliotrope.Core.Notifications;
using Heliotrope.Core.People;
using Heliotrope.Server.Notifications;
using Heliotrope.Server.Tests.Infrastructure;
using Heliotrope.Server.Tests.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.People;

/// <summary>Who hears of what, and who is given what, when not everybody answers customers.</summary>
public sealed class LeftTests
{
    [Theory, EveryDatabase]
    public async Task Whoever_left_is_told_nothing_and_what_they_had_is_nobodys(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (priya, tom) = (await server.Colleague("Priya Nair"), await server.Colleague("Tom Reed", Role.Lead));
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        await server.Assign(priya, number, tom);
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Is it plugged in?" })).Is(200); // now it is the customer's turn
        var told = (await server.Told(tom)).Count;
        (await server.Api.Post($"/api/v1/users/{tom.Id}/leave")).Is(200);
        Assert.Null(await server.Store.Read(db => db.Conversations.Where(c => c.Number == number).Select(c => c.AssigneeId).SingleAsync()));

        await server.Receive(new TestMail { From = mail.From, Text = "It is.", InReplyTo = mail.MessageId });
        (await server.Api.Post($"/api/v1/conversations/{number}/notes", new { text = "@Tom Reed, do you know more?" })).Is(200);
        server.Advance(TimeSpan.FromHours(12));
        Assert.Equal(0, await server.Services.GetRequiredService<NotificationMailer>().SendDue(CancellationToken.None));
        Assert.Equal(told, (await server.Told(tom)).Count);
    }

    [Theory, EveryDatabase]
    public async Task Whoever_is_given_a_conversation_as_the_best_is_told(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var desk = await server.SignedIn(name: "Tom Reed");
        (await desk.Get("/conversations")).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{number}/assign", new { user = "best" })).Is(200);
        var tom = await server.Store.Read(db => db.Conversations.Where(c => c.Number == number).Select(c => c.AssigneeId).SingleAsync());
        var told = await server.Store.Read(db => db.Notifications.SingleAsync());
        Assert.Equal((tom, Reason.Assigned), ((long?)told.UserId, told.Reason));
    }

    [Theory, EveryDatabase]
    public async Task Whoever_only_reads_is_given_nothing_by_many_at_once_or_by_a_rule(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var reads = await server.Colleague("Lia Reads", Role.Light);
        var acts = new[] { new { kind = "assign", value = $"{reads.Id}" } };
        (await server.Api.Post("/api/v1/conversations/bulk", new { numbers = new[] { number }, acts })).IsProblem(422, "user.light");
        (await server.Api.Post("/api/v1/rules", new { name = "x", when = "began", then = acts })).IsProblem(422, "user.light");
        using var desk = await server.SignedIn();
        Assert.DoesNotContain("Lia Reads", (await desk.Get($"/bulk?numbers={number}")).Is(200).Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }
}
