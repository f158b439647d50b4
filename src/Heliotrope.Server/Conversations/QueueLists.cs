using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Core.Search;
using Heliotrope.Core.Views;
using Heliotrope.Server.Database;
using Heliotrope.Server.Happiness;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Search;
using Heliotrope.Server.Tags;
using Heliotrope.Server.Teams;
using Heliotrope.Server.Views;

namespace Heliotrope.Server.Conversations;

/// <summary>A list: which conversations, in which order.</summary>
/// <param name="Request">What was asked for, as it was understood.</param>
/// <param name="Conversations">Those in it.</param>
/// <param name="Sort">Their order.</param>
/// <param name="View">Its name among those that are always there; null for another.</param>
/// <param name="Saved">The saved view that it is; null when it is none.</param>
/// <param name="Query">What it looks for beyond its name; null for nothing.</param>
/// <param name="Gone">A saved view was asked for that is not there, or not for this person: this is the usual list instead.</param>
internal sealed record QueueList(QueueRequest Request, IQueryable<Conversation> Conversations, Sort Sort, string? View, SavedView? Saved, Query? Query, bool Gone);

/// <summary>Which conversations are in a list. What a page shows and what is done to a whole list are the same question.</summary>
internal static class QueueLists
{
    /// <summary>The named lists, in the order of the menu.</summary>
    public static readonly IReadOnlyList<string> Named = ["open", "mine", "waiting", "snoozed", "resolved", "confirmed", "all", "spam"];

    public static async Task<QueueList> Of(HeliotropeDb db, Actor actor, QueueRequest request, DateTimeOffset now)
    {
        var tag = await QueueFilters.TagOf(db, request.Tag);
        request = request with { Tag = tag?.Name };
        if (request.IsFigure)
        {
            request = request with { Filter = actor.MayLead || request.Filter.Person is null ? request.Filter : request.Filter with { Person = actor.Id } }; // a colleague's figures are for them and for who leads
            return new(request with { View = null, Query = null }, QueueFilters.Tagged(db, Behind(db, request, now), tag), new(ListOrder.Newest), null, null, null, false);
        }

        var saved = await ReadViews.Find(db, actor, request.View);
        var gone = saved is null && ReadViews.IsId(request.View);
        var view = saved is not null ? null : Named.Contains(request.View) ? request.View! : request is { View: null, Query: not null } ? "all" : "open";
        var query = Query.Read(saved?.Query).And(Query.Read(request.Query));
        var asked = query.IsEmpty && query.Problems.Count == 0 ? null : query;
        var all = saved is not null || asked is not null
            ? Matching.On(db, Query.Read(view is null ? null : QueryOf(view)).And(query), actor, now)
            : OfName(db.Conversations, view!, actor);

        var open = view is "open" or "mine" || query.Terms.Any(term => term is OperatorTerm { Not: false, Operator.Name: "is", Values: [{ Said: "open" }] });
        var order = request.Order ?? saved?.Sorting ?? (open ? ListOrder.Pressing : ListOrder.Newest);
        request = new(saved is null ? view : request.View, Filter: request.Filter, Tag: request.Tag, After: request.After)
        {
            Query = request.Query,
            Order = request.Order,
            Before = request.Before,
            At = request.At,
            Choosing = request.Choosing,
        };
        return new(request, QueueFilters.Tagged(db, request.Filter.On(db, all), tag), new(order, open), view, saved, asked, gone);
    }

    /// <summary>A list as a query that finds the same.</summary>
    public static string AsQuery(QueueList list, Names names)
    {
        var (filter, request) = (list.Request.Filter, list.Request);
        IEnumerable<string?> parts =
        [
            list.View is null ? null : QueryOf(list.View),
            filter.Team is { } team ? Term("team", team == FigureFilter.None ? "none" : names.Team(team)) : null,
            filter.Driver is { } driver ? Term("driver", driver == FigureFilter.None ? "none" : names.Driver(driver)) : null,
            filter.Channel is { } channel ? Term("channel", channel.ToString().ToLowerInvariant()) : null,
            request.Tag is { } tag ? Term("tag", tag) : null,
            list.Query?.ToString(),
        ];
        return string.Join(' ', parts.Where(part => !string.IsNullOrEmpty(part)));

        static string? Term(string of, string? value) => value is null ? null : $"{of}:{ViewFields.Quoted(value)}";
    }

    /// <summary>One of the named lists in the language of the search.</summary>
    private static string QueryOf(string view) => view switch { "all" => "", "mine" => "is:open with:me", var state => "is:" + state };

    /// <summary>Those in one of the named lists.</summary>
    public static IQueryable<Conversation> OfName(IQueryable<Conversation> everything, string view, Actor actor)
    {
        var all = everything.InSpam(view is "spam");
        return view switch
        {
            "open" => NeedsPerson(all),
            "mine" => all.Where(c => c.State == ConversationState.Open && c.AssigneeId == actor.Id),
            "waiting" => all.Where(c => c.State == ConversationState.Waiting),
            "resolved" => all.Where(c => c.State == ConversationState.Resolved),
            "confirmed" => all.Where(c => c.State == ConversationState.Confirmed),
            "snoozed" => all.Where(c => c.State == ConversationState.Snoozed),
            _ => all,
        };
    }

    /// <summary>The queue itself.</summary>
    public static IQueryable<Conversation> NeedsPerson(IQueryable<Conversation> all) => all.Where(c => c.State == ConversationState.Open);

    private static IQueryable<Conversation> Behind(HeliotropeDb db, QueueRequest request, DateTimeOffset now)
    {
        if (request.Late is "now" || request.From is not { } from)
        {
            return BehindFigure.Overdue(db, now, request.Filter);
        }

        var started = BehindFigure.Started(db, from, request.To ?? from, request.Filter);
        return BehindFigure.Which(db, BehindFigure.Answered(BehindFigure.Ended(started, request.Ending), request.Late), request.Figure, request.Cause);
    }
}
