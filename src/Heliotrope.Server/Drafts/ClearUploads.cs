using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Drafts;

/// <summary>Clears files that were put beside no words and that nobody came back for. Where there are words, both are kept.</summary>
internal sealed class ClearUploads(Store store, TimeProvider time, ILogger<ClearUploads> log)
    : Worker(TimeSpan.FromHours(1), "Files left behind could not be cleared", log)
{
    /// <summary>Whoever was called away comes back within a week.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    protected override async Task<TimeSpan> Look(CancellationToken cancel)
    {
        await Clear(cancel);
        return Every;
    }

    /// <summary>Clears what was left behind by now, and says from how many drafts.</summary>
    public Task<int> Clear(CancellationToken cancel) => store.Write(
        db =>
        {
            var before = time.Now() - Kept;
            return db.Drafts
                .Where(d => d.SendAt == null && !d.Apart && d.UpdatedAt < before && string.IsNullOrWhiteSpace(d.Text) && string.IsNullOrWhiteSpace(d.Recipient) && string.IsNullOrWhiteSpace(d.Subject))
                .Where(d => !db.Uploads.Any(u => u.DraftId == d.Id && u.CreatedAt >= before))
                .ExecuteDeleteAsync(cancel); // with their files
        },
        cancel);
}
