using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Merging;

/// <summary>Which entries of a conversation go elsewhere. What happened stays: it happened there.</summary>
internal static class Chosen
{
    /// <summary>So many are named one by one; "from here on" takes as many as there are.</summary>
    private const int MostNamed = 500;

    public static async Task<Result<IReadOnlyList<long>>> Of(HeliotropeDb db, long number, IReadOnlyList<long>? named, long? from, CancellationToken cancel)
    {
        if (named?.Count > MostNamed)
        {
            return Refusal.Invalid("split.too-many", $"At most {MostNamed} are named one by one.", "entries");
        }

        var all = await db.Entries.Where(e => e.ConversationNumber == number && e.Kind != EntryKind.Event)
            .OrderBy(e => e.At).ThenBy(e => e.Id).Select(e => new { e.Id, IsMessage = e.Kind == EntryKind.Message }).ToListAsync(cancel);
        var chosen = from is { } first ? all.SkipWhile(e => e.Id != first).ToList() : all.FindAll(e => named?.Contains(e.Id) is true);
        if (chosen.Count == 0 || !chosen.Exists(e => e.IsMessage) || (from is null && chosen.Count != named!.Distinct().Count()))
        {
            return Refusal.Invalid("split.nothing", "At least one message of this conversation goes along, and nothing of another.", "entries");
        }

        return all.Count(e => e.IsMessage) == chosen.Count(e => e.IsMessage)
            ? Refusal.Invalid("split.all", "At least one message stays. To move all of them, merge the conversations.", "entries")
            : chosen.ConvertAll(e => e.Id);
    }
}
