namespace Heliotrope.Core.Conversations;

/// <summary>An entry, as far as figures depend on it: what a figure says is counted from these and nothing else.</summary>
/// <param name="Id">The entry's id; of two at the same instant the higher came later.</param>
/// <param name="At">When (UTC): for mail, when we received it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Direction">Which way a message went; null for notes and events.</param>
/// <param name="Author">Who wrote an inbound message; <see cref="Author.Machine"/> also for what a rule of ours wrote.</param>
/// <param name="Name">The name of who wrote or did it.</param>
/// <param name="Text">The new words, or the code of an event.</param>
/// <param name="Detail">What an event is about.</param>
/// <param name="DueAt">When the answer that it is was due (UTC); null when none was.</param>
public sealed record Happened(long Id, DateTimeOffset At, EntryKind Kind, Direction? Direction, Author Author, string Name, string Text, string Detail, DateTimeOffset? DueAt)
{
    /// <summary>Where it took place.</summary>
    public Channel Channel { get; init; }

    /// <summary>The user who wrote or did it; null for customers, programs and the system.</summary>
    public long? UserId { get; init; }

    /// <summary>A message of ours that went to somebody else than the customer.</summary>
    public bool Forwarded { get; init; }

    /// <summary>The customer's own words.</summary>
    public bool IsCustomers => Kind is EntryKind.Message && Direction is Conversations.Direction.In && Author is Author.Known;

    /// <summary>An answer of a person of ours to the customer.</summary>
    public bool IsAnswer => Kind is EntryKind.Message && Direction is Conversations.Direction.Out && Author is not Author.Machine && !Forwarded;

    /// <summary>Words to the customer that no person wrote.</summary>
    public bool IsAutomatic => Kind is EntryKind.Message && Direction is Conversations.Direction.Out && Author is Author.Machine && !Forwarded;

    /// <summary>Whether it is one of these events.</summary>
    /// <param name="codes">The codes.</param>
    public bool IsEvent(params ReadOnlySpan<string> codes) => Kind is EntryKind.Event && codes.Contains(Text);

    /// <summary>In the order in which it happened, however it was read.</summary>
    /// <param name="history">What happened.</param>
    /// <returns>The same, oldest first.</returns>
    public static IReadOnlyList<Happened> InOrder(IEnumerable<Happened> history) => [.. history.OrderBy(h => h.At).ThenBy(h => h.Id)];
}
