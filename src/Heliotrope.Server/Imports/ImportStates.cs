using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Imports;

/// <summary>What the operations on an import have in common: it is known, and in a state in which this can be done.</summary>
internal static class ImportStates
{
    private const int LongestName = 200;

    public static Refusal NotNow { get; } = new(RefusalKind.Conflict, "import.not-now", "This cannot be done with the import as it stands.");

    public static Refusal Unknown(long id) => new(RefusalKind.NotFound, "import.unknown", $"There is no import {id}.");

    public static async Task<Result<ImportDetails>> Change(Store store, ImportBell bell, Actor actor, string what, DateTimeOffset now, long id, ImportState[] from, Action<Import> change)
    {
        var result = await store.Write<Result<ImportDetails>>(
            actor,
            async db =>
            {
                if (await db.Imports.FindAsync(id) is not { } import)
                {
                    return Unknown(id);
                }

                if (!from.Contains(import.State))
                {
                    return NotNow;
                }

                change(import);
                db.Audit.Add(AuditLine.Of(actor, $"import.{what}", import.Name.Storable(LongestName), now));
                db.TouchedWithin.Add(Import.News);
                return ImportDetails.Of(import);
            },
            CancellationToken.None);
        bell.Ring();
        bell.DryRuns.Ring();
        return result;
    }
}
