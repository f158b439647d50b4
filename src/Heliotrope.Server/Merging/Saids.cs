using System.Linq.Expressions;
using Heliotrope.Core.Conversations;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Merging;

/// <summary>Reads messages as far as the course of a conversation depends on them.</summary>
internal static class Saids
{
    /// <summary>Thanks are told by the first words; the rest of a long message says nothing about them.</summary>
    private const int Enough = 2_000;

    public static async Task<List<Said>> Of(HeliotropeDb db, Expression<Func<Entry, bool>> which, CancellationToken cancel) => await db.Entries.AsNoTracking()
        .Where(which).Where(e => e.Kind == EntryKind.Message)
        .OrderBy(e => e.At).ThenBy(e => e.Id)
        .Select(e => new Said(e.At, e.Direction!.Value, e.Author, e.Text.Substring(0, Enough), e.DueAt))
        .ToListAsync(cancel);
}
