using System.Globalization;
using Heliotrope.Core.Acts;
using Heliotrope.Server.Acts;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Bulk;

/// <summary>What can be done to many, to choose from; and what of it would change, in words.</summary>
internal static class BulkMenus
{
    public const int MostSample = 12;
    private const int MostChoices = 60;
    private static readonly string[] Rests = ["PT4H", "P1D", "P2D", "P1W", "P2W"];

    public static IReadOnlyList<BulkMenu> Of(ActBook book)
    {
        BulkAct Offer(ActKind kind, string value = "") => new(BulkPlan.Write(new(kind, value)), ActWords.Describe(new(kind, value), book));
        IReadOnlyList<BulkAct> All(ActKind kind, IEnumerable<string> first, IEnumerable<string> values) => [.. first.Concat(values.Take(MostChoices)).Select(value => Offer(kind, value))];
        return
        [
            new("assign", All(ActKind.Assign, [Act.Me, Act.Best, ""], book.Workers.Select(user => Text(user.Id)))),
            new("team", All(ActKind.Team, [""], book.Names.Teams.Select(team => Text(team.Id)))),
            new("tag", All(ActKind.Tag, [], book.Tags.Order(StringComparer.CurrentCultureIgnoreCase)), "tag"),
            new("untag", All(ActKind.Untag, [], book.Tags.Order(StringComparer.CurrentCultureIgnoreCase)), "untag"),
            new("driver", All(ActKind.Driver, [""], book.Names.Drivers.Select(driver => Text(driver.Id)))),
            new("later", All(ActKind.Snooze, [], Rests), "snooze"),
            new("resolve", [Offer(ActKind.Resolve)]),
            new("reopen", [Offer(ActKind.Reopen)]),
            new("note", [], "note", Long: true),
            new("spam", [Offer(ActKind.Spam), Offer(ActKind.NotSpam)]),
        ];
    }

    public static BulkPreview Preview(IReadOnlyList<Planned> planned, IReadOnlyList<Act> acts, ActBook book)
    {
        var change = planned.Where(plan => plan.Outcome.Effect is Effect.Changes).ToList();
        return new(
            change.Count,
            planned.Count(plan => plan.Outcome.Effect is Effect.Same),
            [.. planned.Where(plan => plan.Outcome.Refusal is not null).GroupBy(plan => (plan.Outcome.Refusal!.Code, plan.Outcome.Refusal.About)).Select(group => Group(group.Key.Code, Words.OfRefusal(group.First().Outcome.Refusal!), group))],
            [.. change.SelectMany(plan => plan.Outcome.Beware.Select(code => (code, plan))).GroupBy(each => each.code, each => each.plan).Select(group => Group(group.Key, "", group))],
            [.. acts.Select((act, index) => new BulkActCount(
                ActWords.Describe(act, book),
                change.Count(plan => plan.Steps.Any(step => step.Index == index && step.Effect is Effect.Changes)),
                planned.Count(plan => plan.Outcome.Refusal is null && plan.Steps.Any(step => step.Index == index && step.Effect is Effect.Same))))],
            change.Exists(plan => plan.Steps.Any(step => step is { Act.Kind: ActKind.Resolve, Effect: Effect.Changes })));
    }

    private static BulkGroup Group(string code, string words, IEnumerable<Planned> planned)
    {
        var all = planned.ToList();
        return new(code, words, all.Count, [.. all.Take(MostSample).Select(plan => new BulkRow(plan.Number, plan.Customer, plan.Subject))]);
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
