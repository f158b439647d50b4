using Heliotrope.Core.Conversations;
using Heliotrope.Core.Search;
using Heliotrope.Server.Conversations;

namespace Heliotrope.Server.Search;

/// <summary>A customer that was found.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
/// <param name="Address">Where they wrote from first; empty when they have none.</param>
/// <param name="Conversation">Their latest conversation; null when they have none.</param>
public sealed record FoundCustomer(long Id, string Name, string Address, long? Conversation);

/// <summary>A conversation that was found.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Subject">What it is about; may be empty.</param>
/// <param name="State">Whose turn it is.</param>
/// <param name="Customer">The customer's name.</param>
/// <param name="At">When the message came in which the words stand; without words when anything last happened (UTC).</param>
/// <param name="Entry">The message in which the words stand; null without words.</param>
/// <param name="Excerpt">The place in it.</param>
public sealed record FoundConversation(long Number, string Subject, ConversationState State, string Customer, DateTimeOffset At, long? Entry, IReadOnlyList<ExcerptPiece> Excerpt);

/// <summary>A note that was found.</summary>
/// <param name="Conversation">The number of its conversation.</param>
/// <param name="Subject">What that is about; may be empty.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Entry">Its id.</param>
/// <param name="Excerpt">The place in it.</param>
public sealed record FoundNote(long Conversation, string Subject, string Author, DateTimeOffset At, long Entry, IReadOnlyList<ExcerptPiece> Excerpt);

/// <summary>A file that was found.</summary>
/// <param name="Id">The attachment's id.</param>
/// <param name="Name">Its name, with what was found in it.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Conversation">The number of its conversation.</param>
/// <param name="Subject">What that is about; may be empty.</param>
/// <param name="At">When it came (UTC).</param>
/// <param name="Excerpt">The place in its text; empty when only its name was found.</param>
public sealed record FoundFile(long Id, IReadOnlyList<ExcerptPiece> Name, long Size, long Conversation, string Subject, DateTimeOffset At, IReadOnlyList<ExcerptPiece> Excerpt);

/// <summary>What was found, the newest first in each group.</summary>
/// <param name="Query">The query as it was understood.</param>
/// <param name="Problems">What was not understood in it.</param>
/// <param name="Customers">People whose name or address has all the words.</param>
/// <param name="Conversations">Conversations.</param>
/// <param name="Notes">Notes among colleagues.</param>
/// <param name="Files">Files, by name and text.</param>
/// <param name="Next">Give this as <c>after</c> for more conversations; null when these are all.</param>
public sealed record SearchDetails(
    string Query, IReadOnlyList<Problem> Problems,
    IReadOnlyList<FoundCustomer> Customers, IReadOnlyList<FoundConversation> Conversations, IReadOnlyList<FoundNote> Notes, IReadOnlyList<FoundFile> Files, string? Next)
{
    /// <summary>Whether nothing was found.</summary>
    internal bool IsEmpty => Customers.Count + Conversations.Count + Notes.Count + Files.Count == 0;
}
