using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Core.Views;
using Heliotrope.Server.Database;
using Heliotrope.Server.Happiness;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Shell;
using Heliotrope.Server.Teams;
using Heliotrope.Server.Views;
using Microsoft.EntityFrameworkCore;
using Place = Heliotrope.Core.Views.Place;

namespace Heliotrope.Server.Conversations;

/// <summary>The queue as the desk shows it: a page of a list, in the order of the list.</summary>
internal sealed class Queues(Store store, Current<Organisation> settings, TimeProvider time)
{
    public const int PageSize = 50;

    /// <summary>A page of a list, and beside an open conversation the way to those around it.</summary>
    /// <param name="actor">Who looks.</param>
    /// <param name="asked">Which list, and where in it.</param>
    /// <param name="current">The conversation that is open beside it.</param>
    public async Task<InboxView> Page(Actor actor, QueueRequest asked, long? current = null)
    {
        var organisation = await settings.Get();
        return await store.Read(actor, db => Page(db, organisation, actor, asked, current));
    }

    private async Task<InboxView> Page(HeliotropeDb db, Organisation organisation, Actor actor, QueueRequest asked, long? current)
    {
        var now = time.Now();
        var list = await QueueLists.Of(db, actor, asked, now);
        var (request, matching, sort) = (list.Request, list.Conversations, list.Sort);
        var (rows, before, behind) = await QueueRows.Page(db, matching, sort, Place.Read(request.After), Place.Read(request.Before), PageSize);
        var names = await Names.Of(db);
        var only = request.Narrowings(names).ToList();
        var first = rows.Count == 0 && only.Count == 0 && list.Saved is null && !await db.Conversations.AnyAsync();
        var figure = request.IsFigure;
        var counted = !figure && (only.Count > 0 || list.Saved is not null);
        return new InboxView(
            list.View,
            figure ? Heading(request, names) : list.Saved?.Name,
            request,
            await Counts(db, actor),
            await QueueRows.Of(db, rows, actor, sort, now, organisation.ShownBrands),
            behind ? Onward(request, current, null, QueueRows.PlaceOf(rows[^1], sort)) : null,
            first,
            first ? organisation.UsualAddress : null,
            first && await db.Quarantine.AnyAsync(),
            figure ? await matching.CountAsync() : null,
            await QueueFilters.Teams(db),
            figure ? [] : only,
            counted ? QueueFilters.Shown(before || behind ? await matching.Select(c => c.Number).Take(QueueFilters.CountUpTo + 1).CountAsync() : rows.Count) : null,
            first && organisation.DemoIsComing)
        {
            Order = sort.Order,
            Grouped = sort is { Order: ListOrder.Pressing, AllOpen: true },
            PreviousHref = before ? Onward(request, current, rows.Count > 0 ? QueueRows.PlaceOf(rows[0], sort) : Place.Read(request.After), null) : null,
            Saved = list.Saved is { } saved ? new(saved.Id, saved.Name, saved.MayChange(actor)) : null,
            Gone = list.Gone,
            Problems = list.Query is { } query ? await ViewProblems.Of(db, actor, query) : [],
            AsQuery = figure ? null : QueueLists.AsQuery(list, names),
            Views = await ReadViews.Menu(db, actor),
            Walk = current is { } number ? await Walk(db, list, number, rows) : null,
            Here = current is null && Place.Read(request.At) is { } at ? rows.Find(row => sort.Compare(QueueRows.PlaceOf(row, sort), at) >= 0)?.Number : null,
        };
    }

    private static string Onward(QueueRequest request, long? current, Place? before, Place? after) =>
        (request with { After = after?.ToString(), Before = before?.ToString(), At = current is null ? null : request.At }).Href(current is { } number ? $"/conversations/{number}" : "/conversations");

    /// <summary>
    /// The conversations before and behind the one that is open. They go by the place where it stood when it was opened: it may have left the list since, or moved
    /// in it, and nobody is led from there to another one than the next.
    /// </summary>
    private static async Task<Walk> Walk(HeliotropeDb db, QueueList list, long number, List<QueueRows.Row> rows)
    {
        var (request, sort) = (list.Request, list.Sort);
        var own = rows.Find(row => row.Number == number);
        var at = Place.Read(request.At)
            ?? (own is not null ? QueueRows.PlaceOf(own, sort) : await QueueRows.Project(db, list.Conversations.Where(c => c.Number == number)).FirstOrDefaultAsync() is { } row ? QueueRows.PlaceOf(row, sort) : (Place?)null);
        if (at is not { } place)
        {
            return new(rows.Count > 0 ? Open(rows[0], request) : null, null, null);
        }

        var others = list.Conversations.Where(c => c.Number != number);
        var next = await QueueRows.Project(db, others.Behind(sort, place).In(db, sort).Take(1)).FirstOrDefaultAsync();
        var previous = await QueueRows.Project(db, others.Before(sort, place).In(db, sort, backwards: true).Take(1)).FirstOrDefaultAsync();
        var here = own is null && rows.Count > 0 && sort.Compare(QueueRows.PlaceOf(rows[0], sort), place) <= 0 ? rows.Find(row => sort.Compare(QueueRows.PlaceOf(row, sort), place) > 0)?.Number : null;
        var stays = own is not null || await list.Conversations.AnyAsync(c => c.Number == number);
        return new(
            next is null ? null : Open(next, rows.Exists(row => row.Number == next.Number) ? request : request with { After = place.ToString(), Before = null }),
            previous is null ? null : Open(previous, rows.Exists(row => row.Number == previous.Number) ? request : request with { After = null, Before = place.ToString() }),
            stays ? null : here);

        string Open(QueueRows.Row row, QueueRequest within) => (within with { At = QueueRows.PlaceOf(row, sort).ToString() }).Href($"/conversations/{row.Number}");
    }

    private static string Heading(QueueRequest request, Names names)
    {
        List<string> words = [];
        if (request.Ending is { } ending && Ends.All.Contains(ending))
        {
            words.Add(Words.T("ending." + ending));
        }

        if (request.Late is { } late && BehindFigure.Lates.Contains(late))
        {
            words.Add(Words.T("late." + late));
        }

        if (request.Figure is { } figure)
        {
            words.Add(figure is "cause" ? Words.T("recovery.caused-by", request.Cause) : Words.T("figure." + figure));
        }

        words.AddRange(request.Narrowings(names).Select(only => only.Words));
        if (request is { From: { } from, Late: not "now" })
        {
            words.Add(Words.T("inbox.behind-figure", from, request.To ?? from));
        }

        return string.Join(" · ", words);
    }

    /// <summary>All counts in one statement; the row that it is hung on is there from the first start.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> Counts(HeliotropeDb db, Actor actor)
    {
        IQueryable<long> Some(string view) => QueueLists.OfName(db.Conversations, view, actor).Select(c => c.Number).Take(QueueFilters.CountUpTo + 1);
        var (open, mine, waiting, snoozed) = (Some("open"), Some("mine"), Some("waiting"), Some("snoozed"));
        var (resolved, confirmed, all, spam) = (Some("resolved"), Some("confirmed"), Some("all"), Some("spam"));
        var counts = await db.Settings.Where(s => s.Key == SettingKeys.ReplySecret)
            .Select(_ => new[] { open.Count(), mine.Count(), waiting.Count(), snoozed.Count(), resolved.Count(), confirmed.Count(), all.Count(), spam.Count() })
            .SingleAsync();
        return QueueLists.Named.Zip(counts).ToDictionary(c => c.First, c => QueueFilters.Shown(c.Second));
    }
}
