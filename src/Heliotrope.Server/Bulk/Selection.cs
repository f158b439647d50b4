using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Core.Search;
using Heliotrope.Core.Views;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Search;
using Heliotrope.Server.Views;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Bulk;

/// <summary>The conversations that something is done to at once.</summary>
/// <param name="Numbers">Which, in the order of the list.</param>
/// <param name="More">There are more than can be changed at once: these are the first of them.</param>
/// <param name="Unknown">Numbers that were named and are not there, or not for this person.</param>
internal sealed record Selection(IReadOnlyList<long> Numbers, bool More, IReadOnlyList<long> Unknown)
{
    /// <summary>A mistake with more could not be looked through any more, and taking it back takes as long as doing it.</summary>
    public const int Most = 1_000;

    /// <summary>Those with these numbers.</summary>
    public static async Task<Selection> Of(HeliotropeDb db, IReadOnlyCollection<long> numbers)
    {
        var asked = numbers.Distinct().Take(Most).ToList();
        var there = await db.Conversations.Where(c => asked.Contains(c.Number)).Select(c => c.Number).ToHashSetAsync();
        return new([.. asked.Where(there.Contains)], numbers.Distinct().Skip(Most).Any(), [.. asked.Where(number => !there.Contains(number))]);
    }

    /// <summary>All that a query asks for, where something happened last first. Who acts on a query does not act on one that was not understood.</summary>
    public static async Task<Result<Selection>> Of(HeliotropeDb db, Actor actor, Query query, DateTimeOffset now)
    {
        if (query.Problems.Count > 0)
        {
            return new Refusal(RefusalKind.Invalid, "bulk.query", "Part of what to look for cannot be understood, so nothing is changed.", "query", query.Problems[0].About);
        }

        return await First(db, Matching.On(db, query, actor, now), new(ListOrder.Newest));
    }

    /// <summary>All that are in a list, from its beginning.</summary>
    public static async Task<Result<Selection>> Of(HeliotropeDb db, Actor actor, QueueRequest list, DateTimeOffset now)
    {
        var found = await QueueLists.Of(db, actor, list.Whole, now);
        if (found.Gone)
        {
            return ListViews.Unknown(long.Parse(list.View!, CultureInfo.InvariantCulture));
        }

        return found.Query is { Problems: [var problem, ..] }
            ? new Refusal(RefusalKind.Invalid, "bulk.query", "Part of what to look for cannot be understood, so nothing is changed.", "query", problem.About)
            : await First(db, found.Conversations, found.Sort);
    }

    /// <summary>A list as an address of the desk has it.</summary>
    public static QueueRequest ListOf(string? address) =>
        QueueRequest.Of(new QueryCollection(QueryHelpers.ParseQuery(address is not null && address.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? address[at..] : ""))).Whole with { Choosing = false };

    private static async Task<Selection> First(HeliotropeDb db, IQueryable<Core.Conversations.Conversation> list, Sort sort)
    {
        var numbers = await list.In(db, sort).Select(c => c.Number).Take(Most + 1).ToListAsync();
        return new(numbers[..Math.Min(numbers.Count, Most)], numbers.Count > Most, []);
    }
}
