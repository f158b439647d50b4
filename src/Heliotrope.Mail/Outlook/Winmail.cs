using System.Buffers.Binary;
using Heliotrope.Mail.Reading;

namespace Heliotrope.Mail.Outlook;

/// <summary>Opens the winmail.dat into which Outlook packs what it thinks only Outlook can read (TNEF, MS-OXTNEF).</summary>
internal sealed class Winmail(ReadContext context)
{
    private const uint Signature = 0x223E9F78;

    // Messages attached to messages; each opens its own stream within the other.
    private const int MaxDepth = 5;

    // Properties (MS-OXPROPS).
    private const int Subject = 0x0037, Body = 0x1000, RtfCompressed = 0x1009, BodyHtml = 0x1013, InternetPage = 0x3FDE, MessagePage = 0x3FFD,
        DisplayName = 0x3001, AttachData = 0x3701, FileName = 0x3704, LongFileName = 0x3707, MimeTag = 0x370E, AttachContentId = 0x3712;

    // Attributes (MS-OXTNEF section 2.1.3.2), without their types.
    private const uint CodePage = 0x9007, SubjectLine = 0x8004, Words = 0x800C, MessageProperties = 0x9003,
        FileBegins = 0x9002, FileTitle = 0x8010, FileContent = 0x800F, FileProperties = 0x9005;

    private readonly List<FoundFile> files = [];

    /// <summary>By its type or, where that was lost on the way, by its name.</summary>
    public static bool IsOne(MimePart part) =>
        part.Type.Value is "application/ms-tnef" or "application/vnd.ms-tnef"
        || string.Equals(part.FileName, "winmail.dat", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null when the bytes are something else.</summary>
    public static WinmailContent? Open(ReadOnlyMemory<byte> bytes, ReadContext context)
    {
        if (!IsTnef(bytes.Span))
        {
            return null;
        }
        var winmail = new Winmail(context);
        var message = winmail.Read(bytes, 0);
        return new WinmailContent(message.Text, message.Html, winmail.files);
    }

    public static bool IsTnef(ReadOnlySpan<byte> bytes) => bytes.Length >= 6 && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Signature;

    private sealed class Message
    {
        public int Page = 1252;
        public string? Subject;
        public string? Text;
        public string? Html;
    }

    private sealed class File
    {
        public ReadOnlyMemory<byte>? Title;
        public ReadOnlyMemory<byte>? Data;
        public MapiProperties? Properties;
    }

    private Message Read(ReadOnlyMemory<byte> stream, int depth)
    {
        var bytes = new TnefBytes(stream);
        bytes.Skip(6);
        var message = new Message();
        File? file = null;
        while (bytes.Left > 9)
        {
            var level = bytes.Byte();
            var attribute = bytes.Int() & 0xFFFF;
            var data = bytes.Take(bytes.Int());
            var sum = bytes.Short();
            if (level is not (1 or 2))
            {
                context.Defect("winmail.damaged", "what follows an unknown attribute was left out");
                break;
            }
            if (bytes.Broken || sum != Sum(data.Span))
            {
                context.Defect("winmail.damaged", "a checksum is wrong or the end is missing");
            }
            switch (attribute)
            {
                case CodePage when data.Length >= 4:
                    message.Page = BinaryPrimitives.ReadInt32LittleEndian(data.Span);
                    break;
                case SubjectLine:
                    message.Subject ??= Text(data, message.Page);
                    break;
                case Words:
                    message.Text ??= Text(data, message.Page);
                    break;
                case MessageProperties:
                    Properties(message, MapiProperties.Read(data));
                    break;
                case FileBegins:
                    Keep(file, message.Page, depth);
                    file = new File();
                    break;
                case FileTitle when file is not null:
                    file.Title = data;
                    break;
                case FileContent when file is not null:
                    file.Data = data;
                    break;
                case FileProperties when file is not null:
                    file.Properties = MapiProperties.Read(data);
                    break;
            }
        }
        Keep(file, message.Page, depth);
        return message;
    }

    private void Properties(Message message, MapiProperties properties)
    {
        message.Subject ??= properties.Text(Subject, message.Page);
        if (properties.Text(Body, properties.Number(MessagePage) ?? message.Page) is { } text && !string.IsNullOrWhiteSpace(text))
        {
            message.Text = PartText.NormaliseLines(text);
        }
        if (properties.Text(BodyHtml, properties.Number(InternetPage) ?? message.Page) is { } html)
        {
            message.Html = PartText.NormaliseLines(html);
        }
        if (message.Html is null && string.IsNullOrWhiteSpace(message.Text) && properties.Bytes(RtfCompressed) is { } packed)
        {
            if (CompressedRtf.Unpack(packed.Span, context.Limits.MaxTextChars) is { } rtf)
            {
                (message.Text, message.Html) = RtfText.Read(rtf, message.Page, context.Limits.MaxTextChars);
            }
            else
            {
                context.Defect("winmail.damaged", "the compressed text could not be unpacked");
            }
        }
    }

    private void Keep(File? file, int page, int depth)
    {
        if (file is null)
        {
            return;
        }
        if (context.Parts++ >= context.Limits.MaxParts)
        {
            context.Defect("limit.parts", $"only {context.Limits.MaxParts} parts were read");
            return;
        }
        var properties = file.Properties;
        var name = properties?.Text(LongFileName, page) ?? properties?.Text(FileName, page)
            ?? (file.Title is { } title ? Text(title, page) : null) ?? properties?.Text(DisplayName, page);
        var data = file.Data ?? properties?.Bytes(AttachData) ?? ReadOnlyMemory<byte>.Empty;
        if (properties is not null && properties.IsObject(AttachData) && properties.Bytes(AttachData) is { } embedded && IsTnef(embedded.Span))
        {
            KeepMessage(embedded, name, depth + 1);
            return;
        }
        if (IsTnef(data.Span))
        {
            KeepMessage(data, name, depth + 1);
            return;
        }
        var id = properties?.Text(AttachContentId, page);
        files.Add(new FoundFile(name ?? "", data, properties?.Text(MimeTag, page)?.Trim().ToLowerInvariant(), id?.Trim(' ', '<', '>')));
    }

    /// <summary>A message attached to the message: its words become a file, its files go beside.</summary>
    private void KeepMessage(ReadOnlyMemory<byte> stream, string? name, int depth)
    {
        if (depth > MaxDepth)
        {
            context.Defect("limit.depth", $"nothing deeper than {MaxDepth} messages within a winmail.dat was read");
            return;
        }
        var place = files.Count;
        var message = Read(stream, depth);
        var (words, ending, type) = message.Html is { } html && string.IsNullOrWhiteSpace(message.Text)
            ? (html, ".html", "text/html") : (message.Text ?? "", ".txt", "text/plain");
        var title = (message.Subject ?? name ?? "message").Replace('/', '-').Replace('\\', '-');
        files.Insert(Math.Min(place, files.Count), new FoundFile(title + ending, System.Text.Encoding.UTF8.GetBytes(words), type));
    }

    private static string? Text(ReadOnlyMemory<byte> data, int page)
    {
        var end = data.Span.IndexOf((byte)0);
        var text = PartText.NormaliseLines(Charsets.DecodePage((end < 0 ? data : data[..end]).Span, page));
        return text.Length == 0 ? null : text;
    }

    private static int Sum(ReadOnlySpan<byte> data)
    {
        var sum = 0;
        foreach (var one in data)
        {
            sum = (sum + one) & 0xFFFF;
        }
        return sum;
    }
}
