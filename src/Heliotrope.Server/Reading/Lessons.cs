using Heliotrope.Core.Reading;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Reading;

/// <summary>Reads every lesson, for readings from now on.</summary>
internal static class Lessons
{
    /// <summary>A bound on what is looked for in each message; the oldest are forgotten first.</summary>
    private const int Most = 2_000;

    public static async Task<LearnedWords> Of(HeliotropeDb db)
    {
        var newest = await db.Lessons.AsNoTracking().OrderByDescending(l => l.Id).Take(Most).ToListAsync();
        newest.Reverse();
        return new(newest.Select(l => new Taught(l.Sign, l.LifeEvent, l.Words, l.Counts)));
    }
}
