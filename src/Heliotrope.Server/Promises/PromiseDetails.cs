using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Targets;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Heliotrope.Server.Promises;

/// <summary>Something we told a customer we would do (docs/method.md, A3).</summary>
/// <param name="Id">The id.</param>
/// <param name="Text">What, in the words in which it was said.</param>
/// <param name="Due">After this instant it is broken (UTC).</param>
/// <param name="DayOnly">Only a day was said; <paramref name="Due"/> is the end of our work on it.</param>
/// <param name="Owner">Who does it.</param>
/// <param name="State">open, kept-early, kept, renegotiated or broken.</param>
/// <param name="AtRisk">It is open, and little time is left.</param>
/// <param name="MadeAt">When it was made (UTC).</param>
/// <param name="DoneAt">When it was done (UTC), for a broken one too; null while it is not.</param>
/// <param name="Entry">The message of ours that says it; null when it was said elsewhere.</param>
/// <param name="Follows">The promise that it stands in the place of; null for most.</param>
public sealed record PromiseDetails(
    long Id, string Text, DateTimeOffset Due, bool DayOnly, UserRef Owner, PromiseState State, bool AtRisk, DateTimeOffset MadeAt, DateTimeOffset? DoneAt, long? Entry, long? Follows);

/// <summary>Reads promises.</summary>
internal static class PromiseList
{
    /// <summary>More in one conversation than anybody can keep.</summary>
    private const int Most = 200;

    /// <summary>Those of a conversation, in the order in which they were made.</summary>
    public static async Task<IReadOnlyList<PromiseDetails>> In(HeliotropeDb db, long number, DateTimeOffset now) =>
        [.. (await (
            from promise in db.Promises.AsNoTracking()
            where promise.ConversationNumber == number
            join owner in db.Users on promise.OwnerId equals owner.Id
            orderby promise.Id
            select new { promise, Owner = new UserRef(owner.Id, owner.Name, owner.Email!) }).Take(Most).ToListAsync())
            .Select(row => Of(row.promise, row.Owner, now))];

    public static PromiseDetails Of(Promise p, UserRef owner, DateTimeOffset now) =>
        new(p.Id, p.Text, p.DueAt, p.DayOnly, owner, p.State, p.State is PromiseState.Open && now >= p.RiskAt, p.MadeAt, p.DoneAt, p.EntryId, p.FollowsId);
}

/// <summary>Reads by when something is promised, as programs and forms write it.</summary>
internal static class PromiseDue
{
    private static readonly string[] LocalTimes = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"];

    /// <summary>A day, a time on our clock, or a time with its offset.</summary>
    /// <param name="text">ISO 8601.</param>
    /// <param name="hours">When we work: a day ends with our work on it, and a time without an offset is on their clock.</param>
    /// <returns>When, and whether only a day was said; refused with <c>promise.due</c>.</returns>
    public static Result<(DateTimeOffset At, bool DayOnly)> Read(string? text, WorkingHours hours)
    {
        var given = (text ?? "").Trim();
        if (DateOnly.TryParseExact(given, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1 and < 9999)
        {
            return (new DueBy(LocalDate.FromDateOnly(day), null).At(hours), true);
        }

        if (DateTime.TryParseExact(given, LocalTimes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is > 1 and < 9999)
        {
            return (DateTimeZoneProviders.Tzdb[hours.Zone].AtLeniently(LocalDateTime.FromDateTime(local)).ToDateTimeOffset().ToUniversalTime(), false);
        }

        return given.Length > 10 && DateTimeOffset.TryParse(given, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) && at.Year is > 1 and < 9999
            ? (at.ToUniversalTime(), false)
            : Refusal.Invalid("promise.due", "By when is a day such as 2026-12-04, or a time such as 2026-12-04T15:00.", "due");
    }

    /// <summary>As a field for a day and a time holds it.</summary>
    public static string Local(DateTimeOffset at) => SnoozeChoices.Local(at, Zone.Here);
}
