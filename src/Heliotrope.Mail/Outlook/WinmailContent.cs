using System.Text;
using Heliotrope.Mail.Reading;

namespace Heliotrope.Mail.Outlook;

/// <summary>What was packed into a winmail.dat.</summary>
/// <param name="Text">The words; null when there are none.</param>
/// <param name="Html">The words as HTML; null when there is none.</param>
/// <param name="Files">The files, those of messages within it too.</param>
internal sealed record WinmailContent(string? Text, string? Html, IReadOnlyList<FoundFile> Files)
{
    /// <summary>The words as a file.</summary>
    public FoundFile AsFile(string title)
    {
        var (words, ending, type) = Html is { } html && string.IsNullOrWhiteSpace(Text) ? (html, ".html", "text/html") : (Text ?? "", ".txt", "text/plain");
        return new FoundFile(title + ending, Encoding.UTF8.GetBytes(words), type);
    }

    public bool IsEmpty => Files.Count == 0 && string.IsNullOrWhiteSpace(Text) && string.IsNullOrWhiteSpace(Html);
}
