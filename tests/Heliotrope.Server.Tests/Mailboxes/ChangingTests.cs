using System.Text.Json;
using Heliotrope.Core.People;
using Heliotrope.Server.Mailboxes;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Mailboxes;

/// <summary>What becomes of mail and secrets when a mailbox is changed or taken away.</summary>
[Collection(WithMailServers.Three)]
public sealed class ChangingTests
{
    private const string User = DovecotServer.User;

    [Theory, EveryDatabase]
    public async Task What_is_kept_to_sign_in_with_is_sent_to_no_other_server(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await using var room = await MailRoom.Open(engine, dovecot);
        var id = await room.ConnectAndLook();
        (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}", """{"imapHost":"mail.attacker.example"}""")).IsProblem(422, "mailbox.password-again");
        (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}", """{"smtpHost":"mail.attacker.example","smtpPort":465}""")).IsProblem(422, "mailbox.password-again");
        (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}", """{"smtpHost":"localhost","smtpPort":9,"password":"another"}""")).IsProblem(409, "mailbox.not-read"); // it was tried
        Assert.Equal("localhost", (await room.Read(id)).GetProperty("servers").Text("imapHost"));
        (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}", """{"imapHost":"LOCALHOST","mostAMinute":7}""")).Is(200);
    }

    [Theory, EveryDatabase]
    public async Task Another_folder_is_read_from_its_own_beginning_even_where_its_numbers_look_the_same(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await dovecot.Append(User, Enumerable.Range(0, 8).Select(i => MailRoom.Mail($"Old {i}")));
        await using var room = await MailRoom.Open(engine, dovecot);
        var id = await room.ConnectAndLook();
        await dovecot.Doveadm("mailbox", "create", "-u", User, "Second");
        await dovecot.Doveadm("mailbox", "update", "-u", User, "--uid-validity", $"{await dovecot.UidValidity(User)}", "Second");
        (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}", """{"folder":"Second"}""")).Is(200);
        await dovecot.Append(User, [MailRoom.Mail("In the second")], "Second"); // its number is lower than those of the first
        await Patience.Until(async () => (await room.Subjects()).Contains("In the second"), () => room.Server.Log.All + JsonSerializer.Serialize(room.Server.Services.GetRequiredService<MailboxRecord>().Read(id, default).Result));
        Assert.Single(await room.Subjects());
        (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}", """{"folder":"Third"}""")).IsProblem(409, "mailbox.not-read");
    }

    [Theory, EveryDatabase]
    public async Task A_mailbox_that_only_reads_is_tried_through_the_smarthost_and_until_it_shows_our_tag_no_answer_goes_to_one(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await using var smarthost = new FakeSmarthost();
        await using var room = await MailRoom.Open(engine, dovecot, smarthost: smarthost.Url);
        var id = await room.ConnectAndLook();
        var (one, other) = (await smarthost.Next(), await smarthost.Next());
        var (plain, tagged) = one.Text.Contains("<plain.", StringComparison.Ordinal) ? (one, other) : (other, one);
        Assert.Contains("<tagged.", tagged.Text, StringComparison.Ordinal);

        var number = await room.Begin("ines@client.example");
        (await room.Server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "It comes tomorrow." })).Is(200);
        Assert.Contains($"<{User}>", (await smarthost.Next()).Text.Split("\r\n").Single(line => line.StartsWith("Reply-To:", StringComparison.Ordinal)), StringComparison.Ordinal);

        // Sent once more while the first are still on their way: those are nobody's question when they come.
        (await room.Server.Api.Post($"/api/v1/mailboxes/{id}/test")).Is(200);
        await dovecot.Deliver(User, plain.Content);
        await dovecot.Deliver(User, tagged.Content);
        (one, other) = (await smarthost.Next(), await smarthost.Next());
        await dovecot.Deliver(User, one.Content);
        await dovecot.Deliver(User, other.Content);
        await room.Until(id, m => m.GetProperty("servers").GetProperty("takesTags").GetBoolean());
        (await room.Server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Or the day after." })).Is(200);
        Assert.Contains($"<user+{number}-", (await smarthost.Next()).Text, StringComparison.Ordinal);

        Assert.Equal(["Late parcel"], await room.Subjects());

        // Another server has to show it anew.
        var changed = (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}", JsonSerializer.Serialize(new { imapPort = dovecot.Ports.Imap, imapTls = "start-tls" }))).Is(200).Json;
        Assert.False(changed.GetProperty("servers").GetProperty("takesTags").GetBoolean());
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("test").GetProperty("taggedAt").ValueKind);
    }

    [Theory, EveryDatabase]
    public async Task What_is_chosen_anew_while_old_mail_is_fetched_counts(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await dovecot.Append(User, [MailRoom.Mail("Old")]);
        await using var room = await MailRoom.Open(engine, dovecot);
        var id = await room.ConnectAndLook();
        (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}", """{"paused":true}""")).Is(200);
        await Patience.Until(async () => (await dovecot.Connected()).Count == 0);
        var record = room.Server.Services.GetRequiredService<MailboxRecord>();
        (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}/old-mail", """{"choice":"since","since":"2030-01-01T00:00:00Z"}""")).Is(200);
        var began = await record.Read(id, default);
        (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}/old-mail", """{"choice":"all"}""")).Is(200);
        await record.TookOld(began, began.FirstUid - 1, 0, 0, [], default); // what was under way comes to its end
        Assert.Equal((0, 1), ((await record.Read(id, default)).OldUid, (await record.Read(id, default)).OldLeft));
        await record.TookOld(await record.Read(id, default), began.FirstUid - 1, 0, 0, [], default);
        (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}/old-mail", """{"choice":"all"}""")).Is(200);
        Assert.Equal(began.FirstUid - 1, (await record.Read(id, default)).OldUid); // said once more, it does not begin anew
    }

    [Theory, EveryDatabase]
    public async Task The_day_that_was_chosen_for_old_mail_is_shown_and_no_day_before_there_was_mail_is_taken(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await dovecot.Append(User, [MailRoom.Mail("Old")]);
        await using var room = await MailRoom.Open(engine, dovecot);
        var id = await room.ConnectAndLook();
        using var admin = await room.Server.SignedIn(Role.Admin);
        var (page, form) = ($"/settings/mailboxes/{id}", $"/settings/mailboxes/{id}/old-mail");
        var refused = (await admin.Submit(page, form, ("choice", "since"), ("since", "0001-01-01"))).Is(422);
        Assert.True(refused.Document.QuerySelector("input[value=since]")!.HasAttribute("checked"));
        (await room.Server.Api.PostText($"/api/v1/mailboxes/{id}/old-mail", """{"choice":"since","since":"0001-01-01T00:00:00Z"}""")).IsProblem(422, "old-mail.malformed");
        (await admin.Submit(page, form, ("choice", "since"), ("since", "2026-03-01"))).Is(302);
        Assert.Equal("2026-03-01", (await admin.Get(page)).Document.QuerySelector("#old-since")!.GetAttribute("value"));
    }

    [Theory, EveryDatabase]
    public async Task Where_a_server_allows_one_connection_the_page_says_why_a_large_mail_waits(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start(new() { ConnectionsPerUser = 1 });
        await using var room = await MailRoom.Open(engine, dovecot);
        var id = await room.ConnectAndLook();
        await dovecot.Append(User, [MailRoom.Large("Film", 5 * 1024 * 1024), MailRoom.Mail("Small")]);
        var mailbox = await room.Until(id, m => m.Items("setAside") is [var film] && film.Text("words").Length > 0);
        Assert.Contains("Maximum number of connections", mailbox.Items("setAside")[0].Text("words"), StringComparison.Ordinal);
        Assert.Equal(["Small"], await room.Subjects());
        (await room.Server.Api.Post($"/api/v1/mailboxes/{id}/set-aside/999999/fetch")).IsProblem(404, "set-aside.unknown");
    }

    [Theory, EveryDatabase]
    public async Task Mail_whose_mailbox_no_longer_sends_is_found_by_its_figure_and_goes_the_way_of_all(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Hello." })).Is(200);
        using var desk = await server.SignedIn(Role.Admin);
        Assert.Null((await desk.Get($"/conversations/{number}")).Document.QuerySelector("form[action^='/outbox/']")); // no mail can leave

        var mailbox = await server.Store.Write(
            async db =>
            {
                var row = new Mailbox { Address = "one@coffee.example", ImapHost = "localhost", ImapPort = 1, SmtpHost = "localhost", SmtpPort = 1, Secret = "", Paused = true, CreatedAt = server.Clock.GetUtcNow() };
                db.Mailboxes.Add(row);
                await db.SaveChangesAsync();
                db.MailboxStates.Add(new() { MailboxId = row.Id, LookedAt = server.Clock.GetUtcNow() });
                return row.Id;
            },
            default);
        Assert.NotNull((await desk.Get($"/conversations/{number}")).Document.QuerySelector("form[action^='/outbox/']"));

        // It was written for the mailbox, and then that ceased to send.
        await server.Store.Write(
            async db =>
            {
                await db.Outbox.ExecuteUpdateAsync(set => set.SetProperty(o => o.MailboxId, mailbox).SetProperty(o => o.State, OutboxState.Waiting).SetProperty(o => o.NextTryAt, server.Clock.GetUtcNow().AddHours(1)));
                return await db.Mailboxes.ExecuteUpdateAsync(set => set.SetProperty(m => m.SmtpHost, ""));
            },
            default);
        var shown = (await server.Api.Get($"/api/v1/mailboxes/{mailbox}")).Json.GetProperty("sending");
        Assert.Equal((1, JsonValueKind.String), (shown.GetProperty("waiting").GetInt32(), shown.GetProperty("oldestWaiting").ValueKind));
        Assert.Single((await server.Api.Get($"/api/v1/outbox?mailbox={mailbox}&only=waiting")).Json.Items("items"));
        Assert.Empty((await server.Api.Get($"/api/v1/outbox?mailbox={mailbox}&only=failed")).Json.Items("items"));
        Assert.Empty((await server.Api.Get($"/api/v1/outbox?mailbox={mailbox + 1}")).Json.Items("items"));
        var link = (await desk.Get($"/settings/mailboxes/{mailbox}")).Document.QuerySelector(".mailbox-numbers a[href*='waiting']")!.GetAttribute("href")!;
        Assert.Single((await desk.Get(link)).Document.QuerySelectorAll(".ledger > li"));

        server.Advance(TimeSpan.FromHours(2));
        await server.Until(() => server.Store.Read(db => db.Outbox.Select(o => new { o.State, o.MailboxId }).SingleAsync()), mail => mail is { State: OutboxState.Kept, MailboxId: null });
    }
}
