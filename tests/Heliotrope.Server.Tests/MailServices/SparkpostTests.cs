using System.Text;
using System.Text.Json;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.MailServices;

public sealed class SparkpostTests(SharedServers servers) : IClassFixture<SharedServers>
{
    internal static object Event(byte[] mail, bool base64 = false, string to = "help@desk.example") => new
    {
        msys = new
        {
            relay_message = new
            {
                content = new { email_rfc822 = base64 ? Convert.ToBase64String(mail) : Encoding.UTF8.GetString(mail), email_rfc822_is_base64 = base64, subject = "as SparkPost reads it" },
                customer_id = "1337",
                friendly_from = "ada@client.example",
                msg_from = "bounces@client.example",
                rcpt_to = to,
                webhook_id = "4839201967643219",
            },
        },
    };

    internal static string Batch(params object[] events) => JsonSerializer.Serialize(events);

    [Theory, EveryDatabase]
    public async Task A_batch_of_messages_is_stored_whichever_way_each_is_written(Engine engine)
    {
        var server = await servers.On(engine);
        using var service = await PostingService.Add(server, "sparkpost", "a long token");
        var (plain, encoded) = (TestMail.FromSomebodyNew() with { Subject = "Größe" }, TestMail.FromSomebodyNew() with { Text = "Ich möchte zurück." });
        Assert.Equal((200, "stored"), await service.PostJson(Batch(Event(plain.Bytes()), Event(encoded.Bytes(), base64: true)), ("X-MessageSystems-Webhook-Token", "a long token")));
        var stored = await service.Stored(plain.MessageId!);
        Assert.Equal(("Größe", "bounces@client.example", "help@desk.example"), (stored.Subject, stored.Mail.EnvelopeFrom, stored.Mail.EnvelopeTo));
        Assert.Contains("Ich möchte zurück.", (await service.Stored(encoded.MessageId!)).Entry.Text, StringComparison.Ordinal);
        Assert.Equal((2, 0, ""), await service.Counts());
    }

    [Fact]
    public async Task A_wrong_or_missing_token_is_refused()
    {
        var server = await servers.On(Engine.Sqlite);
        using var service = await PostingService.Add(server, "sparkpost", "a long token");
        var mail = TestMail.FromSomebodyNew();
        Assert.Equal((401, "unsigned"), await service.PostJson(Batch(Event(mail.Bytes()))));
        Assert.Equal((401, "signed-wrong"), await service.PostJson(Batch(Event(mail.Bytes())), ("X-MessageSystems-Webhook-Token", "a long toke")));
        Assert.Equal(0, await service.Times(mail.MessageId!));
        Assert.Equal((0, 2, "signed-wrong"), await service.Counts());
    }

    [Fact]
    public async Task One_without_a_message_keeps_no_other_from_being_stored()
    {
        var server = await servers.On(Engine.Sqlite);
        using var service = await PostingService.Add(server, "sparkpost");
        var mail = TestMail.FromSomebodyNew();
        Assert.Equal((400, "no-mail"), await service.PostJson(Batch(new { msys = new { relay_message = new { content = new { } } } }, Event(mail.Bytes()))));
        Assert.Equal(1, await service.Times(mail.MessageId!));
    }

    [Fact]
    public async Task A_post_without_messages_asks_whether_anybody_is_there()
    {
        var server = await servers.On(Engine.Sqlite);
        using var service = await PostingService.Add(server, "sparkpost");
        Assert.Equal((200, "stored"), await service.PostJson("""[{"msys":{}}]"""));
        Assert.Equal((400, "no-mail"), await service.PostJson("""[{"msys":{"message_event":{"type":"delivery"}}}]"""));
    }
}
