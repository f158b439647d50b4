using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Mailboxes;

/// <summary>What cannot be fetched keeps nothing else from being fetched, and is not forgotten.</summary>
[Collection(WithMailServers.Two)]
public sealed class SetAsideTests
{
    private const string User = DovecotServer.User;

    [Theory, EveryDatabase]
    public async Task A_mail_that_its_server_fails_on_is_set_aside_and_fetched_once_it_can_be(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await using var room = await MailRoom.Open(engine, dovecot);
        var id = await room.ConnectAndLook();
        (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}", """{"paused":true}""")).Is(200);
        await dovecot.Append(User, [MailRoom.Mail("Before"), MailRoom.Mail("Broken"), .. Enumerable.Range(0, 5).Select(i => MailRoom.Mail($"After {i}"))]);
        await dovecot.MayRead(User, "Subject: Broken", false);
        (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}", """{"paused":false}""")).Is(200);

        var aside = await room.Until(id, m => m.Items("setAside") is [var one] && one.GetProperty("tries").GetInt32() > 0 && m.GetProperty("reading").GetProperty("stored").GetInt64() >= 6);
        Assert.Equal("failed", aside.Items("setAside")[0].Text("reason"));
        Assert.Equal(["After 0", "After 1", "After 2", "After 3", "After 4", "Before"], (await room.Subjects()).Order(StringComparer.Ordinal));
        await dovecot.Deliver(User, MailRoom.Mail("Later"));
        await room.Until(id, m => m.GetProperty("reading").GetProperty("stored").GetInt64() >= 7 && m.Text("health") == "well");
        using var admin = await room.Server.SignedIn(Role.Admin);
        Assert.Contains("does not hand over", (await admin.Get($"/settings/mailboxes/{id}")).Document.QuerySelector("#aside")!.TextContent, StringComparison.Ordinal);

        await dovecot.MayRead(User, "Subject: Broken", true);
        var form = $"/settings/mailboxes/{id}/set-aside/{aside.Items("setAside")[0].GetProperty("id").GetInt64()}/fetch";
        (await admin.Submit($"/settings/mailboxes/{id}", form)).Is(302);
        await room.Until(id, m => m.Items("setAside").Length == 0);
        Assert.Contains("Broken", await room.Subjects());
        Assert.Equal(8, await room.RawMails());
        await Patience.Until(async () => await dovecot.Count(User, "\\Seen") == 8);
    }

    [Theory, EveryDatabase]
    public async Task Of_old_mail_too_one_that_its_server_fails_on_keeps_no_other_waiting(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await dovecot.Append(User, [MailRoom.Mail("Old 0"), MailRoom.Mail("Broken"), MailRoom.Mail("Old 1"), MailRoom.Mail("Old 2")]);
        await dovecot.MayRead(User, "Subject: Broken", false);
        await using var room = await MailRoom.Open(engine, dovecot);
        var id = await room.ConnectAndLook();
        (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}/old-mail", """{"choice":"all"}""")).Is(200);
        var aside = await room.Until(id, m => m.Items("setAside").Length == 1 && m.GetProperty("oldMail").GetProperty("left").GetInt32() == 0);
        Assert.Equal(["Old 0", "Old 1", "Old 2"], (await room.Subjects()).Order(StringComparer.Ordinal));
        await dovecot.MayRead(User, "Subject: Broken", true);
        (await room.Server.Api.Post($"/api/v1/mailboxes/{id}/set-aside/{aside.Items("setAside")[0].GetProperty("id").GetInt64()}/fetch")).Is(200);
        await room.Until(id, m => m.Items("setAside").Length == 0);
        Assert.Equal(4, (await room.Subjects()).Count);
    }

    [Theory, EveryDatabase]
    public async Task A_mail_too_large_for_anything_stays_in_the_mailbox_and_is_shown(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await using var room = await MailRoom.Open(engine, dovecot);
        var id = await room.ConnectAndLook();
        await dovecot.Append(User, [MailRoom.Large("Far too large", 152 * 1024 * 1024), MailRoom.Mail("After")]);
        await room.UntilStored(id, 1);
        var aside = Assert.Single((await room.Read(id)).Items("setAside"));
        Assert.Equal(("too-large", true), (aside.Text("reason"), aside.GetProperty("nextTryAt").ValueKind is System.Text.Json.JsonValueKind.Null));
        using var admin = await room.Server.SignedIn(Role.Admin);
        Assert.Contains("too large to be stored. It stays in the mailbox", (await admin.Get($"/settings/mailboxes/{id}")).Document.QuerySelector("#aside")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["After"], await room.Subjects());
        await Patience.Until(async () => await dovecot.Count(User, "\\Seen") == 1);
        Assert.Equal(2, (await dovecot.Mails(User)).Count);
    }

    [Theory, EveryDatabase]
    public async Task A_mail_that_is_gone_before_it_was_fetched_apart_is_asked_for_no_more(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await using var room = await MailRoom.Open(engine, dovecot);
        var id = await room.ConnectAndLook();
        await dovecot.Append(User, [MailRoom.Large("Far too large", 152 * 1024 * 1024)]);
        var aside = Assert.Single((await room.Until(id, m => m.Items("setAside").Length == 1)).Items("setAside"));
        await dovecot.Doveadm("expunge", "-u", User, "mailbox", "INBOX", "all");
        (await room.Server.Api.Post($"/api/v1/mailboxes/{id}/set-aside/{aside.GetProperty("id").GetInt64()}/fetch")).Is(200);
        var after = await room.Until(id, m => m.Items("setAside").Length == 0);
        Assert.Equal(0, after.GetProperty("reading").GetProperty("stored").GetInt64());
    }

    [Theory, EveryDatabase]
    public async Task A_mailbox_is_read_again_after_the_database_was_away(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await using var room = await MailRoom.Open(engine, dovecot);
        var id = await room.ConnectAndLook();
        await room.Server.Store.Read(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE mailbox_states RENAME TO away"));
        await dovecot.Doveadm("kick", User);
        await Patience.Until(() => Task.FromResult(room.Server.Log.Errors.Any(line => line.Contains("mailbox_states", StringComparison.Ordinal))));
        await Patience.Until(async () => (await dovecot.Connected()).Count == 0);
        await room.Server.Store.Read(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE away RENAME TO mailbox_states"));
        await dovecot.Deliver(User, MailRoom.Mail("Afterwards"));
        await room.UntilStored(id, 1);
        Assert.Equal(["Afterwards"], await room.Subjects());
    }
}
