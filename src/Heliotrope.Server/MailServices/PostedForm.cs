using System.Net;
using System.Text;
using Heliotrope.Mail.Reading;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Heliotrope.Server.MailServices;

/// <summary>A file of a posted form.</summary>
internal sealed record PostedFile(string Field, string Name, string Type, byte[] Bytes);

/// <summary>
/// A form as it was posted, in bytes: services post texts in charsets of their own, and whole messages, which must not be read as UTF-8.
/// </summary>
internal sealed class PostedForm
{
    /// <summary>More fields and files than any letter has: each costs memory beside its bytes.</summary>
    private const int Most = 1_000;

    private readonly List<(string Name, byte[] Value)> _fields = [];

    public List<PostedFile> Files { get; } = [];

    /// <summary>The names and values in the order of the names, byte for byte, as Mandrill signs them.</summary>
    public IEnumerable<(string Name, byte[] Value)> InOrder => _fields.OrderBy(f => f.Name, StringComparer.Ordinal);

    /// <summary>Null when it cannot be read as a form.</summary>
    public static async Task<PostedForm?> Read(ServicePost post, CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(post.ContentType, out var type))
        {
            return null;
        }

        var form = new PostedForm();
        if (type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return form.ReadPairs(post.Body) ? form : null;
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) || boundary.Length is 0 or > 200)
        {
            return null;
        }

        try
        {
            await form.ReadParts(new MultipartReader(boundary.ToString(), new MemoryStream(post.Body, writable: false)) { HeadersCountLimit = 32, BodyLengthLimit = post.Body.Length }, cancel);
            return form;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return null; // cut off, or too many or too long headers of a part
        }
    }

    /// <summary>The bytes of the first field of this name; null when there is none.</summary>
    public byte[]? Bytes(string name) => _fields.Find(f => f.Name == name).Value;

    /// <summary>The text of the first field of this name, as its charset says and mail is read; null when there is none.</summary>
    public string? Text(string name, string? charset = null) => Bytes(name) is { } bytes ? Charsets.Decode(bytes, charset ?? "utf-8", out _) : null;

    /// <summary>The texts of all fields of this name, one below the other; null when there is none.</summary>
    public string? Texts(string name)
    {
        var all = _fields.Where(f => f.Name == name).Select(f => Encoding.UTF8.GetString(f.Value)).ToList();
        return all.Count == 0 ? null : string.Join('\n', all);
    }

    private bool ReadPairs(byte[] body)
    {
        var rest = body.AsSpan();
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'&');
            var pair = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (pair.IsEmpty)
            {
                continue;
            }

            if (_fields.Count == Most)
            {
                return false;
            }

            var equals = pair.IndexOf((byte)'=');
            var name = (equals < 0 ? pair : pair[..equals]).ToArray();
            var value = equals < 0 ? [] : pair[(equals + 1)..].ToArray();
            _fields.Add((Encoding.UTF8.GetString(Decoded(name)), Decoded(value)));
        }

        return _fields.Count > 0;
    }

    private static byte[] Decoded(byte[] bytes) => bytes.Length == 0 ? bytes : WebUtility.UrlDecodeToBytes(bytes, 0, bytes.Length)!;

    private async Task ReadParts(MultipartReader reader, CancellationToken cancel)
    {
        while (await reader.ReadNextSectionAsync(cancel) is { } section)
        {
            if (_fields.Count + Files.Count == Most)
            {
                throw new InvalidDataException("The form has too many parts.");
            }

            using var bytes = new MemoryStream();
            await section.Body.CopyToAsync(bytes, cancel);
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || HeaderUtilities.RemoveQuotes(disposition.Name) is not { Length: > 0 } name)
            {
                continue;
            }

            var file = disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName);
            if (file.HasValue)
            {
                Files.Add(new(name.ToString(), file.ToString(), section.ContentType ?? "", bytes.ToArray()));
            }
            else
            {
                _fields.Add((name.ToString(), bytes.ToArray()));
            }
        }
    }
}
