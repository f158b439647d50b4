using System.Text.Json;
using Heliotrope.Core.Conversations;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Mailboxes;

[Collection(WithMailServers.Three)]
public sealed class FetchTests
{
    private const string User = DovecotServer.User;

    [Theory]
    [EveryDatabase("implicit")]
    [EveryDatabase("start-tls")]
    public async Task A_mail_that_comes_while_the_server_listens_becomes_a_conversation_and_is_marked_as_read(Engine engine, string tls)
    {
        await using var dovecot = await DovecotServer.Start();
        await using var room = await MailRoom.Open(engine, dovecot);
        var id = await room.ConnectAndLook(tls: tls);
        Assert.StartsWith("250", await dovecot.Deliver(User, MailRoom.Mail("Late parcel")), StringComparison.Ordinal);
        var mailbox = await room.UntilStored(id, 1);

        Assert.Equal(["Late parcel"], await room.Subjects());
        Assert.Equal("well", mailbox.Text("health"));
        Assert.True(mailbox.GetProperty("reading").GetProperty("delaySeconds").GetInt32() >= 0);
        Assert.Equal(1, mailbox.Items("hours")[^1].GetProperty("stored").GetInt32() + mailbox.Items("hours")[^2].GetProperty("stored").GetInt32());
        await Patience.Until(async () => await dovecot.Count(User, "\\Seen") == 1);
        Assert.Equal([User], await dovecot.Connected());
    }

    [Theory, EveryDatabase]
    public async Task What_was_there_before_waits_for_somebody_to_say_what_becomes_of_it(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await dovecot.Append(User, Enumerable.Range(0, 120).Select(i => MailRoom.Mail($"Old {i}")));
        await using var room = await MailRoom.Open(engine, dovecot);
        var id = await room.ConnectAndLook();
        await dovecot.Deliver(User, MailRoom.Mail("New"));
        var asked = await room.UntilStored(id, 1);
        Assert.Equal(["New"], await room.Subjects());
        Assert.Equal(("asked", 120), (asked.GetProperty("oldMail").Text("choice"), asked.GetProperty("oldMail").GetProperty("count").GetInt32()));

        (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}/old-mail", """{"choice":"asked"}""")).IsProblem(422, "old-mail.malformed");
        (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}/old-mail", """{"choice":"since"}""")).IsProblem(422, "old-mail.malformed");
        (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}/old-mail", """{"choice":"all"}""")).Is(200);
        await room.UntilStored(id, 121);
        await room.Until(id, m => m.GetProperty("oldMail").GetProperty("left").GetInt32() == 0);
        Assert.Equal(121, (await room.Subjects()).Distinct().Count());
        Assert.Equal(121, await room.RawMails());
    }

    [Theory, EveryDatabase]
    public async Task Of_what_was_there_before_only_what_came_since_a_day_can_be_fetched(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await dovecot.Append(User, [MailRoom.Mail("Long ago")], at: new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await dovecot.Append(User, [MailRoom.Mail("Today")]);
        await using var room = await MailRoom.Open(engine, dovecot);
        var id = await room.ConnectAndLook();
        (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}/old-mail", JsonSerializer.Serialize(new { choice = "since", since = DateTimeOffset.UtcNow.AddDays(-2) }))).Is(200);
        await room.UntilStored(id, 1);
        await room.Until(id, m => m.GetProperty("oldMail").GetProperty("left").GetInt32() == 0);
        Assert.Equal(["Today"], await room.Subjects());
        await Patience.Until(async () => await dovecot.Count(User, "\\Seen") == 1);
    }

    [Theory, EveryDatabase]
    public async Task Five_thousand_mails_are_each_stored_once_although_the_server_dies_in_the_middle(Engine engine)
    {
        const int all = 5_000;
        await using var dovecot = await DovecotServer.Start();
        await using var room = await MailRoom.Open(engine, dovecot);
        var id = await room.ConnectAndLook();
        await dovecot.Append(User, Enumerable.Range(0, all).Select(i => MailRoom.Mail($"Mail {i}", $"c{i % 50}@client.example")));
        await room.UntilStored(id, 300);
        await dovecot.Kill();
        var broken = await room.Until(id, m => m.GetProperty("reading").Text("trouble").Length > 0);
        Assert.Equal("faltering", broken.Text("health"));
        Assert.InRange(await room.RawMails(), 300, all - 1);

        await dovecot.Restart();
        await room.Until(id, m => m.GetProperty("reading").GetProperty("stored").GetInt64() >= all);
        Assert.Equal(all, await room.RawMails());
        Assert.Equal(all, (await room.Subjects()).Distinct().Count());
        Assert.Equal("", (await room.Read(id)).GetProperty("reading").Text("trouble"));
        await Patience.Until(async () => await dovecot.Count(User, "\\Seen") == all);
    }

    [Theory, EveryDatabase]
    public async Task An_answer_that_was_fetched_along_with_the_mail_it_answers_joins_its_conversation(Engine engine)
    {
        const int matters = 40;
        await using var dovecot = await DovecotServer.Start();
        await using var room = await MailRoom.Open(engine, dovecot);
        var id = await room.ConnectAndLook();
        await dovecot.Append(User, Enumerable.Range(0, matters).SelectMany(i =>
        {
            var mail = TestMail.FromSomebodyNew() with { To = User, Subject = $"Matter {i}", Text = string.Join('\n', Enumerable.Repeat("A long story.", 8_000)) };
            return (byte[][])[mail.Bytes(), mail.Answer("One more thing.", mail.MessageId).Bytes()];
        }));
        await room.UntilStored(id, 2 * matters);
        Assert.Equal(matters, (await room.Subjects()).Count);
    }

    [Theory, EveryDatabase]
    public async Task A_mail_of_100_MB_in_the_middle_keeps_no_other_waiting(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await using var room = await MailRoom.Open(engine, dovecot);
        var id = await room.ConnectAndLook();
        await dovecot.Append(User, [MailRoom.Mail("Before"), MailRoom.Large("Huge", 100 * 1024 * 1024), .. Enumerable.Range(0, 20).Select(i => MailRoom.Mail($"After {i}"))]);
        var apart = await room.Until(id, m => m.GetProperty("reading").GetProperty("stored").GetInt64() >= 21);
        Assert.Equal(21, await room.Server.Store.Read(db => db.Conversations.CountAsync(c => c.Subject != "Huge")));
        await room.UntilStored(id, 22);
        await room.Until(id, m => m.Items("setAside").Length == 0);
        Assert.Equal(1, await room.Server.Store.Read(db => db.Conversations.CountAsync(c => c.Subject == "Huge")));
        Assert.Equal("large", Assert.Single(apart.Items("setAside")).Text("reason"));
        var huge = await room.Server.Store.Read(db => db.Attachments.SingleAsync());
        Assert.Equal(("video.bin", 100L * 1024 * 1024 / 72 * 54), (huge.Name, huge.Size));
    }

    [Theory, EveryDatabase]
    public async Task When_the_server_numbers_its_mail_anew_nothing_is_stored_twice_and_nothing_is_missed(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await dovecot.Append(User, [MailRoom.Mail("Old, to be left")]);
        await using var room = await MailRoom.Open(engine, dovecot);
        var id = await room.ConnectAndLook();
        (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}/old-mail", """{"choice":"leave"}""")).Is(200);
        await dovecot.Append(User, Enumerable.Range(0, 30).Select(i => MailRoom.Mail($"Mail {i}")));
        await room.UntilStored(id, 30);
        await dovecot.ChangeUidValidity(User);
        await dovecot.Append(User, [MailRoom.Mail("While it was numbered")]);
        await Patience.Until(async () => (await room.Subjects()).Contains("While it was numbered"), () => room.Server.Log.All);
        await room.Until(id, m => m.GetProperty("oldMail").GetProperty("left").GetInt32() == 0);
        await dovecot.Deliver(User, MailRoom.Mail("Afterwards"));
        await Patience.Until(async () => (await room.Subjects()).Contains("Afterwards"));
        var subjects = await room.Subjects();
        Assert.Equal(subjects.Distinct().Count(), subjects.Count);
        Assert.Equal(32, subjects.Count(subject => subject != "Old, to be left"));
        Assert.DoesNotContain(await room.Server.Store.Read(db => db.Entries.Select(e => e.Text).ToListAsync()), text => text == Conversation.LayBefore); // it came since, under whatever number
    }

    [Theory, EveryDatabase]
    public async Task A_mailbox_whose_server_hangs_delays_no_other(Engine engine)
    {
        await using var stuck = await DovecotServer.Start();
        await using var dovecot = await DovecotServer.Start();
        await dovecot.AddUser("second@example.test", "s3cond-word");
        await using var room = await MailRoom.Open(engine, dovecot, alsoTrusts: stuck);
        var hangs = (await room.Connect(MailRoom.Body(stuck))).GetProperty("id").GetInt64();
        await room.UntilLooked(hangs);
        await stuck.Suspend();
        try
        {
            var id = await room.ConnectAndLook("second@example.test", "s3cond-word");
            await dovecot.Deliver("second@example.test", MailRoom.Mail("Meanwhile", to: "second@example.test"));
            await room.UntilStored(id, 1);
            Assert.Equal(["Meanwhile"], await room.Subjects());

            // It hangs without a word: that it was not looked into is what tells.
            room.Server.Clock.Advance(TimeSpan.FromMinutes(4));
            Assert.Equal("stopped", (await room.Read(hangs)).Text("health"));
        }
        finally
        {
            await stuck.Resume();
        }
    }

    [Theory]
    [EveryDatabase("leave")]
    [EveryDatabase("move")]
    public async Task What_is_stored_is_left_or_moved_as_was_set(Engine engine, string after)
    {
        await using var dovecot = await DovecotServer.Start();
        await using var room = await MailRoom.Open(engine, dovecot);
        var id = await room.ConnectAndLook(after: after);
        await dovecot.Append(User, Enumerable.Range(0, 3).Select(i => MailRoom.Mail($"Mail {i}")));
        await room.UntilStored(id, 3);
        if (after == "leave")
        {
            await dovecot.Deliver(User, MailRoom.Mail("One more"));
            await room.UntilStored(id, 4);
            Assert.Equal(0, await dovecot.Count(User, "\\Seen"));
            Assert.Equal(4, (await dovecot.Mails(User)).Count);
        }
        else
        {
            await Patience.Until(async () => (await dovecot.Mails(User)).Count == 0);
            Assert.Equal(3, await dovecot.Count(User, "\\Seen", "Done"));
        }
    }

    [Theory, EveryDatabase]
    public async Task A_mail_that_names_none_of_our_addresses_belongs_to_the_address_of_its_mailbox(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await using var room = await MailRoom.Open(engine, dovecot);
        var id = await room.ConnectAndLook();
        await dovecot.Deliver(User, MailRoom.Mail("To many in secret", to: "undisclosed@client.example"));
        await room.UntilStored(id, 1);
        Assert.Equal(User, await room.Server.Store.Read(db => db.Conversations.Select(c => c.OurAddress).SingleAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Garbage_in_a_mailbox_is_kept_and_stops_nothing(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await using var room = await MailRoom.Open(engine, dovecot);
        var id = await room.ConnectAndLook();
        var random = new Random(7);
        var noise = new byte[5_000];
        random.NextBytes(noise);
        await dovecot.Append(User, [noise, "\r\n\r\n"u8.ToArray(), new byte[2000], "From: <a@b.example>\r\n"u8.ToArray(), MailRoom.Mail("Fine")]);
        await Patience.Until(async () => (await room.Subjects()).Contains("Fine"), () => room.Server.Log.All);
        Assert.Equal(5, await room.RawMails());
    }

    [Theory, EveryDatabase]
    public async Task A_mailbox_that_is_nearly_full_is_noticed(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await dovecot.AddUser("small@example.test", "sm4ll-word", quota: 100 * 1024);
        await using var room = await MailRoom.Open(engine, dovecot);
        await dovecot.Append("small@example.test", [MailRoom.Mail("Big", text: string.Join("\r\n", Enumerable.Repeat(new string('x', 70), 1_400)))]);
        Assert.StartsWith("552", await dovecot.Deliver("small@example.test", MailRoom.Mail("Refused", text: new string('y', 900))), StringComparison.Ordinal);
        var id = await room.ConnectAndLook("small@example.test", "sm4ll-word");
        var full = await room.Until(id, m => m.Text("health") == "nearly-full");
        Assert.Equal(100 * 1024, full.GetProperty("reading").GetProperty("quotaLimit").GetInt64());
    }
}
