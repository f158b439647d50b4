using System.Text.Json;
using Heliotrope.Server.Tests.Confidence;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Outbox;

public sealed class SendingTests
{
    [Theory]
    [EveryDatabase(false)]
    [EveryDatabase(true)]
    public async Task A_reply_leaves_once_with_tls_when_it_is_offered(Engine engine, bool offered)
    {
        await using var smarthost = new FakeSmarthost { OffersTls = offered };
        await using var server = await TestServer.Start(engine, smarthost.Url);
        var mail = TestMail.FromSomebodyNew();
        var number = await Reply(server, mail);
        var sent = await InState(server, number, "sent");

        var arrived = Assert.Single(smarthost.Mails);
        Assert.Equal(offered, arrived.Tls);
        Assert.Equal(mail.Author, arrived.To);
        Assert.Equal(sent.Text("messageId"), arrived.MessageId);
        Assert.Equal(await server.Api.OutboxRaw(sent), arrived.Text);
        Assert.Equal(1, sent.GetProperty("attempts").GetInt32());
        Assert.StartsWith($"help+{number}-", arrived.From, StringComparison.Ordinal); // a bounce comes back to its conversation
        var delivery = (await server.Api.Entries(number, "message"))[^1].GetProperty("delivery");
        Assert.Equal("sent", delivery.Text("state"));

        (await server.Api.Post($"/api/v1/outbox/{sent.GetProperty("id").GetInt64()}/again")).IsProblem(409, "outbox.sent");
        Assert.Single(smarthost.Mails);
    }

    [Theory, EveryDatabase]
    public async Task A_refusal_for_now_is_tried_again_with_growing_delays(Engine engine)
    {
        await using var smarthost = new FakeSmarthost { Ends = n => n < 3 ? Ending.RefuseForNow : Ending.Accept };
        await using var server = await TestServer.Start(engine, smarthost.Url);
        var number = await Reply(server, TestMail.FromSomebodyNew());
        var delays = new List<TimeSpan>();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var tried = await server.Until(() => Only(server, number), m => m.Text("state") == "waiting" && m.GetProperty("attempts").GetInt32() == attempt);
            Assert.Contains("Not now", tried.Text("problem"), StringComparison.Ordinal);
            var delay = tried.GetProperty("nextTryAt").GetDateTimeOffset() - server.Clock.GetUtcNow();
            delays.Add(delay);

            // A minute too early nothing leaves.
            server.Advance(delay - TimeSpan.FromSeconds(30));
            Assert.Equal(attempt, smarthost.Mails.Count);
            server.Advance(TimeSpan.FromSeconds(31));
        }

        await InState(server, number, "sent");
        Assert.Equal(delays.Order(), delays);
        Assert.True(delays[0] < delays[2]);
        Assert.Equal(4, smarthost.Mails.Count);
        Assert.Single(smarthost.Mails.Select(m => m.Text).Distinct());
    }

    [Theory, EveryDatabase]
    public async Task A_refusal_for_good_is_seen_at_once_and_a_person_can_send_it_again(Engine engine)
    {
        await using var smarthost = new FakeSmarthost { Ends = n => n == 0 ? Ending.RefuseForGood : Ending.Accept };
        await using var server = await TestServer.Start(engine, smarthost.Url);
        var number = await Reply(server, TestMail.FromSomebodyNew());
        var failed = await InState(server, number, "failed");
        Assert.Contains("Nobody by that name", failed.Text("problem"), StringComparison.Ordinal);
        var told = Assert.Single(await server.Api.Entries(number, "event"));
        Assert.Equal("not-sent", told.Text("text"));

        using var desk = await server.SignedIn();
        var page = await desk.Get($"/conversations/{number}");
        Assert.Contains("Nobody by that name", page.Document.Body!.TextContent, StringComparison.Ordinal);
        var id = failed.GetProperty("id").GetInt64();
        Assert.Equal($"/conversations/{number}", (await desk.Submit($"/conversations/{number}", $"/outbox/{id}/again")).Location);
        await InState(server, number, "sent");
        Assert.Equal(2, smarthost.Mails.Count);
        Assert.Equal(smarthost.Mails[0].Text, smarthost.Mails[1].Text);
    }

    [Theory, EveryDatabase]
    public async Task Given_up_after_days_it_is_shown_as_not_sent(Engine engine)
    {
        await using var smarthost = new FakeSmarthost { Ends = _ => Ending.RefuseForNow };
        await using var server = await TestServer.Start(engine, smarthost.Url);
        var number = await Reply(server, TestMail.FromSomebodyNew());
        var began = server.Clock.GetUtcNow();
        JsonElement mail;
        for (var attempt = 1; ; attempt++)
        {
            mail = await server.Until(() => Only(server, number), m => m.GetProperty("attempts").GetInt32() == attempt && m.Text("state") is "waiting" or "failed");
            if (mail.Text("state") == "failed")
            {
                break;
            }

            server.Advance(TimeSpan.FromHours(5));
        }

        Assert.True(server.Clock.GetUtcNow() - began > TimeSpan.FromDays(4)); // RFC 5321 section 4.5.4.1
        Assert.Equal(mail.GetProperty("attempts").GetInt32(), smarthost.Mails.Count);
        Assert.Equal(["not-sent"], await server.Api.Events(number));
    }

    [Theory, EveryDatabase]
    public async Task Without_an_answer_after_the_dot_it_goes_once_more_and_is_shown(Engine engine)
    {
        await using var smarthost = new FakeSmarthost { Ends = n => n == 0 ? Ending.Drop : Ending.Accept };
        await using var server = await TestServer.Start(engine, smarthost.Url);
        var number = await Reply(server, TestMail.FromSomebodyNew());
        var doubtful = await server.Until(() => Only(server, number), m => m.GetProperty("doubts").GetInt32() == 1);
        Assert.Equal("waiting", doubtful.Text("state"));
        server.Advance(TimeSpan.FromMinutes(2));
        var sent = await InState(server, number, "sent");

        Assert.Equal(2, smarthost.Mails.Count);
        Assert.Equal(smarthost.Mails[0].Text, smarthost.Mails[1].Text);
        Assert.Equal(sent.Text("messageId"), smarthost.Mails[1].MessageId);
        Assert.Equal(1, sent.GetProperty("doubts").GetInt32());
        Assert.Equal(["in-doubt"], await server.Api.Events(number));
        Assert.Equal(1, (await server.Api.Entries(number, "message"))[^1].GetProperty("delivery").GetProperty("doubts").GetInt32());
    }

    [Theory, EveryDatabase]
    public async Task Without_a_smarthost_mail_is_kept_to_be_looked_at(Engine engine)
    {
        await using var database = await TestDatabase.CreateMigrated(engine);
        long number;
        await using (var server = await TestServer.Start(database))
        {
            number = await Reply(server, TestMail.FromSomebodyNew());
            var kept = await Only(server, number);
            Assert.Equal("kept", kept.Text("state"));
            (await server.Api.Post($"/api/v1/outbox/{kept.GetProperty("id").GetInt64()}/again")).IsProblem(409, "smarthost.missing");
            using var desk = await server.SignedIn();
            Assert.Contains(kept.Text("to"), (await desk.Get("/outbox")).Document.Body!.TextContent, StringComparison.Ordinal);
            Assert.Contains("Please try another cable.", (await desk.Get($"/outbox/{kept.GetProperty("id").GetInt64()}")).Document.Body!.TextContent, StringComparison.Ordinal);
            Assert.Contains("sandbox", await Policy(desk, kept), StringComparison.Ordinal);
        }

        // Old mail never leaves by itself once there is a smarthost; a person sends it.
        await using var smarthost = new FakeSmarthost();
        await using var later = await TestServer.Start(database, smarthost.Url);
        var second = await Reply(later, TestMail.FromSomebodyNew());
        await InState(later, second, "sent");
        Assert.Single(smarthost.Mails);
        (await later.Api.Post($"/api/v1/outbox/{(await Only(later, number)).GetProperty("id").GetInt64()}/again")).Is(200);
        await InState(later, number, "sent");
    }

    [Theory, EveryDatabase]
    public async Task The_confidence_check_never_leaves_before_its_reply(Engine engine)
    {
        await using var smarthost = new FakeSmarthost { Ends = n => n < 2 ? Ending.RefuseForNow : Ending.Accept };
        await using var server = await TestServer.Start(engine, smarthost.Url);
        var asked = await Asked.On(server);
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await server.Until(async () => (await server.Api.Outbox(asked.Number, "reply"))[0], m => m.Text("state") == "waiting" && m.GetProperty("attempts").GetInt32() == attempt);
            Assert.Equal(0, (await server.Api.Outbox(asked.Number, "confidence"))[0].GetProperty("attempts").GetInt32());
            server.Advance(TimeSpan.FromMinutes(10));
        }

        await server.Until(async () => (await server.Api.Outbox(asked.Number, "confidence"))[0], m => m.Text("state") == "sent");
        Assert.Equal([asked.ReplyId, asked.ReplyId, asked.ReplyId], smarthost.Mails.Take(3).Select(m => m.MessageId));
        Assert.Contains("/confidence/", System.Text.Encoding.ASCII.GetString(smarthost.Mails[3].Content).Replace("=\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Credentials_never_go_in_clear(Engine engine)
    {
        await using var smarthost = new FakeSmarthost();
        await using var server = await TestServer.Start(engine, smarthost.UrlWithPassword);
        var number = await Reply(server, TestMail.FromSomebodyNew());
        var waiting = await server.Until(() => Only(server, number), m => m.GetProperty("attempts").GetInt32() == 1 && m.Text("state") == "waiting");
        Assert.DoesNotContain("AUTH", smarthost.Heard, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(smarthost.Mails);
        Assert.DoesNotContain("s3cret", waiting.Text("problem"), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", server.Log.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_servers_on_one_database_never_send_twice()
    {
        await using var smarthost = new FakeSmarthost();
        await using var database = await TestDatabase.CreateMigrated(Engine.Postgres);
        await using var one = await TestServer.Start(database, smarthost.Url);
        await using var other = await TestServer.Start(database, smarthost.Url);
        var numbers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Reply(i % 2 == 0 ? one : other, TestMail.FromSomebodyNew())));
        await one.Until(
            () => one.Store.Read(db => db.Outbox.CountAsync(o => o.State == Heliotrope.Server.Outbox.OutboxState.Sent)),
            sent => sent == numbers.Length);
        Assert.Equal(numbers.Length, smarthost.Mails.Count);
        Assert.Equal(numbers.Length, smarthost.Mails.Select(m => m.MessageId).Distinct().Count());
        Assert.Equal(0, await one.Store.Read(db => db.Outbox.CountAsync(o => o.Doubts > 0 || o.Attempts != 1)));
    }

    [Fact]
    public async Task One_server_takes_over_what_another_one_left_when_it_died()
    {
        await using var smarthost = new FakeSmarthost();
        await using var database = await TestDatabase.CreateMigrated(Engine.Postgres);
        await using var server = await TestServer.Start(database, smarthost.Url);
        var number = await Reply(server, TestMail.FromSomebodyNew());
        await InState(server, number, "sent");

        // As a process leaves it that is killed between the first byte and the answer.
        var until = server.Clock.GetUtcNow() + TimeSpan.FromSeconds(30);
        await server.Store.Write(
            db => db.Outbox.ExecuteUpdateAsync(set => set
                .SetProperty(o => o.State, Heliotrope.Server.Outbox.OutboxState.Sending)
                .SetProperty(o => o.LeaseOwner, "elsewhere/1")
                .SetProperty(o => o.LeaseUntil, until)),
            CancellationToken.None);
        server.Advance(TimeSpan.FromSeconds(10));
        Assert.Single(smarthost.Mails);
        server.Advance(TimeSpan.FromSeconds(25));
        var sent = await server.Until(() => Only(server, number), m => m.Text("state") == "sent" && m.GetProperty("doubts").GetInt32() == 1);
        Assert.Equal(2, smarthost.Mails.Count);
        Assert.Equal(2, sent.GetProperty("attempts").GetInt32());
        Assert.Equal(["in-doubt"], await server.Api.Events(number));
    }

    private static async Task<long> Reply(TestServer server, TestMail mail)
    {
        var number = await server.Receive(mail);
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Please try another cable." })).Is(200);
        return number;
    }

    private static async Task<JsonElement> Only(TestServer server, long number) => Assert.Single(await server.Api.Outbox(number));

    private static Task<JsonElement> InState(TestServer server, long number, string state) => server.Until(() => Only(server, number), m => m.Text("state") == state);

    private static async Task<string> Policy(Browser desk, JsonElement mail)
    {
        using var response = await desk.Stream($"/outbox/{mail.GetProperty("id").GetInt64()}/html", Patience.Token());
        return response.Headers.GetValues("Content-Security-Policy").Single();
    }
}
