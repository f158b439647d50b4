using Heliotrope.Mail.Reading;

namespace Heliotrope.Mail.Outlook;

/// <summary>What was packed into a winmail.dat.</summary>
/// <param name="Text">The words; null when there are none.</param>
/// <param name="Html">The words as HTML; null when there is none.</param>
/// <param name="Files">The files, those of messages within it too.</param>
internal sealed record WinmailContent(string? Text, string? Html, IReadOnlyList<FoundFile> Files)
{
    public bool IsEmpty => Files.Count == 0 && string.IsNullOrWhiteSpace(Text) && string.IsNullOrWhiteSpace(Html);
}
