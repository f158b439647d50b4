using System.Net.Http.Json;
using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Customers;
using Heliotrope.Server.Tests.Drafts;
using Heliotrope.Server.Tests.Infrastructure;
using Heliotrope.Server.Tests.Notifications;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Macros;

public sealed class MacroTests
{
    private static async Task<long> Make(ApiClient api, object body) => (await api.Post("/api/v1/macros", body)).Is(200).Json.GetProperty("id").GetInt64();

    [Theory, EveryDatabase]
    public async Task A_program_writes_reads_changes_and_removes_macros(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var id = await Make(server.Api, new { name = " Refund  begun ", text = "Hello {{customer.first_name | there}}.", texts = new { de = "Hallo {{customer.first_name}}." }, acts = new[] { new { kind = "tag", value = "refund" } } });
        var read = (await server.Api.Get($"/api/v1/macros/{id}")).Is(200).Json;
        Assert.Equal("Refund begun", read.Text("name"));
        Assert.Equal("Hallo {{customer.first_name}}.", read.GetProperty("texts").Text("de"));
        Assert.Equal("refund", read.Items("acts").Single().Text("value"));
        Assert.Single((await server.Api.Get("/api/v1/macros")).Is(200).Json.EnumerateArray());

        var changed = (await server.Api.Send(new(HttpMethod.Put, $"/api/v1/macros/{id}") { Content = JsonContent.Create(new { name = "Refund", text = "Done." }) })).Is(200).Json;
        Assert.Empty(changed.Items("acts"));
        Assert.Empty(changed.GetProperty("texts").Names());
        (await server.Api.Send(new(HttpMethod.Delete, $"/api/v1/macros/{id}"))).Is(200);
        (await server.Api.Get($"/api/v1/macros/{id}")).IsProblem(404, "macro.unknown");
    }

    [Theory, EveryDatabase]
    public async Task What_cannot_be_meant_is_refused_and_names_its_place(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        async Task Refuse(object body, string code, int status = 422) => (await server.Api.Post("/api/v1/macros", body)).IsProblem(status, code);
        await Refuse(new { name = "", text = "Words" }, "macro.name");
        await Refuse(new { name = "Nothing" }, "macro.empty");
        await Refuse(new { name = "Wrong", text = "Hello {{customer.firstname}}" }, "macro.unknown-field");
        await Refuse(new { name = "Wrong", texts = new { xx = "Hello" } }, "macro.language");
        await Refuse(new { name = "Wrong", text = "Hello", acts = new[] { new { kind = "dance", value = "" } } }, "act.unknown");
        await Refuse(new { name = "Wrong", text = "Hello", acts = new[] { new { kind = "team", value = "Nowhere" } } }, "team.unknown");
        await Refuse(new { name = "Wrong", text = "Hello", acts = new[] { new { kind = "reply", value = "Hi" } } }, "macro.two-replies");
        await Refuse(new { name = "Wrong", text = "Hello", own = true }, "role.insufficient", 403);
        using var agent = await server.ApiAs(Role.Agent);
        (await agent.Post("/api/v1/macros", new { name = "Shared", text = "Hello" })).IsProblem(403, "role.insufficient");
    }

    [Theory, EveryDatabase]
    public async Task Used_by_a_program_it_says_and_does_all_in_one_or_nothing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var id = await Make(server.Api, new { name = "Refund", text = "Hello {{customer.first_name}}, about {{conversation.number}}.", acts = new object[] { new { kind = "tag", value = "refund" }, new { kind = "resolve", value = "" } } });
        var path = $"/api/v1/conversations/{number}/macros/{id}";
        var dry = (await server.Api.Post(path, new { dryRun = true })).Is(200).Json;
        Assert.Equal($"Hello Ada, about {number}.", dry.Text("text"));
        Assert.Equal("customer.first_name", dry.Items("pieces")[0].Text("field"));
        Assert.Equal(2, dry.Items("acts").Length);
        Assert.Empty(await server.Said(number));

        Assert.True((await server.Api.Post(path)).Is(200).Json.GetProperty("done").GetBoolean());
        Assert.Equal([$"Hello Ada, about {number}."], await server.Said(number));
        var after = await server.Api.Conversation(number);
        Assert.Equal("resolved", after.Text("state"));
        Assert.Equal(["refund"], after.GetProperty("filing").GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal(["reply", "confidence"], (await server.Api.Outbox(number)).Select(mail => mail.Text("kind")));
        Assert.Equal(1, (await server.Api.Get($"/api/v1/macros/{id}")).Json.GetProperty("uses").GetInt32());

        var missing = await Make(server.Api, new { name = "Missing", text = "By {{promise.due}}.", acts = new[] { new { kind = "tag", value = "never" } } });
        (await server.Api.Post($"/api/v1/conversations/{number}/macros/{missing}")).IsProblem(409, "reply.merge-field");
        Assert.DoesNotContain("never", (await server.Api.Conversation(number)).GetProperty("filing").ToString(), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Own_ones_are_offered_to_their_author_alone_and_a_teams_to_its_people(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var priya = await server.SignedIn();
        using var tom = await server.SignedIn(name: "Tom Weaver");
        (await priya.Submit("/macros/new", "/macros", ("name", "Priya's own"), ("text", "Hello"), ("for", "own"))).Is(302);
        Assert.Contains("Priya's own", (await priya.Get("/macros")).Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Priya's own", (await tom.Get("/macros")).Document.Body!.TextContent, StringComparison.Ordinal);
        var id = await server.Store.Read(db => db.Macros.Select(m => m.Id).SingleAsync());
        (await tom.Get($"/macros/{id}")).Is(404);
        (await server.Api.Get($"/api/v1/macros/{id}")).IsProblem(404, "macro.unknown");
        (await priya.Submit($"/macros/{id}", $"/macros/{id}/remove")).Is(302);

        var team = (await server.Api.Post("/api/v1/teams", new { name = "Billing" })).Is(200).Json.EnumerateArray().Single(t => t.Text("name") == "Billing").GetProperty("id").GetInt64();
        await Make(server.Api, new { name = "Of billing", text = "Hello", team });
        Assert.DoesNotContain("Of billing", (await tom.Get("/macros")).Document.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task In_the_composer_its_acts_happen_with_the_sending_and_not_before(Engine engine)
    {
        await using var server = await TestServer.Start(engine, undoSeconds: 3600);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var id = await Make(server.Api, new { name = "Refund", text = "Hello {{customer.first_name}}.", acts = new[] { new { kind = "tag", value = "refund" } } });
        using var priya = await server.SignedIn();
        (await priya.Submit($"/conversations/{number}", $"/conversations/{number}/reply", $"/conversations/{number}/macros/{id}/insert", ("text", "First of all:"))).Is(302);
        var page = (await priya.Get($"/conversations/{number}")).Document;
        Assert.Equal("First of all:\n\nHello Ada.", page.QuerySelector("textarea[data-write=reply]")!.TextContent);
        Assert.Contains("refund", page.QuerySelector("[data-macro-list]")!.TextContent, StringComparison.Ordinal);

        (await priya.Reply(number, "Hello Ada.")).Is(302);
        Assert.Empty((await server.Api.Conversation(number)).GetProperty("filing").GetProperty("tags").EnumerateArray());
        server.Advance(TimeSpan.FromHours(2));
        await server.Until(() => server.Said(number), said => said.Length == 1);
        Assert.Contains("refund", (await server.Api.Conversation(number)).GetProperty("filing").ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await server.Store.Read(db => db.Macros.Select(m => m.Uses).SingleAsync()));
    }

    [Theory, EveryDatabase]
    public async Task One_that_was_changed_since_it_was_chosen_is_looked_at_again(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var id = await Make(server.Api, new { name = "Refund", text = "Hello.", acts = new[] { new { kind = "tag", value = "refund" } } });
        using var priya = await server.SignedIn();
        (await priya.Reply(number, "Hello.", ("macros", $"{id}"), ("later", "hour"))).Is(302);
        server.Advance(TimeSpan.FromMinutes(5));
        (await server.Api.Send(new(HttpMethod.Put, $"/api/v1/macros/{id}") { Content = JsonContent.Create(new { name = "Refund", text = "Hello.", acts = new[] { new { kind = "spam", value = "" } } }) })).Is(200);
        server.Advance(TimeSpan.FromHours(2));
        await server.Until(() => server.Store.Read(db => db.Drafts.SingleAsync()), draft => draft.Refused == "macro.changed");
        Assert.Empty(await server.Said(number));
        Assert.Contains("was changed since", (await priya.Get($"/conversations/{number}")).Document.QuerySelector(".entry-stopped")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Its_words_are_those_of_the_customers_language(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew() with { Text = "Guten Tag, meine Mühle läuft leider nicht mehr. Was kann ich jetzt tun? Vielen Dank für Ihre Hilfe." });
        var id = await Make(server.Api, new { name = "Hello", text = "Hello.", texts = new { de = "Hallo." } });
        Assert.Equal("Hallo.", (await server.Api.Post($"/api/v1/conversations/{number}/macros/{id}", new { dryRun = true })).Is(200).Json.Text("text"));
    }

    [Theory, EveryDatabase]
    public async Task Fields_of_the_customer_their_organisation_and_this_desks_own_are_filled(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        (await server.Api.Post("/api/v1/organisations", new { name = "Babbage & Co", domains = new[] { "client.example" } })).Is(200);
        (await server.Api.Post("/api/v1/fields", new { target = "customer", kind = "text", name = "Customer No" })).Is(200);
        (await server.Api.Post("/api/v1/fields", new { target = "organisation", kind = "text", name = "Contract" })).Is(200);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var customer = (await server.Api.Conversation(number)).GetProperty("customer").GetProperty("id").GetInt64();
        (await CustomersTests.Patch(server.Api, $"/api/v1/customers/{customer}", new { fields = new Dictionary<string, string> { ["Customer No"] = "0387" } })).Is(200);
        var id = await Make(server.Api, new { name = "Who", text = "{{organisation.name}}, number {{customer.fields.customer no}}, contract {{organisation.fields.contract | none}}." });
        Assert.Equal("Babbage & Co, number 0387, contract none.", (await server.Api.Post($"/api/v1/conversations/{number}/macros/{id}", new { dryRun = true })).Is(200).Json.Text("text"));
        using var desk = await server.SignedIn(Role.Lead);
        Assert.Contains("{{organisation.fields.contract}}", (await desk.Get("/macros/new")).Document.QuerySelector("#macro-fields")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task The_day_of_a_promise_is_said_on_the_customers_clock(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        var customer = (await server.Api.Conversation(number)).GetProperty("customer").GetProperty("id").GetInt64();
        (await CustomersTests.Patch(server.Api, $"/api/v1/customers/{customer}", new { zone = "Asia/Tokyo" })).Is(200);
        var due = server.Clock.GetUtcNow().AddDays(3).ToString("yyyy-MM-dd'T'12:00'Z'", System.Globalization.CultureInfo.InvariantCulture);
        (await server.Api.Post($"/api/v1/conversations/{number}/promises", new { text = "We call you back.", due, owner = (await server.Colleague("Tom Weaver")).Id })).Is(200);
        var id = await Make(server.Api, new { name = "When", text = "We call you by {{promise.due}}." });
        Assert.Contains(", 21:00.", (await server.Api.Post($"/api/v1/conversations/{number}/macros/{id}", new { dryRun = true })).Is(200).Json.Text("text"), StringComparison.Ordinal);
    }
}
