namespace Heliotrope.Server.Quarantine;

/// <summary>Messages that were kept because they could not be understood.</summary>
/// <param name="Rows">Newest first.</param>
/// <param name="NextHref">Where older ones continue; null at the end.</param>
public sealed record QuarantineView(IReadOnlyList<QuarantineRow> Rows, string? NextHref = null);

/// <summary>One kept message.</summary>
/// <param name="Id">Its id, as in its address.</param>
/// <param name="ReceivedAt">When it came in, in UTC.</param>
/// <param name="Source">How it came in: smtp, pipe or api.</param>
/// <param name="From">The sender of the envelope, or what could be read; null when nothing could.</param>
/// <param name="Subject">The subject when it could be read; else null.</param>
/// <param name="Reason">Why it is here, in words.</param>
/// <param name="Size">Bytes as received.</param>
public sealed record QuarantineRow(long Id, DateTimeOffset ReceivedAt, string Source, string? From, string? Subject, string Reason, long Size);

/// <summary>One kept message with its raw text.</summary>
/// <param name="Row">As in the list.</param>
/// <param name="Raw">The beginning of the bytes, shown as text.</param>
/// <param name="Shortened">Whether the rest was left out; the download has all of it.</param>
public sealed record QuarantineMessageView(QuarantineRow Row, string Raw, bool Shortened);
