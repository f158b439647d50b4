using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Heliotrope.Server.Database;
using Heliotrope.Server.MailServices;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Tests.Infrastructure;
using Heliotrope.Server.Tests.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.MailServices;

public sealed class PostsTests(SharedServers servers) : IClassFixture<SharedServers>
{
    private static TestMail Mail() => TestMail.FromSomebodyNew();

    [Theory, EveryDatabase]
    public async Task A_program_of_our_own_posts_a_message_and_hears_that_it_is_stored(Engine engine)
    {
        var server = await servers.On(engine);
        using var service = await PostingService.Add(server, "raw");
        var mail = Mail() with { Subject = "Grüße aus Köln" };
        Assert.Equal((200, "stored"), await service.PostBytes(mail.Bytes(), "message/rfc822"));
        var stored = await service.Stored(mail.MessageId!);
        Assert.Equal("Grüße aus Köln", stored.Subject);
        Assert.Equal("http", stored.Mail.Source);

        // The same mail twice is stored once, and said to be stored.
        Assert.Equal((200, "stored"), await service.PostBytes(mail.Bytes(), "application/octet-stream"));
        Assert.Equal(1, await service.Times(mail.MessageId!));
        Assert.Equal((2, 0, ""), await service.Counts());
    }

    [Fact]
    public async Task What_nobody_can_read_is_kept_in_quarantine_and_is_taken()
    {
        var server = await servers.On(Engine.Sqlite);
        using var service = await PostingService.Add(server, "raw");
        var before = await server.Store.Read(db => db.Quarantine.CountAsync());
        Assert.Equal(200, (await service.PostBytes([0xff, 0x00, 0xfe, .. Encoding.UTF8.GetBytes(Guid.NewGuid().ToString())], "message/rfc822")).Status);
        Assert.Equal(before + 1, await server.Store.Read(db => db.Quarantine.CountAsync()));
        Assert.Equal((400, "no-mail"), await service.PostBytes([], "message/rfc822"));
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("mailgun")]
    [InlineData("mandrill")]
    public async Task Whoever_does_not_know_the_token_learns_nothing(string kind)
    {
        var server = await servers.On(Engine.Sqlite);
        using var service = await PostingService.Add(server, kind);
        using var stranger = new HttpClient();
        var address = service.Address.ToString();
        foreach (var other in new[] { address[..^1], address + "x", address.Replace($"/{service.Id}-", $"/{service.Id + 999}-", StringComparison.Ordinal), address[..address.IndexOf('-', StringComparison.Ordinal)], $"{server.Url}intake/services/-", $"{server.Url}intake/services/%01-a" })
        {
            using var answer = await stranger.PostAsync(new Uri(other), PostingService.Bytes(Mail().Bytes(), "message/rfc822"));
            Assert.Equal((HttpStatusCode.NotFound, "unknown"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        }

        Assert.Equal((0, 0, ""), await service.Counts());
        using var looked = await stranger.SendAsync(new(HttpMethod.Head, service.Address));
        Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
        using var guessed = await stranger.SendAsync(new(HttpMethod.Head, new Uri(address + "x")));
        Assert.Equal(HttpStatusCode.NotFound, guessed.StatusCode);
        using var opened = await stranger.GetAsync(service.Address);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, opened.StatusCode);
    }

    [Fact]
    public async Task A_token_is_compared_even_where_there_is_no_such_service()
    {
        // Not measured in time, which no test can: both ways compare one hash, and both end in null.
        var known = new KnownServices(new Dictionary<long, KnownService> { [1] = new(1, MailServiceKind.Raw, Heliotrope.Server.Platform.Tokens.Hash("right"), "") });
        Assert.NotNull(known.At("1-right"));
        Assert.Null(known.At("1-wrong"));
        Assert.Null(known.At("2-right"));
        Assert.Null(known.At("right"));
        Assert.Null(known.At(""));
        Assert.Null(known.At("99999999999999999999-right"));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task What_is_larger_than_a_mail_may_be_is_refused_before_it_is_read()
    {
        var server = await servers.On(Engine.Sqlite);
        using var service = await PostingService.Add(server, "raw");
        Assert.Equal((413, "too-large"), await service.PostBytes(new byte[50 * 1024 * 1024 + 1], "message/rfc822"));
        Assert.Equal((0, 1, "too-large"), await service.Counts());
    }

    [Fact]
    public async Task Too_many_guesses_from_one_address_are_told_to_wait_and_a_service_behind_it_never()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        using var service = await PostingService.Add(server, "raw");
        using var http = new HttpClient();
        var seen = new System.Collections.Concurrent.ConcurrentBag<HttpStatusCode>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 300), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Patience.Token() }, async (_, cancel) =>
        {
            using var answer = await http.PostAsync(new Uri(server.Url, "/intake/services/1-guess"), null, cancel);
            seen.Add(answer.StatusCode);
        });
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests], seen.Distinct().Order());
        Assert.Equal((200, "stored"), await service.PostBytes(Mail().Bytes(), "message/rfc822"));
    }

    [Theory]
    [InlineData("nginx.conf", @"client_max_body_size (\d+)m;", 1024 * 1024)]
    [InlineData("Caddyfile", @"max_size (\d+)MB", 1_000_000)]
    public void A_proxy_set_up_as_we_describe_lets_the_largest_post_pass(string file, string limit, long unit)
    {
        var megabytes = long.Parse(Regex.Match(File.ReadAllText(Path.Combine(Sources.Root, "deploy", file)), limit).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.All(Enum.GetValues<MailServiceKind>(), kind => Assert.True(megabytes * unit >= TakePost.LimitOf(kind)));
    }

    [Fact]
    public async Task A_body_that_came_too_slowly_is_asked_for_again()
    {
        var server = await servers.On(Engine.Sqlite);
        using var service = await PostingService.Add(server, "raw");
        var known = (await server.Services.GetRequiredService<Current<KnownServices>>().Get()).At(service.Address.Segments[^1])!;
        var http = new DefaultHttpContext();
        http.Request.Body = new SlowBody();
        var refusal = await server.Services.GetRequiredService<TakePost>().From(known, http.Request, Patience.Token());
        Assert.Equal((503, "failed"), (refusal!.Status, refusal.Code));
    }

    /// <summary>As the server gives up on a body.</summary>
    private sealed class SlowBody : MemoryStream
    {
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
            throw new BadHttpRequestException("Reading the request body timed out.", StatusCodes.Status408RequestTimeout);
    }

    [Theory, EveryDatabase]
    public async Task A_failure_of_ours_asks_to_try_again_and_the_next_try_stores(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var service = await PostingService.Add(server, "raw");
        var mail = Mail();
        await Sql(server, "ALTER TABLE raw_mail RENAME TO raw_mail_away");
        Assert.Equal((503, "failed"), await service.PostBytes(mail.Bytes(), "message/rfc822"));
        await Sql(server, "ALTER TABLE raw_mail_away RENAME TO raw_mail");
        Assert.Equal(0, await service.Times(mail.MessageId!));
        Assert.Equal((0, 1, "failed"), await service.Counts());
        Assert.Equal((200, "stored"), await service.PostBytes(mail.Bytes(), "message/rfc822"));
        Assert.Equal(1, await service.Times(mail.MessageId!));
        Assert.Equal((1, 1, "failed"), await service.Counts());
    }

    [Fact]
    public async Task A_recipient_that_is_not_ours_is_refused_in_the_way_that_the_service_takes_as_final()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        (await server.Api.Post("/api/v1/settings/addresses", new { address = "help@desk.example" })).Is(200);
        using var postmark = await PostingService.Add(server, "postmark");
        using var sparkpost = await PostingService.Add(server, "sparkpost");
        Assert.Equal((403, "unknown-recipient"), await postmark.PostJson("""{"From":"ada@client.example","TextBody":"Hello","OriginalRecipient":"nobody@desk.example"}"""));
        Assert.Equal((200, "stored"), await postmark.PostJson("""{"From":"ada@client.example","TextBody":"Hello","OriginalRecipient":"help+grinder@desk.example"}"""));

        // Of several, those that are ours are stored.
        var (ours, other) = (Mail(), Mail());
        var both = SparkpostTests.Batch(SparkpostTests.Event(ours.Bytes(), to: "help@desk.example"), SparkpostTests.Event(other.Bytes(), to: "nobody@desk.example"));
        Assert.Equal((200, "unknown-recipient"), await sparkpost.PostJson(both)); // anything else it would post again
        Assert.Equal((1, 0), (await sparkpost.Times(ours.MessageId!), await sparkpost.Times(other.MessageId!)));
        Assert.Equal((1, 1, "unknown-recipient"), await sparkpost.Counts());
    }

    /// <summary>Whatever is posted where a service's posts are read: an answer, and never a failure of ours.</summary>
    [Fact]
    public async Task Garbage_is_refused_as_what_it_is()
    {
        var server = await servers.On(Engine.Sqlite);
        var deep = new string('[', 5_000) + new string(']', 5_000);
        string[] bodies =
        [
            "", " ", "null", "true", "{", "[", "[{", "\"text\"", "123", "1e999999", "-", "{}", "[]x", "[null]", "[1,\"two\",[],{}]", deep, """{"msys":1}""", """[{"msys":{"relay_message":[]}}]""",
            """[{"msys":{"relay_message":{"content":{"email_rfc822":17,"email_rfc822_is_base64":true}}}}]""", """[{"msys":{"relay_message":{"content":{"email_rfc822":"%%%","email_rfc822_is_base64":true}}}}]""",
            """{"RawEmail":12345678901234567890123456789}""", """{"Headers":{},"Attachments":"x","ToFull":[1]}""", """{"Type":"Notification"}""", """{"Type":7,"Signature":[]}""",
            "mandrill_events=", "mandrill_events=%5B%7B%7D", "mandrill_events=%5B%7B%22msg%22%3A1%7D%5D", "mandrill_events=%ZZ%", "timestamp=1&token=2&signature=3", "timestamp=99999999999999999999&token=a&signature=b", "&&&=&=", "a=1", "\ud83d\ude00",
            "--b\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\nFrom: a@cl", "--b\r\n\r\n--b--", "--b--",
        ];
        foreach (var kind in new[] { "mailgun", "sendgrid", "postmark", "mandrill", "sparkpost", "amazon-ses" })
        {
            using var service = await PostingService.Add(server, kind, kind is "mailgun" or "mandrill" ? "the key" : null);
            foreach (var type in new[] { "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "multipart/form-data", "nonsense;;", "" })
            {
                foreach (var body in bodies.Select(Encoding.UTF8.GetBytes).Append([0xff, 0xfe, (byte)'{', 0xc0]).Append([.. "{\"TextBody\":\""u8, 0xff, 0xed, 0xa0, 0x80, .. "\"}"u8]))
                {
                    var (status, word) = await service.PostBytes(body, type);
                    Assert.True(status is 200 or 400 or 401 or 422 || (kind is "amazon-ses" && (status, word) is (503, "unsigned" or "signed-wrong")), $"{kind} {type} {Encoding.UTF8.GetString(body)}: {status} {word}");
                    Assert.True(status != 200 || Harmless(kind, Encoding.UTF8.GetString(body)), $"{kind} {type} {Encoding.UTF8.GetString(body)}: {status}");
                }
            }
        }

        // What asks whether anybody is there is answered, and a text in broken letters is kept for a person to look at.
        static bool Harmless(string kind, string body) => (kind is "sparkpost" && body is "[]") || (kind is "postmark" && body.StartsWith("{\"TextBody\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_secret_is_logged()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        const string key = "a-very-secret-signing-key";
        using var service = await PostingService.Add(server, "mailgun", key);
        await service.PostBytes("timestamp=1&token=2&signature=3"u8.ToArray(), "application/x-www-form-urlencoded");
        await Sql(server, "ALTER TABLE mail_service_tokens RENAME TO away");
        Assert.Equal(503, (await service.Post(MailgunTests.Signed(service, key, [("body-mime", Encoding.UTF8.GetString(Mail().Bytes()))]))).Status);
        Assert.NotEmpty(server.Log.Errors);
        Assert.DoesNotContain(key, server.Log.All, StringComparison.Ordinal);
        Assert.DoesNotContain(service.Address.AbsolutePath.Split('-', 2)[1], server.Log.All, StringComparison.Ordinal);

        // Nor kept as it is.
        var kept = await server.Store.Read(db => db.MailServices.SingleAsync(s => s.Id == service.Id));
        Assert.DoesNotContain(key, kept.Secret, StringComparison.Ordinal);
        Assert.Equal(32, kept.TokenHash.Length);
    }

    internal static Task Sql(TestServer server, string sql) => server.Store.Write(db => db.Database.ExecuteSqlRawAsync(sql), CancellationToken.None);
}
