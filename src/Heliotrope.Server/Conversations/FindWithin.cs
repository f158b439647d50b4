using System.Globalization;
using Heliotrope.Core.Conversations;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Conversations;

/// <summary>What was looked for in a conversation, and where it is.</summary>
/// <param name="Words">What was looked for.</param>
/// <param name="Hits">The entries that have it, in the order of time.</param>
/// <param name="At">Which of them is shown, from 1; 0 when there are none.</param>
public sealed record FoundWithin(string Words, IReadOnlyList<long> Hits, int At)
{
    /// <summary>The entry that is shown; null when nothing was found.</summary>
    public long? Entry => At == 0 ? null : Hits[At - 1];
}

/// <summary>Looks through what was said in one conversation, folded parts too.</summary>
internal static class FindWithin
{
    /// <summary>Longer than anybody looks for.</summary>
    public const int LongestWords = 200;

    private const int Most = 5_000;
    private const CompareOptions Loosely = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace;

    /// <param name="db">The database.</param>
    /// <param name="number">The conversation.</param>
    /// <param name="words">What to look for: as it stands, but for case and accents.</param>
    /// <param name="hit">Which to show, from 1; the newest when that is none.</param>
    public static async Task<FoundWithin> Of(HeliotropeDb db, long number, string words, int? hit)
    {
        var hits = new List<long>();
        var entries = db.Entries.Where(e => e.ConversationNumber == number && e.Kind != EntryKind.Event).OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(Most)
            .Select(e => new { e.Id, e.Text, e.FromName, Files = e.Attachments.Select(a => a.Name).ToList() });
        await foreach (var entry in entries.AsAsyncEnumerable())
        {
            if (Has(entry.Text, words) || Has(entry.FromName, words) || entry.Files.Exists(name => Has(name, words)))
            {
                hits.Add(entry.Id);
            }
        }

        hits.Reverse();
        return new(words, hits, hits.Count == 0 ? 0 : hit is { } wanted && wanted >= 1 && wanted <= hits.Count ? wanted : hits.Count);
    }

    // In words without a language, so that it is the same for everybody.
    private static bool Has(string text, string words) => CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, words, Loosely) >= 0;
}
