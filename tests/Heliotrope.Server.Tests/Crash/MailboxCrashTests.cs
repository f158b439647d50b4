using Heliotrope.Server.Outbox;
using Heliotrope.Server.Tests.Infrastructure;
using Heliotrope.Server.Tests.Mailboxes;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Crash;

[Collection(WithMailServers.One)]
public sealed class MailboxCrashTests
{
    private const string User = DovecotServer.User;
    private const int Mails = 600;
    private const int Replies = 24;

    [Theory, EveryDatabase]
    public async Task Killed_again_and_again_while_it_fetches_every_mail_is_stored_once_and_marked_as_read(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await using var database = await TestDatabase.CreateMigrated(engine);
        await using (var room = await MailRoom.Open(database, dovecot))
        {
            await room.ConnectAndLook();
        }

        await dovecot.Append(User, Enumerable.Range(0, Mails).Select(i => MailRoom.Mail($"Mail {i}", $"c{i % 50}@client.example")));
        var died = new List<int>();
        foreach (var enough in (int[])[40, 150, 280])
        {
            await using var process = await MailRoom.Serve(database, dovecot);
            await Patience.Until(async () => await Stored(database) >= enough, () => process.Said);
            await process.Kill();
            died.Add(await Stored(database));
        }

        Assert.Contains(died, stored => stored < Mails); // it died in the middle, unless the machine slept meanwhile
        await using var after = await MailRoom.Open(database, dovecot);
        await Patience.Until(async () => await after.RawMails() == Mails, () => after.Server.Log.All);
        await Patience.Until(async () => await dovecot.Count(User, "\\Seen") == Mails, () => after.Server.Log.All);
        var subjects = await after.Subjects();
        Assert.Equal((Mails, Mails), (subjects.Count, subjects.Distinct().Count()));
        Assert.Equal(Mails, await after.Server.Store.Read(db => db.Entries.CountAsync()));
        Assert.Equal(0, await after.Server.Store.Read(db => db.Quarantine.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Killed_while_it_sends_through_a_mailbox_no_reply_is_lost_and_each_repeat_is_shown(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await using var postfix = await PostfixServer.Start(dovecot);
        await dovecot.AddUser("ines@example.test", "ines-word");
        await using var database = await TestDatabase.CreateMigrated(engine);
        await Fill(database, dovecot, postfix);

        for (var kill = 0; kill < 3; kill++)
        {
            await TimePasses(database);
            await using var process = await MailRoom.Serve(database, dovecot);
            await Patience.Until(async () => await Sending(database) > 0, () => process.Said + postfix.Log);
            await postfix.Suspend(); // whatever is under way now stays under way
            await Patience.Until(async () => await Sending(database) > 0, () => process.Said + postfix.Log);
            await process.Kill();
            await postfix.Resume();
        }

        await TimePasses(database);
        await using var after = await MailRoom.Open(database, dovecot);
        after.Server.Advance(TimeSpan.FromHours(1));
        await Patience.Until(async () => await after.Server.Store.Read(db => db.Outbox.AllAsync(o => o.State == OutboxState.Sent)), () => after.Server.Log.All + postfix.Log);
        var replies = await after.Server.Store.Read(db => db.Outbox.Where(o => o.Kind == "reply").ToListAsync());
        Assert.Equal(Replies, replies.Count);
        Assert.InRange(replies.Sum(reply => reply.Doubts), 1, 3 * 4);
        await Patience.Until(async () => replies.All((await Arrived(dovecot)).Contains), () => postfix.Log);
        var copies = await Arrived(dovecot);
        foreach (var reply in replies)
        {
            Assert.InRange(copies[reply.MessageId], 1, 1 + reply.Doubts);
            Assert.Equal(reply.Doubts, (await after.Server.Api.Events(reply.ConversationNumber!.Value)).Count(e => e == "in-doubt"));
        }
    }

    /// <summary>Replies that wait to leave through a mailbox whose SMTP server was away.</summary>
    private static async Task Fill(TestDatabase database, DovecotServer dovecot, PostfixServer postfix)
    {
        await using var room = await MailRoom.Open(database, dovecot);
        var id = await room.ConnectAndLook(smtpPort: postfix.Ports.StartTls);
        await room.Until(id, m => m.GetProperty("servers").GetProperty("takesTags").GetBoolean());
        await postfix.Stop();
        for (var i = 0; i < Replies; i++)
        {
            var number = await room.Begin("ines@example.test", $"Mail {i}");
            (await room.Server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = $"Answer {i}." })).Is(200);
        }

        await room.Until(id, m => m.GetProperty("sending").Text("trouble").Length > 0);
        await postfix.Restart();
    }

    private static async Task<int> Stored(TestDatabase database)
    {
        await using var db = database.OpenEngine().Open();
        return await db.RawMail.CountAsync();
    }

    private static async Task<int> Sending(TestDatabase database)
    {
        await using var db = database.OpenEngine().Open();
        return await db.Outbox.CountAsync(o => o.State == OutboxState.Sending);
    }

    /// <summary>So long that whoever held a lease is known to be dead, and every delay is over.</summary>
    private static async Task TimePasses(TestDatabase database)
    {
        await using var db = database.OpenEngine().Open();
        var before = DateTimeOffset.UtcNow.AddMinutes(-1);
        await db.Outbox.Where(o => o.LeaseUntil != null).ExecuteUpdateAsync(set => set.SetProperty(o => o.LeaseUntil, before));
        await db.Outbox.Where(o => o.State == OutboxState.Waiting).ExecuteUpdateAsync(set => set.SetProperty(o => o.NextTryAt, before));
    }

    /// <summary>The Message-IDs that are in the customer's mailbox, and how often each.</summary>
    private static async Task<Copies> Arrived(DovecotServer dovecot)
    {
        var headers = await dovecot.Doveadm("fetch", "-u", "ines@example.test", "hdr.message-id", "all");
        return new(headers.Split('<', '>').Where((_, i) => i % 2 == 1).CountBy(id => id).ToDictionary());
    }

    private sealed record Copies(Dictionary<string, int> Of)
    {
        public int this[string messageId] => Of.GetValueOrDefault(messageId);

        public bool Contains(OutboxMail mail) => Of.ContainsKey(mail.MessageId);
    }
}
