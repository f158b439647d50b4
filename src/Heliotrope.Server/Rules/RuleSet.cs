using Heliotrope.Core.Acts;
using Heliotrope.Core.People;
using Heliotrope.Core.Rules;
using Heliotrope.Core.Search;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Rules;

/// <summary>A rule, read and ready.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
/// <param name="Version">Which version.</param>
/// <param name="Plan">What it says.</param>
/// <param name="Query">Which conversations.</param>
/// <param name="Wait">How long the customer has waited.</param>
/// <param name="WorkingTime">That is the team's working time.</param>
/// <param name="OnSince">Since when it is on (UTC); what was due before is not its matter.</param>
/// <param name="Owner">Whose it is: what they may not see, it does not touch.</param>
internal sealed record LiveRule(long Id, string Name, int Version, RulePlan Plan, Query Query, TimeSpan Wait, bool WorkingTime, DateTimeOffset OnSince, Actor Owner)
{
    public Actor Actor => Actor.Rule(Id, Name);

    /// <summary>Null when what was kept cannot be read any more: then it does nothing, rather than something else.</summary>
    public static LiveRule? Of(Rule rule, Actor owner)
    {
        var (message, acts, query) = (MessageCondition.FromJson(rule.Message), ActList.FromJson(rule.Acts), Query.Read(rule.Query));
        return message.Refusal is null && acts.Refusal is null && query.Problems.Count == 0
            ? new(rule.Id, rule.Name, rule.Version, new(rule.Id, rule.Trigger, message.Value, acts.Value, rule.Stop), query, TimeSpan.FromMinutes(rule.Minutes), rule.WorkingTime, rule.OnSince ?? DateTimeOffset.MaxValue, owner)
            : null;
    }
}

/// <summary>The rules that are on, in their order. Kept until one changes.</summary>
internal sealed class RuleSet(IReadOnlyList<LiveRule> rules)
{
    /// <summary>Of more rules nobody would know what they do together.</summary>
    public const int Most = 200;

    public IReadOnlyList<LiveRule> All => rules;

    public static async Task<RuleSet> Of(HeliotropeDb db)
    {
        var rows = await db.Rules.AsNoTracking().Where(r => r.IsOn).OrderBy(r => r.Place).ThenBy(r => r.Id).Take(Most).ToListAsync();
        var owners = rows.Select(r => r.OwnerId).ToList();
        var people = await db.Users.Where(u => owners.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => new Actor(ActorKind.Person, u.Id, u.Name, u.Role));
        return new([.. rows.Select(r => LiveRule.Of(r, OwnerOf(r, people))).OfType<LiveRule>()]);
    }

    /// <summary>A person as they are now; a program, or somebody who is gone, with the role of then.</summary>
    public static Actor OwnerOf(Rule rule, IReadOnlyDictionary<long, Actor> people) =>
        rule.OwnerId is { } id && people.GetValueOrDefault(id) is { } person ? person : new(ActorKind.ApiKey, null, rule.OwnerName, rule.OwnerRole);
}
