using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.MailServices;

public sealed class MailgunTests(SharedServers servers) : IClassFixture<SharedServers>
{
    private const string Key = "the-signing-key";

    private static readonly byte[] Picture = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0xff];

    internal static (string Name, string Value)[] Signature(string key, DateTimeOffset at, string token)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return [("timestamp", timestamp), ("token", token), ("signature", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(timestamp + token))))];
    }

    /// <summary>A form as Mailgun posts it where there are no files.</summary>
    internal static FormUrlEncodedContent Signed(PostingService service, string key, (string Name, string Value)[] fields, DateTimeOffset? at = null, string? token = null) =>
        new(fields.Concat(Signature(key, at ?? service.Now, token ?? Guid.NewGuid().ToString("N"))).Select(f => KeyValuePair.Create(f.Name, f.Value)));

    private static (string Name, string Value)[] Whole(TestMail mail, string to = "help@desk.example") =>
        [("recipient", to), ("sender", "bounces@client.example"), ("from", mail.From!), ("subject", mail.Subject), ("body-mime", Encoding.UTF8.GetString(mail.Bytes()))];

    [Theory, EveryDatabase]
    public async Task A_whole_message_is_stored_as_it_came(Engine engine)
    {
        var server = await servers.On(engine);
        using var service = await PostingService.Add(server, "mailgun", Key);
        var mail = TestMail.FromSomebodyNew() with { Subject = "Täglich & öfter = 100 %" };
        Assert.Equal((200, "stored"), await service.Post("/mime", Signed(service, Key, Whole(mail))));
        var stored = await service.Stored(mail.MessageId!);
        Assert.Equal(("Täglich & öfter = 100 %", "bounces@client.example", "help@desk.example", "http"), (stored.Subject, stored.Mail.EnvelopeFrom, stored.Mail.EnvelopeTo, stored.Mail.Source));
        Assert.Equal(mail.Text, stored.Entry.Text.Trim());
    }

    [Theory, EveryDatabase]
    public async Task A_message_in_parts_is_put_together_again(Engine engine)
    {
        var server = await servers.On(engine);
        using var service = await PostingService.Add(server, "mailgun", Key);
        var id = $"{Guid.NewGuid():N}@client.example";
        (string, string)[] fields =
        [
            ("recipient", "help@desk.example"), ("sender", "ada@client.example"), ("from", "Zoë Łukasz <zoe@client.example>"), ("subject", "Die Mühle brummt – 日本"),
            ("body-plain", "Guten Tag,\r\ndie Mühle brummt."), ("body-html", "<p>Guten Tag,<br>die Mühle brummt. <img src=\"cid:shown@client.example\"></p>"),
            ("stripped-text", "not this"), ("attachment-count", "2"), ("content-id-map", """{"<shown@client.example>": "attachment-1"}"""),
            ("message-headers", JsonSerializer.Serialize(new[]
            {
                new[] { "Received", "from client.example by mx.example; Mon, 23 Nov 2026 10:00:00 +0100" },
                ["From", "Zoë Łukasz <zoe@client.example>"], ["To", "Help <help@desk.example>"], ["Cc", "bob@client.example"], ["Subject", "Die Mühle brummt – 日本"], ["Message-Id", $"<{id}>"],
                ["Date", "Mon, 23 Nov 2026 10:00:00 +0100"], ["Content-Type", "multipart/mixed; boundary=\"trap\""], ["Content-Transfer-Encoding", "base64"], ["Mime-Version", "9.9"],
            })),
        ];
        async Task<(int, string)> Send() => await service.Post(PostingService.Form(
            fields.Concat(Signature(Key, service.Now, Guid.NewGuid().ToString("N"))), ("attachment-1", "bild.png", "image/png", Picture), ("attachment-2", "Übersicht.pdf", "application/pdf", "%PDF-1.7"u8.ToArray())));

        Assert.Equal((200, "stored"), await Send());
        var (entry, subject, mail) = await service.Stored(id);
        Assert.Equal("Die Mühle brummt – 日本", subject);
        Assert.Contains("die Mühle brummt", entry.Text, StringComparison.Ordinal);
        Assert.Equal(["bild.png", "Übersicht.pdf"], entry.Attachments.OrderBy(a => a.Id).Select(a => a.Name));
        Assert.Equal("shown@client.example", entry.Attachments.OrderBy(a => a.Id).First().ContentId);
        Assert.Equal(Picture, await service.File(entry, 0));
        Assert.Equal("ada@client.example", mail.EnvelopeFrom);
        Assert.Equal("bob@client.example", entry.Cc);

        // The same parts give the same mail.
        Assert.Equal((200, "stored"), await Send());
        Assert.Equal(1, await service.Times(id));
    }

    [Theory]
    [InlineData("message-headers", "[[1,2],[\"Subject\"],\"x\",{},[\"Subject\",\"a\",\"b\"],[null,\"x\"]]")]
    [InlineData("message-headers", "{\"Subject\":\"x\"}")]
    [InlineData("message-headers", "[[")]
    [InlineData("content-id-map", "[1]")]
    [InlineData("content-id-map", "{\"a\":1,\"b\":[],\"c\":\"attachment-1\",\"d\":\"attachment-1\"}")]
    [InlineData("attachment-count", "99999999999999999999")]
    public async Task Parts_that_make_no_sense_cost_no_mail(string field, string value)
    {
        var server = await servers.On(Engine.Sqlite);
        using var service = await PostingService.Add(server, "mailgun", Key);
        var from = $"{Guid.NewGuid():N}@client.example";
        Assert.Equal((200, "stored"), await service.Post(PostingService.Form(
            [("from", from), ("subject", "Still here"), ("body-plain", "Words"), (field, value), .. Signature(Key, service.Now, Guid.NewGuid().ToString("N"))], ("attachment-1", "a.txt", "text/plain", "a"u8.ToArray()))));
        Assert.Contains("Still here", (await server.Api.Get($"/api/v1/conversations?q={from}")).Is(200).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_fields_than_any_mail_has_are_refused()
    {
        var server = await servers.On(Engine.Sqlite);
        using var service = await PostingService.Add(server, "mailgun", Key);
        var many = Enumerable.Range(0, 1_001).Select(i => ($"f{i}", "x")).ToArray();
        Assert.Equal((400, "unreadable"), await service.Post(PostingService.Form([.. many, .. Signature(Key, service.Now, "a")])));
        Assert.Equal((400, "unreadable"), await service.Post(Signed(service, Key, many)));
    }

    [Fact]
    public async Task What_is_not_signed_by_the_key_is_refused()
    {
        var server = await servers.On(Engine.Sqlite);
        using var service = await PostingService.Add(server, "mailgun", Key);
        var mail = TestMail.FromSomebodyNew();
        Assert.Equal((401, "signed-wrong"), await service.Post(Signed(service, "another key", Whole(mail))));
        Assert.Equal((401, "unsigned"), await service.Post(new FormUrlEncodedContent(Whole(mail).Select(f => KeyValuePair.Create(f.Name, f.Value)))));
        var tampered = Signature(Key, service.Now, "a token").Select(f => f.Name == "token" ? (f.Name, "another token") : f);
        Assert.Equal((401, "signed-wrong"), await service.Post(PostingService.Form([.. Whole(mail), .. tampered])));
        Assert.Equal((401, "signed-wrong"), await service.Post(PostingService.Form([.. Whole(mail), ("timestamp", "soon"), .. Signature(Key, service.Now, "a token").Skip(1)])));
        Assert.Equal(0, await service.Times(mail.MessageId!));
        using var keyless = await PostingService.Add(server, "mailgun");
        Assert.Equal((401, "key-missing"), await keyless.Post(Signed(keyless, "", Whole(mail))));
    }

    [Fact]
    public async Task A_signature_older_than_its_tries_is_refused_and_so_is_one_from_the_future()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        using var service = await PostingService.Add(server, "mailgun", Key);
        server.Clock.Advance(TimeSpan.FromHours(12));
        var mail = TestMail.FromSomebodyNew();
        foreach (var minutes in new[] { -9 * 60 - 1, -11 * 60, -15 * 60, 6, 100_000 })
        {
            Assert.Equal((401, "signed-long-ago"), await service.Post(Signed(service, Key, Whole(mail), service.Now.AddMinutes(minutes))));
        }

        Assert.Equal(0, await service.Times(mail.MessageId!));
        Assert.Equal((200, "stored"), await service.Post(Signed(service, Key, Whole(mail), service.Now.AddMinutes(-4))));
    }

    [Fact]
    public async Task A_try_after_one_that_never_reached_us_is_taken_and_its_token_brings_no_other_mail()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        using var service = await PostingService.Add(server, "mailgun", Key);
        server.Clock.Advance(TimeSpan.FromHours(12));

        // A proxy was down eight hours ago, or told it to wait: nothing of it was heard here.
        var (mail, other) = (TestMail.FromSomebodyNew(), TestMail.FromSomebodyNew());
        var (at, token) = (service.Now.AddHours(-8), Guid.NewGuid().ToString("N"));
        Assert.Equal((200, "stored"), await service.Post(Signed(service, Key, Whole(mail), at, token)));
        Assert.Equal((401, "replayed"), await service.Post(Signed(service, Key, Whole(other), at, token)));
        Assert.Equal((1, 0), (await service.Times(mail.MessageId!), await service.Times(other.MessageId!)));
    }

    [Theory, EveryDatabase]
    public async Task A_token_brings_no_second_mail_and_the_same_mail_as_often_as_it_likes(Engine engine)
    {
        var server = await servers.On(engine);
        using var service = await PostingService.Add(server, "mailgun", Key);
        var (mail, other) = (TestMail.FromSomebodyNew(), TestMail.FromSomebodyNew());
        var (at, token) = (service.Now, Guid.NewGuid().ToString("N"));
        Assert.Equal((200, "stored"), await service.Post(Signed(service, Key, Whole(mail), at, token)));
        Assert.Equal((200, "stored"), await service.Post(Signed(service, Key, Whole(mail), at, token))); // our answer was lost on its way
        Assert.Equal((401, "replayed"), await service.Post(Signed(service, Key, Whole(other), at, token)));
        Assert.Equal((1, 0), (await service.Times(mail.MessageId!), await service.Times(other.MessageId!)));
    }

    [Theory, EveryDatabase]
    public async Task A_try_hours_after_our_failure_is_taken_with_its_old_signature(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var service = await PostingService.Add(server, "mailgun", Key);
        server.Clock.Advance(TimeSpan.FromHours(12));
        var (mail, at, token) = (TestMail.FromSomebodyNew(), service.Now, Guid.NewGuid().ToString("N"));
        await PostsTests.Sql(server, "ALTER TABLE raw_mail RENAME TO raw_mail_away");
        Assert.Equal((503, "failed"), await service.Post(Signed(service, Key, Whole(mail), at, token)));
        await PostsTests.Sql(server, "ALTER TABLE raw_mail_away RENAME TO raw_mail");
        server.Clock.Advance(TimeSpan.FromHours(7));
        Assert.Equal((401, "replayed"), await service.Post(Signed(service, Key, Whole(TestMail.FromSomebodyNew()), at, token)));
        Assert.Equal((200, "stored"), await service.Post(Signed(service, Key, Whole(mail), at, token)));
        Assert.Equal(1, await service.Times(mail.MessageId!));
    }

    [Fact]
    public async Task What_was_signed_while_nobody_was_there_or_the_key_was_not_set_is_taken_late()
    {
        await using var database = await TestDatabase.CreateMigrated(Engine.Sqlite);
        await using var server = await TestServer.Start(database);
        using var service = await PostingService.Add(server, "mailgun", Key);

        // Signed an hour before this server started.
        var mail = TestMail.FromSomebodyNew();
        Assert.Equal((200, "stored"), await service.Post(Signed(service, Key, Whole(mail), service.Now.AddHours(-1))));

        // Signed before the key was put right.
        server.Clock.Advance(TimeSpan.FromHours(20));
        var (refused, at, token) = (TestMail.FromSomebodyNew(), service.Now, Guid.NewGuid().ToString("N"));
        Assert.Equal((401, "signed-wrong"), await service.Post(Signed(service, "the right key", Whole(refused), at, token)));
        server.Clock.Advance(TimeSpan.FromHours(1));
        (await server.Api.Put($"/api/v1/mail-services/{service.Id}/key", new { key = "the right key" })).Is(200);
        Assert.Equal((200, "stored"), await service.Post(Signed(service, "the right key", Whole(refused), at, token)));
    }

    [Fact]
    public async Task A_recipient_that_is_not_ours_is_not_tried_again()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        (await server.Api.Post("/api/v1/settings/addresses", new { address = "help@desk.example" })).Is(200);
        using var service = await PostingService.Add(server, "mailgun", Key);
        Assert.Equal((406, "unknown-recipient"), await service.Post(Signed(service, Key, Whole(TestMail.FromSomebodyNew(), "nobody@desk.example"))));
        Assert.Equal((200, "stored"), await service.Post(Signed(service, Key, Whole(TestMail.FromSomebodyNew()))));
    }
}
