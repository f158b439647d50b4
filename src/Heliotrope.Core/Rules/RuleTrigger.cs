using Heliotrope.Core.Conversations;

namespace Heliotrope.Core.Rules;

/// <summary>What sets off a rule. Each is something that a person, a customer or the passing of time did; nothing that a rule does is among them (docs/decisions/0029).</summary>
public enum RuleTrigger
{
    /// <summary>A conversation began with a message to us, be it a person's or a machine's.</summary>
    Began,
    /// <summary>The customer wrote.</summary>
    CustomerWrote,
    /// <summary>One of us answered the customer.</summary>
    WeAnswered,
    /// <summary>It was resolved.</summary>
    Resolved,
    /// <summary>It was opened again.</summary>
    Reopened,
    /// <summary>The customer answered the confidence check with a no.</summary>
    SaidNo,
    /// <summary>The customer has waited for our answer for so long.</summary>
    Waits,
    /// <summary>Little time is left for a promise.</summary>
    PromiseAtRisk,
    /// <summary>A promise was not kept in time.</summary>
    PromiseBroken,
    /// <summary>The date came until which it was put off.</summary>
    SnoozeEnded,
}

/// <summary>Triggers and their codes, and what of a conversation's story sets them off.</summary>
public static class RuleTriggers
{
    /// <summary>The code of a trigger, as programs write it: <c>customer-wrote</c>.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <returns>The code.</returns>
    public static string CodeOf(RuleTrigger trigger) => Codes.Of(trigger);

    /// <summary>The trigger with a code; null when there is none.</summary>
    /// <param name="code">The code.</param>
    /// <returns>The trigger.</returns>
    public static RuleTrigger? Find(string code) => Codes.Find<RuleTrigger>(code);

    /// <summary>What an entry sets off. What a rule wrote sets off nothing, and neither does what happened long ago, such as what an import brings.</summary>
    /// <param name="entry">The entry, as it is written.</param>
    /// <param name="now">Now (UTC).</param>
    /// <returns>The trigger; null for none.</returns>
    public static RuleTrigger? Of(Entry entry, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.RuleId is not null || !IsFresh(entry, now) ? null : Of(entry.Kind, entry.Direction, entry.Author, entry.UserId, entry.Text);
    }

    /// <summary>Whether it happens now.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="now">Now (UTC).</param>
    /// <returns>It does.</returns>
    public static bool IsFresh(Entry entry, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.At >= now - LongAgo;
    }

    /// <summary>What such an entry sets off, whenever it was written.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="direction">Which way a message went.</param>
    /// <param name="author">Who wrote it.</param>
    /// <param name="user">The colleague who wrote it; null for all others.</param>
    /// <param name="text">An event's code.</param>
    /// <returns>The trigger; null for none.</returns>
    public static RuleTrigger? Of(EntryKind kind, Direction? direction, Author author, long? user, string text) => kind switch
    {
        EntryKind.Message when direction is Direction.In => author is Author.Known ? RuleTrigger.CustomerWrote : null,
        EntryKind.Message => author is Author.Machine ? null : RuleTrigger.WeAnswered,
        EntryKind.Event => text switch
        {
            "resolved" => RuleTrigger.Resolved,
            "reopened" => RuleTrigger.Reopened,
            "not-resolved" or "not-again" => RuleTrigger.SaidNo,
            "promise-at-risk" => RuleTrigger.PromiseAtRisk,
            "promise-broken" => RuleTrigger.PromiseBroken,
            "woke" => RuleTrigger.SnoozeEnded,
            _ => null,
        },
        EntryKind.Note => null,
    };

    /// <summary>What is older is told, not lived through.</summary>
    private static readonly TimeSpan LongAgo = TimeSpan.FromHours(1);
}
