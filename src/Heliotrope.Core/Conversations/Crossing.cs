namespace Heliotrope.Core.Conversations;

/// <summary>A message that stands in a conversation, as far as it matters to whoever writes there.</summary>
/// <param name="Id">The entry's id; within a conversation a higher id is later.</param>
/// <param name="Direction">Which way it went.</param>
/// <param name="Author">Who wrote an inbound one.</param>
/// <param name="UserId">The colleague who wrote it; null for everybody else.</param>
/// <param name="Name">The name of who wrote it.</param>
public sealed record Heard(long Id, Direction Direction, Author Author, long? UserId, string Name);

/// <summary>Two replies at once cannot cross: whoever sends the second one sees the first before.</summary>
public static class Crossing
{
    /// <summary>The refusal's code, by which screens know that there is something to read first.</summary>
    public const string Code = "reply.crossed";

    /// <summary>The messages that a writer has not seen, oldest first. What they said themselves they know, and a machine says nothing that a reply could miss.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="seen">The id of the last entry that the writer saw.</param>
    /// <param name="writer">The colleague who writes; null for a program.</param>
    /// <returns>Those.</returns>
    public static IReadOnlyList<Heard> Unseen(IEnumerable<Heard> messages, long seen, long? writer) =>
        [.. messages.Where(message => message.Id > seen && message.Author is not Author.Machine && !IsTheirs(message, writer)).OrderBy(message => message.Id)];

    /// <summary>What keeps words from leaving that cross with somebody's.</summary>
    /// <param name="name">Whose.</param>
    /// <returns>The refusal.</returns>
    public static Refusal By(string name) =>
        new(RefusalKind.Conflict, "reply.crossed", $"{name} wrote while this was being written. Read that first; then send again with it as `seen`.", "text");

    private static bool IsTheirs(Heard message, long? writer) => message.Direction is Direction.Out && writer is not null && message.UserId == writer;
}
