using Heliotrope.Core.Conversations;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>A conversation behind a figure.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Customer">Whose it is.</param>
/// <param name="At">When the customer wrote (UTC), or it began.</param>
/// <param name="Ending">How it ended, as in <c>Ends.All</c>.</param>
public sealed record BehindRow(long Number, string Subject, string Customer, DateTimeOffset At, string Ending);

/// <summary>A page of the conversations behind a figure, the newest first.</summary>
/// <param name="Count">How many there are in all.</param>
/// <param name="Rows">The page.</param>
/// <param name="More">The number before which the next page is; null when this is the last.</param>
public sealed record BehindRows(int Count, IReadOnlyList<BehindRow> Rows, long? More)
{
    private const int PageSize = 50;

    internal static async Task<BehindRows> Of(HeliotropeDb db, IQueryable<Conversation> conversations, long? before)
    {
        var rows = await conversations.Where(c => before == null || c.Number < before).OrderByDescending(c => c.Number).Take(PageSize + 1)
            .Select(c => new { c.Number, c.Subject, Customer = db.Customers.Where(p => p.Id == c.CustomerId).Select(p => p.Name).First(), At = c.HappinessStartedAt ?? c.CreatedAt, c.HappinessEnd })
            .ToListAsync();
        return new(
            await conversations.CountAsync(),
            [.. rows.Take(PageSize).Select(row => new BehindRow(row.Number, row.Subject, row.Customer, row.At, row.HappinessEnd?.ToString().ToLowerInvariant() ?? "unanswered"))],
            rows.Count > PageSize ? rows[PageSize - 1].Number : null);
    }
}
