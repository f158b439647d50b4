using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.Imports;
using Heliotrope.Core.Reading;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Reading;
using Heliotrope.Server.Shell;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Imports;

/// <summary>Takes in the conversations of another desk: what is new of them, each thing once, at its own time.</summary>
internal sealed class TakeInConversations(TakeIn reading)
{
    public async Task Write(ImportStep step, IReadOnlyList<(ForeignConversation Conversation, string Where)> batch, IReadOnlyDictionary<ForeignMessage, SpokenWords> words)
    {
        await TakeInPeople.Write(step, await NewAlong(step, batch));
        if (!step.Dry)
        {
            await step.Db.SaveChangesAsync(); // the ids of those who came along
        }

        var taken = step.Dry ? step.Seen.Conversations : new HashSet<string>(StringComparer.Ordinal);
        var people = await People(step, batch.Select(b => b.Conversation));
        var teams = await step.Here(ImportedKind.Team, batch.Select(b => b.Conversation.TeamId));
        var here = await step.Here(ImportedKind.Conversation, batch.Select(b => b.Conversation.Id));
        var filing = await ImportFiling.Of(step);
        foreach (var (foreign, where) in batch)
        {
            if (!taken.Add(ImportStep.IdOf(foreign.Id)))
            {
                step.Tally.Leave("twice", where, foreign.Subject);
                continue;
            }

            var spoken = Spoken.Of(foreign, people.GetValueOrDefault, words, Words.T("imports.files"));
            if (here.GetValueOrDefault(ImportStep.IdOf(foreign.Id)) is { ConversationNumber: { } number } row)
            {
                await Continue(step, foreign, where, spoken, number, row);
            }
            else
            {
                await Begin(step, foreign, spoken, people, teams.GetValueOrDefault(ImportStep.IdOf(foreign.TeamId))?.TeamId, filing);
            }
        }
    }

    private async Task Begin(ImportStep step, ForeignConversation foreign, IReadOnlyList<SpokenMessage> spoken, Dictionary<string, KnownPerson> people, long? team, ImportFiling filing)
    {
        var customer = await CustomerOf(step, foreign, people);
        var begun = spoken.Select(s => s.Said.At).Append(foreign.At).Min();
        var conversation = Conversation.Begin(customer, foreign.Subject.ReplaceLineEndings(" ").Storable(Conversation.MaxSubject), step.Organisation.UsualAddress ?? "", begun);
        var driver = filing.Driver(foreign.Type);
        conversation.FiledElsewhere(people.GetValueOrDefault(foreign.AssigneeId)?.User?.Id, team, driver);
        conversation.CameFrom($"{step.Import.Source} #{foreign.Number.Storable(50)}", begun);
        var history = new History(step.Rules.For(team, driver, conversation.OurAddress), step.Organisation.SilentAfterDays, step.Now);
        var entries = history.Play(conversation, [.. spoken.Select(s => s.Said)]);
        history.End(conversation, foreign.Standing, foreign.ResolvedAt);
        Count(step, conversation, spoken);
        step.Tally.Show(new(foreign.Number, conversation.Subject, spoken.Count, foreign.At, conversation.State.ToString().ToLowerInvariant(), conversation.WaitingSince));
        var tags = filing.Tags(step.Tally, driver is null && foreign.Type.Length > 0 ? [.. foreign.Tags, foreign.Type] : foreign.Tags);
        if (step.Dry)
        {
            return;
        }

        step.Db.Conversations.Add(conversation);
        var key = step.Db.Entry(conversation).Property(c => c.Number).CurrentValue;
        filing.Put(key, tags);
        await Understand(step.Db.Readings.Add(new(key)).Entity, conversation.Subject, spoken);
        var row = step.Remember(ImportedKind.Conversation, foreign.Id, made: true);
        row.ConversationNumber = key;
        RememberMessages(step, foreign, spoken, entries, key, row, conversation);
    }

    private async Task Continue(ImportStep step, ForeignConversation foreign, string where, IReadOnlyList<SpokenMessage> spoken, long number, Imported row)
    {
        var ids = (await step.Db.ImportedThings.Where(i => i.ConversationNumber == number && i.Kind == ImportedKind.Message).Select(i => i.ForeignId).ToListAsync()).ToHashSet(StringComparer.Ordinal);
        var fresh = spoken.Where(s => !ids.Contains(IdOf(foreign, s))).ToList();
        step.Tally.Add("conversations-here");
        step.Tally.Add("messages-here", spoken.Count - fresh.Count);
        if (fresh.Count == 0 || await step.Db.Conversations.FindAsync(number) is not { } conversation)
        {
            return;
        }

        // What lies before what is here would have to change figures that people have seen.
        var late = fresh.FindAll(s => s.Said.At < conversation.LastActivityAt);
        fresh.RemoveAll(late.Contains);
        late.ForEach(s => step.Tally.Leave("older", where, foreign.Subject));
        if (fresh.Count == 0)
        {
            return;
        }

        step.Tally.Add("continued");
        CountMessages(step, fresh);
        if (step.Dry)
        {
            return;
        }

        var history = new History(step.Rules.For(conversation), step.Organisation.SilentAfterDays, step.Now);
        var entries = history.Play(conversation, [.. fresh.Select(s => s.Said)]);
        history.End(conversation, foreign.Standing, foreign.ResolvedAt);
        if (await step.Db.Readings.FindAsync(number) is { } known)
        {
            await Understand(known, "", fresh);
        }

        step.Db.ChangeTracker.DetectChanges(); // the new entries get the stand-ins of their ids
        var tracked = await step.Db.ImportedThings.SingleAsync(i => i.Id == row.Id);
        RememberMessages(step, foreign, fresh, entries, number, tracked, conversation);
    }

    private async Task Understand(ConversationReading understood, string subject, IReadOnlyList<SpokenMessage> spoken)
    {
        foreach (var message in spoken.Where(s => s.Reading is not null).OrderBy(s => s.Said.At))
        {
            await reading.Understand(understood, TakeIn.Whole(subject, message.Said.Theirs!.Text), message.Reading!);
            subject = "";
        }
    }

    private static string IdOf(ForeignConversation foreign, SpokenMessage message) => ImportStep.IdOf($"{foreign.Id}/{message.Id}");

    private static void RememberMessages(ImportStep step, ForeignConversation foreign, IReadOnlyList<SpokenMessage> spoken, IReadOnlyList<Entry> entries, long number, Imported conversationRow, Conversation conversation)
    {
        for (var i = 0; i < spoken.Count; i++)
        {
            var row = step.Remember(ImportedKind.Message, $"{foreign.Id}/{spoken[i].Id}", made: true);
            row.ConversationNumber = number;
            row.EntryId = step.Db.Entry(entries[i]).Property(e => e.Id).CurrentValue;
        }

        conversationRow.EntryId = step.Db.Entry(conversation.Entries[^1]).Property(e => e.Id).CurrentValue;
    }

    private static void Count(ImportStep step, Conversation conversation, IReadOnlyList<SpokenMessage> spoken)
    {
        step.Tally.Add("conversations");
        step.Tally.Add(conversation.State switch
        {
            ConversationState.Open => "open",
            ConversationState.Waiting or ConversationState.Snoozed => "waiting",
            ConversationState.Resolved or ConversationState.Confirmed => "resolved",
        });
        CountMessages(step, spoken);
    }

    private static void CountMessages(ImportStep step, IReadOnlyList<SpokenMessage> spoken)
    {
        step.Tally.Add("messages", spoken.Count(s => s.Said.Voice is not Voice.Note));
        step.Tally.Add("notes", spoken.Count(s => s.Said.Voice is Voice.Note));
    }

    private static async Task<Customer> CustomerOf(ImportStep step, ForeignConversation foreign, Dictionary<string, KnownPerson> people)
    {
        var known = people.GetValueOrDefault(foreign.CustomerId);
        if (known?.CustomerId is { } id && !step.Dry)
        {
            return await step.Db.Customers.FindAsync(id) ?? throw new InvalidOperationException("A customer that was imported is gone, and what says so is not.");
        }

        var address = EmailAddress.TryParse(known?.Email, out var given) ? given : TakeInPeople.NoAddress(step.Import, foreign.CustomerId);
        if (step.Dry)
        {
            if (known is null && step.Seen.People.TryAdd(foreign.CustomerId, ImportSeen.Customer))
            {
                step.Tally.Add("people");
                step.Tally.Remark("no-address", foreign.Number, foreign.Subject);
            }

            return Customer.WithAddress(address, "", foreign.At);
        }

        // One of us asked; or nobody says who: what they said is kept all the same.
        var (customer, made) = await TakeInPeople.Customer(step, address, known?.Name ?? "", foreign.At);
        if (!await step.Db.ImportedThings.AnyAsync(i => i.Origin == step.Import.Origin && i.Kind == ImportedKind.Person && i.ForeignId == ImportStep.IdOf(foreign.CustomerId)))
        {
            step.Tally.Add(made ? "people" : "people-here");
            step.Remember(ImportedKind.Person, foreign.CustomerId, made).CustomerId = step.Db.Entry(customer).Property(c => c.Id).CurrentValue;
            await step.Db.SaveChangesAsync();
        }

        return customer;
    }

    /// <summary>People and teams that stand only within conversations, and are not here yet.</summary>
    private static async Task<List<(ForeignThing Thing, string Where)>> NewAlong(ImportStep step, IReadOnlyList<(ForeignConversation Conversation, string Where)> batch)
    {
        List<(ForeignThing Thing, string Where)> along = [.. batch.SelectMany(b => b.Conversation.Along.Select(thing => (thing, b.Where)))];
        var ids = along.ConvertAll(a => a.Thing.Id);
        var agents = await step.Here(ImportedKind.Agent, ids);
        var customers = await step.Here(ImportedKind.Person, ids);
        along.RemoveAll(a => a.Thing is ForeignPerson && (agents.ContainsKey(ImportStep.IdOf(a.Thing.Id)) || customers.ContainsKey(ImportStep.IdOf(a.Thing.Id)) || step.Seen.People.ContainsKey(a.Thing.Id)));
        return along;
    }

    private static async Task<Dictionary<string, KnownPerson>> People(ImportStep step, IEnumerable<ForeignConversation> conversations)
    {
        var ids = conversations.SelectMany(c => c.Messages.Select(m => m.AuthorId).Append(c.CustomerId).Append(c.AssigneeId)).Where(id => id.Length > 0).Distinct().ToList();
        var people = ids.Where(step.Seen.People.ContainsKey).ToDictionary(id => id, id => step.Seen.People[id], StringComparer.Ordinal);
        var customers = await step.Here(ImportedKind.Person, ids);
        var agents = await step.Here(ImportedKind.Agent, ids);
        var numbers = customers.Values.Select(row => row.CustomerId).ToList();
        var named = await step.Db.Customers.AsNoTracking().Where(c => numbers.Contains(c.Id))
            .Select(c => new { c.Id, c.Name, Address = c.Addresses.OrderBy(a => a.Id).Select(a => a.Address).FirstOrDefault() }).ToDictionaryAsync(c => c.Id);
        var userIds = agents.Values.Select(row => row.UserId).ToList();
        var users = (await step.Db.Users.AsNoTracking().Where(u => userIds.Contains(u.Id)).ToListAsync()).ToDictionary(u => u.Id);
        foreach (var id in ids)
        {
            if (customers.GetValueOrDefault(ImportStep.IdOf(id))?.CustomerId is { } customer && named.GetValueOrDefault(customer) is { } found)
            {
                people[id] = new(found.Name, found.Address ?? "", Staff: false, customer, null);
            }

            if (agents.GetValueOrDefault(ImportStep.IdOf(id)) is { } agent)
            {
                var user = agent.UserId is { } account ? users.GetValueOrDefault(account) : null;
                people[id] = new(user?.Name ?? agent.Name, user?.Email ?? "", Staff: true, people.GetValueOrDefault(id)?.CustomerId, user?.AsActor());
            }
        }

        return people;
    }
}
