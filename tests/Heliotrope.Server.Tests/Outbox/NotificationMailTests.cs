using System.Text;
using System.Text.RegularExpressions;
using Heliotrope.Core.Notifications;
using Heliotrope.Core.People;
using Heliotrope.Mail.Reading;
using Heliotrope.Server.Live;
using Heliotrope.Server.Notifications;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Tests.Infrastructure;
using Heliotrope.Server.Tests.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Heliotrope.Server.Tests.Outbox;

public sealed partial class NotificationMailTests
{
    private static NotificationMailer Mailer(TestServer server) => server.Services.GetRequiredService<NotificationMailer>();

    [Theory, EveryDatabase]
    public async Task What_was_not_read_goes_by_mail_after_ten_minutes_gathered_in_one(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (priya, tom) = (await server.Colleague("Priya Nair"), await server.Colleague("Tom Reed"));
        var (one, two) = (await server.Receive(TestMail.FromSomebodyNew()), await server.Receive(TestMail.FromSomebodyNew()));
        await server.Assign(priya, one, tom);
        await server.Assign(priya, two, tom);
        server.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(0, await Mailer(server).SendDue(CancellationToken.None));
        server.Advance(TimeSpan.FromMinutes(2));
        await Mailer(server).SendDue(CancellationToken.None); // or the worker itself was quicker
        var mail = Assert.Single(await Mails(server, tom));
        Assert.Equal(("2 things wait for you at the desk", OutboxState.Kept), (mail.Subject, mail.State));
        Assert.Equal(0, await Mailer(server).SendDue(CancellationToken.None));

        // It is theirs: neither another person nor a program finds it.
        Assert.Empty((await server.Api.Get("/api/v1/outbox")).Is(200).Json.Items("items"));
        (await server.Api.Get($"/api/v1/outbox/{mail.Id}")).IsProblem(404, "outbox.unknown");
    }

    [Theory, EveryDatabase]
    public async Task A_mail_says_why_and_how_to_hear_no_more_and_no_word_of_the_conversation(Engine engine)
    {
        await using var server = await TestServer.Start(engine, publicUrl: "https://desk.example");
        var (priya, tom) = (await server.Colleague("Priya Nair"), await server.Colleague("Tom Reed"));
        var number = await server.Receive(TestMail.FromSomebodyNew() with { From = "Ada Lovelace <ada.mailed@client.example>", Subject = "My *grinder* <hums>", Text = "The secret is 1234." });
        await server.Assign(priya, number, tom);
        var raw = await Due(server, tom);
        var message = MailReader.Read(Encoding.ASCII.GetBytes(raw));
        Assert.Equal("Ada Lovelace: My *grinder* <hums>", message.Subject);
        Assert.Equal("auto-generated", message.Header("Auto-Submitted")[0].Trim());
        Assert.Equal("List-Unsubscribe=One-Click", message.Header("List-Unsubscribe-Post")[0].Trim());
        Assert.DoesNotContain("1234", message.Text + message.Html, StringComparison.Ordinal);
        var expected = $"""
            Ada Lovelace: My *grinder* <hums>
            Because Priya Nair gave it to you.
            https://desk.example/conversations/{number}

            -- 
            Heliotrope sent this by itself. An answer to it reaches nobody: write at the desk.
            What you are told, where and when: https://desk.example/me
            No mail for this reason: A conversation is given to you https://desk.example/notifications/off/TOKEN
            """;
        Assert.Equal(expected.ReplaceLineEndings("\n").Trim(), Token().Replace(message.Text.ReplaceLineEndings("\n"), "off/TOKEN").Trim());
        Assert.Contains("<hums>", System.Net.WebUtility.HtmlDecode(message.Html!), StringComparison.Ordinal);
        Assert.DoesNotContain("<hums>", message.Html!, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task What_was_read_or_is_open_just_now_goes_by_no_mail(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (priya, tom) = (await server.Colleague("Priya Nair"), await server.Colleague("Tom Reed"));
        var number = await server.Receive(TestMail.FromSomebodyNew());
        await server.Assign(priya, number, tom);
        server.Advance(TimeSpan.FromMinutes(11));
        server.Services.GetRequiredService<Presence>().Hear(new(number, ActorKind.Person, tom.Id!.Value, tom.Name, "window", Doing.Reading));
        Assert.Equal(0, await Mailer(server).SendDue(CancellationToken.None));
        Assert.Null(await server.Services.GetRequiredService<ReadNotifications>().Run(tom, new(Conversation: number), CancellationToken.None));
        server.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await Mailer(server).SendDue(CancellationToken.None));
        Assert.Empty(await Mails(server, tom));
    }

    [Theory, EveryDatabase]
    public async Task A_link_switches_off_when_it_is_pressed_and_not_when_it_is_looked_at(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (priya, tom) = (await server.Colleague("Priya Nair"), await server.Colleague("Tom Reed"));
        await server.Assign(priya, await server.Receive(TestMail.FromSomebodyNew()), tom);
        var path = "/notifications/" + Token().Match(await Due(server, tom)).Value;
        Assert.DoesNotContain(path[^20..], string.Concat(await server.Store.Read(db => db.NotificationOffs.Select(o => o.Reasons).ToListAsync())), StringComparison.Ordinal);

        using var stranger = server.NewBrowser();
        var asks = (await stranger.Get(path)).Is(200);
        Assert.Contains("No more mail for this?", asks.Html, StringComparison.Ordinal);
        Assert.True((await Settings(server, tom)).Told[Reason.Assigned].Mail);
        Assert.Contains("Switched off", (await stranger.Post(path, ("List-Unsubscribe", "One-Click"))).Is(200).Html, StringComparison.Ordinal);
        Assert.Equal(new Told(Bell: true, Mail: false), (await Settings(server, tom)).Told[Reason.Assigned]);
        Assert.True((await Settings(server, tom)).Told[Reason.Mentioned].Mail);

        await server.Assign(priya, await server.Receive(TestMail.FromSomebodyNew()), tom);
        server.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await Mailer(server).SendDue(CancellationToken.None));
        server.Advance(TimeSpan.FromDays(91));
        (await stranger.Get(path)).Is(404);
        (await stranger.Post(path)).Is(404);
        (await stranger.Post("/notifications/off/made-up")).Is(404);
    }

    [Theory, EveryDatabase]
    public async Task An_answer_to_a_notification_becomes_nobodys_message(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (priya, tom) = (await server.Colleague("Priya Nair"), await server.Colleague("Tom Reed"));
        var number = await server.Receive(TestMail.FromSomebodyNew());
        await server.Assign(priya, number, tom);
        var message = MailReader.Read(Encoding.ASCII.GetBytes(await Due(server, tom)));
        var back = (await Mails(server, tom)).Single().EnvelopeFrom;
        foreach (var answer in new[]
        {
            new TestMail { From = "Tom Reed <tom@desk.example>", To = back, Text = "I do it tomorrow." },
            new TestMail { From = "Tom Reed <tom@desk.example>", Text = "I do it tomorrow.", InReplyTo = message.MessageId, References = $"<{message.MessageId}>" },
            new TestMail { From = "MAILER-DAEMON <>", To = back, Text = "Nobody by that name.", More = ["Auto-Submitted: auto-replied"] },
        })
        {
            Assert.Equal("quarantined", (await server.Api.PostMail(answer.Bytes(), answer.EnvelopeTo)).Is(200).Json.Text("status"));
        }

        Assert.Equal(1, await server.Store.Read(db => db.Conversations.CountAsync()));
        Assert.DoesNotContain(await server.Api.Entries(number), entry => entry.Text("kind") == "message" && entry.Text("direction") == "out");
        Assert.Equal(2, await server.Store.Read(db => db.Quarantine.CountAsync(q => q.Reason == "notification.answered")));
    }

    [Theory, EveryDatabase]
    public async Task Nothing_goes_of_a_conversation_that_was_hidden_from_them_since(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (priya, tom) = (await server.Colleague("Priya Nair", Role.Admin), await server.Colleague("Tom Reed"));
        var number = await server.Receive(TestMail.FromSomebodyNew());
        await server.Assign(priya, number, tom);
        await server.Store.Write(
            async db =>
            {
                var team = db.Teams.Add(new() { Name = "Complaints", Private = true }).Entity;
                await db.SaveChangesAsync();
                (await db.Conversations.FindAsync(number))!.BelongTo(team.Id);
                return true;
            },
            CancellationToken.None);
        server.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(0, await Mailer(server).SendDue(CancellationToken.None));
        Assert.Empty(await Mails(server, tom));
        Assert.Empty((await server.Services.GetRequiredService<ListNotifications>().Run(tom, null)).Value.Unread);
    }

    private static async Task<string> Due(TestServer server, Actor to)
    {
        server.Advance(TimeSpan.FromMinutes(11));
        await Mailer(server).SendDue(CancellationToken.None);
        var mail = Assert.Single(await Mails(server, to));
        return Encoding.ASCII.GetString(await server.Store.Read(db => db.OutboxBytes.Where(b => b.Id == mail.BytesId).Select(b => b.Content).SingleAsync()));
    }

    private static Task<List<OutboxMail>> Mails(TestServer server, Actor to) => server.Store.Read(db => db.Outbox.Where(o => o.UserId == to.Id).ToListAsync());

    private static Task<MyNotifications> Settings(TestServer server, Actor of) => server.Services.GetRequiredService<NotificationSettings>().Of(of);

    [GeneratedRegex(@"off/[\w-]{43}")]
    private static partial Regex Token();
}
