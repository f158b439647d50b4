using System.Globalization;
using Heliotrope.Core.Acts;
using Heliotrope.Core.People;
using Heliotrope.Core.Rules;
using Heliotrope.Server.Database;
using Heliotrope.Server.Rules;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Demo;

/// <summary>Three rules of the demo company, for its own teams alone: two that run, and one that waits to be tried.</summary>
internal static class DemoRules
{
    public static async Task<bool> Write(HeliotropeDb db, DateTimeOffset now)
    {
        var teams = await db.Teams.Where(t => t.Demo).ToDictionaryAsync(t => t.Name, t => t.Id);
        if (!teams.TryGetValue("Workshop", out var workshop) || !teams.ContainsKey("Beans and orders") || await db.Rules.AnyAsync(r => r.Demo))
        {
            return false;
        }

        var owner = await db.Users.Where(u => u.Demo && u.Role == Role.Lead).OrderBy(u => u.Id).Select(u => new { u.Id, u.Name }).FirstOrDefaultAsync();
        var place = await db.Rules.CountAsync();
        Rule Add(string name, RuleTrigger trigger, string query, IEnumerable<MessageCondition> message, bool on, params Act[] acts) => db.Rules.Add(new()
        {
            Name = name,
            Place = ++place,
            IsOn = on,
            OnSince = on ? now : null,
            Trigger = trigger,
            Query = query,
            Message = MessageCondition.ToJson(message),
            Acts = ActList.ToJson(acts),
            TriedVersion = on ? 1 : 0,
            OwnerId = owner?.Id,
            OwnerName = owner?.Name ?? "",
            OwnerRole = Role.Lead,
            ChangedAt = now,
            Demo = true,
        }).Entity;

        Add(
            "Broken machines to the workshop", RuleTrigger.Began, "team:\"Beans and orders\"", [new(MessageField.Words, false, "grinder, leaks, does not start, error, startet nicht")], true,
            new(ActKind.Team, workshop.ToString(CultureInfo.InvariantCulture)), new(ActKind.Assign, Act.Best));
        var waits = Add("Nobody waits over lunch", RuleTrigger.Waits, "team:\"Beans and orders\",Workshop is:unassigned", [], true, new Act(ActKind.Assign, Act.Best), new(ActKind.Notify, Act.Assignee));
        (waits.Minutes, waits.WorkingTime) = (120, true);
        Add("Say that refunds take three days", RuleTrigger.CustomerWrote, "team:\"Beans and orders\" driver:\"Return or refund\"", [new(MessageField.Words, false, "refund, money back, Geld zurück")], false,
            new(ActKind.Tag, "refund"), new(ActKind.Reply, "Hello {{customer.first_name | there}},\n\nyour message about the refund is here. The bank takes about three working days once one of us has approved it; a person answers you first."));
        return true;
    }
}
