using System.Text.Json;
using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Brands;

/// <summary>How brands are set, and what follows from it at the desk.</summary>
public sealed class BrandTests(SharedServers servers) : IClassFixture<SharedServers>
{
    private static async Task<JsonElement> Filing(TestServer server, long number) => (await server.Api.Conversation(number)).GetProperty("filing");

    private static async Task<DateTimeOffset?> DueAt(TestServer server, long number) =>
        (await Filing(server, number)).GetProperty("answerDueAt") is { ValueKind: JsonValueKind.String } due ? due.GetDateTimeOffset() : null;

    private static async Task<TimeSpan?> DueAfter(TestServer server, long number) => await DueAt(server, number) - (await Filing(server, number)).GetProperty("waitingSince").GetDateTimeOffset();

    [Theory, EveryDatabase]
    public async Task A_program_adds_lists_changes_and_removes_brands(Engine engine)
    {
        await using var brands = await TwoBrands.On(engine);
        var (server, id) = (brands.Server, brands.HarbourId);
        var listed = (await server.Api.Get("/api/v1/brands")).Is(200).Json;
        Assert.Equal(["Harbour Goods", "Orchard"], listed.EnumerateArray().Select(brand => brand.Text("name")));
        Assert.Equal([TwoBrands.Harbour], listed[0].Items("addresses").Select(address => address.GetString()));

        // What is left out stays; an address has one face, and the last that was given it.
        var changed = (await brands.Change(id, new { addresses = new[] { "Harbour@desk.example", TwoBrands.Orchard }, hours = "mon-fri 09:00-17:00", zone = "europe/berlin", holidays = "12-25 Christmas Day" })).Is(200).Json;
        Assert.Equal(("Harbour Goods", "Kind regards\n**{{agent.name}}**\n{{desk.name}}", "Europe/Berlin", "Mon-Fri 09:00-17:00"), (changed[0].Text("name"), changed[0].Text("signature"), changed[0].Text("zone"), changed[0].Text("hours")));
        Assert.Equal((2, 0), (changed[0].Items("addresses").Length, changed[1].Items("addresses").Length));
        changed = (await brands.Change(id, new { signature = "", hours = "", holidays = "", templates = new[] { new { kind = "rule", language = "de", text = "Hier: {{link}}" } } })).Is(200).Json;
        Assert.Equal(("", "", "", ""), (changed[0].Text("signature"), changed[0].Text("zone"), changed[0].Text("hours"), changed[0].Text("holidays")));
        Assert.Equal(("rule", "de", "Hier: {{link}}"), (changed[0].Items("templates")[0].Text("kind"), changed[0].Items("templates")[0].Text("language"), changed[0].Items("templates")[0].Text("text")));
        Assert.Single((await brands.Change(id, new { name = "Harbour" })).Is(200).Json[0].Items("templates"));

        // Its addresses and its macros outlive it.
        var macro = (await server.Api.Post("/api/v1/macros", new { name = "Ahoy", text = "Ahoy.", brand = "harbour" })).Is(200).Json;
        Assert.Equal("Harbour", macro.GetProperty("brand").Text("name"));
        Assert.Equal(["Orchard"], (await server.Api.Post($"/api/v1/brands/{id}/remove")).Is(200).Json.EnumerateArray().Select(brand => brand.Text("name")));
        Assert.Equal(JsonValueKind.Null, (await server.Api.Get($"/api/v1/macros/{macro.GetProperty("id").GetInt64()}")).Is(200).Json.GetProperty("brand").ValueKind);
        Assert.Equal(3, (await server.Api.Get("/api/v1/settings/addresses")).Is(200).Json.Items("addresses").Length);
        var audit = await server.Store.Read(db => db.Audit.OrderBy(line => line.Id).Select(line => line.Action).ToListAsync());
        Assert.Equal(["brand.added", "brand.added", "brand.changed", "brand.changed", "brand.changed", "brand.removed"], audit.Where(action => action.StartsWith("brand.", StringComparison.Ordinal)));
    }

    [Theory, EveryDatabase]
    public async Task What_cannot_be_set_is_refused_and_nothing_is_changed(Engine engine)
    {
        await using var brands = await TwoBrands.On(engine);
        async Task Refused(object body, int status, string code, string field)
        {
            var before = (await brands.Server.Api.Get("/api/v1/brands")).Body;
            Assert.Equal(field, (await brands.Change(brands.HarbourId, body)).IsProblem(status, code).Json.Text("field"));
            Assert.Equal(before, (await brands.Server.Api.Get("/api/v1/brands")).Body);
        }

        object Template(string kind, string language, string text, string subject = "") => new { name = "Renamed", templates = new[] { new { kind, language, subject, text } } };
        await Refused(new { name = " " }, 422, "name.malformed", "name");
        await Refused(new { name = "Renamed", addresses = new string?[] { null } }, 422, "address.unknown", "addresses");
        await Refused(new { name = "Renamed", templates = new object?[] { null } }, 422, "brand.template", "templates");
        await Refused(new { name = "ORCHARD" }, 409, "brand.taken", "name");
        await Refused(new { name = "Renamed", signature = "{{customer.name}}" }, 422, "brand.unknown-field", "signature");
        await Refused(new { name = "Renamed", signature = new string('x', 2_001) }, 422, "brand.too-long", "signature");
        await Refused(new { name = "Renamed", team = "Nowhere" }, 422, "team.unknown", "team");
        await Refused(new { name = "Renamed", hours = "Mo-Fr 9-5" }, 422, "hours.malformed", "hours");
        await Refused(new { name = "Renamed", hours = "Mon 09:00-17:00", zone = "Europe/Atlantis" }, 422, "zone.unknown", "zone");
        await Refused(new { name = "Renamed", hours = "Mon 09:00-17:00", holidays = "Christmas" }, 422, "holidays.malformed", "holidays");
        await Refused(new { name = "Renamed", holidays = "12-25 Christmas Day" }, 422, "brand.holidays-alone", "holidays");
        await Refused(new { name = "Renamed", addresses = new[] { "other@desk.example" } }, 422, "address.unknown", "addresses");
        await Refused(Template("survey", "en", "{{link}}"), 422, "brand.template", "templates");
        await Refused(Template("confidence", "xx", "{{link}}"), 422, "brand.language", "templates");
        await Refused(Template("confidence", "en", "Is it done?"), 422, "brand.no-link", "confidence-en");
        await Refused(Template("confidence", "en", "{{link}} {{shoe.size}}"), 422, "brand.unknown-field", "confidence-en");
        await Refused(Template("confidence", "en", "{{link}}", "{{link}}"), 422, "brand.unknown-field", "confidence-en-subject");
        (await brands.Server.Api.Post("/api/v1/brands", new { })).IsProblem(422, "name.malformed");
        (await brands.Change(999_999, new { })).IsProblem(404, "brand.missing");
        (await brands.Server.Api.Post("/api/v1/brands/999999/remove")).IsProblem(404, "brand.missing");
        (await brands.Server.Api.Post("/api/v1/macros", new { name = "Ahoy", text = "Ahoy.", brand = "Nowhere" })).IsProblem(422, "brand.unknown");
    }

    [Theory, EveryDatabase]
    public async Task Only_administrators_set_them_and_all_see_them(Engine engine)
    {
        var server = await servers.On(engine);
        foreach (var role in (Role[])[Role.Light, Role.Agent, Role.Lead])
        {
            using var program = await server.ApiAs(role);
            (await program.Get("/api/v1/brands")).Is(200);
            (await program.Post("/api/v1/brands", new { name = "Mine" })).IsProblem(403, "role.insufficient");
            (await program.Post("/api/v1/brands/1", new { name = "Mine" })).IsProblem(403, "role.insufficient");
            (await program.Post("/api/v1/brands/1/remove")).IsProblem(403, "role.insufficient");
            using var desk = await server.SignedIn(role);
            Assert.Equal(403, (await desk.Get("/settings/brands")).Status);
            Assert.Equal(403, (await desk.Post("/settings/brands", ("name", "Mine"))).Status);
        }

        Assert.Empty((await server.Api.Get("/api/v1/brands")).Json.EnumerateArray());
    }

    [Theory, EveryDatabase]
    public async Task What_comes_to_a_brands_addresses_is_its_teams_unless_the_address_is_anothers(Engine engine)
    {
        await using var brands = await TwoBrands.On(engine);
        (await brands.Server.Api.Post("/api/v1/teams", new { name = "Sailors" })).Is(200);
        (await brands.Server.Api.Post("/api/v1/teams", new { name = "Pickers" })).Is(200);
        (await brands.Change(brands.HarbourId, new { team = "sailors", addresses = new[] { TwoBrands.Harbour, TwoBrands.Plain } })).Is(200);
        async Task<string?> Team(string to) => (await Filing(brands.Server, await brands.Receive(to))).GetProperty("team") is { ValueKind: JsonValueKind.Object } team ? team.Text("name") : null;
        Assert.Equal(("Sailors", "Sailors", null), (await Team(TwoBrands.Harbour), await Team(TwoBrands.Plain), await Team(TwoBrands.Orchard)));
        var pickers = (await brands.Server.Api.Get("/api/v1/teams")).Json.EnumerateArray().Single(team => team.Text("name") == "Pickers").GetProperty("id").GetInt64();
        (await brands.Server.Api.Post($"/api/v1/teams/{pickers}", new { addresses = new[] { TwoBrands.Plain } })).Is(200);
        Assert.Equal(("Sailors", "Pickers"), (await Team(TwoBrands.Harbour), await Team(TwoBrands.Plain)));
        Assert.Equal("Sailors", (await brands.Change(brands.HarbourId, new { signature = "" })).Is(200).Json[0].GetProperty("team").Text("name"));
        Assert.Equal(JsonValueKind.Null, (await brands.Change(brands.HarbourId, new { team = "" })).Is(200).Json[0].GetProperty("team").ValueKind);
        Assert.Null(await Team(TwoBrands.Harbour));
    }

    [Theory, EveryDatabase]
    public async Task Answers_are_due_by_a_brands_hours_and_what_waits_is_counted_anew_with_each_change(Engine engine)
    {
        await using var brands = await TwoBrands.On(engine);
        var server = brands.Server;
        (await server.Api.Post("/api/v1/teams", new { name = "Sailors", zone = "UTC", hours = "Mon-Sun 00:00-24:00", firstAnswerMinutes = 60, nextAnswerMinutes = 30 })).Is(200);
        (await brands.Change(brands.HarbourId, new { team = "Sailors" })).Is(200);
        var (harbour, orchard) = (await brands.Receive(TwoBrands.Harbour), await brands.Receive(TwoBrands.Orchard));
        (await server.Api.Post($"/api/v1/conversations/{orchard}/team", new { team = "Sailors" })).Is(200);
        Assert.Equal((TimeSpan.FromHours(1), TimeSpan.FromHours(1)), (await DueAfter(server, harbour), await DueAfter(server, orchard)));

        // The brand sleeps on the day on which they wrote, and on the next: it opens a minute after midnight of the third.
        var wrote = (await Filing(server, harbour)).GetProperty("waitingSince").GetDateTimeOffset();
        var opens = wrote.UtcDateTime.Date.AddDays(2).AddMinutes(1);
        var hours = $"{opens.DayOfWeek.ToString()[..3]} 00:01-12:00";
        (await brands.Change(brands.HarbourId, new { hours, zone = "UTC" })).Is(200);
        Assert.Equal(opens.AddHours(1), (await DueAt(server, harbour))!.Value.UtcDateTime);
        Assert.Equal(TimeSpan.FromHours(1), await DueAfter(server, orchard));

        // What comes, is filed or reopened by then counts by them, too.
        var later = await brands.Receive(TwoBrands.Harbour);
        Assert.Equal(opens.AddHours(1), (await DueAt(server, later))!.Value.UtcDateTime);
        (await server.Api.Post($"/api/v1/conversations/{later}/team", new { team = "" })).Is(200);
        Assert.Equal(opens.AddHours(8), (await DueAt(server, later))!.Value.UtcDateTime); // nobody's targets are the usual ones
        (await server.Api.Post("/api/v1/drivers", new { name = "Broken" })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{harbour}/driver", new { driver = "Broken" })).Is(200);
        Assert.Equal(opens.AddHours(1), (await DueAt(server, harbour))!.Value.UtcDateTime);

        // An address that goes to it comes under its hours, and goes out of them with it, with the brand, and when it is no address of ours any more.
        (await brands.Change(brands.HarbourId, new { addresses = new[] { TwoBrands.Harbour, TwoBrands.Orchard } })).Is(200);
        Assert.Equal(opens.AddHours(1), (await DueAt(server, orchard))!.Value.UtcDateTime);
        (await server.Api.Post("/api/v1/settings/addresses/remove", new { address = TwoBrands.Orchard })).Is(200);
        Assert.Equal(TimeSpan.FromHours(1), await DueAfter(server, orchard));
        (await brands.Change(brands.HarbourId, new { hours = "" })).Is(200);
        Assert.Equal(TimeSpan.FromHours(1), await DueAfter(server, harbour));
        (await brands.Change(brands.HarbourId, new { hours, zone = "UTC" })).Is(200);
        Assert.NotEqual(TimeSpan.FromHours(1), await DueAfter(server, harbour));
        (await server.Api.Post($"/api/v1/brands/{brands.HarbourId}/remove")).Is(200);
        Assert.Equal(TimeSpan.FromHours(1), await DueAfter(server, harbour));
    }

    [Theory, EveryDatabase]
    public async Task Counting_anew_goes_on_at_an_address_where_it_stopped(Engine engine)
    {
        await using var brands = await TwoBrands.On(engine);
        var number = await brands.Receive(TwoBrands.Harbour);
        await brands.Server.Store.Write(
            async db =>
            {
                await db.Conversations.Where(c => c.Number == number).ExecuteUpdateAsync(set => set.SetProperty(c => c.AnswerDueAt, (DateTimeOffset?)null));
                db.Settings.Add(new() { Key = $"recount-{TwoBrands.Harbour}", Value = "0" });
                return true;
            },
            CancellationToken.None);
        (await brands.Change(brands.OrchardId, new { signature = "Orchard" })).Is(200); // rings the bell
        Assert.NotNull(await brands.Server.Until(() => DueAt(brands.Server, number), due => due is not null));
        Assert.False(await brands.Server.Until(() => brands.Server.Store.Read(db => db.Settings.AnyAsync(s => s.Key.StartsWith("recount-"))), left => !left));
    }

    [Theory, EveryDatabase]
    public async Task A_macro_of_a_brand_is_offered_and_used_in_its_conversations_alone(Engine engine)
    {
        await using var brands = await TwoBrands.On(engine);
        using var priya = await brands.Server.SignedIn(Role.Lead);
        (await priya.Submit("/macros/new", "/macros", ("name", "Ahoy"), ("text", "Ahoy from {{desk.name}}."), ("for", "all"), ("brand", $"{brands.HarbourId}"))).Is(302);
        (await brands.Server.Api.Post("/api/v1/macros", new { name = "For all", text = "Hello from {{desk.name}}." })).Is(200);
        Assert.Contains("Harbour Goods", (await priya.Get("/macros")).Document.QuerySelector(".ledger li")!.TextContent, StringComparison.Ordinal);
        var ids = (await brands.Server.Api.Get("/api/v1/macros")).Is(200).Json.EnumerateArray().ToDictionary(macro => macro.Text("name"), macro => macro.GetProperty("id").GetInt64());
        Assert.Equal($"{brands.HarbourId}", (await priya.Get($"/macros/{ids["Ahoy"]}")).Document.QuerySelector("select[name=brand] option[selected]")!.GetAttribute("value"));

        async Task<string[]> Offered(long number) => [.. (await priya.Get($"/conversations/{number}")).Document.QuerySelectorAll("[data-macro-id]").Select(choice => choice.TextContent)];
        var (harbour, orchard) = (await brands.Receive(TwoBrands.Harbour), await brands.Receive(TwoBrands.Orchard));
        Assert.Equal(["Ahoy", "For all"], await Offered(harbour));
        Assert.Equal(["For all"], await Offered(orchard));
        Assert.Equal(["For all"], await Offered(await brands.Receive(TwoBrands.Plain)));

        async Task<ApiAnswer> Use(long number, string macro) => await brands.Server.Api.Post($"/api/v1/conversations/{number}/macros/{ids[macro]}", new { dryRun = true });
        Assert.Equal("Ahoy from Harbour Goods.", (await Use(harbour, "Ahoy")).Is(200).Json.Text("text"));
        Assert.Equal("Hello from Orchard.", (await Use(orchard, "For all")).Is(200).Json.Text("text"));
        (await Use(orchard, "Ahoy")).IsProblem(404, "macro.unknown");
        Assert.Equal(404, (await priya.Get($"/conversations/{orchard}/macros/{ids["Ahoy"]}/fill")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Lists_and_conversations_say_the_brand_where_there_is_more_than_one_face_and_can_be_narrowed_to_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        foreach (var address in new[] { TwoBrands.Harbour, TwoBrands.Plain })
        {
            (await server.Api.Post("/api/v1/settings/addresses", new { address })).Is(200);
        }

        var id = await TwoBrands.Add(server, new { name = "Harbour Goods", addresses = new[] { TwoBrands.Harbour, TwoBrands.Plain } });
        var (harbour, plain) = (await server.Receive(TestMail.FromSomebodyNew() with { To = TwoBrands.Harbour }), await server.Receive(TestMail.FromSomebodyNew() with { To = TwoBrands.Plain }));
        using var desk = await server.SignedIn();
        Assert.DoesNotContain("Harbour Goods", (await desk.Get($"/conversations/{harbour}")).Html, StringComparison.Ordinal); // all we show is one face

        (await server.Api.Post($"/api/v1/brands/{id}", new { addresses = new[] { TwoBrands.Harbour } })).Is(200);
        var page = (await desk.Get($"/conversations/{harbour}")).Document;
        var link = page.QuerySelector(".talk-meta a")!;
        Assert.Equal(("Harbour Goods", "/conversations?view=all&q=brand%3A%22Harbour%20Goods%22"), (link.TextContent, link.GetAttribute("href")));
        Assert.Contains("Harbour Goods", page.QuerySelector($"#row-{harbour}")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Harbour Goods", page.QuerySelector($"#row-{plain}")!.TextContent, StringComparison.Ordinal);
        async Task<string[]> Rows(string query) => [.. (await desk.Get(query)).Document.QuerySelectorAll("[data-row]").Select(row => row.GetAttribute("data-number")!)];
        Assert.Equal([$"{harbour}"], await Rows(link.GetAttribute("href")!));
        Assert.Equal([$"{harbour}"], await Rows("/conversations?view=all&q=brand:%22HARBOUR%20goods%22"));
        Assert.Equal([$"{plain}"], await Rows("/conversations?view=all&q=brand:none"));
        Assert.Equal([$"{plain}"], await Rows("/conversations?view=all&q=-brand:%22Harbour%20Goods%22"));
        Assert.Equal(["none", "\"Harbour Goods\""], (await server.Api.Get("/api/v1/search/suggestions?q=brand:&at=6")).Is(200).Json.Items("items").Select(item => item.Text("text")));
        Assert.Contains("Harbour Goods", (await desk.Get("/views/new")).Html, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task The_page_says_what_a_brand_is_for_sets_one_and_says_beside_the_field_what_cannot_be(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        (await server.Api.Post("/api/v1/settings/addresses", new { address = TwoBrands.Harbour })).Is(200);
        using var desk = await server.SignedIn(Role.Admin);
        Assert.NotNull((await desk.Get("/settings")).Document.QuerySelector("a[href='/settings/brands']"));
        Assert.Contains("speak in a name of their own", (await desk.Get("/settings/brands")).Is(200).Document.QuerySelector(".empty")!.TextContent, StringComparison.Ordinal);
        (string, string)[] Form(string text) =>
        [
            ("name", "Harbour Goods"), ("signature", "{{agent.name}}"), ("zone", "europe/berlin"), ("hours", "Mon-Thu 09:00-17:00"), ("holidays", "12-25 Christmas Day"), ("team", ""),
            ("address", TwoBrands.Harbour), ("confidence-fr-subject", "C'est fait ?"), ("confidence-fr", text), ("rule-nl", ""),
        ];
        var refused = (await desk.Submit("/settings/brands", "/settings/brands", Form("C'est fait ?"))).Is(422).Document;
        Assert.Contains("{{link}}", refused.QuerySelector("#brand-new-set-confidence-fr-wrong")!.TextContent, StringComparison.Ordinal);
        Assert.True(refused.QuerySelector("#brand-new-set-templates")!.HasAttribute("open") && refused.QuerySelector("#brand-new-set-templates-fr")!.HasAttribute("open"));
        Assert.Equal(("Harbour Goods", "C'est fait ?", "{{agent.name}}"), (refused.QuerySelector("#brand-new-set-name")!.GetAttribute("value"), refused.QuerySelector("#brand-new-set-confidence-fr")!.TextContent, refused.QuerySelector("#brand-new-set-signature")!.TextContent));
        Assert.NotNull(refused.QuerySelector("#add-brand input[name=address][checked]"));

        (await desk.Submit("/settings/brands", "/settings/brands", Form("C'est fait ? {{link}}"))).Is(302);
        var brand = Assert.Single((await server.Api.Get("/api/v1/brands")).Is(200).Json.EnumerateArray());
        var id = brand.GetProperty("id").GetInt64();
        Assert.Equal(("Europe/Berlin", "12-25 Christmas Day"), (brand.Text("zone"), brand.Text("holidays")));
        Assert.Equal(("confidence", "fr", "C'est fait ?"), (Assert.Single(brand.Items("templates")).Text("kind"), brand.Items("templates")[0].Text("language"), brand.Items("templates")[0].Text("subject")));
        var page = (await desk.Get("/settings/brands")).Document;
        Assert.Null(page.QuerySelector(".empty"));
        Assert.Equal(4, page.QuerySelectorAll($"#brand-{id} > div:first-child .week-open").Length);
        Assert.Contains(TwoBrands.Harbour, page.QuerySelector($"#brand-{id} > div:first-child")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(422, (await desk.Submit("/settings/brands", $"/settings/brands/{id}", ("name", ""))).Status);
        var elsewhere = (await desk.Submit("/settings/brands", $"/settings/brands/{id}", ("name", "Harbour"), ("address", "gone@desk.example"))).Is(422);
        Assert.Contains("none of the addresses", elsewhere.Document.QuerySelector($"#brand-{id} .wrong")!.TextContent, StringComparison.Ordinal);

        // What has no mark is taken off.
        (await desk.Submit("/settings/brands", $"/settings/brands/{id}", ("name", "Harbour"), ("zone", "UTC"))).Is(302);
        brand = Assert.Single((await server.Api.Get("/api/v1/brands")).Is(200).Json.EnumerateArray());
        Assert.Equal(("Harbour", "", "", 0, 0), (brand.Text("name"), brand.Text("signature"), brand.Text("hours"), brand.Items("addresses").Length, brand.Items("templates").Length));
        (await desk.Submit("/settings/brands", $"/settings/brands/{id}/remove")).Is(302);
        Assert.Equal(404, (await desk.Post($"/settings/brands/{id}/remove", ("__RequestVerificationToken", (await desk.Get("/settings/brands")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!))).Status);
    }
}
