using Heliotrope.Core.Notifications;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Heliotrope.Server.Notifications;

/// <summary>How a person wants to be told.</summary>
/// <param name="Told">Where, by reason.</param>
/// <param name="Rhythm">How soon by mail.</param>
/// <param name="Quiet">When not; null for no such hours.</param>
/// <param name="Language">The language of mails to them.</param>
public sealed record MyNotifications(IReadOnlyDictionary<Reason, Told> Told, MailRhythm Rhythm, QuietHours? Quiet, string Language)
{
    /// <summary>Whether nothing is to ring now.</summary>
    public bool IsQuietAt(DateTimeOffset at) => MailTimes.IsQuiet(Quiet, at, DeskZone);

    /// <summary>The desk's zone as the rules know it; where the tz database has no such name, UTC.</summary>
    public static DateTimeZone DeskZone { get; } =
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone.Here.HasIanaId ? Zone.Here.Id : TimeZoneInfo.TryConvertWindowsIdToIanaId(Zone.Here.Id, out var iana) ? iana : "UTC") ?? DateTimeZone.Utc;
}

/// <summary>Reads how a person wants to be told.</summary>
internal sealed class NotificationSettings(Store store)
{
    public Task<MyNotifications> Of(Actor actor) => store.Read(db => Of(db, actor.Id ?? 0));

    public static async Task<MyNotifications> Of(HeliotropeDb db, long user)
    {
        var chosen = await db.NotificationChoices.Where(c => c.UserId == user).ToDictionaryAsync(c => c.Reason, c => new Told(c.Bell, c.Mail));
        var times = await db.NotificationTimes.AsNoTracking().FirstOrDefaultAsync(t => t.UserId == user);
        return new(
            Enum.GetValues<Reason>().ToDictionary(reason => reason, reason => chosen.TryGetValue(reason, out var told) ? told : Told.Usually(reason)),
            times?.Rhythm ?? MailRhythm.TenMinutes, times?.Quiet, times?.Language ?? "en");
    }
}
