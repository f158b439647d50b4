using System.Globalization;
using Heliotrope.Core.Happiness;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Happiness;

/// <summary>This month against the month before in sentences: which way, and by how much.</summary>
internal static class MonthsSay
{
    public static string Days(MonthsView months) =>
        Words.T("months.days", Day(months.Now.Days.From), Day(months.Now.Days.To), Day(months.Before.Days.From), Day(months.Before.Days.To));

    public static string Wrote(MonthsView months)
    {
        var (now, before) = (months.Now.Ends.Total, months.Before.Ends.Total);
        return Change.OfCounts(now, before) switch
        {
            { Few: true } => Words.Count("months.wrote.few", now, before),
            { By: > 0 and var more } => Words.T("months.wrote.more", now, more),
            { By: < 0 and var fewer } => Words.T("months.wrote.fewer", now, -fewer),
            _ => Words.T("months.wrote.same", now),
        };
    }

    public static string Time(MonthsView months)
    {
        var change = Change.OfTimes(months.Now.Confirmed, months.Before.Confirmed);
        if (change.Few || months.Now.Confirmed is not { } spread)
        {
            return Words.T("months.time.few");
        }

        var length = When.Length(spread.Median);
        return change.By == TimeSpan.Zero ? Words.T("months.time.same", length)
            : Words.T(change.By < TimeSpan.Zero ? "months.time.sooner" : "months.time.later", length, When.Length(change.By.Duration()));
    }

    /// <summary>How a share has changed.</summary>
    public static string Share(Change<int> change) => change switch
    {
        { Few: true } => Words.T("months.share.few"),
        { By: > 0 } => Words.T("months.share.more", change.By),
        { By: < 0 } => Words.T("months.share.fewer", -change.By),
        _ => Words.T("months.share.same"),
    };

    private static string Day(DateOnly day) => day.ToString(Words.T("when.format.day"), CultureInfo.CurrentCulture);
}
