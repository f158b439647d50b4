using System.Globalization;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Targets;
using NodaTime.Text;

namespace Heliotrope.Core.Tests.Promises;

/// <summary>What is found in some words, said on Wednesday 18 March 2026 at half past ten in Berlin, where we work from nine to five.</summary>
internal static class Said
{
    public static WorkingHours Berlin { get; } = WorkingHours.Parse("Europe/Berlin", "Mon-Fri 09:00-17:00", "").Value;

    public static IReadOnlyList<FoundPromise> Promises(string words, string now = "2026-03-18T10:30", WorkingHours? hours = null) =>
        PromiseFinder.In(words, (hours ?? Berlin).When(LocalDateTimePattern.GeneralIso.Parse(now + ":00").Value)[0], hours ?? Berlin);

    /// <summary>The due dates of what is promised, such as <c>2026-03-19T15:00</c>, <c>2026-03-19</c> or <c>vague</c>, each after a space; <c>none</c> when nothing is.</summary>
    public static string Dues(string words, string now = "2026-03-18T10:30", WorkingHours? hours = null) =>
        Promises(words, now, hours) is { Count: > 0 } found ? string.Join(' ', found.Select(Due)) : "none";

    public static string Due(FoundPromise found) => found.Due is { } due
        ? due.Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) + due.Time?.ToString("'T'HH:mm", CultureInfo.InvariantCulture)
        : "vague";
}
