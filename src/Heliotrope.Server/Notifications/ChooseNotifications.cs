using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Notifications;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Notifications;

/// <summary>How somebody wants to be told.</summary>
/// <param name="Told">Where, by reason; a reason that is missing stays as it is.</param>
/// <param name="Rhythm">How soon by mail.</param>
/// <param name="QuietFrom">When quiet hours begin, on the desk's clock; null or empty for none.</param>
/// <param name="QuietTo">When they end.</param>
internal sealed record ChooseBody(IReadOnlyDictionary<Reason, Told> Told, MailRhythm Rhythm, string? QuietFrom, string? QuietTo);

/// <summary>Chooses of what, where and when one is told. Everybody for themselves.</summary>
internal sealed class ChooseNotifications(Store store)
{
    public async Task<Refusal?> Run(Actor actor, ChooseBody body, CancellationToken cancel)
    {
        if (!actor.MayRead || actor.Kind is not ActorKind.Person || actor.Id is not { } user)
        {
            return Refusal.NotAllowed;
        }

        if (!ReadHours(body, out var quiet))
        {
            return Refusal.Invalid("quiet.malformed", "Quiet hours have a beginning and another end, such as 18:00 and 8:00.", "quietFrom");
        }

        return await store.Write<Refusal?>(
            async db =>
            {
                foreach (var (reason, told) in body.Told)
                {
                    await Set(db, user, reason, told, cancel);
                }

                var times = await TimesOf(db, user, cancel);
                (times.Rhythm, times.QuietFrom, times.QuietTo, times.Language) = (body.Rhythm, quiet?.From, quiet?.To, Words.Language);
                if (body.Rhythm is MailRhythm.Off)
                {
                    await db.Notifications.Where(n => n.UserId == user && n.ReadAt == null && n.MailedAt == null).ExecuteUpdateAsync(set => set.SetProperty(n => n.Mail, false), cancel);
                }

                return null;
            },
            cancel);
    }

    /// <summary>Not for this reason: neither at the bell nor by mail.</summary>
    public Task<Refusal?> Off(Actor actor, Reason reason, CancellationToken cancel) => actor.MayRead && actor.Person is { } user
        ? store.Write<Refusal?>(
            async db =>
            {
                await Set(db, user, reason, Told.Nowhere, cancel);
                await db.Notifications.Where(n => n.UserId == user && n.Reason == reason && n.ReadAt == null).ExecuteDeleteAsync(cancel);
                db.Notified.Add(user);
                return null;
            },
            cancel)
        : Task.FromResult<Refusal?>(Refusal.NotAllowed);

    /// <summary>Writes to them in this language from now on.</summary>
    public Task<Refusal?> Speak(Actor actor, string language, CancellationToken cancel) => actor.MayRead && actor.Person is { } user
        ? store.Write<Refusal?>(
            async db =>
            {
                (await TimesOf(db, user, cancel)).Language = language;
                return null;
            },
            cancel)
        : Task.FromResult<Refusal?>(Refusal.NotAllowed);

    /// <summary>No mail for these reasons any more; the bell stays as it was.</summary>
    public static async Task MailOff(HeliotropeDb db, long user, IReadOnlyList<Reason> reasons, CancellationToken cancel)
    {
        var mine = await NotificationSettings.Of(db, user);
        foreach (var reason in reasons)
        {
            await Set(db, user, reason, mine.Told[reason] with { Mail = false }, cancel);
        }

        await db.Notifications.Where(n => n.UserId == user && reasons.Contains(n.Reason) && n.ReadAt == null).ExecuteUpdateAsync(set => set.SetProperty(n => n.Mail, false), cancel);
    }

    public static async Task<NotificationTimes> TimesOf(HeliotropeDb db, long user, CancellationToken cancel) =>
        await db.NotificationTimes.FindAsync([user], cancel) ?? db.NotificationTimes.Add(new() { UserId = user, Language = Words.Language }).Entity;

    private static async Task Set(HeliotropeDb db, long user, Reason reason, Told told, CancellationToken cancel)
    {
        var choice = await db.NotificationChoices.FindAsync([user, reason], cancel) ?? db.NotificationChoices.Add(new() { UserId = user, Reason = reason }).Entity;
        (choice.Bell, choice.Mail) = (told.Bell, told.Mail);
    }

    private static bool ReadHours(ChooseBody body, out QuietHours? quiet)
    {
        quiet = null;
        if (string.IsNullOrWhiteSpace(body.QuietFrom) && string.IsNullOrWhiteSpace(body.QuietTo))
        {
            return true;
        }

        if (Minute(body.QuietFrom) is { } from && Minute(body.QuietTo) is { } to && from != to)
        {
            quiet = new(from, to);
        }

        return quiet is not null;
    }

    private static int? Minute(string? time) =>
        TimeOnly.TryParseExact(time?.Trim(), ["H:mm", "HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? (at.Hour * 60) + at.Minute : null;

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapPost("/notifications/off", async (HttpContext http, ChooseNotifications choose) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            return BecauseWords.Find(form["reason"]) is not { } reason
                ? Pages.Refused(Refusal.Invalid("reason.unknown", "There is no such reason.", "reason"))
                : await choose.Off(http.Actor(), reason, http.RequestAborted) is { } refusal ? Pages.Refused(refusal) : Results.LocalRedirect("/notifications?off=" + BecauseWords.NameOf(reason));
        }).ForReaders();
        desk.MapPost("/me/notifications", async (HttpContext http, ChooseNotifications choose, MePages me) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            var told = Enum.GetValues<Reason>().ToDictionary(reason => reason, reason => new Told(form["bell"].Contains(BecauseWords.NameOf(reason)), form["mail"].Contains(BecauseWords.NameOf(reason))));
            var rhythm = Enum.GetValues<MailRhythm>().FirstOrDefault(one => RhythmName(one) == form["rhythm"]);
            var body = new ChooseBody(told, rhythm, form["quietFrom"], form["quietTo"]);
            return await choose.Run(http.Actor(), body, http.RequestAborted) switch
            {
                null => Results.LocalRedirect("/me?kept=yes"),
                { Code: "quiet.malformed" } refusal => await me.Show(http, Pages.Again(refusal, ("quietFrom", body.QuietFrom), ("quietTo", body.QuietTo))),
                { } refusal => Pages.Refused(refusal),
            };
        }).ForReaders();
    }

    public static string RhythmName(MailRhythm rhythm) => Codes.Of(rhythm);
}
