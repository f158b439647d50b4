using Heliotrope.Core.Acts;
using Heliotrope.Core.Rules;
using Heliotrope.Server.Acts;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Rules;

/// <summary>Rules, runs and tries in words.</summary>
internal static class RuleWords
{
    public static RuleSaid Of(RuleDetails rule, ActBook book) => new(
        rule.Id, rule.Name, rule.On ? "on" : rule.OffBecause is not null ? "broken" : rule.Tried ? "off" : "untried", When(rule), If(rule), [.. Acts(rule.Then, book)], rule.Stop,
        rule.OffBecause is { } code ? Refusal(code, null) : null, rule.Owner, rule.ChangedAt, rule.OnSince, rule.Demo);

    public static RunSaid Of(RuleRunDetails run, ActBook book) => new(
        run.Id, run.At, run.Conversation, run.Subject, run.Outcome, run.Outcome switch
        {
            RuleOutcome.Done => [.. Acts(run.Acts, book)],
            RuleOutcome.Nothing => [Words.T("rules.run.nothing")],
            RuleOutcome.Refused => [Words.T("rules.run.refused", Refusal(run.Refusal ?? "", run.About))],
        },
        run.Undoable, run.TakenBack);

    public static TrySaid Of(RuleTry tried, ActBook book, string? more)
    {
        var fine = new List<string>();
        if (!tried.Complete)
        {
            fine.Add(Words.T("rules.try.partly", tried.CountedFrom));
        }

        if (tried.JudgedToday.Count > 0)
        {
            fine.Add(Words.T("rules.try.today", string.Join(", ", tried.JudgedToday)));
        }

        if (tried.Matched > 0)
        {
            fine.Add(Words.T("rules.try.acts-today"));
        }

        return new(
            tried.Matched == 0 ? Words.Count("rules.try.none", tried.Events) : Words.Count("rules.try.found", tried.Matched, tried.Events), fine,
            [.. tried.Items.Select(item => new MatchSaid(item.At, item.Conversation, item.Subject, item.Customer, [.. item.Acts.Select(step => Outcome(step, book))]))], more);
    }

    private static string When(RuleDetails rule) => rule.When == "waits"
        ? Words.T(rule.WorkingTime ? "rule.when.waits.working" : "rule.when.waits.long", ActWords.LengthOf(TimeSpan.FromMinutes(rule.WaitMinutes ?? 0)))
        : Words.T("rule.when." + rule.When);

    private static List<string> If(RuleDetails rule)
    {
        var said = rule.Message.Select(condition =>
            Words.T("rule.message." + (condition.Not ? condition.Field + ".not" : condition.Field), condition.Value)).ToList();
        if (rule.If.Length > 0)
        {
            said.Add(rule.If);
        }

        return said;
    }

    private static IEnumerable<string> Acts(IEnumerable<ActBody> acts, ActBook book) =>
        acts.Select(act => Act.KindOf(act.Kind ?? "") is { } kind ? ActWords.Describe(new(kind, act.Value ?? ""), book) : act.Kind ?? "");

    private static string Outcome(RuleStep step, ActBook book)
    {
        var act = Act.KindOf(step.Kind) is { } kind ? ActWords.Describe(new(kind, step.Value), book) : "";
        return step.Effect switch
        {
            Effect.Changes => act,
            Effect.Same => Words.T("act.same", act),
            Effect.Refused => act.Length == 0 ? Refusal(step.Refusal ?? "", null) : Words.T("act.refused", act, Refusal(step.Refusal ?? "", null)),
        };
    }

    private static string Refusal(string code, string? about) => Words.OfRefusal(new(Core.RefusalKind.Conflict, code, Words.T("refusal.rule.failed"), About: about ?? ""));
}
