using Heliotrope.Core.Notifications;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Notifications;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Promises;
using Heliotrope.Server.Spam;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Notifications;

public sealed class NotifyTests(SharedServers servers) : IClassFixture<SharedServers>
{
    [Theory, EveryDatabase]
    public async Task Whoever_is_given_a_conversation_is_told_and_whoever_takes_it_is_not(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var (priya, tom) = (await server.Colleague("Priya Nair"), await server.Colleague("Tom Reed"));
        await server.Assign(priya, number, tom);
        var told = Assert.Single(await server.Told(tom));
        Assert.Equal((Reason.Assigned, number, "Priya Nair", 1, true, true), (told.Reason, told.ConversationNumber, told.ByName, told.Count, told.Bell, told.Mail));

        await server.Assign(priya, number, priya);
        Assert.Empty(await server.Told(priya));
    }

    [Theory, EveryDatabase]
    public async Task What_was_not_read_is_told_once_and_counted(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        var tom = await server.Colleague("Tom Reed");
        await server.Assign(await server.Colleague("Priya Nair"), number, tom);
        foreach (var words in new[] { "Are you there?", "It smokes now." })
        {
            await server.Receive(new TestMail { From = mail.From, Text = words, InReplyTo = mail.MessageId, References = $"<{mail.MessageId}>" });
        }

        var answered = Assert.Single(await server.Told(tom), n => n.Reason is Reason.Answered);
        Assert.Equal((2, "It smokes now."), (answered.Count, answered.About));
    }

    [Theory, EveryDatabase]
    public async Task A_follower_hears_of_notes_and_answers_and_whoever_is_named_hears_it_once(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var (priya, tom, sam) = (await server.Colleague("Priya Nair"), await server.Colleague("Tom Reed"), await server.Colleague("Sam Colleague"));
        foreach (var follower in new[] { priya, tom, sam })
        {
            Assert.Null(await server.Services.GetRequiredService<FollowConversation>().Run(follower, number, FollowChoice.Follow, CancellationToken.None));
        }

        Assert.Null(await server.Services.GetRequiredService<Note>().Run(priya, number, new("Look at the belt."), CancellationToken.None));
        Assert.Empty(await server.Told(priya));
        Assert.Equal(Reason.Followed, Assert.Single(await server.Told(tom)).Reason);

        // Named in a note that they would have heard of anyway: once, with the better reason.
        await server.Store.Write(
            async db =>
            {
                var conversation = (await db.Conversations.FindAsync(number))!;
                var now = server.Clock.Now().AddSeconds(1);
                conversation.Note(priya, "@Sam, what do you think?", now);
                await db.SaveChangesAsync();
                await Notify.Write(db, sam.Id!.Value, Reason.Mentioned, conversation, "@Sam, what do you think?", priya, now);
                return true;
            },
            CancellationToken.None);
        Assert.Contains(await server.Told(sam), n => n is { Reason: Reason.Mentioned, Count: 1 });
    }

    [Theory, EveryDatabase]
    public async Task A_muted_conversation_says_nothing_but_what_names_somebody(Engine engine)
    {
        var server = await servers.On(engine);
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        var (priya, tom) = (await server.Colleague("Priya Nair"), await server.Colleague("Tom Reed"));
        Assert.Null(await server.Services.GetRequiredService<FollowConversation>().Run(tom, number, FollowChoice.Mute, CancellationToken.None));
        await server.Assign(priya, number, tom);
        await server.Receive(new TestMail { From = mail.From, Text = "Hello?", InReplyTo = mail.MessageId });
        Assert.Equal(Reason.Assigned, Assert.Single(await server.Told(tom)).Reason);
    }

    [Theory, EveryDatabase]
    public async Task Nobody_is_told_of_what_lies_in_the_past(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var (priya, tom) = (await server.Colleague("Priya Nair"), await server.Colleague("Tom Reed"));
        await server.Store.Write(
            async db =>
            {
                (await db.Conversations.FindAsync(number))!.Assign(priya, tom.Id, tom.Name, server.Clock.Now().AddDays(-3));
                return true;
            },
            CancellationToken.None);
        Assert.Empty(await server.Told(tom));
    }

    [Theory, EveryDatabase]
    public async Task Nobody_is_told_of_what_they_may_not_see(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var (ada, tom, sam) = (await server.Colleague("Ada Lead", Role.Admin), await server.Colleague("Tom Reed"), await server.Colleague("Sam Colleague"));
        foreach (var follower in new[] { tom, sam })
        {
            Assert.Null(await server.Services.GetRequiredService<FollowConversation>().Run(follower, number, FollowChoice.Follow, CancellationToken.None));
        }

        await server.Store.Write(
            async db =>
            {
                var team = db.Teams.Add(new() { Name = $"Private {number}", Private = true }).Entity;
                await db.SaveChangesAsync();
                db.TeamMembers.Add(new() { TeamId = team.Id, UserId = sam.Id!.Value });
                (await db.Conversations.FindAsync(number))!.BelongTo(team.Id);
                return true;
            },
            CancellationToken.None);
        Assert.Null(await server.Services.GetRequiredService<Note>().Run(ada, number, new("Between us."), CancellationToken.None));
        Assert.Empty(await server.Told(tom));
        Assert.Equal(Reason.Followed, Assert.Single(await server.Told(sam)).Reason);
    }

    [Theory, EveryDatabase]
    public async Task Nobody_is_told_of_spam(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var (priya, tom) = (await server.Colleague("Priya Nair"), await server.Colleague("Tom Reed"));
        Assert.Null(await server.Services.GetRequiredService<MarkSpam>().Run(priya, number, new(true, null), CancellationToken.None));
        await server.Assign(priya, number, tom);
        Assert.Empty(await server.Told(tom));
    }

    [Theory, EveryDatabase]
    public async Task A_promise_tells_its_owner_soon_and_leads_when_it_is_at_risk_and_broken(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var (tom, lead) = (await server.Colleague("Tom Reed"), await server.Colleague("Ada Lead", Role.Lead));
        var due = server.Clock.GetUtcNow().AddDays(10).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Null(await server.Services.GetRequiredService<MakePromise>().Run(tom, number, new("We call you back.", due), CancellationToken.None));
        var promise = await server.Store.Read(db => db.Promises.SingleAsync());
        var worker = server.Services.GetRequiredService<PromiseWorker>();
        await At(promise.RemindAt, Reason.PromiseSoon);
        Assert.Empty(await server.Told(lead));
        await At(promise.RiskAt, Reason.PromiseAtRisk);
        await At(promise.DueAt.AddMinutes(1), Reason.PromiseBroken);
        Assert.Equal([Reason.PromiseAtRisk, Reason.PromiseBroken], (await server.Told(lead)).Select(n => n.Reason).Order());

        async Task At(DateTimeOffset at, Reason reason)
        {
            server.Advance(at - server.Clock.GetUtcNow() + TimeSpan.FromSeconds(1));
            await worker.WatchSome(CancellationToken.None);
            Assert.Contains(await server.Told(tom), n => n.Reason == reason && n.About == "We call you back.");
        }
    }

    [Theory, EveryDatabase]
    public async Task What_somebody_switched_off_is_not_told(Engine engine)
    {
        var server = await servers.On(engine);
        var (priya, tom) = (await server.Colleague("Priya Nair"), await server.Colleague("Tom Reed"));
        var number = await server.Receive(TestMail.FromSomebodyNew());
        await server.Store.Write(
            db =>
            {
                db.NotificationChoices.Add(new() { UserId = tom.Id!.Value, Reason = Reason.Assigned, Bell = false, Mail = false });
                return Task.FromResult(true);
            },
            CancellationToken.None);
        await server.Assign(priya, number, tom);
        Assert.Empty(await server.Told(tom));
    }
}

/// <summary>What these tests do again and again.</summary>
internal static class Colleagues
{
    public static async Task<Actor> Colleague(this TestServer server, string name, Role role = Role.Agent)
    {
        var user = await server.AddUser($"{Guid.NewGuid():N}@desk.example", name, role);
        return new(ActorKind.Person, user.Id, name, role);
    }

    public static async Task Assign(this TestServer server, Actor by, long number, Actor to) =>
        Assert.Null(await server.Services.GetRequiredService<Assign>().Run(by, number, new(to.Id!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)), CancellationToken.None));

    public static Task<List<Notification>> Told(this TestServer server, Actor actor) =>
        server.Store.Read(db => db.Notifications.Where(n => n.UserId == actor.Id).OrderBy(n => n.Id).ToListAsync());
}
