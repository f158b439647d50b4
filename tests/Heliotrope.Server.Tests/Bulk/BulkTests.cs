using System.Text.Json;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Infrastructure;
using Heliotrope.Server.Tests.Views;
using Heliotrope.Server.Bulk;
using Heliotrope.Server.Views;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Bulk;

/// <summary>The same done to many conversations.</summary>
public sealed class BulkTests
{
    private static object Act(string kind, string value = "") => new { kind, value };

    private static int Of(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    [Theory, EveryDatabase]
    public async Task A_dry_run_says_exactly_what_the_real_one_then_does(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var numbers = await server.AddConversations(5);
        (await server.Api.Post($"/api/v1/conversations/{numbers[0]}/tags", new { add = new[] { "Warranty" } })).Is(200);
        (await server.Api.Post($"/api/v1/conversations/{numbers[1]}/resolve")).Is(200);
        var body = new { numbers = new[] { numbers[0], numbers[1], numbers[2], 4711 }, acts = new[] { Act("tag", "warranty"), Act("snooze", "P2D") } };

        var dry = (await server.Api.Post("/api/v1/conversations/bulk", new { body.numbers, body.acts, dryRun = true })).Is(200).Json;
        Assert.Equal((2, 0, 2, true, "null"), (Of(dry, "changed"), Of(dry, "same"), Of(dry, "refused"), dry.GetProperty("dryRun").GetBoolean(), dry.Text("undo")));
        Assert.Equal(["changes", "refused conversation.resolved", "changes", "refused conversation.unknown"], dry.Items("items").Select(Told));
        Assert.Empty(await server.Store.Read(db => db.Conversations.Where(c => c.State == ConversationState.Snoozed).ToListAsync()));

        var done = (await server.Api.Post("/api/v1/conversations/bulk", body)).Is(200).Json;
        Assert.Equal(dry.Items("items").Select(Told), done.Items("items").Select(Told));
        Assert.Equal([numbers[0], numbers[2]], await server.Store.Read(db => db.Conversations.Where(c => c.State == ConversationState.Snoozed).Select(c => c.Number).OrderBy(n => n).ToListAsync()));

        var again = (await server.Api.Post("/api/v1/conversations/bulk", new { query = "tag:warranty", acts = new[] { Act("tag", "WARRANTY") } })).Is(200).Json;
        Assert.Equal((0, 2, 0, "null"), (Of(again, "changed"), Of(again, "same"), Of(again, "refused"), again.Text("undo")));

        static string Told(JsonElement item) => item.GetProperty("code").ValueKind is JsonValueKind.Null ? item.Text("effect") : $"{item.Text("effect")} {item.Text("code")}";
    }

    [Theory, EveryDatabase]
    public async Task Many_are_changed_in_batches_and_taken_back_as_one(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var count = (BulkRunner.Batch * 2) + 3;
        await server.AddConversations(count);
        var before = await Dump(server);
        var done = (await server.Api.Post("/api/v1/conversations/bulk", new { query = "is:open", acts = new[] { Act("tag", "recall"), Act("note", "Batch 7."), Act("spam") } })).Is(200).Json;
        Assert.Equal((count, 0, 0), (Of(done, "changed"), Of(done, "same"), Of(done, "refused")));
        Assert.Equal(count, await server.Store.Read(db => db.Conversations.CountAsync(c => c.IsSpam)));
        Assert.Equal(1, await server.Store.Read(db => db.UndoSteps.CountAsync()));

        (await server.Api.Post($"/api/v1/undo/{done.Text("undo")}")).Is(200);
        Assert.Equal(before, await Dump(server));
        (await server.Api.Post($"/api/v1/undo/{done.Text("undo")}")).Is(409);
    }

    [Theory, EveryDatabase]
    public async Task What_cannot_be_right_is_refused_and_changes_nothing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = (await server.AddConversations(1))[0];
        var acts = new[] { Act("tag", "x") };
        foreach (var (body, code) in new (object Body, string Code)[]
        {
            (new { acts }, "bulk.which"), (new { query = "", numbers = new[] { number }, acts }, "bulk.which"), (new { query = "", acts = Array.Empty<object>() }, "bulk.no-acts"),
            (new { query = "is:sideways", acts }, "bulk.query"), (new { query = "", acts = new[] { Act("explode") } }, "act.unknown"), (new { query = "", acts = new[] { Act("reply", "Hello") } }, "act.not-here"),
            (new { query = "", acts = new[] { Act("team", "Elves") } }, "team.unknown"), (new { query = "", acts = new[] { Act("assign", "me") } }, "user.unknown"),
            (new { query = "", acts = new[] { Act("resolve"), Act("reopen") } }, "act.contradicts"),
        })
        {
            (await server.Api.Post("/api/v1/conversations/bulk", body)).IsProblem(422, code);
        }

        using var light = await server.ApiAs(Role.Light);
        (await light.Post("/api/v1/conversations/bulk", new { query = "", acts })).IsProblem(403, "role.insufficient");
        Assert.Empty(await server.Store.Read(db => db.ConversationTags.ToListAsync()));
    }

    [Theory, EveryDatabase]
    public async Task No_more_than_a_thousand_are_changed_at_once_and_it_is_said(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.AddConversations(Selection.Most + 2);
        var dry = (await server.Api.Post("/api/v1/conversations/bulk", new { query = "", acts = new[] { Act("tag", "x") }, dryRun = true })).Is(200).Json;
        Assert.Equal((Selection.Most, true), (Of(dry, "changed"), dry.GetProperty("more").GetBoolean()));
    }

    [Theory, EveryDatabase]
    public async Task At_the_desk_a_few_are_chosen_shown_changed_and_taken_back(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var numbers = await server.AddConversations(4);
        (await server.Api.Post($"/api/v1/conversations/{numbers[0]}/tags", new { add = new[] { "recall" } })).Is(200);
        using var desk = await server.SignedIn();
        var list = (await desk.Get("/conversations?view=all&choose=yes")).Document;
        Assert.Equal(4, list.QuerySelectorAll("input[data-choose]").Length);
        Assert.Equal("/bulk", list.QuerySelector("form#choose")!.GetAttribute("action"));

        var page = $"/bulk?list={Uri.EscapeDataString("/conversations?view=all")}&n={numbers[0]}&n={numbers[1]}&n=x";
        Assert.Contains("Change 2 conversations", (await desk.Get(page)).Document.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        var chosen = (await desk.Submit(page, "/bulk/choose", ("add", "tag:recall"))).Location!;
        var preview = (await desk.Get(chosen)).Document.QuerySelector(".bulk-preview")!;
        Assert.Contains("1 will change, 1 is so already", preview.TextContent, StringComparison.Ordinal);
        Assert.Equal("Change 1 conversation", preview.QuerySelector("[data-bulk-do]")!.TextContent);

        var done = await desk.Submit(chosen, "/bulk");
        Assert.Equal("/conversations?view=all", done.Location);
        Assert.Equal(2, await Tagged(server));
        var told = (await desk.Get(done.Location!)).Document.QuerySelector("#toasts form[data-undo], #toasts form[action='/undo']")!;
        Assert.Contains("1 conversation changed", told.ParentElement!.TextContent, StringComparison.Ordinal);
        await desk.Submit(done.Location!, "/undo");
        Assert.Equal(1, await Tagged(server));
    }

    [Theory, EveryDatabase]
    public async Task A_note_that_no_address_could_hold_is_kept_and_written(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var numbers = await server.AddConversations(2);
        using var desk = await server.SignedIn();
        var page = $"/bulk?n={numbers[0]}&n={numbers[1]}";
        var words = string.Concat(Enumerable.Repeat("Für alle, die fragen. ", 400));
        var chosen = await desk.Submit(page, "/bulk/choose", ("put", "note"), ("typed-note", words));
        Assert.Equal(422, chosen.Status); // a page in answer to a form, without an address of its own
        var form = chosen.Document.QuerySelector("form[action='/bulk']")!;
        Assert.Contains(form.QuerySelectorAll("input[name=act]"), input => input.GetAttribute("value")!.Contains(words.Trim(), StringComparison.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task At_the_desk_all_of_a_list_is_changed_behind_a_page_that_tells_how_far_it_is(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var count = BulkRunner.Batch + 5;
        await server.AddConversations(count);
        using var desk = await server.SignedIn();
        var page = $"/bulk?list={Uri.EscapeDataString("/conversations?view=all&q=is:open")}&of=all&act=tag:recall";
        var begun = await desk.Submit(page, "/bulk");
        Assert.StartsWith("/bulk/", begun.Location, StringComparison.Ordinal);
        await server.Until(() => Tagged(server), tagged => tagged == count);
        var ended = await server.Until(async () => (await desk.Get(begun.Location!)).Document, document => document.QuerySelector("h1")!.TextContent == "Done");
        Assert.Contains($"{count} were changed", ended.QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        using var other = await server.SignedIn();
        Assert.Equal(404, (await other.Get(begun.Location!)).Status);
        await desk.Submit(begun.Location!, begun.Location + "/undo");
        Assert.Equal(0, await Tagged(server));
    }

    [Theory, EveryDatabase]
    public async Task Promises_still_to_be_kept_are_told_and_can_be_left_out(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (first, second) = (await server.Receive(TestMail.FromSomebodyNew()), await server.Receive(TestMail.FromSomebodyNew()));
        var owner = (await server.AddUser("tom@desk.example", "Tom Weaver")).Id;
        (await server.Api.Post($"/api/v1/conversations/{first}/promises", new { text = "We call", due = server.Clock.GetUtcNow().AddDays(2), owner })).Is(200);
        using var desk = await server.SignedIn();
        var page = $"/bulk?list=%2Fconversations&n={first}&n={second}&act=resolve";
        var preview = (await desk.Get(page)).Document.QuerySelector(".bulk-preview")!;
        Assert.Contains("1 of them holds a promise", preview.TextContent, StringComparison.Ordinal);
        Assert.Contains("asked whether it is resolved", preview.TextContent, StringComparison.Ordinal);
        var left = (await desk.Get((await desk.Submit(page, "/bulk/choose", ("leave", "promise-open"))).Location!)).Document.QuerySelector(".bulk-preview")!;
        Assert.Contains("Left out, as you asked", left.TextContent, StringComparison.Ordinal);
        Assert.Equal("Change 1 conversation", left.QuerySelector("[data-bulk-do]")!.TextContent);
    }

    [Theory, EveryDatabase]
    public async Task A_light_colleague_sees_lists_and_no_boxes(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.AddConversations(1);
        using var light = await server.SignedIn(Role.Light);
        Assert.Empty((await light.Get("/conversations?choose=yes")).Document.QuerySelectorAll("input[data-choose], form#choose"));
        Assert.Equal(403, (await light.Get("/bulk?of=all")).Status);
        Assert.Equal(403, (await light.Get("/views/new")).Status);
        Assert.Equal(200, (await light.Get("/views")).Status);

        // Their own menu is theirs to arrange.
        var id = (await server.Api.Post("/api/v1/views", new { name = "Open", query = "is:open" })).Is(200).Json.GetProperty("id").GetInt64();
        Assert.Equal("/views", (await light.Submit("/views", $"/views/{id}/pin", ("pin", "no"))).Location);
        Assert.Empty((await light.Get("/views/menu")).Document.QuerySelectorAll("a"));
    }

    private static Task<int> Tagged(TestServer server) => server.Store.Read(db => db.ConversationTags.CountAsync());

    private static Task<string> Dump(TestServer server) => server.Store.Read(async db => JsonSerializer.Serialize(new
    {
        Conversations = await db.Conversations.OrderBy(c => c.Number).Select(c => new { c.Number, c.State, c.IsSpam, c.LastActivityAt, c.Version, c.AssigneeId }).ToListAsync(),
        Entries = await db.Entries.OrderBy(e => e.Id).Select(e => new { e.Id, e.Text }).ToListAsync(),
        Tags = await db.Tags.OrderBy(t => t.Id).ToListAsync(),
        OnThem = await db.ConversationTags.OrderBy(t => t.ConversationNumber).ToListAsync(),
    }));
}
