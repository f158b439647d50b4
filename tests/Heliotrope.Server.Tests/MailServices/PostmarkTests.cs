using System.Text;
using System.Text.Json;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.MailServices;

public sealed class PostmarkTests(SharedServers servers) : IClassFixture<SharedServers>
{
    private static string Parts(string id) => JsonSerializer.Serialize(new
    {
        FromName = "Zoë Łukasz",
        MessageStream = "inbound",
        From = "zoe@client.example",
        FromFull = new { Email = "zoe@client.example", Name = "Zoë \"Zo\" Łukasz", MailboxHash = "" },
        To = "\"Help\" <help@desk.example>",
        ToFull = new[] { new { Email = "help@desk.example", Name = "Help", MailboxHash = "" } },
        Cc = "bob@client.example",
        CcFull = new[] { new { Email = "bob@client.example", Name = "", MailboxHash = "" } },
        OriginalRecipient = "help@desk.example",
        Subject = "Die Mühle brummt",
        MessageID = "73e6d360-66eb-11e1-8e72-a8904824019b",
        ReplyTo = "",
        Date = "Mon, 23 Nov 2026 10:00:00 +0100",
        TextBody = "Guten Tag, sie brummt.",
        HtmlBody = "<p>Guten Tag, sie brummt. <img src=\"cid:mill\"></p>",
        StrippedTextReply = "not this",
        Headers = new object[] { new { Name = "Message-ID", Value = $"<{id}>" }, new { Name = "X-Spam-Score", Value = "-0.1" }, new { Name = "MIME-Version", Value = "1.0" }, new { Name = "Content-Type", Value = "multipart/mixed; boundary=trap" } },
        Attachments = new object[]
        {
            new { Name = "mühle.png", Content = Convert.ToBase64String([0x89, 0x50, 0x00, 0xff]), ContentType = "image/png", ContentLength = 4, ContentID = "<mill>" },
            new { Name = "a.txt", Content = Convert.ToBase64String("words"u8), ContentType = "text/plain", ContentLength = 5 },
            new { Name = "broken.bin", Content = "%%%", ContentType = "multipart/mixed; boundary=trap", ContentLength = 5 },
        },
    });

    [Theory, EveryDatabase]
    public async Task A_message_in_parts_is_put_together_again(Engine engine)
    {
        var server = await servers.On(engine);
        using var service = await PostingService.Add(server, "postmark");
        var id = $"{Guid.NewGuid():N}@client.example";
        Assert.Equal((200, "stored"), await service.PostJson(Parts(id)));
        var (entry, subject, mail) = await service.Stored(id);
        Assert.Equal(("Die Mühle brummt", "Guten Tag, sie brummt.", "Zoë \"Zo\" Łukasz", "bob@client.example"), (subject, entry.Text.Trim(), entry.FromName, entry.Cc));
        Assert.Equal("help@desk.example", mail.EnvelopeTo);
        Assert.Equal(["mühle.png", "a.txt", "broken.bin"], entry.Attachments.OrderBy(a => a.Id).Select(a => a.Name));
        Assert.Equal("mill", entry.Attachments.OrderBy(a => a.Id).First().ContentId);
        Assert.Equal([0x89, 0x50, 0x00, 0xff], await service.File(entry, 0));
        Assert.Equal("%%%"u8.ToArray(), await service.File(entry, 2));

        // The same parts give the same mail.
        Assert.Equal((200, "stored"), await service.PostJson(Parts(id)));
        Assert.Equal(1, await service.Times(id));
    }

    [Theory, EveryDatabase]
    public async Task A_whole_message_is_taken_as_it_came(Engine engine)
    {
        var server = await servers.On(engine);
        using var service = await PostingService.Add(server, "postmark");
        var mail = TestMail.FromSomebodyNew() with { Subject = "Größe" };
        Assert.Equal((200, "stored"), await service.PostJson(JsonSerializer.Serialize(new { From = "x@client.example", Subject = "not this", TextBody = "not this", OriginalRecipient = "help@desk.example", RawEmail = Encoding.UTF8.GetString(mail.Bytes()) })));
        Assert.Equal(("Größe", mail.Text), ((await service.Stored(mail.MessageId!)).Subject, (await service.Stored(mail.MessageId!)).Entry.Text.Trim()));
    }

    [Fact]
    public async Task The_name_and_password_are_asked_for_once_they_are_set()
    {
        var server = await servers.On(Engine.Sqlite);
        (await server.Api.Post("/api/v1/mail-services", new { kind = "postmark", name = "P", key = "only-a-password" })).IsProblem(422, "mail-service.not-a-key");
        using var service = await PostingService.Add(server, "postmark", "heli:pässword");
        var id = $"{Guid.NewGuid():N}@client.example";
        static string Basic(string given) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(given));
        Assert.Equal((401, "unsigned"), await service.PostJson(Parts(id)));
        Assert.Equal((401, "signed-wrong"), await service.PostJson(Parts(id), ("Authorization", Basic("heli:password"))));
        Assert.Equal((401, "unsigned"), await service.PostJson(Parts(id), ("Authorization", "Bearer " + Convert.ToBase64String("heli:pässword"u8))));
        Assert.Equal(0, await service.Times(id));
        Assert.Equal((200, "stored"), await service.PostJson(Parts(id), ("Authorization", Basic("heli:pässword"))));
        Assert.Equal((1, 3, "unsigned"), await service.Counts());
    }

    [Fact]
    public async Task Half_a_surrogate_pair_and_bytes_that_are_no_text_cost_a_letter_and_no_mail()
    {
        var server = await servers.On(Engine.Sqlite);
        using var service = await PostingService.Add(server, "postmark");
        var id = $"{Guid.NewGuid():N}@client.example";
        var json = $$"""{"From":"ada@client.example","Subject":"Half \ud83d and whole \ud83d\ude00 and \\ud83d","TextBody":"Hello \udc00.","Headers":[{"Name":"Message-ID","Value":"<{{id}}>"}],"HtmlBody":" """;
        Assert.Equal((200, "stored"), await service.PostBytes([.. Encoding.UTF8.GetBytes(json), 0xff, 0xc0, .. "\"}"u8], "application/json"));
        var stored = await service.Stored(id);
        Assert.Equal(@"Half � and whole 😀 and \ud83d", stored.Subject);
        Assert.Equal("Hello �.", stored.Entry.Text.Trim());
    }
}
