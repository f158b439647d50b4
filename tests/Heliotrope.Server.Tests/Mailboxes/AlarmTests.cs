using System.Text.Json;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Mailboxes;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Mailboxes;

/// <summary>Nobody has to look for it: a mailbox that has stopped is told on every page and by mail.</summary>
[Collection(WithMailServers.Two)]
public sealed class AlarmTests
{
    private const string Second = "second@example.test";
    private const string Boss = "boss@example.test";
    private static readonly string[] Pages = ["/conversations", "/outbox", "/customers", "/articles", "/happiness"];

    [Theory, EveryDatabase]
    public async Task A_mailbox_that_hangs_is_told_on_every_page_and_once_by_mail_through_one_that_works_until_it_is_well(Engine engine)
    {
        await using var stuck = await DovecotServer.Start();
        await using var dovecot = await DovecotServer.Start();
        await using var postfix = await PostfixServer.Start(dovecot);
        await dovecot.AddUser(Second, "s3cond-word");
        await dovecot.AddUser(Boss, "b0ss-word");
        await using var room = await MailRoom.Open(engine, dovecot, alsoTrusts: stuck);
        await room.Server.AddUser(Boss, "Bo Weaver", Role.Admin);
        using var admin = await room.Server.SignedIn(Role.Admin, "Ada Weaver");
        using var agent = await room.Server.SignedIn();
        var hangs = (await room.Connect(MailRoom.Body(stuck))).GetProperty("id").GetInt64();
        await room.UntilLooked(hangs);
        var works = await room.ConnectAndLook(Second, "s3cond-word", smtpPort: postfix.Ports.StartTls);
        await room.Until(works, m => m.GetProperty("servers").GetProperty("takesTags").GetBoolean());
        await Tell(room, 2);
        Assert.Empty(await Told(room));
        Assert.All(await Bars(admin), bar => Assert.Null(bar));

        await stuck.Suspend();
        await Past(room, works);
        Assert.Equal("stopped", (await room.Read(hangs)).Text("health"));
        Assert.Equal("", (await room.Read(hangs)).GetProperty("reading").Text("trouble")); // it says nothing of it
        Assert.All([.. await Bars(admin), .. await Bars(agent)], bar => Assert.Contains("A mailbox has stopped", bar, StringComparison.Ordinal));
        Assert.Contains($"/settings/mailboxes", (await admin.Get("/conversations")).Document.QuerySelector(".alarm a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Null((await agent.Get("/conversations")).Document.QuerySelector(".alarm a")); // who may not look there is not sent there

        await Tell(room, 4);
        var told = await Told(room);
        Assert.Equal([Boss], told.Where(mail => mail.EnvelopeTo == Boss).Select(mail => mail.EnvelopeTo));
        Assert.All(told, mail => Assert.Equal((works, Second), (mail.MailboxId, mail.EnvelopeFrom)));
        await Patience.Until(async () => (await dovecot.Mails(Boss)).Count == 1, () => room.Server.Log.All + postfix.Log);
        var text = await dovecot.Doveadm("fetch", "-u", Boss, "text", "all");
        Assert.Contains(DovecotServer.User, text, StringComparison.Ordinal);
        Assert.Contains($"/settings/mailboxes/{hangs}", text, StringComparison.Ordinal);

        await stuck.Resume();
        (await room.Server.Api.Post($"/api/v1/mailboxes/{hangs}/look")).Is(200);
        await room.Until(hangs, m => m.Text("health") == "well");
        await Tell(room, 2);
        Assert.All([.. await Bars(admin), .. await Bars(agent)], bar => Assert.Null(bar));
        Assert.Equal(0, await room.Server.Store.Read(db => db.MailboxStates.CountAsync(s => s.ToldAt != null)));

        // The next time is told again.
        await stuck.Suspend();
        await Past(room, works);
        await Tell(room, 3);
        Assert.Equal(told.Count * 2, (await Told(room)).Count);
        await stuck.Resume();
    }

    [Theory, EveryDatabase]
    public async Task A_server_that_was_off_for_an_hour_alarms_nobody_before_it_had_a_chance_to_look(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await using var database = await TestDatabase.CreateMigrated(engine);
        await using (var before = await MailRoom.Open(database, dovecot))
        {
            await before.Server.AddUser(Boss, "Bo Weaver", Role.Admin);
            await before.ConnectAndLook();
            await before.Server.Store.Write(db => db.MailboxStates.ExecuteUpdateAsync(set => set.SetProperty(s => s.LookedAt, before.Server.Clock.GetUtcNow().AddHours(-1))), CancellationToken.None);
        }

        await using var room = await MailRoom.Open(database, dovecot);
        var id = (await room.Server.Api.Get("/api/v1/mailboxes")).Json[0].GetProperty("id").GetInt64();
        for (var quickly = 0; quickly < 3; quickly++)
        {
            await Tell(room, 1);
        }

        await room.Until(id, m => m.Text("health") == "well");
        await Tell(room, 2);
        Assert.Empty(await Told(room));
    }

    [Theory, EveryDatabase]
    public async Task A_mailbox_that_does_not_send_is_told_too_and_not_on_the_way_that_is_broken(Engine engine)
    {
        await using var smarthost = new FakeSmarthost();
        await using var dovecot = await DovecotServer.Start();
        await using var postfix = await PostfixServer.Start(dovecot);
        await using var room = await MailRoom.Open(engine, dovecot, smarthost: smarthost.Url);
        await room.Server.AddUser(Boss, "Bo Weaver", Role.Admin);
        using var agent = await room.Server.SignedIn();
        var id = await room.ConnectAndLook(smtpPort: postfix.Ports.StartTls);
        await room.Until(id, m => m.GetProperty("servers").GetProperty("takesTags").GetBoolean());
        var number = await room.Begin("ines@example.test");
        await dovecot.AddUser("ines@example.test", "ines-word");
        await postfix.Stop();
        (await room.Server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "It comes tomorrow." })).Is(200);
        await room.Until(id, m => m.GetProperty("sending").Text("trouble").Length > 0);
        await Past(room, id);
        await room.Until(id, m => m.Text("health") == "not-sending");
        Assert.All(await Bars(agent), bar => Assert.Contains("A mailbox has stopped", bar, StringComparison.Ordinal));
        await Tell(room, 3);
        Assert.Null(Assert.Single(await Told(room), mail => mail.EnvelopeTo == Boss).MailboxId);
        await Patience.Until(() => Task.FromResult(smarthost.Mails.Count(mail => mail.To == Boss) == 1), () => room.Server.Log.All);

        await postfix.Restart();
        room.Server.Advance(TimeSpan.FromHours(1));
        await Patience.Until(async () => (await dovecot.Mails("ines@example.test")).Count == 1, () => room.Server.Log.All + postfix.Log);
        await room.Until(id, m => m.GetProperty("sending").Text("trouble").Length == 0);
        (await room.Server.Api.Post($"/api/v1/mailboxes/{id}/look")).Is(200);
        await room.Until(id, m => m.Text("health") == "well");
        Assert.All(await Bars(agent), bar => Assert.Null(bar));
    }

    [Theory, EveryDatabase]
    public async Task Settings_that_were_mended_let_leave_at_once_what_waited_for_it(Engine engine)
    {
        await using var round = await MailRound.Start(engine);
        var (dovecot, postfix, room, id) = (round.Dovecot, round.Postfix, round.Room, round.Id);
        var number = await room.Begin("ines@example.test");
        await dovecot.AddUser(DovecotServer.User, "new-s3cret");
        await postfix.Restart(); // it keeps no connection on which somebody signed in before
        (await room.Server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "It comes tomorrow." })).Is(200);
        var refused = await room.Until(id, m => m.GetProperty("sending").Text("trouble").Length > 0);
        Assert.Equal("not-accepted", refused.GetProperty("sending").Text("trouble"));
        (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}", JsonSerializer.Serialize(new { password = "new-s3cret" }))).Is(200);
        await Patience.Until(async () => (await dovecot.Mails("ines@example.test")).Count == 1, () => room.Server.Log.All + postfix.Log); // and not after its next delay is over: this clock stands still
        await room.Until(id, m => m.Text("health") == "well" && m.GetProperty("sending").Text("trouble").Length == 0);
    }

    /// <summary>So long after the last look that it has stopped, with this one looked into again.</summary>
    private static async Task Past(MailRoom room, long works)
    {
        var before = (await room.Read(works)).GetProperty("reading").GetProperty("lookedAt").GetDateTimeOffset();
        room.Server.Clock.Advance(TimeSpan.FromMinutes(4));
        (await room.Server.Api.Post($"/api/v1/mailboxes/{works}/look")).Is(200);
        await room.Until(works, m => m.GetProperty("reading").GetProperty("lookedAt").GetDateTimeOffset() > before);
    }

    private static async Task Tell(MailRoom room, int looks)
    {
        for (var look = 0; look < looks; look++)
        {
            room.Server.Clock.Advance(look == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(30));
            await room.Server.Services.GetRequiredService<MailboxAlarm>().TellOnce(CancellationToken.None);
        }
    }

    private static Task<List<OutboxMail>> Told(MailRoom room) => room.Server.Store.Read(db => db.Outbox.Where(o => o.Kind == MailboxAlarm.Kind).ToListAsync());

    private static async Task<IReadOnlyList<string?>> Bars(Browser browser)
    {
        var bars = new List<string?>();
        foreach (var path in Pages)
        {
            bars.Add((await browser.Get(path)).Is(200).Document.QuerySelector(".alarm")?.TextContent);
        }

        return bars;
    }
}
