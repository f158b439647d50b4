using Heliotrope.Core;
using Heliotrope.Core.Moments;
using Heliotrope.Core.Recovery;
using Heliotrope.Server.Coach;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Happiness;
using Heliotrope.Server.Shell;
using Heliotrope.Server.Views;

namespace Heliotrope.Server.Morning;

/// <summary>One figure of the page in words, with what leads to its conversations.</summary>
/// <param name="Section">The heading that it stands below.</param>
/// <param name="Says">What it is.</param>
/// <param name="Count">The figure.</param>
/// <param name="Href">The address within the desk.</param>
internal sealed record MorningLine(string Section, string Says, int Count, string Href);

/// <summary>The page as lines, for a table and for mail: the same figures, and no words of a customer's.</summary>
internal static class MorningLines
{
    public static IReadOnlyList<MorningLine> Of(MorningView view) => [.. view.Team is { } team ? Team(team) : [], .. Mine(view.Mine)];

    /// <summary>What leads do about it, what presses most first; what is nothing is left out.</summary>
    public static IReadOnlyList<MorningLine> ToDo(TeamMorning team)
    {
        var section = Words.T("morning.do");
        List<MorningLine> lines =
        [
            .. Enum.GetValues<RecoveryWait>().Select(wait => new MorningLine(section, Words.T("morning.wait." + Codes.Of(wait)), team.Waits.GetValueOrDefault(wait), "/recoveries")),
            new(section, Words.T("morning.overdue"), team.OverdueNow, Ends.OverdueHref(new())),
            new(section, Words.T("morning.nobody"), team.NobodyHas, new QueueRequest { Query = "is:open with:nobody" }.Href()),
            new(section, Words.T("morning.promises"), team.PromisesAtRisk, "/day"),
        ];
        return lines.FindAll(line => line.Count > 0);
    }

    public static string Href(TeamMorning team, DriverHurt hurt) => Ends.Href(team.From, team.To, "unhappy", new(Driver: hurt.Driver));

    public static string Href(TeamMorning team, WorstFriction worst) => new QueueRequest(null, team.From, team.To, Filter: new(Driver: worst.Driver)) { Figure = worst.Part }.Href();

    /// <summary>The conversations that a colleague has open.</summary>
    public static string Href(NeedsHelp help) => new QueueRequest { Query = $"is:open with:{ViewFields.Quoted(help.Name)}" }.Href();

    public static string Say(LearnThis learn) => learn.Remark is { } remark
        ? Words.T("morning.learn.remark", Words.T("coaching.kind." + RemarkNames.Of(remark)), learn.Count)
        : Words.T("morning.learn.step", Words.T("recovery.step." + Codes.Of(learn.Step!.Value)), learn.Count);

    public static string Say(NeedsHelp help) => string.Join(" · ", new[]
    {
        help.Overdue > 0 ? Words.Count("morning.help.overdue", help.Overdue) : null,
        help.Recoveries > 0 ? Words.Count("morning.help.recoveries", help.Recoveries) : null,
        help.Misery > 0 ? Words.Count("morning.help.misery", help.Misery) : null,
    }.OfType<string>());

    private static IEnumerable<MorningLine> Team(TeamMorning team)
    {
        foreach (var hurt in team.Hurts)
        {
            yield return new(Words.T("morning.hurts"), Words.T("morning.hurts.says", hurt.Name ?? Words.T("happiness.driver.none"), hurt.Unhappy, hurt.Ended), hurt.Unhappy, Href(team, hurt));
        }

        foreach (var (worst, driver) in team.Frictions)
        {
            yield return new(Words.T("morning.hurts"), Words.T("friction.worst.says", Words.T("friction.part." + worst.Part), driver ?? Words.T("happiness.driver.none"), worst.Count), worst.Count, Href(team, worst));
        }

        foreach (var line in ToDo(team))
        {
            yield return line;
        }

        foreach (var help in team.Help)
        {
            yield return new(Words.T("morning.help"), $"{help.Name}: {Say(help)}", help.Overdue + help.Recoveries + help.Misery, Href(help));
        }
    }

    private static IEnumerable<MorningLine> Mine(MyMorning mine)
    {
        var section = Words.T("morning.mine");
        yield return new(section, Words.T("morning.promises.overdue"), mine.Overdue, "/day");
        yield return new(section, Words.T("morning.promises.risk"), mine.AtRisk, "/day");
        yield return new(section, Words.T("morning.promises.today"), mine.Today, "/day");
        yield return new(section, Words.T("morning.recoveries"), mine.RecoveriesInAll, "/recoveries");
        yield return new(section, Words.T("morning.run"), mine.Run, "/consistency?by=person#groups");
        yield return new(section, Words.T("morning.misery"), mine.Moments.Count(m => m.Grade is MomentGrade.Misery), "/consistency?by=person#groups");
        if (mine.Learn is { } learn)
        {
            yield return new(Words.T("morning.learn"), Say(learn), learn.Count, learn.Href);
        }
    }
}
