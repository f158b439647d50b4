using System.Globalization;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Macros;
using Heliotrope.Core.People;
using Heliotrope.Core.Promises;
using Heliotrope.Server.Customers;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Macros;

/// <summary>What stands in the merge fields of a conversation. Nothing is guessed: what is not known is missing.</summary>
internal static class MacroValues
{
    /// <summary>The customer's language, which decides which words are taken and how dates are written.</summary>
    public static async Task<string?> Language(HeliotropeDb db, Conversation conversation) =>
        await db.Customers.Where(c => c.Id == conversation.CustomerId).Select(c => c.Language).FirstOrDefaultAsync()
        ?? await db.Readings.Where(r => r.ConversationNumber == conversation.Number).Select(r => r.Language).FirstOrDefaultAsync();

    public static async Task<IReadOnlyDictionary<string, string>> Of(HeliotropeDb db, Conversation conversation, Actor actor, string? language)
    {
        var customer = await db.Customers.Where(c => c.Id == conversation.CustomerId)
            .Select(c => new { c.Name, Address = c.Addresses.OrderBy(a => a.Id).Select(a => a.Address).FirstOrDefault() }).SingleAsync();
        var name = CustomerWords.Greeting(customer.Name);
        var due = await db.Promises.Where(p => p.ConversationNumber == conversation.Number && p.State == PromiseState.Open).OrderBy(p => p.DueAt).Select(p => (DateTimeOffset?)p.DueAt).FirstOrDefaultAsync();
        var team = await db.Teams.Where(t => t.Id == conversation.TeamId).Select(t => t.Name).FirstOrDefaultAsync();
        var agent = actor.Kind is ActorKind.Person ? actor.Name : "";
        var values = new Dictionary<string, string?>
        {
            ["customer.name"] = name,
            ["customer.first_name"] = MacroText.FirstName(name),
            ["customer.email"] = customer.Address,
            ["agent.name"] = agent,
            ["agent.first_name"] = MacroText.FirstName(agent),
            ["conversation.number"] = conversation.Number.ToString(CultureInfo.InvariantCulture),
            ["conversation.subject"] = conversation.Subject,
            ["desk.name"] = (await Organisation.Of(db)).Name,
            ["team.name"] = team,
            ["promise.due"] = due is { } at ? Day(at, language) : null,
        };
        return values.Where(each => each.Value is { Length: > 0 }).ToDictionary(each => each.Key, each => MacroText.Harmless(each.Value!));
    }

    /// <summary>"Friday 14 August, 15:00", in the words of their language.</summary>
    private static string Day(DateTimeOffset at, string? language)
    {
        var culture = CultureInfo.GetCultureInfo(CustomerWords.Languages.Contains(language ?? "") ? language! : "en");
        return TimeZoneInfo.ConvertTime(at, Zone.Here).ToString(culture.TwoLetterISOLanguageName == "de" ? "dddd, d. MMMM, H:mm" : "dddd d MMMM, H:mm", culture);
    }
}
