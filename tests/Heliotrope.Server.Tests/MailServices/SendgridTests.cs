using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.MailServices;

public sealed class SendgridTests(SharedServers servers) : IClassFixture<SharedServers>
{
    private const string Envelope = """{"to":["help@desk.example"],"from":"bounces@client.example"}""";

    private static (string Name, string Value)[] Whole(TestMail mail) =>
        [("envelope", Envelope), ("from", mail.From!), ("subject", mail.Subject), ("email", Encoding.UTF8.GetString(mail.Bytes())), ("charsets", """{"to":"UTF-8","subject":"UTF-8"}"""), ("SPF", "pass")];

    private static string PublicKeyOf(ECDsa key) => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    private static async Task<(int Status, string Word)> PostSigned(PostingService service, ECDsa key, HttpContent form, Func<byte[], byte[]>? tamper = null, string? timestamp = null)
    {
        var body = await form.ReadAsByteArrayAsync();
        var time = timestamp ?? service.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = key.SignData([.. Encoding.UTF8.GetBytes(time), .. body], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return await service.PostBytes(
            tamper?.Invoke(body) ?? body, form.Headers.ContentType!.ToString(),
            ("X-Twilio-Email-Event-Webhook-Signature", Convert.ToBase64String(signature)), ("X-Twilio-Email-Event-Webhook-Timestamp", time));
    }

    [Theory, EveryDatabase]
    public async Task A_whole_message_is_stored_byte_for_byte(Engine engine)
    {
        var server = await servers.On(engine);
        using var service = await PostingService.Add(server, "sendgrid");
        var mail = TestMail.FromSomebodyNew() with { Subject = "Größe" };
        Assert.Equal((200, "stored"), await service.Post(PostingService.Form(Whole(mail))));
        var stored = await service.Stored(mail.MessageId!);
        Assert.Equal(("Größe", "bounces@client.example", "help@desk.example"), (stored.Subject, stored.Mail.EnvelopeFrom, stored.Mail.EnvelopeTo));

        // In a charset of its own, which a form read as UTF-8 would break.
        var id = $"{Guid.NewGuid():N}@client.example";
        var latin = Encoding.Latin1.GetBytes($"From: ada@client.example\r\nTo: help@desk.example\r\nMessage-ID: <{id}>\r\nSubject: Hello\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\nDie Mühle für Köln\r\n");
        var form = PostingService.Form([("envelope", Envelope)]);
        form.Add(PostingService.Bytes(latin, "text/plain"), "\"email\"");
        Assert.Equal((200, "stored"), await service.Post(form));
        Assert.Contains("Die Mühle für Köln", (await service.Stored(id)).Entry.Text, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_message_in_parts_is_put_together_in_the_charsets_it_names(Engine engine)
    {
        var server = await servers.On(engine);
        using var service = await PostingService.Add(server, "sendgrid");
        var id = $"{Guid.NewGuid():N}@client.example";
        async Task<(int, string)> Send()
        {
            var form = PostingService.Form(
                [
                    ("headers", $"Received: by mx.example\n with a second line\nMessage-ID: <{id}>\nDate: Mon, 23 Nov 2026 10:00:00 +0100\nFrom: =?UTF-8?Q?Zo=C3=AB?= <zoe@client.example>\nTo: help@desk.example\nIn-Reply-To: <earlier@desk.example>\nReferences: <first@desk.example>\n <earlier@desk.example>\nSubject: =?UTF-8?Q?Die_M=C3=BChle?=\nContent-Type: multipart/mixed; boundary=trap\nMIME-Version: 1.0\n"),
                    ("from", "Zoë <zoe@client.example>"), ("subject", "Die Mühle"), ("envelope", Envelope), ("attachments", "2"), ("charsets", """{"to":"UTF-8","text":"iso-8859-1","html":"no-such-charset","subject":"UTF-8"}"""),
                    ("html", "<p>Für Köln <img src=\"cid:pic\"></p>"), ("attachment-info", """{"attachment1":{"filename":"Größe.png","name":"Größe.png","type":"image/png","content-id":"pic"},"attachment2":{"filename":"b.txt","type":"text/plain"}}"""),
                ],
                ("attachment1", "x.png", "image/png", [0x89, 0x50, 0xff, 0x00]), ("attachment2", "b.txt", "text/plain", "words"u8.ToArray()));
            form.Add(PostingService.Bytes(Encoding.Latin1.GetBytes("Für Köln"), "text/plain"), "\"text\"");
            return await service.Post(form);
        }

        Assert.Equal((200, "stored"), await Send());
        var (entry, subject, _) = await service.Stored(id);
        Assert.Equal(("Die Mühle", "Für Köln", "Zoë"), (subject, entry.Text.Trim(), entry.FromName));
        Assert.Equal(["Größe.png", "b.txt"], entry.Attachments.OrderBy(a => a.Id).Select(a => a.Name));
        Assert.Equal([0x89, 0x50, 0xff, 0x00], await service.File(entry, 0));
        Assert.Equal((200, "stored"), await Send());
        Assert.Equal(1, await service.Times(id));
    }

    [Theory]
    [InlineData("utf-7", "Gr+APY-n")]
    [InlineData("utf-16", "\0G\0r\0\u00fc\0n")]
    [InlineData("iso-2022-jp", "Gr\u00fcn")]
    [InlineData("x-user-defined", "Gr\u00fcn")]
    [InlineData("50227", "Gr\u00fcn")]
    public async Task A_charset_that_nothing_offers_costs_no_mail(string charset, string bytes)
    {
        var server = await servers.On(Engine.Sqlite);
        using var service = await PostingService.Add(server, "sendgrid");
        var id = $"{Guid.NewGuid():N}@client.example";
        var form = PostingService.Form([("headers", $"Message-ID: <{id}>\nFrom: zoe@client.example\nSubject: Colour\n"), ("envelope", Envelope), ("charsets", $$"""{"text":"{{charset}}"}""")]);
        form.Add(PostingService.Bytes(Encoding.Latin1.GetBytes(bytes), "text/plain"), "\"text\"");
        Assert.Equal((200, "stored"), await service.Post(form));
        Assert.StartsWith("Gr", (await service.Stored(id)).Entry.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_signed_post_is_taken_and_anything_else_is_asked_for_again_as_the_key_may_be_wrong(bool pem)
    {
        var server = await servers.On(Engine.Sqlite);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var service = await PostingService.Add(server, "sendgrid", pem ? key.ExportSubjectPublicKeyInfoPem() : PublicKeyOf(key));
        var (mail, refused) = (TestMail.FromSomebodyNew(), TestMail.FromSomebodyNew());
        Assert.Equal((200, "stored"), await PostSigned(service, key, PostingService.Form(Whole(mail))));
        Assert.Equal((503, "signed-wrong"), await PostSigned(service, another, PostingService.Form(Whole(refused))));
        Assert.Equal((503, "signed-wrong"), await PostSigned(service, key, PostingService.Form(Whole(refused)), body => [.. body.AsSpan(0, body.Length - 40), (byte)'!', .. body.AsSpan(body.Length - 39)]));
        Assert.Equal((503, "unsigned"), await service.Post(PostingService.Form(Whole(refused))));
        Assert.Equal((503, "signed-wrong"), await service.Post(PostingService.Form(Whole(refused)), ("X-Twilio-Email-Event-Webhook-Signature", "no base64"), ("X-Twilio-Email-Event-Webhook-Timestamp", "1")));
        Assert.Equal((503, "unsigned"), await service.Post(PostingService.Form(Whole(refused)), ("X-Twilio-Email-Event-Webhook-Signature", "AAAA")));
        Assert.Equal((1, 0), (await service.Times(mail.MessageId!), await service.Times(refused.MessageId!)));
    }

    [Fact]
    public async Task A_signed_post_that_comes_again_days_later_is_stored_once_and_is_not_lost_where_it_was_not()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var service = await PostingService.Add(server, "sendgrid", PublicKeyOf(key));
        var (mail, at) = (TestMail.FromSomebodyNew(), service.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        server.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal((200, "stored"), await PostSigned(service, key, PostingService.Form(Whole(mail)), timestamp: at));
        Assert.Equal((200, "stored"), await PostSigned(service, key, PostingService.Form(Whole(mail)), timestamp: at));
        Assert.Equal(1, await service.Times(mail.MessageId!));
    }

    [Fact]
    public async Task What_is_no_public_key_is_not_kept()
    {
        var server = await servers.On(Engine.Sqlite);
        (await server.Api.Post("/api/v1/mail-services", new { kind = "sendgrid", name = "Parse", key = "SG.not-this-one" })).IsProblem(422, "mail-service.not-a-key");
    }
}
