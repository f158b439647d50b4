using Microsoft.Win32.SafeHandles;

namespace Heliotrope.Mail.Reading;

/// <summary>
/// A message read from a stream with bounded memory, however large it is: a large one goes to a file, and its attachments are read from there.
/// Dispose it when the attachments are no longer needed; then the file is gone.
/// </summary>
public sealed class SpooledMail : IDisposable
{
    private const int InMemory = 1024 * 1024;
    private const int BlockSize = 128 * 1024;

    private readonly SafeFileHandle? file;

    private SpooledMail(MailMessage message, SafeFileHandle? file) => (Message, this.file) = (message, file);

    /// <summary>What <see cref="MailReader"/> reads from the same bytes.</summary>
    public MailMessage Message { get; }

    /// <summary>Reads the stream to its end. No message makes it fail.</summary>
    /// <param name="raw">The message.</param>
    /// <param name="folder">Where a message of more than 1 MiB is kept meanwhile, in a file that only this process's user can read.</param>
    /// <param name="limits">How much of it is looked at; null for the usual.</param>
    /// <param name="cancel">Stops the reading of the stream.</param>
    /// <exception cref="IOException">The stream or the disk failed.</exception>
    public static Task<SpooledMail> ReadAsync(Stream raw, string folder, MailLimits? limits = null, CancellationToken cancel = default) =>
        ReadAsync(raw, folder, limits ?? MailLimits.Default, InMemory, Spool.Beginning, cancel);

    internal static async Task<SpooledMail> ReadAsync(Stream raw, string folder, MailLimits limits, int inMemory, int beginning, CancellationToken cancel)
    {
        var first = new byte[inMemory];
        var length = await raw.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancel);
        if (length < first.Length)
        {
            return new SpooledMail(MailReader.Read(first.AsMemory(0, length), limits), null);
        }
        var file = Create(folder);
        try
        {
            await Write(file, first, raw, cancel);
            var spool = new Spool(file, limits, out var cut, beginning);
            var message = MailReader.Read(spool.Skeleton, new ReadContext(limits, spool), cut);
            return new SpooledMail(message, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Removes the file; attachments cannot be read any more.</summary>
    public void Dispose() => file?.Dispose();

    internal static SafeFileHandle Create(string folder)
    {
        var path = Path.Combine(folder, Path.GetRandomFileName() + ".mail");
        // Nobody but this process needs its name, and a crash must not leave somebody's mail behind: where a system can, the name goes at once.
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete,
            OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.Delete(path);
        }
        return file;
    }

    internal static async Task Write(SafeFileHandle file, byte[] first, Stream raw, CancellationToken cancel)
    {
        long position = 0;
        var (feeds, returns) = (false, false);
        var block = first.AsMemory();
        var buffer = new byte[BlockSize];
        while (block.Length > 0)
        {
            feeds |= block.Span.Contains((byte)'\n');
            returns |= block.Span.Contains((byte)'\r');
            await RandomAccess.WriteAsync(file, block, position, cancel);
            position += block.Length;
            block = buffer.AsMemory(0, await raw.ReadAsync(buffer, cancel));
        }
        if (returns && !feeds)
        {
            FeedLines(file, buffer, position);
        }
    }

    /// <summary>See <see cref="Lines.WithoutBareCarriageReturns"/>.</summary>
    private static void FeedLines(SafeFileHandle file, byte[] buffer, long length)
    {
        for (long position = 0; position < length;)
        {
            var read = RandomAccess.Read(file, buffer, position);
            buffer.AsSpan(0, read).Replace((byte)'\r', (byte)'\n');
            RandomAccess.Write(file, buffer.AsSpan(0, read), position);
            position += read;
        }
    }
}
