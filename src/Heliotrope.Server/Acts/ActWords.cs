using System.Globalization;
using Heliotrope.Core.Acts;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Acts;

/// <summary>What acts are called, for people.</summary>
internal static class ActWords
{
    /// <summary>"Give it to Ada", "Put the tag refund on it". What is gone says so.</summary>
    public static string Describe(Act act, ActBook book) => act.Kind switch
    {
        ActKind.Assign => act.Value switch
        {
            "" => Words.T("act.assign.nobody"),
            Act.Me => Words.T("act.assign.me"),
            Act.Best => Words.T("act.assign.best"),
            _ => Words.T("act.assign", book.User(act.Value)?.Name ?? Words.T("act.gone")),
        },
        ActKind.Team => act.Value.Length == 0 ? Words.T("act.team.none") : Words.T("act.team", book.Team(act.Value)?.Name ?? Words.T("act.gone")),
        ActKind.Driver => act.Value.Length == 0 ? Words.T("act.driver.none") : Words.T("act.driver", book.Driver(act.Value)?.Name ?? Words.T("act.gone")),
        ActKind.Snooze when RestFor.Length(act.Value) is { } length => Words.T("act.snooze", LengthOf(length)),
        ActKind.Snooze => Words.T("act.snooze.until", Instant(act.Value)),
        ActKind.Note or ActKind.Reply => Words.T("act." + act.Code, Short(act.Value)),
        ActKind.Notify => Words.T("act.notify", Told(act.Value, book)),
        ActKind.Tag or ActKind.Untag or ActKind.Resolve or ActKind.Reopen or ActKind.Spam or ActKind.NotSpam => Words.T("act." + act.Code, act.Value),
    };

    /// <summary>What an act does to one conversation, in a sentence.</summary>
    public static string Outcome(Step step, ActBook book) => step.Effect switch
    {
        Effect.Changes when step.Beware is { } beware => $"{Describe(step.Act, book)}. {Words.T("act.beware." + beware)}",
        Effect.Changes => Describe(step.Act, book),
        Effect.Same => Words.T("act.same", Describe(step.Act, book)),
        Effect.Refused => Words.T("act.refused", Describe(step.Act, book), Words.OfRefusal(step.Refusal!)),
    };

    /// <summary>How long something rests: "2 days", "4 hours", "90 minutes".</summary>
    public static string LengthOf(TimeSpan length) =>
        length.Ticks % TimeSpan.TicksPerDay == 0 ? Words.Count("act.days", (long)length.TotalDays)
        : length.Ticks % TimeSpan.TicksPerHour == 0 ? Words.Count("act.hours", (long)length.TotalHours)
        : Words.Count("act.minutes", (long)length.TotalMinutes);

    private static string Told(string value, ActBook book) =>
        value == Act.Assignee ? Words.T("act.notify.assignee")
        : value.StartsWith("user:", StringComparison.Ordinal) ? book.User(value[5..])?.Name ?? Words.T("act.gone")
        : book.Team(value[5..])?.Name ?? Words.T("act.gone");

    private static string Instant(string value) => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
        ? TimeZoneInfo.ConvertTime(at, Zone.Here).ToString("g", CultureInfo.CurrentCulture)
        : value;

    private static string Short(string words)
    {
        const int most = 80;
        var line = string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= most ? line : string.Concat(line.AsSpan(0, most), "…");
    }
}
