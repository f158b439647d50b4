using System.IO.Compression;
using System.Security.Cryptography;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Channels;

/// <summary>
/// The bytes of mail as they arrived. Small ones are a compressed column, stored by the same commit as what they became;
/// on SQLite a large one is a file named by its content, on the disk before that commit.
/// </summary>
internal sealed class RawMailStore(ServerSettings settings, IEngine engine)
{
    /// <summary>Above this, compressed, a row would swell the database file for a mail that is hardly ever opened again.</summary>
    private const int LargestRow = 1024 * 1024;

    private const int Quality = 3; // mail is mostly words and base64: higher ones cost more time than they save bytes

    /// <summary>Fills in where the bytes are kept. Nothing refers to a file until the row is committed; a file left over by a crash harms nobody.</summary>
    public void Keep(RawMail mail, ReadOnlyMemory<byte> raw)
    {
        var compressed = Compress(raw.Span);
        mail.Size = raw.Length;

        // Several processes on PostgreSQL share no folder.
        if (compressed.Length <= LargestRow || !engine.SingleProcess)
        {
            mail.Content = compressed;
            return;
        }

        mail.File = Convert.ToHexStringLower(SHA256.HashData(raw.Span)) + ".br";
        WriteDurably(Path.Combine(Folder, mail.File), file => file.Write(compressed));
    }

    /// <summary>Where large mails are.</summary>
    public string Folder
    {
        get
        {
            Directory.CreateDirectory(settings.MailFolder);
            return settings.MailFolder;
        }
    }

    /// <summary>The same for a mail that is not in memory; it takes a moment.</summary>
    public void KeepLarge(RawMail mail, Stream raw)
    {
        mail.Size = raw.Length;
        raw.Position = 0;
        if (!engine.SingleProcess)
        {
            using var compressed = new MemoryStream();
            Compress(raw, compressed);
            mail.Content = compressed.ToArray();
            return;
        }

        mail.File = Convert.ToHexStringLower(SHA256.HashData(raw)) + ".br";
        raw.Position = 0;
        WriteDurably(Path.Combine(Folder, mail.File), file => Compress(raw, file));
    }

    private static void Compress(Stream raw, Stream into)
    {
        using var brotli = new BrotliStream(into, new BrotliCompressionOptions { Quality = Quality }, leaveOpen: true);
        raw.CopyTo(brotli);
    }

    public async Task<byte[]> Read(RawMail mail, CancellationToken cancel)
    {
        var compressed = mail.Content ?? await File.ReadAllBytesAsync(Path.Combine(settings.MailFolder, mail.File!), cancel);
        var raw = new byte[mail.Size];
        await using var brotli = new BrotliStream(new MemoryStream(compressed), CompressionMode.Decompress);
        await brotli.ReadExactlyAsync(raw, cancel);
        return raw;
    }

    private static byte[] Compress(ReadOnlySpan<byte> raw)
    {
        const int window = 22;
        var buffer = new byte[BrotliEncoder.GetMaxCompressedLength(raw.Length)];
        return BrotliEncoder.TryCompress(raw, buffer, out var written, Quality, window)
            ? buffer.AsSpan(0, written).ToArray()
            : throw new InvalidOperationException("A buffer of the greatest possible size was too small.");
    }

    private static void WriteDurably(string path, Action<Stream> write)
    {
        if (File.Exists(path))
        {
            return; // The name is the content's hash.
        }

        var partial = $"{path}.{Guid.NewGuid():N}.part";
        using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write))
        {
            write(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: true);
        Directories.Sync(Path.GetDirectoryName(path)!);
    }
}
