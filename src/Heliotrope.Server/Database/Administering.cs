using Heliotrope.Core;
using Heliotrope.Core.People;

namespace Heliotrope.Server.Database;

/// <summary>What administrators alone may change.</summary>
internal static class Administering
{
    /// <summary>Changes it and reads what it is then, in one transaction.</summary>
    /// <param name="store">The database.</param>
    /// <param name="actor">Who changes it.</param>
    /// <param name="change">The change; a refusal leaves everything as it was.</param>
    /// <param name="read">Reads what it is then.</param>
    /// <param name="cancel">Given up.</param>
    public static async Task<Result<T>> Administer<T>(this Store store, Actor actor, Func<HeliotropeDb, Task<Refusal?>> change, Func<HeliotropeDb, Task<T>> read, CancellationToken cancel) => actor.MayAdminister
        ? await store.Write<Result<T>>(
            async db =>
            {
                if (await change(db) is { } refusal)
                {
                    return refusal;
                }

                await db.SaveChangesAsync(cancel);
                return await read(db);
            },
            cancel)
        : Refusal.NotAllowed;
}
