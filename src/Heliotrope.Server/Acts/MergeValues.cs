using System.Globalization;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.Macros;
using Heliotrope.Core.OwnFields;
using Heliotrope.Core.People;
using Heliotrope.Core.Promises;
using Heliotrope.Server.Customers;
using Heliotrope.Server.Database;
using Heliotrope.Server.OwnFields;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Acts;

/// <summary>What stands in the merge fields of a conversation. Nothing is guessed: what is not known is missing.</summary>
internal static class MergeValues
{
    /// <summary>The customer's language, which decides which words are taken and how dates are written.</summary>
    public static async Task<string?> Language(HeliotropeDb db, Conversation conversation) =>
        await db.Customers.Where(c => c.Id == conversation.CustomerId).Select(c => c.Language).FirstOrDefaultAsync()
        ?? await db.Readings.Where(r => r.ConversationNumber == conversation.Number).Select(r => r.Language).FirstOrDefaultAsync();

    public static async Task<IReadOnlyDictionary<string, string>> Of(HeliotropeDb db, Conversation conversation, Actor actor, string? language)
    {
        var customer = await db.Customers.Where(c => c.Id == conversation.CustomerId)
            .Select(c => new { c.Name, c.Zone, c.OrganisationId, Address = c.Addresses.OrderBy(a => a.Id).Select(a => a.Address).FirstOrDefault() }).SingleAsync();
        var name = CustomerWords.Greeting(customer.Name);
        var due = await db.Promises.Where(p => p.ConversationNumber == conversation.Number && p.State == PromiseState.Open).OrderBy(p => p.DueAt).Select(p => (DateTimeOffset?)p.DueAt).FirstOrDefaultAsync();
        var agent = actor.Kind is ActorKind.Person ? actor.Name : "";
        var theirs = new Dictionary<string, string?>
        {
            ["customer.name"] = name,
            ["customer.first_name"] = MacroText.FirstName(name),
            ["customer.email"] = customer.Address,
            ["conversation.subject"] = conversation.Subject,
            ["organisation.name"] = await db.Organisations.Where(o => o.Id == customer.OrganisationId).Select(o => o.Name).FirstOrDefaultAsync(),
        };
        await Own(db, theirs, FieldTarget.Customer, conversation.CustomerId);
        await Own(db, theirs, FieldTarget.Organisation, customer.OrganisationId);
        await Own(db, theirs, FieldTarget.Conversation, conversation.Number);
        var ours = new Dictionary<string, string?>
        {
            ["agent.name"] = agent,
            ["agent.first_name"] = MacroText.FirstName(agent),
            ["conversation.number"] = conversation.Number.ToString(CultureInfo.InvariantCulture),
            ["desk.name"] = (await Organisation.Of(db)).NameAt(conversation.OurAddress),
            ["team.name"] = await db.Teams.Where(t => t.Id == conversation.TeamId).Select(t => t.Name).FirstOrDefaultAsync(),
            ["promise.due"] = due is { } at ? Day(at, customer.Zone, language) : null,
        };

        // Words of a stranger go into a mail that nobody wrote only when they can be no link and no address.
        return theirs.Where(each => actor.Kind is not ActorKind.Rule || StrangerWords.ArePlain(each.Value ?? "")).Concat(ours)
            .Where(each => each.Value is { Length: > 0 }).ToDictionary(each => each.Key, each => MacroText.Harmless(each.Value!));
    }

    /// <summary>All fields that can be filled, those of this desk's own last.</summary>
    public static async Task<IReadOnlyList<string>> Fields(HeliotropeDb db) =>
        [.. MacroText.Fields, .. (await db.OwnFields.OrderBy(f => f.Target).ThenBy(f => f.Id).Select(f => new { f.Target, f.Name }).ToListAsync()).Select(f => MacroText.Own(f.Target, f.Name))];

    private static async Task Own(HeliotropeDb db, Dictionary<string, string?> values, FieldTarget target, long? id)
    {
        foreach (var field in id is null ? [] : await FieldRows.Of(db, target, id.Value))
        {
            values[MacroText.Own(target, field.Name)] = field.Value;
        }
    }

    /// <summary>"Friday 14 August, 15:00", in the words of their language and on their clock, where it is known.</summary>
    private static string Day(DateTimeOffset at, string? zone, string? language)
    {
        var culture = CultureInfo.GetCultureInfo(CustomerWords.Languages.Contains(language ?? "") ? language! : "en");
        var local = TheirTime.In(zone, at)?.Local ?? TimeZoneInfo.ConvertTime(at, Zone.Here).DateTime;
        return local.ToString(culture.TwoLetterISOLanguageName == "de" ? "dddd, d. MMMM, H:mm" : "dddd d MMMM, H:mm", culture);
    }
}
