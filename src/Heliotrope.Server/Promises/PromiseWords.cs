using Heliotrope.Core.Promises;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Promises;

/// <summary>Promises as a page shows them: a shape and a word for each state.</summary>
internal static class PromiseWords
{
    /// <summary>open, risk, kept-early, kept, renegotiated or broken.</summary>
    public static string State(PromiseDetails promise) => promise.State switch
    {
        PromiseState.Open => promise.AtRisk ? "risk" : "open",
        PromiseState.KeptEarly => "kept-early",
        PromiseState.Kept => "kept",
        PromiseState.Renegotiated => "renegotiated",
        PromiseState.Broken => "broken",
    };

    public static string Tone(PromiseDetails promise) => promise.State switch
    {
        PromiseState.Open => promise.AtRisk ? "sun" : "violet",
        PromiseState.KeptEarly or PromiseState.Kept => "leaf",
        PromiseState.Renegotiated => "sky",
        PromiseState.Broken => "clay",
    };

    /// <summary>Something can still be done about it.</summary>
    public static bool IsNotDone(PromiseDetails promise) => promise.State is PromiseState.Open or PromiseState.Broken && promise.DoneAt is null;

    /// <summary>By when, as a person says it: a day where only a day was said.</summary>
    public static string Due(PromiseDetails promise, Viewer viewer)
    {
        if (!promise.DayOnly)
        {
            return When.Day(promise.Due, viewer.Now, viewer.Zone);
        }

        var (there, today) = (TimeZoneInfo.ConvertTime(promise.Due, viewer.Zone).Date, TimeZoneInfo.ConvertTime(viewer.Now, viewer.Zone).Date);
        return there == today ? Words.T("promise.today")
            : there == today.AddDays(1) ? Words.T("promise.tomorrow")
            : there == today.AddDays(-1) ? Words.T("promise.yesterday")
            : there.ToString(Words.T("when.format.day"), System.Globalization.CultureInfo.CurrentCulture);
    }

    /// <summary>How much time is left, or by how much it is late.</summary>
    public static string Left(PromiseDetails promise, Viewer viewer) => promise.Due >= viewer.Now
        ? Words.T("promise.left", When.Length(promise.Due - viewer.Now))
        : Words.T("promise.late", When.Length(viewer.Now - promise.Due));
}
