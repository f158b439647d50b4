using Heliotrope.Core.Rules;
using Heliotrope.Server.Acts;

namespace Heliotrope.Server.Rules;

/// <summary>A rule as programs write it. What is left out stays as it is; a new rule begins with nothing.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="On">It runs. Only a rule whose present version has been tried can be switched on.</param>
/// <param name="When">began, customer-wrote, we-answered, resolved, reopened, said-no, waits, promise-at-risk, promise-broken or snooze-ended.</param>
/// <param name="WaitMinutes">For waits: after how many minutes, from 5 to 129600.</param>
/// <param name="WorkingTime">For waits: those minutes are the team's working time.</param>
/// <param name="If">Which conversations, in the language of the search; empty for all.</param>
/// <param name="Message">What must hold of the message that set it off.</param>
/// <param name="Then">What it does, at least one act.</param>
/// <param name="Stop">When it ran, no further rule does.</param>
/// <param name="Place">Its place in the order, from 1.</param>
public sealed record RuleBody(
    string? Name = null, bool? On = null, string? When = null, int? WaitMinutes = null, bool? WorkingTime = null, string? If = null, IReadOnlyList<MessageBody?>? Message = null,
    IReadOnlyList<ActBody?>? Then = null, bool? Stop = null, int? Place = null);

/// <summary>A condition on the message that set off a rule.</summary>
/// <param name="Field">words, from, to, file or machine.</param>
/// <param name="Not">It must not be so.</param>
/// <param name="Value">Words, addresses or domains, apart by commas; left out for file and machine.</param>
public sealed record MessageBody(string? Field, bool Not = false, string? Value = null);

/// <summary>A rule.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
/// <param name="On">It runs.</param>
/// <param name="OnSince">Since when (UTC); null while it does not.</param>
/// <param name="OffBecause">Why Heliotrope switched it off: the code of the refusal that came again and again; null when it did not.</param>
/// <param name="Tried">Its present version has been tried.</param>
/// <param name="When">What sets it off.</param>
/// <param name="WaitMinutes">For waits: after how many minutes.</param>
/// <param name="WorkingTime">Those are the team's working time.</param>
/// <param name="If">Which conversations.</param>
/// <param name="Message">What must hold of the message.</param>
/// <param name="Then">What it does, with ids for names.</param>
/// <param name="Stop">When it ran, no further rule does.</param>
/// <param name="Place">Its place in the order, from 1.</param>
/// <param name="Version">Goes up when what it does changes.</param>
/// <param name="Owner">Who wrote it last.</param>
/// <param name="ChangedAt">When (UTC).</param>
/// <param name="Demo">Part of the demo company.</param>
public sealed record RuleDetails(
    long Id, string Name, bool On, DateTimeOffset? OnSince, string? OffBecause, bool Tried, string When, int? WaitMinutes, bool WorkingTime, string If, IReadOnlyList<MessageBody> Message,
    IReadOnlyList<ActBody> Then, bool Stop, int Place, int Version, string Owner, DateTimeOffset ChangedAt, bool Demo)
{
    internal static RuleDetails Of(Rule rule) => new(
        rule.Id, rule.Name, rule.IsOn, rule.OnSince, rule.OffBecause.Length > 0 ? rule.OffBecause : null, rule.TriedVersion == rule.Version, RuleTriggers.CodeOf(rule.Trigger),
        rule.Trigger is RuleTrigger.Waits ? rule.Minutes : null, rule.WorkingTime, rule.Query,
        MessageCondition.FromJson(rule.Message).Match<IReadOnlyList<MessageBody>>(all => [.. all.Select(c => new MessageBody(CodeOf(c.Field), c.Not, c.Value))], _ => []),
        Core.Acts.ActList.FromJson(rule.Acts).Match(ActBodies.Write, _ => []),
        rule.Stop, rule.Place, rule.Version, rule.OwnerName, rule.ChangedAt, rule.Demo);

    internal static string CodeOf(MessageField field) => field.ToString().ToLowerInvariant();
}
