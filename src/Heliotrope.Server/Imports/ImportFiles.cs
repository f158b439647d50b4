using System.IO.Compression;
using System.Text;
using Heliotrope.Core.Imports;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Imports;

/// <summary>
/// The files of imports, below the data folder, under names of our own. They stay until the import is taken back or forgotten: with
/// them it can be continued and repeated.
/// </summary>
internal sealed class ImportFiles(ServerSettings settings)
{
    /// <summary>The largest file that is taken: enough for the mailbox of a decade, and a limit to what fills the disk.</summary>
    public const long LargestUpload = 10L * 1024 * 1024 * 1024;

    /// <summary>The most that archives may hold unpacked: a bomb of zeroes ends here.</summary>
    private const long LargestUnpacked = 4 * LargestUpload;

    private const int MostFiles = 100_000;

    public string FolderOf(long import) => Path.Combine(settings.DataFolder, "imports", import.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Whether this process can read them: others on PostgreSQL have a data folder of their own.</summary>
    public bool AreHere(long import) => Directory.Exists(FolderOf(import));

    public FileStream Open(long import, ImportFile file) =>
        new(Path.Combine(FolderOf(import), file.File), FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024, FileOptions.SequentialScan);

    public void Remove(long import)
    {
        if (AreHere(import))
        {
            Directory.Delete(FolderOf(import), recursive: true);
        }
    }

    /// <summary>Writes an upload to the disk as it comes; null when it is larger than may be.</summary>
    public async Task<ImportFile?> Keep(long import, string name, Stream content, CancellationToken cancel)
    {
        Directory.CreateDirectory(FolderOf(import));
        var file = NewName();
        var path = Path.Combine(FolderOf(import), file);
        var size = 0L;
        await using (var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 128 * 1024))
        {
            var buffer = new byte[128 * 1024];
            for (int read; size <= LargestUpload && (read = await content.ReadAsync(buffer, cancel)) > 0;)
            {
                await target.WriteAsync(buffer.AsMemory(0, read), cancel);
                size += read;
            }

            target.Flush(flushToDisk: true);
        }

        if (size > LargestUpload)
        {
            File.Delete(path);
            return null;
        }

        Directories.Sync(FolderOf(import));
        return new(PlainName(name), file, size);
    }

    /// <summary>Takes archives apart. Null when they hold more than may be, or cannot be read.</summary>
    public IReadOnlyList<ImportFile>? Unpack(long import, IReadOnlyList<ImportFile> files, CancellationToken cancel)
    {
        var plain = new List<ImportFile>();
        var total = 0L;
        foreach (var file in files)
        {
            var head = Head(import, file);
            if (head is [(byte)'P', (byte)'K', 3, 4, ..])
            {
                if (!Unzip(import, file, plain, ref total, cancel))
                {
                    return null;
                }
            }
            else if (head is [0x1F, 0x8B, ..])
            {
                using var packed = Open(import, file);
                using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
                if (Write(import, file.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file.Name[..^3] : file.Name, unpacked, ref total, cancel) is not { } inner)
                {
                    return null;
                }

                plain.Add(inner);
            }
            else
            {
                plain.Add(file);
                continue;
            }

            File.Delete(Path.Combine(FolderOf(import), file.File));
        }

        return plain;
    }

    /// <summary>What the files are, told from their names and their first bytes; null when that cannot be told.</summary>
    public ImportSource? SourceOf(long import, IReadOnlyList<ImportFile> files)
    {
        foreach (var file in files)
        {
            var head = Head(import, file);
            var text = Encoding.UTF8.GetString(head);
            if (MboxReader.IsMbox(head) || MboxReader.IsMail(head))
            {
                return ImportSource.Mbox;
            }

            if (text.TrimStart('\uFEFF', ' ', '\r', '\n', '\t') is ['{' or '[', ..])
            {
                // Zendesk gives every object its address; Freshdesk wraps each in the name of its kind.
                return text.Contains("helpdesk_ticket", StringComparison.Ordinal) || text.Contains("freshdesk.com", StringComparison.Ordinal) || text.Contains("helpdesk_agent", StringComparison.Ordinal) || text.Contains("\"responder_id\"", StringComparison.Ordinal)
                    ? ImportSource.Freshdesk
                    : text.Contains("zendesk.com", StringComparison.Ordinal) || text.Contains("\"requester", StringComparison.Ordinal) || text.Contains("\"domain_names\"", StringComparison.Ordinal) || text.Contains("\"role\"", StringComparison.Ordinal)
                        ? ImportSource.Zendesk
                        : null;
            }

            if (file.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || file.Name.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) || text.Split('\n')[0].IndexOfAny([',', ';', '\t']) >= 0)
            {
                return ImportSource.Csv;
            }
        }

        return null;
    }

    private static string NewName() => $"{Guid.NewGuid():N}"[..16];

    /// <summary>The last piece of a path, for people to read; it never becomes a path again.</summary>
    private static string PlainName(string name) => (name.Split('/', '\\')[^1] is { Length: > 0 } last ? last : "file").ReplaceLineEndings(" ").Storable(200);

    private byte[] Head(long import, ImportFile file)
    {
        var head = new byte[64 * 1024];
        using var stream = Open(import, file);
        return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }

    private bool Unzip(long import, ImportFile file, List<ImportFile> plain, ref long total, CancellationToken cancel)
    {
        try
        {
            using var packed = Open(import, file);
            using var archive = new ZipArchive(packed, ZipArchiveMode.Read);
            foreach (var entry in archive.Entries.Where(entry => entry.Length > 0 && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal)))
            {
                using var unpacked = entry.Open();
                if (plain.Count >= MostFiles || Write(import, entry.FullName, unpacked, ref total, cancel) is not { } inner)
                {
                    return false;
                }

                plain.Add(inner);
            }

            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private ImportFile? Write(long import, string name, Stream content, ref long total, CancellationToken cancel)
    {
        try
        {
            var file = NewName();
            using var target = new FileStream(Path.Combine(FolderOf(import), file), FileMode.CreateNew, FileAccess.Write);
            var buffer = new byte[128 * 1024];
            for (int read; (read = content.Read(buffer)) > 0;)
            {
                cancel.ThrowIfCancellationRequested();
                target.Write(buffer.AsSpan(0, read));
                total += read;
                if (total > LargestUnpacked)
                {
                    return null;
                }
            }

            return new(PlainName(name), file, target.Length);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
