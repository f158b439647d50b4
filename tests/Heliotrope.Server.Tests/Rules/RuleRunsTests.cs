using Heliotrope.Core.People;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Rules;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Rules;

public sealed class RuleRunsTests(SharedServers servers) : IClassFixture<SharedServers>
{
    private static readonly object[] Reply = [new { kind = "reply", value = "Hello {{customer.first_name | there}},\n\nwe have your message about {{conversation.number}}." }];

    [Theory, EveryDatabase]
    public async Task A_reply_of_a_rule_says_that_nobody_wrote_it_holds_a_way_to_a_person_and_is_no_answer(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.RuleOn(new { name = "Thanks", when = "began", then = Reply });
        await server.RuleOn(new { name = "Thanks again", when = "customer-wrote", then = Reply });
        var number = await server.Receive(TestMail.FromSomebodyNew() with { From = "Ada Lovelace <ada@client.example>", Text = "It does not start." });
        var mail = Assert.Single(await server.Api.Outbox(number));
        Assert.Equal("rule", mail.Text("kind"));
        var raw = await server.Api.OutboxRaw(mail);
        Assert.Contains("Auto-Submitted: auto-", raw, StringComparison.Ordinal);
        Assert.Contains("Hello Ada,", raw, StringComparison.Ordinal);
        Assert.Contains("/person/", raw, StringComparison.Ordinal);
        var after = await server.Api.Conversation(number);
        Assert.Equal("open", after.Text("state"));
        Assert.NotEqual("null", after.GetProperty("filing").Text("waitingSince"));

        // One action to a person, and nothing counts before it is pressed.
        var written = raw.ReplaceLineEndings("\n").Replace("=\n", "", StringComparison.Ordinal); // lines that are broken for the way alone (RFC 2045 section 6.7)
        var path = "/person/" + string.Concat(written.Split("/person/")[1].TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
        using var customer = server.NewBrowser();
        var page = (await customer.Get(path)).Document;
        Assert.NotNull(page.QuerySelector("form#person button"));
        Assert.DoesNotContain("asked-for-person", await server.Api.Events(number));
        Assert.Equal(200, (await customer.Post(path)).Status);
        Assert.Contains("asked-for-person", await server.Api.Events(number));
        Assert.Equal(404, (await customer.Get("/person/unknown")).Status);
    }

    [Theory, EveryDatabase]
    public async Task No_machine_is_written_to_nobody_often_and_nothing_of_a_stranger_that_could_be_a_link(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.RuleOn(new { name = "Thanks", when = "customer-wrote", then = Reply });
        await server.RuleOn(new { name = "Thanks, machine", when = "began", then = Reply });
        var machine = await server.Receive(TestMail.FromSomebodyNew() with { More = ["Auto-Submitted: auto-generated"] });
        Assert.Empty(await server.Api.Outbox(machine));
        Assert.Contains("not-written", await server.Api.Events(machine));

        var mail = TestMail.FromSomebodyNew() with { Subject = "Win at casino.example", From = "casino.example <someone@client.example>" };
        var number = await server.Receive(mail);
        for (var i = 0; i < AutomaticMail.MostADay + 2; i++)
        {
            server.Advance(TimeSpan.FromMinutes(10));
            await server.Receive(TestMail.FromSomebodyNew() with { From = mail.From, Subject = mail.Subject, InReplyTo = mail.MessageId });
        }

        var sent = await server.Api.Outbox(number);
        Assert.Equal(AutomaticMail.MostADay, sent.Length);
        Assert.DoesNotContain("casino", await server.Api.OutboxRaw(sent[0]), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_merge_field_that_nothing_fills_is_never_sent(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var id = await server.RuleOn(new { name = "Dear", when = "began", then = new[] { new { kind = "tag", value = "greeted" }, new { kind = "reply", value = "Dear {{shoe.size}}," } } });
        var number = await server.Receive(TestMail.FromSomebodyNew());
        Assert.Empty(await server.Api.Outbox(number));
        Assert.Empty((await server.Api.Conversation(number)).GetProperty("filing").Items("tags"));
        Assert.Equal("reply.merge-field", Assert.Single((await server.Api.Get($"/api/v1/rules/{id}/runs")).Json.Items("items")).Text("refusal"));
    }

    [Theory, EveryDatabase]
    public async Task What_a_rule_did_is_taken_back_exactly_and_what_it_did_within_a_persons_change_goes_with_that(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var id = await server.RuleOn(new { name = "Refunds", when = "began", then = new object[] { new { kind = "tag", value = "refund" }, new { kind = "snooze", value = "P2D" } } });
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var run = Assert.Single((await server.Api.Get($"/api/v1/rules/{id}/runs")).Json.Items("items"));
        Assert.True(run.GetProperty("undoable").GetBoolean());
        using var light = await server.ApiAs(Role.Light);
        var path = $"/api/v1/rules/{id}/runs/{run.GetProperty("id").GetInt64()}/undo";
        (await light.Post(path, new { })).IsProblem(403, "role.insufficient");
        using var agent = await server.ApiAs(Role.Agent);
        (await agent.Post(path, new { })).Is(200);
        var after = await server.Api.Conversation(number);
        Assert.Equal("open", after.Text("state"));
        Assert.Empty(after.GetProperty("filing").Items("tags"));
        Assert.Empty(await server.Api.Events(number));
        Assert.True(Assert.Single((await server.Api.Get($"/api/v1/rules/{id}/runs")).Json.Items("items")).GetProperty("takenBack").GetBoolean());
        (await agent.Post(path, new { })).IsProblem(409, "undo.used");

        await server.RuleOn(new { name = "Resolved", when = "resolved", then = new[] { new { kind = "tag", value = "done" } } });
        var undo = (await server.Api.Post($"/api/v1/conversations/{number}/resolve", new { })).Is(200).Json.Text("undo");
        Assert.Equal(["resolved", "rule", "tagged"], await server.Api.Events(number));
        (await server.Api.Post($"/api/v1/undo/{undo}", new { })).Is(200);
        Assert.Empty(await server.Api.Events(number));
        Assert.Empty((await server.Api.Conversation(number)).GetProperty("filing").Items("tags"));
    }

    [Theory, EveryDatabase]
    public async Task A_rule_that_fails_costs_neither_its_mail_nor_its_neighbours(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.RuleOn(new { name = "Fails", when = "began", then = new[] { new { kind = "tag", value = "fails" } } });
        await server.RuleOn(new { name = "Works", when = "began", then = new[] { new { kind = "note", value = "Somebody wrote." } } });
        await server.Store.Write(
            async db =>
            {
                // As if the table of tags could not be written to.
                foreach (var statement in engine is Engine.Sqlite
                    ? ["CREATE TRIGGER no_tags BEFORE INSERT ON conversation_tags BEGIN SELECT RAISE(ABORT, 'no tags'); END"]
                    : new[] { "CREATE FUNCTION no_tags() RETURNS trigger AS 'BEGIN RAISE EXCEPTION ''no tags''; END' LANGUAGE plpgsql", "CREATE TRIGGER no_tags BEFORE INSERT ON conversation_tags FOR EACH ROW EXECUTE FUNCTION no_tags()" })
                {
                    await db.Database.ExecuteSqlRawAsync(statement);
                }

                return true;
            },
            CancellationToken.None);
        var numbers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => server.Receive(TestMail.FromSomebodyNew())));
        foreach (var number in numbers)
        {
            var entries = (await server.Api.Conversation(number)).Items("entries").Select(e => e.Text("kind"));
            Assert.Equal(["message", "event", "note"], entries);
            Assert.Equal(["rule"], await server.Api.Events(number));
        }

        Assert.Equal(RunRules.MostRefusals, await server.Store.Read(db => db.RuleRuns.CountAsync(r => r.Refusal == "rule.failed")));
        Assert.False((await server.Api.Get("/api/v1/rules")).Json.EnumerateArray().First().GetProperty("on").GetBoolean());
    }

    [Theory, EveryDatabase]
    public async Task A_rule_does_not_touch_what_its_owner_may_not_see_and_its_runs_hide_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        (await server.Api.Post("/api/v1/teams", new { name = "Board", @private = true })).Is(200);
        await server.Store.Write(
            async db =>
            {
                (await db.Teams.SingleAsync(t => t.Name == "Board")).Private = true;
                return true;
            },
            CancellationToken.None);
        using var lead = await server.ApiAs(Role.Lead);
        var id = (await lead.Post("/api/v1/rules", new { name = "All", when = "reopened", then = new[] { new { kind = "tag", value = "seen" } } })).Is(200).Json.GetProperty("id").GetInt64();
        (await lead.Post($"/api/v1/rules/{id}/try", new { })).Is(200);
        (await lead.Put($"/api/v1/rules/{id}", new { on = true })).Is(200);
        var (open, hidden) = (await server.Receive(TestMail.FromSomebodyNew()), await server.Receive(TestMail.FromSomebodyNew()));
        (await server.Api.Post($"/api/v1/conversations/{hidden}/team", new { team = "Board" })).Is(200);
        foreach (var number in new[] { open, hidden })
        {
            (await server.Api.Post($"/api/v1/conversations/{number}/resolve", new { })).Is(200);
            (await server.Api.Post($"/api/v1/conversations/{number}/reopen", new { })).Is(200);
        }

        Assert.Contains("tagged", await server.Api.Events(open));
        Assert.DoesNotContain("tagged", await server.Api.Events(hidden));
        Assert.Equal(1, (await lead.Post($"/api/v1/rules/{id}/try", new { })).Is(200).Json.GetProperty("matched").GetInt32());
        Assert.Single((await lead.Get($"/api/v1/rules/{id}/runs")).Is(200).Json.Items("items"));
    }

    [Theory, EveryDatabase]
    public async Task The_pages_say_what_a_rule_says_and_what_it_did(Engine engine)
    {
        var server = await servers.On(engine);
        var id = await server.RuleOn(new { name = "Refunds <first>", when = "customer-wrote", message = new[] { new { field = "words", value = "refund" } }, then = new[] { new { kind = "tag", value = "refund" } } });
        var number = await server.Receive(TestMail.FromSomebodyNew() with { Text = "A refund, please." });
        using var desk = await server.SignedIn();
        Assert.Contains("Refunds <first>", (await desk.Get("/rules")).Document.QuerySelector($"#rule-{id}")!.TextContent, StringComparison.Ordinal);
        var page = (await desk.Get($"/rules/{id}?tried=yes")).Document;
        Assert.Contains("The message holds: refund", page.QuerySelector(".rule-says")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/conversations/{number}", page.QuerySelector("#runs .ledger a")!.GetAttribute("href"));
        Assert.Null(page.QuerySelector(".rule-acts"));
        Assert.Equal(403, (await desk.Get("/rules/new")).Status);
        Assert.Equal($"/rules/{id}", (await desk.Get($"/conversations/{number}")).Document.QuerySelector(".event a")!.GetAttribute("href"));
        using var lead = await server.SignedIn(Role.Lead);
        Assert.NotNull((await lead.Get($"/rules/{id}/edit")).Document.QuerySelector("#rule-act-0 option[selected][value='tag']"));
        Assert.Equal(302, (await lead.Submit($"/rules/{id}", $"/rules/{id}/switch", ("on", "no"))).Status);
        Assert.False((await server.Api.Get($"/api/v1/rules/{id}")).Json.GetProperty("on").GetBoolean());
    }
}
