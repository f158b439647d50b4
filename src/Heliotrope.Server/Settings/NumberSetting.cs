using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Settings;

/// <summary>A setting that is one number within bounds.</summary>
/// <param name="Key">Under which it is kept.</param>
/// <param name="Least">The smallest it can be.</param>
/// <param name="Most">The largest.</param>
/// <param name="Action">What is noted when it changes.</param>
/// <param name="OutOfRange">The answer to any other number, and to none.</param>
internal sealed record NumberSetting(string Key, int Least, int Most, string Action, Refusal OutOfRange)
{
    /// <summary>Sets it, for administrators.</summary>
    public async Task<Refusal?> Set(Store store, Actor actor, int? number, DateTimeOffset now, CancellationToken cancel)
    {
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        if (number is not { } given || given < Least || given > Most)
        {
            return OutOfRange;
        }

        var text = given.ToString(CultureInfo.InvariantCulture);
        return await store.Write<Refusal?>(
            async db =>
            {
                await Organisation.Set(db, Key, text);
                db.Audit.Add(AuditLine.Of(actor, Action, text, now));
                return null;
            },
            cancel);
    }
}
