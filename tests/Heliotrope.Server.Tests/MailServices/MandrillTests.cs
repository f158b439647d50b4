using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.MailServices;

public sealed class MandrillTests(SharedServers servers) : IClassFixture<SharedServers>
{
    private const string Key = "the-webhook-key";

    private static string Events(params TestMail[] mails) => JsonSerializer.Serialize(mails.Select(mail => new
    {
        @event = "inbound",
        ts = 1_795_000_000,
        msg = new { raw_msg = Encoding.UTF8.GetString(mail.Bytes()), email = "help@desk.example", from_email = mail.Author, sender = (string?)null, subject = mail.Subject, tags = Array.Empty<string>() },
    }));

    private static string Signature(string url, string key, params (string Name, string Value)[] fields)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, Encoding.UTF8.GetBytes(key));
        hmac.AppendData(Encoding.UTF8.GetBytes(url + string.Concat(fields.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => f.Name + f.Value))));
        return Convert.ToBase64String(hmac.GetHashAndReset());
    }

    private static Task<(int Status, string Word)> Post(PostingService service, (string Name, string Value)[] fields, string? signature) =>
        service.Post(new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))), ("X-Mandrill-Signature", signature));

    [Theory, EveryDatabase]
    public async Task Each_mail_of_a_post_is_stored(Engine engine)
    {
        var server = await servers.On(engine);
        using var service = await PostingService.Add(server, "mandrill", Key);
        var (first, second) = (TestMail.FromSomebodyNew() with { Subject = "Größe & mehr" }, TestMail.FromSomebodyNew());
        (string, string)[] fields = [("mandrill_events", Events(first, second)), ("a_field_before", "ö")];
        Assert.Equal((200, "stored"), await Post(service, fields, Signature(service.Address.ToString(), Key, fields)));
        Assert.Equal("Größe & mehr", (await service.Stored(first.MessageId!)).Subject);
        Assert.Equal("help@desk.example", (await service.Stored(second.MessageId!)).Mail.EnvelopeTo);
        Assert.Equal((200, "stored"), await Post(service, fields, Signature(service.Address.ToString(), Key, fields)));
        Assert.Equal((1, 1), (await service.Times(first.MessageId!), await service.Times(second.MessageId!)));
    }

    [Fact]
    public async Task Its_test_before_there_is_a_key_is_answered_and_mail_is_not()
    {
        var server = await servers.On(Engine.Sqlite);
        using var service = await PostingService.Add(server, "mandrill");
        Assert.Equal((200, "stored"), await Post(service, [("mandrill_events", "[]")], Signature(service.Address.ToString(), "test-webhook", ("mandrill_events", "[]"))));
        Assert.Equal((401, "key-missing"), await Post(service, [("mandrill_events", Events(TestMail.FromSomebodyNew()))], "anything"));
    }

    [Fact]
    public async Task What_is_not_signed_for_this_address_and_these_fields_is_refused()
    {
        var server = await servers.On(Engine.Sqlite);
        using var service = await PostingService.Add(server, "mandrill", Key);
        var (mail, url) = (TestMail.FromSomebodyNew(), service.Address.ToString());
        (string Name, string Value)[] fields = [("mandrill_events", Events(mail))];
        Assert.Equal((401, "unsigned"), await Post(service, fields, null));
        Assert.Equal((401, "signed-wrong"), await Post(service, fields, Signature(url, "another key", fields)));
        Assert.Equal((401, "signed-wrong"), await Post(service, fields, Signature(url + "/", Key, fields)));
        Assert.Equal((401, "signed-wrong"), await Post(service, [("mandrill_events", fields[0].Value.Replace("grinder", "teapot", StringComparison.Ordinal))], Signature(url, Key, fields)));
        Assert.Equal((401, "signed-wrong"), await Post(service, [.. fields, ("more", "")], Signature(url, Key, fields)));
        Assert.Equal(0, await service.Times(mail.MessageId!));
    }

    [Fact]
    public async Task One_without_a_message_keeps_no_other_from_being_stored()
    {
        var server = await servers.On(Engine.Sqlite);
        using var service = await PostingService.Add(server, "mandrill", Key);
        var mail = TestMail.FromSomebodyNew();
        (string, string)[] fields = [("mandrill_events", """[{"event":"inbound","msg":{}},""" + Events(mail)[1..])];
        Assert.Equal((400, "no-mail"), await Post(service, fields, Signature(service.Address.ToString(), Key, fields)));
        Assert.Equal(1, await service.Times(mail.MessageId!));
    }

    [Fact]
    public async Task A_recipient_that_is_not_ours_is_not_tried_again()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        (await server.Api.Post("/api/v1/settings/addresses", new { address = "sales@desk.example" })).Is(200);
        using var service = await PostingService.Add(server, "mandrill", Key);
        (string, string)[] fields = [("mandrill_events", Events(TestMail.FromSomebodyNew()))];
        Assert.Equal((200, "unknown-recipient"), await Post(service, fields, Signature(service.Address.ToString(), Key, fields)));
        Assert.Equal((0, 1, "unknown-recipient"), await service.Counts());
    }

    [Theory, EveryDatabase]
    public async Task A_post_of_which_one_mail_fails_is_asked_for_again_and_all_are_stored_once(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var service = await PostingService.Add(server, "mandrill", Key);
        var (first, second) = (TestMail.FromSomebodyNew(), TestMail.FromSomebodyNew());
        (string, string)[] fields = [("mandrill_events", Events(first, second))];
        var signature = Signature(service.Address.ToString(), Key, fields);
        await PostsTests.Sql(server, "ALTER TABLE raw_mail RENAME TO raw_mail_away");
        Assert.Equal((503, "failed"), await Post(service, fields, signature));
        await PostsTests.Sql(server, "ALTER TABLE raw_mail_away RENAME TO raw_mail");
        Assert.Equal((200, "stored"), await Post(service, fields, signature));
        Assert.Equal((1, 1), (await service.Times(first.MessageId!), await service.Times(second.MessageId!)));
    }
}
