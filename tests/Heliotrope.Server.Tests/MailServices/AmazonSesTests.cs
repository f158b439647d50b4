using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Heliotrope.Server.MailServices;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.MailServices;

public sealed class AmazonSesTests : IDisposable
{
    private const string Topic = "arn:aws:sns:eu-west-1:123456789012:mail-for-us";
    private const string Certificate = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem";
    private const string Subscribe = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=" + Topic + "&Token=2336412f37";

    private readonly RSA _key = RSA.Create(2048);
    private readonly List<string> _fetched = [];
    private Func<Uri, byte[]>? _answer;
    private DateTimeOffset _until = DateTimeOffset.UtcNow.AddDays(100);

    private Task<TestServer> Start(Engine engine = Engine.Sqlite) => TestServer.Start(engine, replace: services => services.AddSingleton(new SnsWeb((address, _) =>
    {
        _fetched.Add(address.AbsoluteUri);
        return Task.FromResult(_answer?.Invoke(address) ?? (address.AbsoluteUri == Certificate ? Pem() : "<ConfirmSubscriptionResponse/>"u8.ToArray()));
    })));

    private byte[] Pem()
    {
        using var certificate = new CertificateRequest("CN=sns.amazonaws.com", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-10), _until);
        return Encoding.ASCII.GetBytes(certificate.ExportCertificatePem());
    }

    private JsonObject Signed(JsonObject message, string version = "2", string from = Certificate, RSA? key = null)
    {
        string[] fields = message["Type"]!.GetValue<string>() is "Notification" ? ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"] : ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];
        var text = string.Concat(fields.Where(message.ContainsKey).Select(f => $"{f}\n{message[f]!.GetValue<string>()}\n"));
        var hash = version == "1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
        message["SignatureVersion"] = version;
        message["Signature"] = Convert.ToBase64String((key ?? _key).SignData(Encoding.UTF8.GetBytes(text), hash, RSASignaturePadding.Pkcs1));
        message["SigningCertURL"] = from;
        message["UnsubscribeURL"] = "https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe";
        return message;
    }

    private static JsonObject Notification(TestMail mail, string? encoding, string? subject = "Amazon SES Email Receipt Notification")
    {
        var content = encoding is "BASE64" || (encoding is null && mail.Subject.Contains("guess", StringComparison.Ordinal)) ? Convert.ToBase64String(mail.Bytes()) : Encoding.UTF8.GetString(mail.Bytes());
        var said = JsonSerializer.Serialize(new
        {
            notificationType = "Received",
            mail = new { source = "bounces@client.example", destination = new[] { "help@desk.example" }, messageId = "d6iitobk75ur44p8kdnnp7g2n800" },
            receipt = new { recipients = new[] { "help@desk.example" }, action = new { type = "SNS", topicArn = Topic, encoding } },
            content,
        });
        var message = Named("Notification", said);
        if (subject is not null)
        {
            message["Subject"] = subject;
        }

        return message;
    }

    private static JsonObject Named(string type, string message) => new()
    {
        ["Type"] = type,
        ["MessageId"] = Guid.NewGuid().ToString(),
        ["TopicArn"] = Topic,
        ["Message"] = message,
        ["Timestamp"] = "2026-11-23T10:00:00.000Z",
    };

    private static JsonObject Subscription(string address = Subscribe)
    {
        var message = Named("SubscriptionConfirmation", "You have chosen to subscribe.");
        message["Token"] = "2336412f37";
        message["SubscribeURL"] = address;
        return message;
    }

    [Theory]
    [EveryDatabase("1", "BASE64", "Größe")]
    [EveryDatabase("2", "UTF8", "Größe")]
    [EveryDatabase("2", null, "Größe")]
    [EveryDatabase("2", null, "a guess at base64")]
    public async Task A_signed_notification_brings_its_mail(Engine engine, string version, string? encoding, string subject)
    {
        await using var server = await Start(engine);
        using var service = await PostingService.Add(server, "amazon-ses");
        var mail = TestMail.FromSomebodyNew() with { Subject = subject };
        Assert.Equal((200, "stored"), await service.PostJson(Signed(Notification(mail, encoding), version).ToJsonString()));
        var stored = await service.Stored(mail.MessageId!);
        Assert.Equal((subject, "bounces@client.example", "help@desk.example"), (stored.Subject, stored.Mail.EnvelopeFrom, stored.Mail.EnvelopeTo));

        // Again, and without a subject of its own: the certificate is fetched once.
        Assert.Equal((200, "stored"), await service.PostJson(Signed(Notification(mail, encoding, subject: null), version).ToJsonString()));
        Assert.Equal(1, await service.Times(mail.MessageId!));
        Assert.Equal([Certificate], _fetched);
    }

    [Fact]
    public async Task A_subscription_is_confirmed_where_it_is_signed_and_at_amazon_alone()
    {
        await using var server = await Start();
        using var service = await PostingService.Add(server, "amazon-ses");
        Assert.Equal((200, "stored"), await service.PostJson(Signed(Subscription()).ToJsonString()));
        Assert.Equal([Certificate, Subscribe], _fetched);
        foreach (var elsewhere in new[]
        {
            "http://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription", "https://sns.eu-west-1.amazonaws.com.client.example/?Action=ConfirmSubscription", "https://169.254.169.254/?Action=ConfirmSubscription",
            "https://sns.eu-west-1.amazonaws.com:8443/?Action=ConfirmSubscription", "https://a@sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription", "https://sns.eu-west-1.amazonaws.com/elsewhere?Action=ConfirmSubscription", "https://sns.eu-west-1.amazonaws.com/?Action=Publish", "nothing",
        })
        {
            Assert.Equal((503, "signed-wrong"), await service.PostJson(Signed(Subscription(elsewhere)).ToJsonString()));
        }

        var unsigned = Subscription();
        Assert.Equal((503, "unsigned"), await service.PostJson(unsigned.ToJsonString()));
        Assert.Equal([Certificate, Subscribe], _fetched);

        // Amazon's side is away: it posts again.
        _answer = _ => throw new HttpRequestException("away");
        Assert.Equal((503, "failed"), await service.PostJson(Signed(Subscription()).ToJsonString()));
    }

    [Fact]
    public async Task A_topic_in_china_is_listened_to_as_any_other()
    {
        const string topic = "arn:aws-cn:sns:cn-north-1:123456789012:mail-for-us";
        _answer = _ => Pem();
        await using var server = await Start();
        using var service = await PostingService.Add(server, "amazon-ses", topic);
        var mail = TestMail.FromSomebodyNew();
        var message = Notification(mail, "BASE64");
        message["TopicArn"] = topic;
        Assert.Equal((200, "stored"), await service.PostJson(Signed(message, from: "https://sns.cn-north-1.amazonaws.com.cn/SimpleNotificationService-0123456789abcdef.pem").ToJsonString()));
        Assert.Equal(1, await service.Times(mail.MessageId!));
    }

    [Theory]
    [InlineData("https://sns.cn-north-1.amazonaws.com.cn.client.example/SimpleNotificationService-0123456789abcdef.pem")]
    [InlineData("http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem")]
    [InlineData("https://sns.eu-west-1.amazonaws.com.client.example/SimpleNotificationService-0123456789abcdef.pem")]
    [InlineData("https://client.example/SimpleNotificationService-0123456789abcdef.pem")]
    [InlineData("https://client.example#sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem")]
    [InlineData("https://bucket.s3.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem")]
    [InlineData("https://sns.evil.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/anything.pem")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem?x=1")]
    [InlineData("https://127.0.0.1/SimpleNotificationService-0123456789abcdef.pem")]
    [InlineData("file:///etc/passwd")]
    public async Task A_certificate_from_elsewhere_is_not_even_fetched(string from)
    {
        await using var server = await Start();
        using var service = await PostingService.Add(server, "amazon-ses");
        Assert.Equal((503, "signed-wrong"), await service.PostJson(Signed(Notification(TestMail.FromSomebodyNew(), "BASE64"), from: from).ToJsonString()));
        Assert.Empty(_fetched);
    }

    [Fact]
    public async Task What_was_changed_or_signed_by_another_is_not_taken()
    {
        await using var server = await Start();
        using var service = await PostingService.Add(server, "amazon-ses");
        using var another = RSA.Create(2048);
        var mail = TestMail.FromSomebodyNew();
        Assert.Equal((503, "signed-wrong"), await service.PostJson(Signed(Notification(mail, "BASE64"), key: another).ToJsonString()));
        foreach (var (field, value) in new[] { ("Message", "{\"content\":\"From: a@b.example\"}"), ("Subject", "x"), ("Timestamp", "2030-01-01T00:00:00.000Z"), ("TopicArn", "x"), ("SignatureVersion", "1"), ("SignatureVersion", "3"), ("Signature", "no base64") })
        {
            var changed = Signed(Notification(mail, "BASE64"));
            changed[field] = value;
            Assert.Equal((503, "signed-wrong"), await service.PostJson(changed.ToJsonString()));
        }

        Assert.Equal((503, "unsigned"), await service.PostJson(Notification(mail, "BASE64").ToJsonString()));
        Assert.Equal(0, await service.Times(mail.MessageId!));
    }

    [Fact]
    public async Task A_certificate_that_is_over_or_is_none_proves_nothing_and_one_that_cannot_be_fetched_is_asked_for_again()
    {
        await using var server = await Start();
        using var service = await PostingService.Add(server, "amazon-ses");
        var post = Signed(Notification(TestMail.FromSomebodyNew(), "BASE64")).ToJsonString();
        _answer = _ => throw new HttpRequestException("away");
        Assert.Equal((503, "failed"), await service.PostJson(post));
        _answer = _ => "<html>no certificate</html>"u8.ToArray();
        Assert.Equal((503, "signed-wrong"), await service.PostJson(post));
        (_answer, _until) = (null, DateTimeOffset.UtcNow.AddDays(-1));
        Assert.Equal((503, "signed-wrong"), await service.PostJson(post));
    }

    [Fact]
    public async Task Only_the_topic_that_is_set_is_listened_to()
    {
        await using var server = await Start();
        (await server.Api.Post("/api/v1/mail-services", new { kind = "amazon-ses", name = "SES", key = "mail-for-us" })).IsProblem(422, "mail-service.not-a-key");
        using var service = await PostingService.Add(server, "amazon-ses", Topic);
        var mail = TestMail.FromSomebodyNew();
        var other = Notification(mail, "BASE64");
        other["TopicArn"] = Topic + "-of-others";
        Assert.Equal((503, "other-topic"), await service.PostJson(Signed(other).ToJsonString()));
        Assert.Equal((200, "stored"), await service.PostJson(Signed(Notification(mail, "BASE64")).ToJsonString()));
    }

    [Fact]
    public async Task A_notification_without_its_mail_is_said_to_have_none_and_a_trial_is_answered()
    {
        await using var server = await Start();
        using var service = await PostingService.Add(server, "amazon-ses");
        Assert.Equal((400, "no-mail"), await service.PostJson(Signed(Named("Notification", """{"notificationType":"Received","receipt":{"action":{"type":"S3"}}}""")).ToJsonString()));
        Assert.Equal((200, "stored"), await service.PostJson(Signed(Named("Notification", "Successfully validated SNS topic for Amazon SES event publishing.")).ToJsonString()));
        Assert.Equal((400, "unreadable"), await service.PostJson(Signed(Named("SomethingElse", "x")).ToJsonString()));
    }

    [Fact]
    public async Task The_real_fetcher_reaches_no_address_of_our_own_network()
    {
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => SnsWeb.Public.Get(new Uri("https://127.0.0.1/SimpleNotificationService-0.pem"), Patience.Token()));
        Assert.Contains("no public address", refused.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _key.Dispose();
}
