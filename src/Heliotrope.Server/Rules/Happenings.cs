using Heliotrope.Core.Conversations;
using Heliotrope.Core.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Heliotrope.Server.Rules;

/// <summary>Something from outside that happened to a conversation.</summary>
/// <param name="Conversation">Its number.</param>
/// <param name="Entry">The entry that tells it.</param>
/// <param name="Trigger">What it sets off.</param>
internal readonly record struct Happening(long Conversation, long Entry, RuleTrigger Trigger);

/// <summary>
/// Notes what happens to conversations while a context saves: whatever way it came about, by hand, by a program, in many at once or by a worker, it is an entry.
/// A context in which rules run has none of these, so that nothing they do is ever noted (docs/decisions/0029).
/// </summary>
internal sealed class Happenings
{
    private readonly List<(Entry Entry, RuleTrigger Trigger)> _saving = [];
    private readonly List<Happening> _noted = [];

    public void BeforeSave(ChangeTracker tracker, DateTimeOffset now)
    {
        _saving.Clear(); // of a save that failed
        foreach (var added in tracker.Entries<Entry>().Where(e => e.State is EntityState.Added))
        {
            if (RuleTriggers.Of(added.Entity, now) is { } trigger)
            {
                _saving.Add((added.Entity, trigger));
            }

            var number = added.Property(e => e.ConversationNumber).CurrentValue;
            if (added.Entity is { Direction: Direction.In, RuleId: null } && tracker.Entries<Conversation>().Any(c => c.State is EntityState.Added && c.Property(p => p.Number).CurrentValue == number && c.Entity.CreatedAt == added.Entity.At)
                && RuleTriggers.IsFresh(added.Entity, now))
            {
                _saving.Add((added.Entity, RuleTrigger.Began));
            }
        }
    }

    public void AfterSave()
    {
        _noted.AddRange(_saving.Select(saved => new Happening(saved.Entry.ConversationNumber, saved.Entry.Id, saved.Trigger)));
        _saving.Clear();
    }

    /// <summary>What was noted so far, once.</summary>
    public IReadOnlyList<Happening> Take()
    {
        List<Happening> taken = [.. _noted];
        _noted.Clear();
        return taken;
    }
}
