using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.Promises;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.OwnFields;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Customers;

/// <summary>Something that a customer wrote, in a list across conversations.</summary>
/// <param name="Entry">The entry's id.</param>
/// <param name="Conversation">The conversation's number.</param>
/// <param name="Subject">What that is about; may be empty.</param>
/// <param name="At">When, in UTC.</param>
/// <param name="Text">The new words, or their beginning.</param>
/// <param name="Inbound">Whether they wrote it; else it is what we answered.</param>
/// <param name="Author">Who wrote it.</param>
public sealed record SaidLine(long Entry, long Conversation, string Subject, DateTimeOffset At, string Text, bool Inbound, string Author);

/// <summary>A conversation as a mark on the line of a customer's life with us.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Subject">What it is about; may be empty.</param>
/// <param name="At">When they first wrote, in UTC.</param>
/// <param name="End">confirmed, thanked, silent or unhappy; null while it is open.</param>
public sealed record LifeTalk(long Number, string Subject, DateTimeOffset At, string? End);

/// <summary>A day on which a customer used the product.</summary>
/// <param name="Day">The day here.</param>
/// <param name="Count">How many events.</param>
/// <param name="Names">What they did, the most frequent first.</param>
public sealed record LifeDay(DateOnly Day, int Count, IReadOnlyList<string> Names);

/// <summary>A customer's life with us on one line.</summary>
/// <param name="Purchases">What they bought, the latest 100, oldest first.</param>
/// <param name="Talks">When they wrote, the latest 100, oldest first.</param>
/// <param name="Days">When they used the product: days of the latest 1,000 events, oldest first.</param>
public sealed record Life(IReadOnlyList<PurchaseDetails> Purchases, IReadOnlyList<LifeTalk> Talks, IReadOnlyList<LifeDay> Days)
{
    private const int Most = 100, MostEvents = 1_000;

    /// <summary>Whether there is anything to draw.</summary>
    public bool Any => Purchases.Count + Talks.Count + Days.Count > 0;

    /// <summary>What was paid in each currency.</summary>
    public IEnumerable<Money> Sums => Purchases.GroupBy(p => p.Currency, StringComparer.Ordinal).Select(g => new Money(g.Sum(p => p.Amount), g.Key)).OrderByDescending(m => m.Amount);

    internal static async Task<Life> Of(HeliotropeDb db, long customer)
    {
        var purchases = await db.Purchases.AsNoTracking().Where(p => p.CustomerId == customer).OrderByDescending(p => p.At).Take(Most).ToListAsync();
        var talks = await db.Conversations.WithoutSpam().Where(c => c.CustomerId == customer).OrderByDescending(c => c.LastActivityAt).Take(Most)
            .Select(c => new { c.Number, c.Subject, At = c.HappinessStartedAt ?? c.LastActivityAt, c.HappinessEnd }).ToListAsync();
        var events = await db.ProductEvents.AsNoTracking().Where(e => e.CustomerId == customer).OrderByDescending(e => e.At).Take(MostEvents).Select(e => new { e.At, e.Name }).ToListAsync();
        return new(
            [.. purchases.OrderBy(p => p.At).Select(p => new PurchaseDetails(p.ShopId, p.At, p.What, p.Amount, p.Currency, p.Link))],
            [.. talks.OrderBy(t => t.At).Select(t => new LifeTalk(t.Number, t.Subject, t.At, t.HappinessEnd?.ToString().ToLowerInvariant()))],
            [.. events.GroupBy(e => Zone.DayOf(e.At)).OrderBy(g => g.Key).Select(g => new LifeDay(g.Key, g.Count(), [.. g.GroupBy(e => e.Name, StringComparer.Ordinal).OrderByDescending(n => n.Count()).Take(5).Select(n => n.Key)]))]);
    }
}

/// <summary>Somebody who may be the same person.</summary>
/// <param name="Id">Their id.</param>
/// <param name="Name">Their name.</param>
/// <param name="Email">Their address.</param>
/// <param name="SamePhone">They share a phone; else a name and an organisation.</param>
public sealed record Lookalike(long Id, string Name, string Email, bool SamePhone);

/// <summary>Everything that a customer's page shows.</summary>
/// <param name="Customer">Who it is.</param>
/// <param name="Life">Purchases, conversations and use on one line.</param>
/// <param name="Said">What they wrote and what we answered, the latest first.</param>
/// <param name="Earlier">The entry before which to go on; null when there is no more.</param>
/// <param name="Promises">What became of each promise to them, in the order in which they were made.</param>
/// <param name="Lookalikes">Who may be the same person.</param>
/// <param name="Organisations">Names to choose from.</param>
/// <param name="MayWork">Whether the viewer may change anything.</param>
/// <param name="Form">What the form holds after an answer that could not be taken.</param>
public sealed record ProfileView(
    CustomerDetails Customer, Life Life, IReadOnlyList<SaidLine> Said, long? Earlier, IReadOnlyList<PromiseState> Promises, IReadOnlyList<Lookalike> Lookalikes, IReadOnlyList<string> Organisations,
    bool MayWork, Shell.FormState? Form)
{
    /// <summary>What happened in their life, as far as it holds now.</summary>
    public IReadOnlyList<LifeEvents.LifeEventDetails> LifeEvents { get; init; } = [];
}

/// <summary>Reads what a customer's page shows.</summary>
internal static class Profile
{
    public const int SaidAtOnce = 20;
    private const int MostPromises = 500, LongestWords = 600, MostLookalikes = 5, MostOrganisations = 500;

    public static async Task<List<PromiseState>> Promises(HeliotropeDb db, long customer)
    {
        var states = await db.Promises.Where(p => p.CustomerId == customer).OrderByDescending(p => p.Id).Take(MostPromises).Select(p => p.State).ToListAsync();
        states.Reverse();
        return states;
    }

    /// <summary>What they bought last, for beside a conversation.</summary>
    public static async Task<List<PurchaseDetails>> Bought(HeliotropeDb db, long customer) =>
        (await db.Purchases.AsNoTracking().Where(p => p.CustomerId == customer).OrderByDescending(p => p.At).Take(3).ToListAsync()).ConvertAll(p => new PurchaseDetails(p.ShopId, p.At, p.What, p.Amount, p.Currency, p.Link));

    public static async Task<List<SaidLine>> Said(HeliotropeDb db, long customer, long? before)
    {
        var mine = db.Conversations.WithoutSpam().Where(c => c.CustomerId == customer);
        var entries = db.Entries.Where(e => e.Kind == EntryKind.Message);
        entries = before is { } place ? entries.Where(e => e.Id < place) : entries;
        var rows = await entries.Join(mine, e => e.ConversationNumber, c => c.Number, (e, c) => new { e.Id, c.Number, c.Subject, e.At, Text = e.Text.Substring(0, LongestWords), e.Direction, e.FromName, e.FromAddress })
            .OrderByDescending(r => r.Id).Take(SaidAtOnce + 1).ToListAsync();
        return rows.ConvertAll(r => new SaidLine(r.Id, r.Number, r.Subject, r.At, r.Text.Storable(LongestWords), r.Direction is Direction.In, r.FromName.Length > 0 ? r.FromName : r.FromAddress ?? ""));
    }

    /// <summary>Those who have a phone of theirs, or their name within their organisation.</summary>
    public static async Task<List<Lookalike>> Lookalikes(HeliotropeDb db, long id)
    {
        var key = await db.Customers.Where(c => c.Id == id).Select(c => new { c.NameKey, c.OrganisationId }).SingleAsync();
        var phones = db.CustomerPhones.Where(p => p.CustomerId == id).Select(p => p.Digits);
        var sharing = db.CustomerPhones.Where(p => p.CustomerId != id && phones.Contains(p.Digits)).Select(p => p.CustomerId);
        var byPhone = db.Customers.Where(c => sharing.Contains(c.Id));
        var byName = db.Customers.Where(c => c.Id != id && c.NameKey == key.NameKey && c.OrganisationId != null && c.OrganisationId == key.OrganisationId);
        var found = await Rows(byPhone, true);
        found.AddRange((await Rows(byName, false)).Where(c => !found.Exists(f => f.Id == c.Id)));
        return found;

        static Task<List<Lookalike>> Rows(IQueryable<Customer> customers, bool phone) => customers.OrderBy(c => c.Id).Take(MostLookalikes)
            .Select(c => new Lookalike(c.Id, c.Name, c.Addresses.OrderBy(a => a.Id).First().Address, phone)).ToListAsync();
    }

    public static Task<List<string>> Organisations(HeliotropeDb db) => db.Organisations.OrderBy(o => o.NameKey).Take(MostOrganisations).Select(o => o.Name).ToListAsync();
}
