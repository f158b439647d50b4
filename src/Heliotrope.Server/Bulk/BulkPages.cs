using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Acts;
using Heliotrope.Core.People;
using Heliotrope.Core.Views;
using Heliotrope.Server.Acts;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Heliotrope.Server.Undo;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Bulk;

/// <summary>What the forms on the page for many hold.</summary>
/// <param name="List">The list that the conversations were chosen in.</param>
/// <param name="All">All of it.</param>
/// <param name="Numbers">Those that were chosen.</param>
/// <param name="Acts">What is to be done, as <see cref="BulkPlan.Write"/> has it.</param>
/// <param name="LeaveOut">Codes of what keeps a conversation as it is.</param>
internal sealed record BulkHeld(QueueRequest List, bool All, IReadOnlyList<long> Numbers, IReadOnlyList<string> Acts, IReadOnlyList<string> LeaveOut)
{
    public static BulkHeld Of(Func<string, IReadOnlyList<string?>> field) => new(
        Selection.ListOf(field("list") is [var list, ..] ? list : null),
        field("of").Contains("all"),
        [.. field("n").Concat(field("numbers").SelectMany(numbers => (numbers ?? "").Split(' '))).Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).Where(number => number > 0).Distinct().Take(Selection.Most)],
        [.. field("act").OfType<string>().Take(ActList.Most)],
        [.. field("left").OfType<string>().Take(ActList.Most)]);

    /// <summary>The address of the page that holds this.</summary>
    public string Href => "/bulk?" + string.Join('&', new[]
    {
        ("list", List.Href()), (All ? "of" : "", "all"), (All ? "" : "numbers", string.Join(' ', Numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))),
    }.Concat(Acts.Select(act => ("act", act))).Concat(LeaveOut.Select(code => ("left", code))).Where(part => part.Item1.Length > 0).Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2)}"));

    public Result<IReadOnlyList<Act>> Read() => ActBodies.Read([.. Acts.Select(BulkPlan.Read)], ActUse.Many);
}

/// <summary>Makes the pages on which something is done to many conversations.</summary>
internal sealed class BulkPages(Store store, BulkRunner runner, BulkWorker worker, TakeBack take, Pages pages, TimeProvider time)
{
    /// <summary>In characters: what does not fit into an address is answered as a page without one of its own.</summary>
    private const int LongestAddress = 4_000;

    public async Task<IResult> Show(HttpContext http, BulkHeld held, bool posted = false)
    {
        var actor = http.Actor();
        if (!actor.MayWork)
        {
            return Pages.Refused(Refusal.NotAllowed);
        }

        var view = await store.Read(actor, async db =>
        {
            var now = time.Now();
            var selected = await Select(db, actor, held, now);
            var book = await ActBook.Of(db);
            var numbers = selected.Match<IReadOnlyList<long>>(found => found.Numbers, _ => []);
            var acts = held.Read();
            var planned = acts.Refusal is null && acts.Value.Count > 0 ? await BulkPlan.Of(db, actor, numbers, acts.Value, held.LeaveOut, book, now) : (Result<IReadOnlyList<Planned>>?)null;
            var refused = selected.Refusal ?? acts.Refusal ?? planned?.Refusal;
            var settled = acts.Refusal is null ? book.Settle(acts.Value) : acts;
            var described = settled.Refusal is null ? settled.Value : [];
            return new BulkView(
                held.List.Href(), held.All, held.All ? [] : numbers, numbers.Count, selected.Match(found => found.More, _ => false), await Sample(db, numbers),
                [.. held.Acts.Select((code, at) => new BulkAct(code, at < described.Count ? ActWords.Describe(described[at], book) : code))],
                BulkMenus.Of(book),
                planned is { Refusal: null } plan ? BulkMenus.Preview(plan.Value, described, book) : null,
                held.LeaveOut,
                refused is null ? null : Words.OfRefusal(refused));
        });
        return Pages.Form<BulkPage>(new { Viewer = pages.Viewer(http), View = view }, again: posted || view.Refused is not null);
    }

    /// <summary>One thing more to be done, or one less: the page again, which says what would change.</summary>
    public async Task<IResult> Choose(HttpContext http, IFormCollection form)
    {
        var held = BulkHeld.Of(name => [.. form[name]]);
        List<string> acts = [.. held.Acts];
        if (form["add"].ToString() is { Length: > 0 } added)
        {
            acts.Add(added);
        }
        else if (form["put"].ToString() is { Length: > 0 } code && form["typed-" + code].ToString().Trim() is { Length: > 0 } typed)
        {
            acts.Add($"{code}:{(code == "snooze" && SnoozeChoices.Read(null, typed, Zone.Here) is { } at ? at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : typed)}");
        }
        else if (int.TryParse(form["drop"], NumberStyles.None, CultureInfo.InvariantCulture, out var drop) && drop < acts.Count)
        {
            acts.RemoveAt(drop);
        }

        var chosen = held with { Acts = acts, LeaveOut = [.. held.LeaveOut, .. form["leave"].OfType<string>().Take(1)] };
        return chosen.Href.Length > LongestAddress ? await Show(http, chosen, posted: true) : Results.LocalRedirect(chosen.Href);
    }

    /// <summary>Does it: a few at once, so that they are done when the list comes back; more behind a page that tells how far it is.</summary>
    public async Task<IResult> Do(HttpContext http, IFormCollection form)
    {
        var (actor, held) = (http.Actor(), BulkHeld.Of(name => [.. form[name]]));
        if (!actor.MayWork)
        {
            return Pages.Refused(Refusal.NotAllowed);
        }

        var selected = await store.Read(actor, db => Select(db, actor, held, time.Now()));
        var acts = held.Read();
        if (selected.Refusal is not null || acts is not { Refusal: null, Value.Count: > 0 })
        {
            return await Show(http, held);
        }

        var (numbers, list) = (selected.Value.Numbers, held.List.Href());
        if (numbers.Count > BulkRunner.Batch)
        {
            return Results.LocalRedirect($"/bulk/{(await worker.Begin(actor, numbers, acts.Value, held.LeaveOut, list, http.RequestAborted)).ToString(CultureInfo.InvariantCulture)}");
        }

        var done = await runner.Run(actor, numbers, acts.Value, held.LeaveOut, _ => Task.CompletedTask, http.RequestAborted);
        if (done.Refusal is not null)
        {
            return await Show(http, held);
        }

        var changed = done.Value.All.Count(each => each.Outcome.Effect is Effect.Changes);
        http.Tell(new Done(null, done.Value.Undo, BulkRunner.WhatOf(changed), changed.ToString(CultureInfo.InvariantCulture)));
        return Results.LocalRedirect(list);
    }

    public async Task<IResult> Progress(HttpContext http, long id)
    {
        var actor = http.Actor();
        var view = await store.Read(actor, async db => await Find(db, actor, id) is { } run ? await ProgressOf(db, run) : null);
        return view is null ? Pages.Refused(Unknown(id)) : Pages.Component<BulkProgressPage>(new { Viewer = pages.Viewer(http), View = view });
    }

    public async Task<IResult> Undo(HttpContext http, long id)
    {
        var actor = http.Actor();
        var token = Tokens.New();
        var run = await store.Write(
            actor,
            async db =>
            {
                var found = await Find(db, actor, id);
                if (found?.StepId is { } at && await db.UndoSteps.FirstOrDefaultAsync(s => s.Id == at) is { } step)
                {
                    step.TokenHash = Tokens.Hash(token); // whoever it belongs to is here; the token itself is kept nowhere
                }

                return found;
            },
            http.RequestAborted);
        if (run is null)
        {
            return Pages.Refused(Unknown(id));
        }

        var result = await take.Run(actor, token, http.RequestAborted);
        if (result.Refusal is { } refusal)
        {
            Notices.Refused(http, refusal);
            return Results.LocalRedirect($"/bulk/{id.ToString(CultureInfo.InvariantCulture)}");
        }

        Notices.TakenBack(http, result.Value.What, result.Value.About);
        return Results.LocalRedirect(Selection.ListOf(run.List).Href());
    }

    private static Refusal Unknown(long id) => new(RefusalKind.NotFound, "bulk.unknown", $"Nothing of yours has the number {id}.");

    private static async Task<BulkRun?> Find(HeliotropeDb db, Actor actor, long id)
    {
        var me = actor.Id;
        return await db.BulkRuns.FirstOrDefaultAsync(r => r.Id == id && r.UserId == me);
    }

    private static Task<Result<Selection>> Select(HeliotropeDb db, Actor actor, BulkHeld held, DateTimeOffset now) =>
        held.All ? Selection.Of(db, actor, held.List, now) : Chosen(db, held.Numbers);

    private static async Task<Result<Selection>> Chosen(HeliotropeDb db, IReadOnlyList<long> numbers) => await Selection.Of(db, numbers);

    private static async Task<IReadOnlyList<BulkRow>> Sample(HeliotropeDb db, IReadOnlyList<long> numbers)
    {
        var some = numbers.Take(BulkMenus.MostSample).ToList();
        var rows = await db.Conversations.Where(c => some.Contains(c.Number)).Select(c => new BulkRow(c.Number, c.Customer!.Name, c.Subject)).ToListAsync();
        return [.. rows.OrderBy(row => some.IndexOf(row.Number))];
    }

    private async Task<BulkProgress> ProgressOf(HeliotropeDb db, BulkRun run)
    {
        var book = await ActBook.Of(db);
        var acts = ActList.FromJson(run.Acts).Match(read => read, _ => []);
        var refused = run.Refused.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 3)).GroupBy(parts => (Code: parts[1], About: parts.ElementAtOrDefault(2)));
        var groups = new List<BulkGroup>();
        foreach (var group in refused)
        {
            var numbers = group.Select(parts => long.Parse(parts[0], CultureInfo.InvariantCulture)).ToList();
            groups.Add(new(group.Key.Code, Words.OfRefusal(new(RefusalKind.Conflict, group.Key.Code, "", About: group.Key.About is { Length: > 0 } about ? about : null)), numbers.Count, await Sample(db, numbers)));
        }

        var state = run.EndedAt is not null ? run.Done < run.Total ? "stopped" : "ended" : time.Now() - run.BeatAt > BulkRun.LongestSilence ? "stopped" : "running";
        var step = run.StepId;
        var undo = step is not null && await db.UndoSteps.AnyAsync(s => s.Id == step && s.TakenBackAt == null);
        return new(run.Id, [.. acts.Select(act => ActWords.Describe(act, book))], Selection.ListOf(run.List).Href(), run.Total, run.Done, run.Changed, run.Same, groups, state, undo);
    }
}
