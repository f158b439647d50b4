using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Mail.Html;
using Heliotrope.Mail.Writing;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Conversations;

/// <summary>A file that goes with a message.</summary>
/// <param name="Name">Its name, with its ending.</param>
/// <param name="Type">The media type; null or empty for <c>application/octet-stream</c>.</param>
/// <param name="Content">The bytes, in base64.</param>
public sealed record FileBody(string? Name, string? Type, byte[]? Content);

/// <summary>Files that go with a message of ours: how many, how large, and how they become parts of a mail.</summary>
internal static class Files
{
    /// <summary>What most mail servers take in all.</summary>
    public const long MostBytes = 25 * 1024 * 1024;

    public const int Most = 20;

    /// <summary>The largest request with files in it: base64 in JSON is a third longer, and there are words beside them.</summary>
    public const long LargestRequest = (MostBytes * 4 / 3) + (2 * 1024 * 1024);

    private const int LongestName = 150;

    public static Refusal? TooMuch(int count, long bytes) =>
        bytes > MostBytes ? Refusal.Invalid("files.too-large", $"The files have more than {MostBytes / 1024 / 1024} MB in all.", "files")
        : count > Most ? Refusal.Invalid("files.too-many", $"At most {Most} files go with a message.", "files")
        : null;

    /// <summary>A file name without folders, and never empty.</summary>
    public static string NameOf(string? given)
    {
        var name = (given ?? "").Storable(1_000);
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        name = string.Concat(name.Where(c => !char.IsControl(c))).Trim().Storable(LongestName);
        return name.Length > 0 ? name : "file";
    }

    /// <summary>A picture is what its bytes say, and nothing else is called one.</summary>
    public static string TypeOf(string? claimed, ReadOnlySpan<byte> content)
    {
        if (InlinePictures.PictureType(content) is { } picture)
        {
            return picture;
        }

        var type = (claimed ?? "").Split(';')[0].Trim().ToLowerInvariant().Storable(100);
        return type.Length == 0 || type.StartsWith("image/", StringComparison.Ordinal) || !type.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '+' or '-')
            ? "application/octet-stream"
            : type;
    }

    /// <summary>Reads what a program sent.</summary>
    public static Result<IReadOnlyList<OutgoingAttachment>> Read(IReadOnlyList<FileBody>? given)
    {
        var files = (given ?? []).Select(file => (file.Name, file.Type, Content: file.Content ?? [])).ToList();
        return TooMuch(files.Count, files.Sum(file => file.Content.LongLength)) is { } refusal
            ? refusal
            : files.ConvertAll(file => new OutgoingAttachment(NameOf(file.Name), TypeOf(file.Type, file.Content), file.Content));
    }

    /// <summary>As they will be read again from the mail: pictures among the words come first there.</summary>
    public static IReadOnlyList<OutgoingAttachment> InOrder(IReadOnlyList<OutgoingAttachment> files) => [.. files.OrderBy(file => file.ContentId is null)];

    public static IReadOnlyList<Attachment> Rows(IReadOnlyList<OutgoingAttachment> inOrder) =>
        [.. inOrder.Select((file, part) => new Attachment(part, file.Name, file.Type, file.Content.Length, file.ContentId))];

    /// <summary>With the ids as mail programs expect them.</summary>
    public static IReadOnlyList<OutgoingAttachment> Parts(IReadOnlyList<OutgoingAttachment> inOrder) =>
        [.. inOrder.Select(file => file.ContentId is { } id ? file with { ContentId = Markdown.ContentIdOf(id) } : file)];
}
