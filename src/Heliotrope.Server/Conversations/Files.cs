using Heliotrope.Core;
using Heliotrope.Mail.Html;
using Heliotrope.Mail.Reading;
using Heliotrope.Mail.Writing;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Conversations;

/// <summary>A file that goes with a message.</summary>
/// <param name="Name">Its name, with its ending.</param>
/// <param name="Type">The media type; null or empty for <c>application/octet-stream</c>.</param>
/// <param name="Content">The bytes, in base64.</param>
public sealed record FileBody(string? Name, string? Type, byte[]? Content);

/// <summary>Files that go with a message of ours: how many and how large they may be.</summary>
internal static class Files
{
    /// <summary>What most mail servers take in all.</summary>
    public const long MostBytes = 25 * 1024 * 1024;

    public const int Most = 20;

    /// <summary>The largest request with files in it: base64 in JSON is a third longer, and there are words beside them.</summary>
    public const long LargestRequest = (MostBytes * 4 / 3) + (2 * 1024 * 1024);

    public static Refusal? TooMuch(int count, long bytes) =>
        bytes > MostBytes ? Refusal.Invalid("files.too-large", $"The files have more than {MostBytes / 1024 / 1024} MB in all.", "files")
        : count > Most ? Refusal.Invalid("files.too-many", $"At most {Most} files go with a message.", "files")
        : null;

    public static Refusal? TooMuch(IReadOnlyCollection<OutgoingAttachment> files) => TooMuch(files.Count, files.Sum(file => (long)file.Content.Length));

    /// <summary>A file as it came, under the name and the type that it will be sent with.</summary>
    public static OutgoingAttachment Of(string? name, string? type, byte[]? content)
    {
        var bytes = content ?? [];
        var known = TypeOf(type, bytes);
        return new(FileNames.ToSend(name ?? "", 0, known), known, bytes);
    }

    /// <summary>A picture is what its bytes say, and nothing else is called one.</summary>
    private static string TypeOf(string? claimed, ReadOnlySpan<byte> content)
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
        var files = (given ?? []).Select(file => Of(file.Name, file.Type, file.Content)).ToList();
        return TooMuch(files) is { } refusal ? refusal : files;
    }
}
