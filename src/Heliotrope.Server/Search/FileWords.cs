using System.IO.Compression;
using System.Text;
using System.Xml;
using Heliotrope.Mail.Html;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Search;

/// <summary>Reads the text out of a file: plain kinds, web pages, and the office formats that are XML in a ZIP. Of any other kind only the name is found.</summary>
internal static class FileWords
{
    /// <summary>A file unpacks to no more than this: a few bytes of a ZIP can hold gigabytes.</summary>
    private const int MostUnpacked = 20 * 1024 * 1024;

    private static readonly string[] Plain = [".txt", ".csv", ".tsv", ".json", ".xml", ".md", ".log", ".ics", ".vcf", ".yml", ".yaml", ".ini", ".eml", ".svg"];
    private static readonly string[] Web = [".html", ".htm", ".xhtml"];

    /// <summary>Office formats, with the names of the parts that hold their words.</summary>
    private static readonly Dictionary<string, string[]> Office = new()
    {
        [".docx"] = ["word/document.xml", "word/footnotes.xml"],
        [".xlsx"] = ["xl/sharedStrings.xml"],
        [".pptx"] = ["ppt/slides/slide"],
        [".odt"] = ["content.xml"],
        [".ods"] = ["content.xml"],
        [".odp"] = ["content.xml"],
    };

    /// <summary>The text of a file; empty when it holds none that can be read. A broken file has none.</summary>
    public static string Of(string name, string type, byte[] content)
    {
        var ending = Path.GetExtension(name).ToLowerInvariant();
        try
        {
            var text = Office.TryGetValue(ending, out var parts) ? OfOffice(content, parts)
                : Web.Contains(ending) || type is "text/html" ? HtmlText.FromHtml(Decoded(content))
                : Plain.Contains(ending) || type.StartsWith("text/", StringComparison.Ordinal) || type is "application/json" or "application/xml" ? Decoded(content)
                : "";
            return text.Storable(AttachmentText.MostText);
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or DecoderFallbackException or IOException)
        {
            return "";
        }
    }

    private static string Decoded(byte[] content)
    {
        // Four bytes hold at least one character, so that what is cut off is beyond what is kept.
        var bytes = content.AsSpan(0, Math.Min(content.Length, 4 * AttachmentText.MostText));
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return (bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(bytes[2..]);
        }

        var text = Encoding.UTF8.GetString(bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes);
        var strange = text.Count(c => c == '\uFFFD');
        return strange <= 1 ? text : Encoding.Latin1.GetString(bytes); // one: a sign may have been cut in two
    }

    private static string OfOffice(byte[] content, string[] parts)
    {
        using var zip = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
        var text = new StringBuilder();
        var left = MostUnpacked;
        foreach (var entry in zip.Entries.Where(e => Array.Exists(parts, part => e.FullName.StartsWith(part, StringComparison.Ordinal) && e.FullName.EndsWith(".xml", StringComparison.Ordinal))))
        {
            using var stream = new Bounded(entry.Open(), left);
            using var reader = XmlReader.Create(stream, new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true });
            while (text.Length < AttachmentText.MostText && reader.Read())
            {
                if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
                {
                    text.Append(reader.Value);
                }
                else if (reader.NodeType is XmlNodeType.EndElement && reader.LocalName is "p" or "si" or "h" or "tab" or "br" or "table-cell")
                {
                    text.Append(' ');
                }
            }

            left = stream.Left;
        }

        return text.ToString();
    }

    /// <summary>Ends where no more may be unpacked; what is then incomplete counts as broken.</summary>
    private sealed class Bounded(Stream inner, int most) : Stream
    {
        public int Left { get; private set; } = most;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = Left == 0 ? throw new InvalidDataException("It unpacks to more than is read.") : inner.Read(buffer, offset, Math.Min(count, Left));
            Left -= read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
