using System.Text.Json;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Rules;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Rules;

public sealed class RulesTests(SharedServers servers) : IClassFixture<SharedServers>
{
    [Theory, EveryDatabase]
    public async Task A_rule_is_written_tried_switched_on_and_runs_with_the_mail_that_sets_it_off(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var earlier = await server.Receive(TestMail.FromSomebodyNew() with { Text = "I want my money back." });
        await server.Receive(TestMail.FromSomebodyNew());
        var id = await server.WriteRule(new { name = "Refunds first", when = "customer-wrote", message = new[] { new { field = "words", value = "refund, money back" } }, then = new[] { new { kind = "tag", value = "refund" } } });
        Assert.Equal("on", (await server.Api.Put($"/api/v1/rules/{id}", new { on = true })).IsProblem(409, "rule.untried").Json.Text("field"));

        var tried = (await server.Api.Post($"/api/v1/rules/{id}/try", new { })).Is(200).Json;
        Assert.Equal((2, 1, true), (tried.GetProperty("events").GetInt32(), tried.GetProperty("matched").GetInt32(), tried.GetProperty("complete").GetBoolean()));
        var match = Assert.Single(tried.Items("items"));
        Assert.Equal(earlier, match.GetProperty("conversation").GetInt64());
        Assert.Equal("changes", Assert.Single(match.Items("acts")).Text("effect"));
        Assert.Empty((await server.Api.Conversation(earlier)).GetProperty("filing").Items("tags"));

        (await server.Api.Put($"/api/v1/rules/{id}", new { on = true })).Is(200);
        var number = await server.Receive(TestMail.FromSomebodyNew() with { Text = "A refund, please." });
        var untouched = await server.Receive(TestMail.FromSomebodyNew());
        Assert.Equal(["refund"], (await server.Api.Conversation(number)).GetProperty("filing").Items("tags").Select(t => t.GetString()));
        Assert.Equal(["rule", "tagged"], await server.Api.Events(number));
        Assert.Empty(await server.Api.Events(untouched));
        var run = Assert.Single((await server.Api.Get($"/api/v1/rules/{id}/runs")).Is(200).Json.Items("items"));
        Assert.Equal((number, "done"), (run.GetProperty("conversation").GetInt64(), run.Text("outcome")));

        // What is changed must be tried again, and does not run meanwhile.
        var changed = (await server.Api.Put($"/api/v1/rules/{id}", new { then = new[] { new { kind = "tag", value = "money" } } })).Is(200).Json;
        Assert.Equal((false, false, 2), (changed.GetProperty("on").GetBoolean(), changed.GetProperty("tried").GetBoolean(), changed.GetProperty("version").GetInt32()));
        Assert.Empty(await server.Api.Events(await server.Receive(TestMail.FromSomebodyNew() with { Text = "A refund, please." })));
        Assert.Empty((await server.Api.Delete($"/api/v1/rules/{id}")).Is(200).Json.EnumerateArray());
        (await server.Api.Get($"/api/v1/rules/{id}")).IsProblem(404, "rule.unknown");
        Assert.Equal(["rule", "tagged"], await server.Api.Events(number));
    }

    [Theory, EveryDatabase]
    public async Task What_rules_do_sets_off_no_rule_and_the_order_and_stop_hold(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.RuleOn(new { name = "first", when = "began", then = new[] { new { kind = "tag", value = "one" }, new { kind = "resolve", value = "" } } });
        await server.RuleOn(new { name = "second", when = "resolved", then = new object[] { new { kind = "reopen", value = "" } } });
        await server.RuleOn(new { name = "third", when = "began", @if = "tag:one", then = new object[] { new { kind = "tag", value = "three" } }, stop = true });
        await server.RuleOn(new { name = "fourth", when = "began", then = new object[] { new { kind = "tag", value = "four" } } });
        var number = await server.Receive(TestMail.FromSomebodyNew());
        Assert.Equal(["rule", "tagged", "resolved", "rule", "tagged"], await server.Api.Events(number));
        Assert.Equal("resolved", (await server.Api.Conversation(number)).Text("state"));

        // What a person does sets off the very rule that what a rule did did not.
        (await server.Api.Post($"/api/v1/conversations/{number}/reopen", new { })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{number}/resolve", new { })).Is(200);
        Assert.Equal("open", (await server.Api.Conversation(number)).Text("state"));
    }

    [Theory, EveryDatabase]
    public async Task A_rule_that_cannot_be_carried_out_costs_no_mail_and_is_switched_off_in_the_end(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var priya = await server.AddUser("priya@desk.example", role: Role.Lead);
        var id = await server.RuleOn(new { name = "Later", when = "began", then = new object[] { new { kind = "tag", value = "later" }, new { kind = "snooze", value = "2030-01-01T00:00:00Z" } } });
        await server.Store.Write(
            async db =>
            {
                (await db.Rules.SingleAsync()).OwnerId = priya.Id;
                return true;
            },
            CancellationToken.None);
        for (var i = 0; i < RunRules.MostRefusals; i++)
        {
            var number = await server.Receive(TestMail.FromSomebodyNew());
            Assert.Empty(await server.Api.Events(number));
            Assert.Equal("open", (await server.Api.Conversation(number)).Text("state"));
        }

        var rule = (await server.Api.Get($"/api/v1/rules/{id}")).Is(200).Json;
        Assert.Equal((false, "snooze.date"), (rule.GetProperty("on").GetBoolean(), rule.Text("offBecause")));
        Assert.All((await server.Api.Get($"/api/v1/rules/{id}/runs")).Json.Items("items"), run => Assert.Equal("snooze.date", run.Text("refusal")));
        Assert.Equal(1, await server.Store.Read(db => db.Notifications.CountAsync(n => n.UserId == priya.Id)));
        Assert.Equal(1, await server.Store.Read(db => db.Audit.CountAsync(a => a.Action == "rule.gave-up")));
    }

    [Theory, EveryDatabase]
    public async Task A_rule_sees_what_its_owner_sees_whoever_sets_it_off(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        (await server.Api.Post("/api/v1/teams", new { name = "Trust", @private = true })).Is(200);
        await server.RuleOn(new { name = "Hide", when = "we-answered", then = new object[] { new { kind = "team", value = "Trust" } } });
        await server.RuleOn(new { name = "Then tag", when = "we-answered", @if = "team:Trust", then = new object[] { new { kind = "tag", value = "hidden" } } });
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var outsider = await server.ApiAs(Role.Agent);
        await outsider.Post($"/api/v1/conversations/{number}/replies", new { text = "We look into it." }); // hidden from them before they could be told
        Assert.Equal(["hidden"], (await server.Api.Conversation(number)).GetProperty("filing").Items("tags").Select(tag => tag.GetString()));
    }

    [Theory, EveryDatabase]
    public async Task A_rule_that_waits_runs_once_for_each_time_of_waiting(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var old = await server.Receive(TestMail.FromSomebodyNew());
        server.Advance(TimeSpan.FromHours(9));
        await server.RuleOn(new { name = "Waits", when = "waits", waitMinutes = 240, then = new object[] { new { kind = "note", value = "Somebody waits." } } });
        var mail = TestMail.FromSomebodyNew();
        var number = await server.Receive(mail);
        var worker = server.Services.GetRequiredService<RuleWorker>();
        async Task<int> Notes(long of)
        {
            await worker.RunDue(CancellationToken.None);
            return (await server.Api.Conversation(of)).Items("entries").Count(e => e.Text("kind") == "note");
        }

        Assert.Equal(0, await Notes(number));
        server.Advance(TimeSpan.FromHours(4));
        Assert.Equal(1, await Notes(number));
        server.Advance(TimeSpan.FromHours(4));
        Assert.Equal(1, await Notes(number));
        Assert.Equal(0, await Notes(old)); // it was due before the rule was switched on

        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "We look into it." })).Is(200);
        await server.Receive(TestMail.FromSomebodyNew() with { From = mail.From, InReplyTo = mail.MessageId, Subject = mail.Subject, Text = "And now?" });
        server.Advance(TimeSpan.FromHours(5));
        Assert.Equal(2, await Notes(number));
        await worker.Forget(CancellationToken.None);
        Assert.Equal(2, await Notes(number));
    }

    [Theory, EveryDatabase]
    public async Task A_rest_that_a_rule_set_ends_without_setting_off_a_rule(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.RuleOn(new { name = "Rest", when = "began", then = new object[] { new { kind = "snooze", value = "PT1H" } } });
        await server.RuleOn(new { name = "Again", when = "snooze-ended", then = new object[] { new { kind = "snooze", value = "PT1H" } } });
        var snoozes = ActivatorUtilities.CreateInstance<Heliotrope.Server.Conversations.SnoozeWorker>(server.Services);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        server.Advance(TimeSpan.FromHours(2));
        await snoozes.WakeSome(CancellationToken.None);
        Assert.Equal("open", (await server.Api.Conversation(number)).Text("state"));

        (await server.Api.Post($"/api/v1/conversations/{number}/snooze", new { until = server.Clock.GetUtcNow().AddHours(1) })).Is(200);
        server.Advance(TimeSpan.FromHours(2));
        await snoozes.WakeSome(CancellationToken.None);
        Assert.Equal("snoozed", (await server.Api.Conversation(number)).Text("state"));
    }

    [Theory, EveryDatabase]
    public async Task Rules_that_cannot_be_are_refused_with_words(Engine engine)
    {
        var server = await servers.On(engine);
        object[] tag = [new { kind = "tag", value = "x" }];
        (await server.Api.Post("/api/v1/rules", new { when = "began", then = tag })).IsProblem(422, "rule.name");
        (await server.Api.Post("/api/v1/rules", new { name = "x", when = "full-moon", then = tag })).IsProblem(422, "rule.when");
        (await server.Api.Post("/api/v1/rules", new { name = "x", when = "began" })).IsProblem(422, "rule.nothing");
        (await server.Api.Post("/api/v1/rules", new { name = "x", when = "waits", waitMinutes = 1, then = tag })).IsProblem(422, "rule.wait");
        (await server.Api.Post("/api/v1/rules", new { name = "x", when = "began", @if = "promise:perhaps", then = tag })).IsProblem(422, "rule.query");
        (await server.Api.Post("/api/v1/rules", new { name = "x", when = "resolved", message = new[] { new { field = "file" } }, then = tag })).IsProblem(422, "rule.no-message");
        (await server.Api.Post("/api/v1/rules", new { name = "x", when = "began", then = new[] { new { kind = "assign", value = "nobody@desk.example" } } })).IsProblem(422, "user.unknown");
        (await server.Api.Post("/api/v1/rules", new { name = "x", when = "began", then = tag, on = true })).IsProblem(409, "rule.untried");
        (await server.Api.Post("/api/v1/rules/999999/try", new { })).IsProblem(404, "rule.unknown");
        (await server.Api.Get("/api/v1/rules/999999/runs")).IsProblem(404, "rule.unknown");
        using var agent = await server.ApiAs(Role.Agent);
        (await agent.Post("/api/v1/rules", new { name = "x", when = "began", then = tag })).IsProblem(403, "role.insufficient");
        (await agent.Get("/api/v1/rules")).Is(200);
        var tried = (await server.Api.Post("/api/v1/rules/try", new { rule = new { when = "began", @if = "is:open", then = tag } })).Is(200).Json;
        Assert.Equal(["is:open"], tried.Items("judgedToday").Select(t => t.GetString()));
    }
}

/// <summary>Rules for tests.</summary>
internal static class RulesOf
{
    public static async Task<long> WriteRule(this TestServer server, object rule) => (await server.Api.Post("/api/v1/rules", rule)).Is(200).Json.GetProperty("id").GetInt64();

    /// <summary>Writes one, tries it and switches it on.</summary>
    public static async Task<long> RuleOn(this TestServer server, object rule)
    {
        var id = await server.WriteRule(rule);
        var tried = await server.Api.Post($"/api/v1/rules/{id}/try", new { });
        Assert.True((int)tried.Status == 200, $"{tried.Body}\n{server.Log.All}");
        (await server.Api.Put($"/api/v1/rules/{id}", new { on = true })).Is(200);
        return id;
    }
}
