using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Mailboxes;

/// <summary>Mail that goes round: out through a real Postfix, into a real Dovecot, and back over IMAP.</summary>
[Collection(WithMailServers.Two)]
public sealed class RoundTests
{
    private const string User = DovecotServer.User;

    [Theory, EveryDatabase]
    public async Task A_mailbox_that_is_connected_sends_itself_a_mail_and_shows_it_arriving_and_makes_no_conversation_of_it(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await using var postfix = await PostfixServer.Start(dovecot);
        await using var room = await MailRoom.Open(engine, dovecot);
        var id = await room.ConnectAndLook(smtpPort: postfix.Ports.StartTls);
        var tried = await room.Until(id, m => m.GetProperty("test") is { ValueKind: JsonValueKind.Object } test
            && test.GetProperty("arrivedAt").ValueKind is JsonValueKind.String && test.GetProperty("taggedAt").ValueKind is JsonValueKind.String);
        Assert.Equal("sent", tried.GetProperty("test").Text("state"));
        tried = await room.Until(id, m => m.GetProperty("servers").GetProperty("takesTags").GetBoolean());
        Assert.Equal("well", tried.Text("health"));
        Assert.Equal(0, tried.GetProperty("oldMail").GetProperty("count").GetInt32());
        Assert.Equal(0, tried.GetProperty("reading").GetProperty("stored").GetInt64()); // nobody wrote it
        Assert.Empty(await room.Subjects());
        Assert.Equal(0, await room.RawMails());
    }

    [Theory, EveryDatabase]
    public async Task An_answer_leaves_through_the_mailbox_that_was_written_to_and_the_answer_to_it_finds_its_conversation(Engine engine)
    {
        await using var round = await MailRound.Start(engine);
        var (dovecot, postfix, room, id) = (round.Dovecot, round.Postfix, round.Room, round.Id);
        await dovecot.Deliver(User, MailRoom.Mail("Late parcel", "ines@example.test"));
        await Patience.Until(async () => (await room.Subjects()).Count == 1);
        var number = await room.Server.Store.Read(db => db.Conversations.Select(c => c.Number).SingleAsync());
        (await room.Server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "It comes tomorrow." })).Is(200);

        await Patience.Until(async () => (await dovecot.Mails("ines@example.test")).Count == 1, () => room.Server.Log.All + postfix.Log);
        var answer = await dovecot.Doveadm("fetch", "-u", "ines@example.test", "text", "all");
        Assert.Contains("It comes tomorrow.", answer, StringComparison.Ordinal);
        Assert.Contains($"<{User}>", answer, StringComparison.Ordinal);
        var back = string.Create(CultureInfo.InvariantCulture, $"user+{number}-");
        Assert.Contains(back, answer, StringComparison.Ordinal);

        // Nothing in it names what it answers but the address it goes to.
        var address = answer[answer.IndexOf(back, StringComparison.Ordinal)..];
        address = address[..(address.IndexOf("@example.test", StringComparison.Ordinal) + "@example.test".Length)];
        await dovecot.Deliver(address, MailRoom.Mail("Another subject", "ines@example.test", address, "Thank you!"));
        await Patience.Until(() => room.Server.Store.Read(async db => await db.Entries.CountAsync(e => e.ConversationNumber == number && e.FromAddress == "ines@example.test") == 2), () => room.Server.Log.All);
        Assert.Single(await room.Subjects());
        Assert.Equal(0, (await room.Read(id)).GetProperty("sending").GetProperty("waiting").GetInt32());
    }

    [Theory, EveryDatabase]
    public async Task A_greylisting_server_gets_the_mail_once_and_a_refused_recipient_is_told_at_once(Engine engine)
    {
        await using var round = await MailRound.Start(engine);
        var (dovecot, postfix, room, id) = (round.Dovecot, round.Postfix, round.Room, round.Id);
        postfix.Policy.Greylisting = true;
        var number = await room.Begin("ines@example.test");
        (await room.Server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "It comes tomorrow." })).Is(200);
        var put = await room.Server.Until(async () => (await room.Server.Api.Outbox(number, "reply"))[0], m => m.GetProperty("attempts").GetInt32() == 1 && m.Text("state") == "waiting");
        Assert.NotEqual("", put.Text("problem"));
        room.Server.Advance(TimeSpan.FromMinutes(2));
        await Patience.Until(async () => (await dovecot.Mails("ines@example.test")).Count == 1, () => room.Server.Log.All + postfix.Log);
        await Patience.Until(async () => (await room.Server.Api.Outbox(number, "reply"))[0].Text("state") == "sent");

        postfix.Policy.Greylisting = false;
        postfix.Policy.Refuse("gone@example.test", "550 5.1.1 Nobody by that name");
        var other = await room.Begin("gone@example.test", "Gone");
        (await room.Server.Api.Post($"/api/v1/conversations/{other}/replies", new { text = "Hello." })).Is(200);
        var failed = await room.Server.Until(async () => (await room.Server.Api.Outbox(other, "reply"))[0], m => m.Text("state") == "failed");
        Assert.Contains("Nobody by that name", failed.Text("problem"), StringComparison.Ordinal);
        Assert.Equal("", (await room.Read(id)).GetProperty("sending").Text("trouble")); // that concerns one recipient, and not the mailbox
    }

    [Theory, EveryDatabase]
    public async Task A_server_that_turns_us_away_at_its_greeting_is_told_until_it_has_answered_about_a_mail(Engine engine)
    {
        await using var round = await MailRound.Start(engine);
        var (dovecot, postfix, room, id) = (round.Dovecot, round.Postfix, round.Room, round.Id);
        var (number, nobody) = (await room.Begin("ines@example.test"), await room.Begin("ines@example.test", "To nobody"));
        await postfix.Stop();
        using (var listener = new TcpListener(IPAddress.Loopback, postfix.Ports.StartTls))
        {
            listener.Start();
            var turning = TurnAway(listener);
            (await room.Server.Api.Post($"/api/v1/conversations/{nobody}/replies", new { text = "Hello." })).Is(200);
            Assert.Equal("away", (await room.Until(id, m => m.GetProperty("sending").Text("trouble").Length > 0)).GetProperty("sending").Text("trouble"));

            // What no server can be asked about says nothing of this one.
            await room.Server.Store.Write(db => db.Outbox.Where(o => o.ConversationNumber == nobody).ExecuteUpdateAsync(set => set.SetProperty(o => o.EnvelopeTo, "nobody")), CancellationToken.None);
            room.Server.Advance(TimeSpan.FromHours(1));
            await room.Server.Until(async () => (await room.Server.Api.Outbox(nobody, "reply"))[0], m => m.Text("state") == "failed");
            (await room.Server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "It comes tomorrow." })).Is(200);
            await room.Server.Until(async () => (await room.Server.Api.Outbox(number, "reply"))[0], m => m.GetProperty("attempts").GetInt32() == 1 && m.Text("state") == "waiting");
            Assert.Equal("away", (await room.Read(id)).GetProperty("sending").Text("trouble"));
            listener.Stop();
            await turning;
        }

        await postfix.Restart();
        room.Server.Advance(TimeSpan.FromHours(1));
        await Patience.Until(async () => (await dovecot.Mails("ines@example.test")).Count == 1, () => room.Server.Log.All + postfix.Log);
        await room.Until(id, m => m.GetProperty("sending").Text("trouble").Length == 0);
    }

    [Theory, EveryDatabase]
    public async Task While_one_smtp_server_hangs_mail_of_other_mailboxes_leaves_and_afterwards_everything_has_left_once(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await using var stuck = await PostfixServer.Start(dovecot);
        await using var postfix = await PostfixServer.Start(dovecot);
        await dovecot.AddUser("second@example.test", "s3cond-word");
        await dovecot.AddUser("ines@example.test", "ines-word");
        await using var room = await MailRoom.Open(engine, dovecot);
        var hangs = await room.ConnectAndLook(smtpPort: stuck.Ports.StartTls);
        var id = await room.ConnectAndLook("second@example.test", "s3cond-word", smtpPort: postfix.Ports.StartTls);
        foreach (var mailbox in (long[])[hangs, id])
        {
            await room.Until(mailbox, m => m.GetProperty("servers").GetProperty("takesTags").GetBoolean());
        }

        await stuck.Suspend();
        try
        {
            for (var i = 0; i < 6; i++)
            {
                var waits = await room.Begin("ines@example.test", $"First {i}");
                (await room.Server.Api.Post($"/api/v1/conversations/{waits}/replies", new { text = "From the first." })).Is(200);
            }

            var number = await room.Begin("ines@example.test", "Second", "second@example.test");
            (await room.Server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "From the second." })).Is(200);
            await Patience.Until(async () => (await dovecot.Mails("ines@example.test")).Count == 1, () => room.Server.Log.All);
        }
        finally
        {
            await stuck.Resume();
        }

        await Patience.Until(async () => (await dovecot.Mails("ines@example.test")).Count >= 7, () => room.Server.Log.All + stuck.Log);
        await room.Until(hangs, m => m.GetProperty("sending").GetProperty("waiting").GetInt32() == 0);
        Assert.Equal(7, (await dovecot.Mails("ines@example.test")).Count);
    }

    [Theory, EveryDatabase]
    public async Task No_more_leaves_in_a_minute_or_an_hour_than_the_provider_takes(Engine engine)
    {
        await using var round = await MailRound.Start(engine);
        var (dovecot, room, id) = (round.Dovecot, round.Room, round.Id);
        room.Server.Advance(TimeSpan.FromMinutes(61)); // what was sent before counts no more
        (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}", """{"mostAMinute":3,"mostAnHour":4}""")).Is(200);
        for (var i = 0; i < 5; i++)
        {
            var number = await room.Begin("ines@example.test", $"Mail {i}");
            (await room.Server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Hello." })).Is(200);
        }

        await room.Until(id, m => m.GetProperty("sending").GetProperty("waiting").GetInt32() == 2);
        await Patience.Until(async () => (await dovecot.Mails("ines@example.test")).Count == 3);
        Assert.Equal(2, (await room.Read(id)).GetProperty("sending").GetProperty("waiting").GetInt32());
        room.Server.Advance(TimeSpan.FromSeconds(61));
        await Patience.Until(async () => (await dovecot.Mails("ines@example.test")).Count == 4);
        await room.Until(id, m => m.GetProperty("sending").GetProperty("waiting").GetInt32() == 1);
        room.Server.Advance(TimeSpan.FromMinutes(61));
        await Patience.Until(async () => (await dovecot.Mails("ines@example.test")).Count == 5);
    }

    [Theory, EveryDatabase]
    public async Task Nothing_is_kept_when_a_server_lets_us_not_in_and_the_password_is_never_told(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await using var postfix = await PostfixServer.Start(dovecot);
        await using var room = await MailRoom.Open(engine, dovecot);
        var refused = (await room.Server.Api.PostText("/api/v1/mailboxes", MailRoom.Body(dovecot, password: "wr0ng-w0rd", smtpPort: postfix.Ports.StartTls))).IsProblem(409, "mailbox.not-read");
        Assert.DoesNotContain("wr0ng-w0rd", refused.Body + room.Server.Log.All, StringComparison.Ordinal);
        Assert.Empty((await room.Server.Api.Get("/api/v1/mailboxes")).Json.EnumerateArray());
        var id = await room.ConnectAndLook(smtpPort: postfix.Ports.StartTls);
        Assert.DoesNotContain(DovecotServer.Password, (await room.Server.Api.Get("/api/v1/mailboxes")).Body + room.Server.Log.All, StringComparison.Ordinal);
        Assert.DoesNotContain(DovecotServer.Password, await room.Server.Store.Read(db => db.Mailboxes.Select(m => m.Secret).SingleAsync()), StringComparison.Ordinal);
        (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}", """{"password":"wr0ng-w0rd"}""")).IsProblem(409, "mailbox.not-read");
        (await room.Server.Api.PostText("/api/v1/mailboxes", MailRoom.Body(dovecot))).IsProblem(409, "mailbox.taken");

        (await room.Server.Api.Post($"/api/v1/mailboxes/{id}/remove")).Is(200);
        Assert.Empty((await room.Server.Api.Get("/api/v1/mailboxes")).Json.EnumerateArray());
        await Patience.Until(async () => (await dovecot.Connected()).Count == 0);
    }

    /// <summary>Says to everybody who comes that it takes no mail now.</summary>
    private static async Task TurnAway(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await client.GetStream().WriteAsync("421 4.3.2 Not now\r\n"u8.ToArray());
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException or IOException)
        {
            return; // It was stopped.
        }
    }
}
