using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Acts;
using Heliotrope.Core.People;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Views;
using Heliotrope.Server.Acts;
using Heliotrope.Server.Database;
using Heliotrope.Server.Tags;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Bulk;

/// <summary>What would become of one of many conversations.</summary>
internal sealed record Planned(long Number, string Customer, string Subject, BulkOutcome Outcome, IReadOnlyList<Step> Steps);

/// <summary>Plans acts for many conversations at once, in as few questions to the database as for one.</summary>
internal static class BulkPlan
{
    public static async Task<Result<IReadOnlyList<Planned>>> Of(
        HeliotropeDb db, Actor actor, IReadOnlyList<long> numbers, IReadOnlyList<Act> acts, IReadOnlyCollection<string> leaveOut, ActBook book, DateTimeOffset now)
    {
        var meant = book.For(actor, acts);
        if (meant.Refusal is { } refusal)
        {
            return refusal;
        }

        var concrete = meant.Value;

        var rows = await db.Conversations.Where(c => numbers.Contains(c.Number))
            .Select(c => new { c.Number, Customer = c.Customer!.Name, c.Subject, c.State, c.AssigneeId, c.TeamId, c.DriverId, c.IsSpam, c.SnoozedUntil })
            .ToDictionaryAsync(c => c.Number);
        var tags = (await db.ConversationTags.Where(t => numbers.Contains(t.ConversationNumber)).Join(db.Tags, t => t.TagId, t => t.Id, (t, tag) => new { t.ConversationNumber, tag.Name }).ToListAsync())
            .ToLookup(t => t.ConversationNumber, t => t.Name);
        var promises = await db.Promises.Where(p => numbers.Contains(p.ConversationNumber) && p.State == PromiseState.Open)
            .GroupBy(p => p.ConversationNumber).Select(p => new { Number = p.Key, Count = p.Count() }).ToDictionaryAsync(p => p.Number, p => p.Count);
        var planned = new List<Planned>(numbers.Count);
        foreach (var row in numbers.Where(rows.ContainsKey).Select(number => rows[number]))
        {
            var standing = new Standing(row.State, row.AssigneeId, row.TeamId, row.DriverId, [.. tags[row.Number]], row.IsSpam, row.SnoozedUntil, promises.GetValueOrDefault(row.Number));
            var steps = concrete.Any(act => act is { Kind: ActKind.Assign, Value: Act.Best })
                ? await WithBest(db, actor, row.Number, acts, book, now)
                : ActPlan.Of(standing, concrete, now, ChangeTags.MostOnOne);
            planned.Add(new(row.Number, row.Customer, row.Subject, BulkOutcome.Of(steps, leaveOut), steps));
        }

        return planned;
    }

    /// <summary>Who is best is another one for each.</summary>
    private static async Task<IReadOnlyList<Step>> WithBest(HeliotropeDb db, Actor actor, long number, IReadOnlyList<Act> acts, ActBook book, DateTimeOffset now) =>
        (await Perform.Plan(db, await db.Conversations.AsNoTracking().SingleAsync(c => c.Number == number), acts, actor, now, book))
        .Match(steps => steps, refusal => [new(0, acts[0], Effect.Refused, Refusal: refusal)]);

    /// <summary>An act as a form has it: its code, a colon and its value.</summary>
    public static ActBody Read(string text) => text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var at ? new(text[..at], text[(at + 1)..]) : new(text, "");

    /// <summary>Acts as a form has them.</summary>
    public static string Write(Act act) => act.Value.Length == 0 ? act.Code : string.Create(CultureInfo.InvariantCulture, $"{act.Code}:{act.Value}");
}
