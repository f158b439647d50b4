using System.Text;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Rules;
using Heliotrope.Server.Tests.Figures;
using Heliotrope.Server.Tests.Infrastructure;
using Heliotrope.Server.Tests.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Mailboxes;

/// <summary>What lay in a mailbox before it was connected counts from when it came, and nobody and nothing takes it for new.</summary>
[Collection(WithMailServers.One)]
public sealed class OldMailTests
{
    private const string User = DovecotServer.User;

    [Theory, EveryDatabase]
    public async Task Old_mail_waits_since_it_came_is_over_after_sixty_days_and_sets_off_nothing(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await using var room = await MailRoom.Open(engine, dovecot);
        await room.Server.RuleOn(new { name = "Thank for it", when = "began", then = new[] { new { kind = "reply", value = "We have it." } } });
        await room.Server.RuleOn(new { name = "See it", when = "customer-wrote", then = new[] { new { kind = "tag", value = "seen" } } });
        await room.Server.RuleOn(new { name = "Be sorry", when = "waits", waitMinutes = 60, then = new[] { new { kind = "reply", value = "We are sorry." } } });
        room.Server.Advance(TimeSpan.FromDays(30)); // the rules are on since long before the mail came
        var now = room.Server.Clock.GetUtcNow();
        var came = new Dictionary<string, DateTimeOffset> { ["Ages ago"] = now.AddDays(-100), ["Last week"] = now.AddDays(-7), ["Answered there"] = now.AddDays(-6), ["Machine"] = now.AddDays(-5), ["Just before"] = now.AddMinutes(-20) };
        var mails = came.Keys.ToDictionary(subject => subject, subject => TestMail.FromSomebodyNew() with { To = User, Subject = subject, Text = "This is unacceptable, I am furious.", More = subject == "Machine" ? ["Auto-Submitted: auto-generated"] : [] });
        foreach (var (subject, at) in came)
        {
            await dovecot.Append(User, [mails[subject].Bytes()], at: at.UtcDateTime);
        }

        await dovecot.Doveadm("flags", "add", "-u", User, "\\Answered", "mailbox", "INBOX", "subject", "Answered there");
        var id = await Fetched(room);
        await room.Server.Services.GetRequiredService<RuleWorker>().RunDue(CancellationToken.None);

        var found = (await room.Server.Store.Read(db => db.Conversations.ToListAsync())).ToDictionary(c => c.Subject);
        Assert.Equal(ConversationState.Resolved, found["Ages ago"].State);
        Assert.Equal((ConversationState.Waiting, null), (found["Answered there"].State, found["Answered there"].WaitingSince));
        foreach (var subject in (string[])["Last week", "Machine", "Just before"])
        {
            Assert.Equal((ConversationState.Open, came[subject].ToUnixTimeSeconds()), (found[subject].State, found[subject].WaitingSince!.Value.ToUnixTimeSeconds()));
        }

        Assert.All(found.Values, c => Assert.Equal((came[c.Subject].ToUnixTimeSeconds(), c.CreatedAt), (c.LastActivityAt.ToUnixTimeSeconds(), c.LastActivityAt)));
        Assert.Equal(["lay-before"], await room.Server.Api.Events(found["Answered there"].Number));
        Assert.Equal(["resolved", "lay-before"], await room.Server.Api.Events(found["Ages ago"].Number));
        Assert.Equal(["recovery-opened", "lay-before"], (await room.Server.Api.Events(found["Last week"].Number)).Order(StringComparer.Ordinal).Reverse()); // they wait still
        Assert.Equal((0, 0, 0), await room.Server.Store.Read(async db => (await db.Outbox.CountAsync(), await db.Notifications.CountAsync(), await db.RuleRuns.CountAsync())));

        // What comes now is new, whatever it answers.
        await dovecot.Deliver(User, mails["Last week"].Answer("And now?", mails["Last week"].MessageId).Bytes());
        await room.UntilStored(id, 6);
        Assert.Equal(found["Last week"].Number, await room.Server.Store.Read(db => db.RuleRuns.Select(r => r.ConversationNumber).SingleAsync()));
        await room.Server.Recounted();
        using var agent = await room.Server.SignedIn();
        Assert.Contains($"This lay in the mailbox {User} before that was connected.", (await agent.Get($"/conversations/{found["Last week"].Number}")).Is(200).Document.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task What_a_mailbox_brought_opens_to_its_conversations(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await dovecot.Append(User, [MailRoom.Mail("Old")], at: DateTime.UtcNow.AddDays(-9));
        await using var room = await MailRoom.Open(engine, dovecot);
        await room.Server.Receive(TestMail.FromSomebodyNew() with { Subject = "Another way" });
        var id = await Fetched(room);
        await dovecot.Deliver(User, MailRoom.Mail("New"));
        await room.UntilStored(id, 2);
        using var admin = await room.Server.SignedIn(Role.Admin);
        var page = (await admin.Get($"/settings/mailboxes/{id}")).Is(200).Document;
        string Link(string within) => page.QuerySelector($"{within} a[href*='/conversations']")!.GetAttribute("href")!;
        async Task<IEnumerable<string>> Behind(string path) => (await admin.Get(path)).Is(200).Document.QuerySelectorAll(".ledger-what").Select(e => e.TextContent.Trim());
        Assert.Equal(["New", "Old"], await Behind(Link(".mailbox-numbers")));
        Assert.Equal(["New"], await Behind(Link(".mailbox-hours")));
        (await admin.Get($"/settings/mailboxes/{id + 1}/conversations")).Is(404);
        using var agent = await room.Server.SignedIn();
        (await agent.Get(Link(".mailbox-numbers"))).Is(403);
    }

    [Theory, EveryDatabase]
    public async Task What_stands_before_a_message_that_came_in_meanwhile_changes_nothing_about_whose_turn_it_is(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await dovecot.Append(User, [InThread(1, "I asked already.")], at: DateTime.UtcNow.AddDays(-9));
        await dovecot.Append(User, [InThread(2, "I asked before.")], at: DateTime.UtcNow.AddDays(-8));
        await using var room = await MailRoom.Open(engine, dovecot);
        var id = await room.ConnectAndLook();
        await dovecot.Deliver(User, InThread(3, "Is anybody there?"));
        await room.UntilStored(id, 1);
        var number = await room.Server.Store.Read(db => db.Conversations.Select(c => c.Number).SingleAsync());
        (await room.Server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Yes, it comes tomorrow.", resolve = true })).Is(200);
        await Fetched(room, id);

        var after = await room.Server.Store.Read(db => db.Conversations.SingleAsync());
        Assert.Equal(ConversationState.Resolved, after.State);
        Assert.InRange((DateTimeOffset.UtcNow - after.CreatedAt).TotalDays, 8.9, 9.1);
        Assert.Equal(["lay-before", "resolved"], await room.Server.Api.Events(number));
        var texts = (await room.Server.Api.Conversation(number)).Items("entries").Where(e => e.Text("kind") == "message").Select(e => e.Text("text"));
        Assert.Equal(["I asked already.", "I asked before.", "Is anybody there?", "Yes, it comes tomorrow."], texts);
        await room.Server.Recounted();
    }

    [Theory, EveryDatabase]
    public async Task Old_mail_joins_the_answer_to_it_that_came_in_as_new(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        var first = TestMail.FromSomebodyNew() with { To = User, Text = "Where is it?" };
        var second = first.Answer("I asked already.", first.MessageId);
        var third = second.Answer("Is anybody there?") with { References = $"<{first.MessageId}> <{second.MessageId}>" };
        await dovecot.Append(User, [first.Bytes()], at: DateTime.UtcNow.AddDays(-9));
        await dovecot.Append(User, [second.Bytes()], at: DateTime.UtcNow.AddDays(-8));
        await using var room = await MailRoom.Open(engine, dovecot);
        var id = await room.ConnectAndLook();
        await dovecot.Deliver(User, third.Bytes());
        await room.UntilStored(id, 1);
        var number = await room.Server.Store.Read(db => db.Conversations.Select(c => c.Number).SingleAsync());
        var user = await room.Server.AddUser("owner@example.test");
        (await room.Server.Api.Post($"/api/v1/conversations/{number}/assign", new { user = user.Email })).Is(200);
        var told = await room.Server.Store.Read(db => db.Notifications.CountAsync());
        await Fetched(room, id);
        Assert.Equal(told, await room.Server.Store.Read(db => db.Notifications.CountAsync())); // whose it is need not look again
        Assert.Equal(number, await room.Server.Store.Read(db => db.Conversations.Select(c => c.Number).SingleAsync()));
        Assert.Equal(["Where is it?", "I asked already.", "Is anybody there?"], (await room.Server.Api.Entries(number, "message")).Select(e => e.Text("text")));
        await room.Server.Recounted();
    }

    [Theory, EveryDatabase]
    public async Task Old_mail_that_was_set_aside_is_old_mail_too(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await dovecot.Append(User, [MailRoom.Large("Huge", 5 * 1024 * 1024)], at: DateTime.UtcNow.AddDays(-4));
        await dovecot.Append(User, [MailRoom.Mail("Broken")], at: DateTime.UtcNow.AddDays(-3));
        await dovecot.Doveadm("flags", "add", "-u", User, "\\Answered", "mailbox", "INBOX", "subject", "Broken");
        await dovecot.MayRead(User, "Subject: Broken", false);
        await using var room = await MailRoom.Open(engine, dovecot);
        var id = await room.ConnectAndLook();
        (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}/old-mail", """{"choice":"all"}""")).Is(200);
        var aside = await room.Until(id, m => m.Items("setAside") is [var one] && one.GetProperty("tries").GetInt32() > 0);
        await dovecot.MayRead(User, "Subject: Broken", true);
        (await room.Server.Api.Post($"/api/v1/mailboxes/{id}/set-aside/{aside.Items("setAside")[0].GetProperty("id").GetInt64()}/fetch")).Is(200);
        await room.Until(id, m => m.Items("setAside").Length == 0);
        var found = (await room.Server.Store.Read(db => db.Conversations.ToListAsync())).ToDictionary(c => c.Subject, c => (c.State, Math.Round((DateTimeOffset.UtcNow - c.CreatedAt).TotalDays)));
        Assert.Equal((ConversationState.Open, 4), found["Huge"]);
        Assert.Equal((ConversationState.Waiting, 3), found["Broken"]);
    }

    private static async Task<long> Fetched(MailRoom room, long? mailbox = null)
    {
        var id = mailbox ?? await room.ConnectAndLook();
        (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}/old-mail", """{"choice":"all"}""")).Is(200);
        await room.Until(id, m => m.GetProperty("oldMail").GetProperty("left").GetInt32() == 0);
        return id;
    }

    /// <summary>As Outlook marks them, where the ids of what they answer were lost.</summary>
    private static byte[] InThread(int answers, string text) =>
        [.. Encoding.ASCII.GetBytes($"Thread-Index: {Convert.ToBase64String([1, 220, 148, 34, 79, 160, .. Enumerable.Range(0, 16).Select(i => (byte)i), .. new byte[5 * answers]])}\r\n"), .. MailRoom.Mail("The grinder", text: text)];
}
