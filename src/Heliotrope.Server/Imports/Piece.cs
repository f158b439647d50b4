using Heliotrope.Core.Imports;

namespace Heliotrope.Server.Imports;

/// <summary>One piece of an import as it was read.</summary>
/// <param name="Where">File and line or number, for people.</param>
/// <param name="Next">Where it goes on when this one is in.</param>
/// <param name="Mapped">What it is; null for mails.</param>
/// <param name="Mails">The mails of one conversation, oldest first; null for anything else.</param>
internal sealed record Piece(string Where, Place Next, Mapped? Mapped, IReadOnlyList<FoundMail>? Mails = null)
{
    /// <summary>The account that it says it comes from; empty when it does not say.</summary>
    public string Account { get; init; } = "";

    /// <summary>How much of the work lies behind it, in thousandths.</summary>
    public int Done { get; init; }

    /// <summary>How many things it holds, so that a batch stays small.</summary>
    public int Weight => Mails?.Count ?? (Mapped?.Thing as ForeignConversation)?.Messages.Count ?? 1;
}

/// <summary>A mail in a file.</summary>
/// <param name="File">Which file.</param>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">How many bytes.</param>
/// <param name="InMbox">It lies in a mailbox, which marks its lines that begin with "From ".</param>
/// <param name="Number">Which one of the file it is, from 1.</param>
/// <param name="At">When it was received or sent (UTC).</param>
/// <param name="Ours">One of us wrote it.</param>
internal readonly record struct FoundMail(int File, long Start, int Length, bool InMbox, int Number, DateTimeOffset At, bool Ours);
