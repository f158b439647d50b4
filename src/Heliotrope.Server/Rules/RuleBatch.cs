using Heliotrope.Core.Conversations;
using Heliotrope.Core.Rules;
using Heliotrope.Server.Acts;
using Heliotrope.Server.Database;
using Heliotrope.Server.Search;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Rules;

/// <summary>
/// What rules ask while one write's conversations are gone through. Each rule's query is asked once for all of them; only a conversation that a rule
/// has changed is asked about again.
/// </summary>
internal sealed class RuleBatch(Store store, HeliotropeDb db, DateTimeOffset now, IReadOnlyList<long> numbers)
{
    private readonly Dictionary<long, HashSet<long>> _matching = [];
    private readonly HashSet<long> _changed = [];
    private ActBook? _book;

    public HeliotropeDb Db => db;

    /// <summary>The rules that were switched off on the way.</summary>
    public HashSet<long> GaveUp { get; } = [];

    public DateTimeOffset Now => now;

    /// <summary>Everybody and everything that acts name.</summary>
    public async Task<ActBook> Book() => _book ??= await ActBook.Of(db);

    /// <summary>A rule changed this one: what was asked before no longer holds of it.</summary>
    public void Changed(long number)
    {
        _changed.Add(number);
        _book = null; // a tag may be new
    }

    /// <summary>Whether a rule's query asks for this conversation as it stands now, and its owner may see it.</summary>
    public async Task<bool> AsksFor(LiveRule rule, long number)
    {
        if (!_changed.Contains(number))
        {
            if (!_matching.TryGetValue(rule.Id, out var matching))
            {
                _matching[rule.Id] = matching = await Matching(rule, numbers);
            }

            return matching.Contains(number);
        }

        return (await Matching(rule, [number])).Contains(number);
    }

    private async Task<HashSet<long>> Matching(LiveRule rule, IReadOnlyList<long> among)
    {
        var hidden = await store.HiddenFrom(rule.Owner);
        var found = Search.Matching.On(db, rule.Query, rule.Owner, now).Where(c => among.Contains(c.Number));
        if (hidden.Length > 0)
        {
            found = found.Where(c => c.TeamId == null || !hidden.Contains(c.TeamId.Value));
        }

        return await found.Select(c => c.Number).ToHashSetAsync();
    }

    /// <summary>The message among what happened; null when it was no message.</summary>
    public async Task<MessageFacts?> Message(long number, IReadOnlyList<Happening> happened)
    {
        var entries = happened.Select(h => h.Entry).ToList();
        return (await Facts(db, db.Entries.Where(e => e.ConversationNumber == number && entries.Contains(e.Id) && e.Kind == EntryKind.Message)).ToListAsync()).MinBy(f => f.Entry)?.Message;
    }

    /// <summary>What can be asked of messages.</summary>
    public static IQueryable<FactsOf> Facts(HeliotropeDb db, IQueryable<Entry> messages) =>
        messages.Join(db.Conversations, e => e.ConversationNumber, c => c.Number, (e, c) => new FactsOf(
            e.Id, new MessageFacts(e.FromAddress ?? c.OurAddress, c.OurAddress, c.Subject, e.Text, db.Attachments.Any(a => a.EntryId == e.Id), e.Author == Author.Machine || e.NoAutomaticAnswer)));

    /// <summary>Whether it was a rule that put this off last.</summary>
    public async Task<bool> WasPutOffByRule(long number) =>
        await db.Entries.Where(e => e.ConversationNumber == number && e.Kind == EntryKind.Event && e.Text == "snoozed").OrderByDescending(e => e.Id).Select(e => e.RuleId).FirstOrDefaultAsync() is not null;

    /// <summary>A message, with what can be asked of it.</summary>
    internal sealed record FactsOf(long Entry, MessageFacts Message);
}
