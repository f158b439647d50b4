using System.Globalization;
using Heliotrope.Core.Happiness;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Happiness;

/// <summary>The weeks of the page in sentences.</summary>
internal static class WeeksSay
{
    /// <summary>How long it took those who wrote in the newest week of which anybody has confirmed, beside the week just before it.</summary>
    public static string Times(IReadOnlyList<HappinessWeek> weeks)
    {
        if (weeks.LastOrDefault(week => week.Confirmed is not null) is not { Confirmed: { } spread } newest)
        {
            return Words.T("happiness.times.none");
        }

        var (monday, length) = (newest.Monday.ToString(Words.T("when.format.day"), CultureInfo.CurrentCulture), When.Length(spread.Median));
        var change = Change.OfTimes(spread, weeks.FirstOrDefault(week => week.Monday == newest.Monday.AddDays(-7))?.Confirmed);
        return change.By == TimeSpan.Zero ? Words.T("happiness.times.says", monday, length)
            : Words.T(change.By < TimeSpan.Zero ? "happiness.times.sooner" : "happiness.times.later", monday, length, When.Length(change.By.Duration()));
    }

    /// <summary>How many first answers came on time.</summary>
    public static string FirstAnswers(AnswersView answers)
    {
        var (kept, late) = (answers.Weeks.Sum(week => week.FirstKept), answers.Weeks.Sum(week => week.FirstLate));
        return kept + late == 0 ? Words.T("answers.none") : Words.T("answers.first.says", kept, kept + late, late);
    }

    /// <summary>How many later answers came on time; null when none was due.</summary>
    public static string? NextAnswers(AnswersView answers) => answers.NextKept + answers.NextLate is > 0 and var all
        ? Words.T("answers.next.says", answers.NextKept, all, answers.NextLate)
        : null;
}
