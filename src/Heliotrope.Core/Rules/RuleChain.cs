using Heliotrope.Core.Acts;

namespace Heliotrope.Core.Rules;

/// <summary>A rule as far as deciding needs it.</summary>
/// <param name="Id">The id.</param>
/// <param name="Trigger">What sets it off.</param>
/// <param name="Message">What must hold of the message that set it off.</param>
/// <param name="Acts">What it does.</param>
/// <param name="Stop">When it ran, no further rule does.</param>
public sealed record RulePlan(long Id, RuleTrigger Trigger, IReadOnlyList<MessageCondition> Message, IReadOnlyList<Act> Acts, bool Stop);

/// <summary>What came of a rule.</summary>
public enum RuleOutcome
{
    /// <summary>It changed something.</summary>
    Done,
    /// <summary>All was so already.</summary>
    Nothing,
    /// <summary>It could not be done, and nothing was changed.</summary>
    Refused,
}

/// <summary>
/// What one outside event sets off. The rules are gone through once, from the first to the last, and what they do is no event: so it ends after at
/// most as many runs as there are rules, whatever they say (docs/decisions/0029).
/// </summary>
public static class RuleChain
{
    /// <summary>Runs the rules for what happened to one conversation.</summary>
    /// <param name="rules">Those that are on, in their order.</param>
    /// <param name="happened">What happened from outside.</param>
    /// <param name="message">The message that came or went; null when none did.</param>
    /// <param name="asksFor">Whether the rest of a rule's conditions hold for the conversation as it stands then.</param>
    /// <param name="run">Does what a rule says; told whether a rule before it has written to the customer, since one event is answered once.</param>
    /// <returns>The rules that ran, in order, and what came of each.</returns>
    public static async Task<IReadOnlyList<(long Rule, RuleOutcome Outcome)>> Run(
        IReadOnlyList<RulePlan> rules, IReadOnlySet<RuleTrigger> happened, MessageFacts? message, Func<RulePlan, Task<bool>> asksFor, Func<RulePlan, bool, Task<RuleOutcome>> run)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(happened);
        ArgumentNullException.ThrowIfNull(asksFor);
        ArgumentNullException.ThrowIfNull(run);
        var ran = new List<(long, RuleOutcome)>();
        var written = false;
        foreach (var rule in rules)
        {
            if (!happened.Contains(rule.Trigger) || !rule.Message.All(condition => condition.Holds(message)) || !await asksFor(rule))
            {
                continue;
            }

            var outcome = await run(rule, written);
            ran.Add((rule.Id, outcome));
            written |= outcome is RuleOutcome.Done && rule.Acts.Any(act => act.Kind is ActKind.Reply);
            if (rule.Stop && outcome is not RuleOutcome.Refused)
            {
                break;
            }
        }

        return ran;
    }
}
