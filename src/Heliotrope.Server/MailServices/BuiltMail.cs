using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MimeKit;

namespace Heliotrope.Server.MailServices;

/// <summary>A file of a mail.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its media type; anything that is none becomes application/octet-stream.</param>
/// <param name="Bytes">What is in it.</param>
/// <param name="ContentId">Under which the HTML shows it (RFC 2392), without angle brackets; null when it stands by itself.</param>
internal sealed record MailFile(string Name, string Type, byte[] Bytes, string? ContentId);

/// <summary>
/// A message (RFC 5322) built from what a service posted of it. The same parts give the same bytes, so that a post that comes twice is stored once.
/// </summary>
internal sealed class BuiltMail : IDisposable
{
    /// <summary>More than any letter has: each is looked at by everything that reads mail.</summary>
    private const int MostHeaders = 1_000;

    private const int LongestName = 255;

    /// <summary>RFC 5322, section 2.1.1.</summary>
    private const int LongestLine = 900;

    private readonly MimeMessage _message = new();

    public BuiltMail() => _message.Headers.Clear(); // those that the library makes up

    public string? Text { get; init; }

    public string? Html { get; init; }

    public IReadOnlyList<MailFile> Files { get; init; } = [];

    /// <summary>
    /// Adds a header as it was posted. How the body is made up (Content-…) is ours to say, and a line break within a value is a blank: no value
    /// becomes a header of its own.
    /// </summary>
    public void Add(string? name, string? value)
    {
        if (name is null || value is null || !IsName(name) || _message.Headers.Count >= MostHeaders
            || name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) || name.Equals("MIME-Version", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var line = OnOneLine(value);
        if (!Ascii.IsValid(line))
        {
            _message.Headers.Add(new Header(Encoding.UTF8, name, line));
            return;
        }

        // As it stands: what is encoded already (RFC 2047) stays so.
        var header = new Header(name, "");
        header.SetRawValue(Encoding.ASCII.GetBytes(Folded(name, line)));
        _message.Headers.Add(header);
    }

    /// <summary>Adds a header that a field of its own says, when the posted headers do not.</summary>
    public void AddMissing(string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value) && !_message.Headers.Contains(name))
        {
            Add(name, value);
        }
    }

    /// <summary>An address with its name, as a header has it.</summary>
    public static string Address(string? name, string? address) => string.IsNullOrWhiteSpace(name) || name == address
        ? address ?? ""
        : $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\" <{address}>";

    public byte[] ToBytes()
    {
        var body = new BodyBuilder { TextBody = Text, HtmlBody = Html };
        foreach (var file in Files)
        {
            (file.ContentId is not null && Html is not null ? body.LinkedResources : body.Attachments).Add(Part(file));
        }

        _message.Body = body.ToMessageBody();
        SetBoundaries(_message.Body);
        var options = FormatOptions.Default.Clone();
        options.NewLineFormat = NewLineFormat.Dos;
        _message.Headers.Add("MIME-Version", "1.0");
        _message.Prepare(EncodingConstraint.SevenBit);
        using var bytes = new MemoryStream();
        _message.WriteTo(options, bytes);
        return bytes.ToArray();
    }

    public void Dispose() => _message.Dispose();

    private static MimePart Part(MailFile file)
    {
        // A multipart or a message within would be read as such: what was posted as a file stays a file.
        var type = ContentType.TryParse(OnOneLine(file.Type), out var given) && !given.IsMimeType("multipart", "*") && !given.IsMimeType("message", "*")
            ? new ContentType(given.MediaType, given.MediaSubtype)
            : new ContentType("application", "octet-stream");
        var part = new MimePart(type)
        {
            Content = new MimeContent(new MemoryStream(file.Bytes, writable: false)),
            ContentTransferEncoding = ContentEncoding.Base64,
            ContentDisposition = new(file.ContentId is null ? ContentDisposition.Attachment : ContentDisposition.Inline),
        };
        var name = OnOneLine(file.Name);
        if (name.Length > 0)
        {
            part.FileName = name.Length > LongestName ? name[..LongestName] : name;
        }

        if (file.ContentId is { Length: > 0 and <= LongestName } id && id.All(c => c is > ' ' and < (char)127 and not ('<' or '>')))
        {
            part.Headers.Replace(new Header(HeaderId.ContentId, $"<{id}>")); // as it is: to set it as a value would read it first, and fail where it is none
        }

        return part;
    }

    /// <summary>Boundaries that depend on nothing but the parts; the library's are random.</summary>
    private void SetBoundaries(MimeEntity body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var piece in (byte[][])[Encoding.UTF8.GetBytes(Text ?? ""), Encoding.UTF8.GetBytes(Html ?? ""), .. Files.Select(f => f.Bytes)])
        {
            hash.AppendData(SHA256.HashData(piece));
        }

        var mark = Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
        var count = 0;
        Set(body);

        void Set(MimeEntity entity)
        {
            if (entity is Multipart multipart)
            {
                multipart.Boundary = string.Create(CultureInfo.InvariantCulture, $"=-{mark}-{count++}");
                foreach (var part in multipart)
                {
                    Set(part);
                }
            }
        }
    }

    /// <summary>RFC 5322, section 3.6.8: printable, and no colon.</summary>
    private static bool IsName(string name) => name.Length is > 0 and <= 100 && name.All(c => c is > ' ' and < (char)127 and not ':');

    private static string OnOneLine(string value) => string.Create(value.Length, value, (line, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            line[i] = char.IsControl(from[i]) || from[i] is '\u2028' or '\u2029' ? ' ' : from[i];
        }
    }).Trim();

    private static string Folded(string name, string line)
    {
        var folded = new StringBuilder(line.Length + 16).Append(' ');
        var start = -name.Length - 2;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == ' ' && i - start > LongestLine)
            {
                folded.Append("\r\n");
                start = i;
            }

            folded.Append(line[i]);
        }

        return folded.Append("\r\n").ToString();
    }
}
