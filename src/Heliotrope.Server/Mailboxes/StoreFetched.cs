using System.Text;
using System.Text.RegularExpressions;
using Heliotrope.Mail.Imap;
using Heliotrope.Server.Channels;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Mailboxes;

/// <summary>Hands what was fetched from a mailbox to intake, and to nobody else.</summary>
internal sealed partial class StoreFetched(Intake intake, MailboxRecord record, Store store, ServerSettings settings)
{
    /// <summary>A larger mail is fetched apart, piece by piece.</summary>
    public const long LargeFrom = 4 * 1024 * 1024;

    /// <summary>The largest mail that any of the providers we know lets through; a larger one stays where it is, and a person is told.</summary>
    public const long Largest = 150L * 1024 * 1024;

    /// <summary>Our test mail is small, and what reports about it quotes it soon.</summary>
    private const int Looked = 64 * 1024;

    /// <summary>Stores mails of one mailbox in the order in which they came; returns once all are on the disk.</summary>
    public async Task Store(Mailbox mailbox, MailboxState state, IEnumerable<byte[]> mails, PastMail? past, CancellationToken cancel)
    {
        var incoming = new List<IncomingMail>();
        foreach (var raw in mails)
        {
            if (!await IsTest(mailbox, state, raw, cancel))
            {
                incoming.Add(new(raw, "", [], "imap", mailbox.Address) { MailboxId = mailbox.Id, Past = past });
            }
        }

        await intake.AcceptInOrder(incoming, cancel);
    }

    /// <summary>Fetches a mail into a file and stores it from there.</summary>
    public async Task<Fetched> Large(Mailbox mailbox, MailboxState state, ImapReader reader, uint uid, PastMail? past, CancellationToken cancel)
    {
        await using var file = NewFile(settings.MailFolder);
        if (!await reader.FetchInto(uid, file, Largest, cancel))
        {
            return Fetched.TooLarge;
        }

        if (file.Length == 0)
        {
            return Fetched.Nothing;
        }

        if (file.Length < LargeFrom)
        {
            var raw = new byte[file.Length];
            file.Position = 0;
            await file.ReadExactlyAsync(raw, cancel);
            await Store(mailbox, state, [raw], past, cancel);
            return Fetched.Stored;
        }

        await file.FlushAsync(cancel);
        await intake.Accept(new(ReadOnlyMemory<byte>.Empty, "", [], "imap", mailbox.Address) { Large = file, MailboxId = mailbox.Id, Past = past }, CancellationToken.None);
        return Fetched.Stored;
    }

    /// <summary>A file for one mail, gone when it is closed and readable by this process's user alone.</summary>
    private static FileStream NewFile(string folder)
    {
        Directory.CreateDirectory(folder);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(Path.Combine(folder, $"{Guid.NewGuid():N}.fetching"), options);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(file.Name); // a crash leaves nothing behind
        }

        return file;
    }

    /// <summary>Our own test mail, and what reports about it, come to their end here: they are no customer's mail.</summary>
    private async Task<bool> IsTest(Mailbox mailbox, MailboxState state, byte[] raw, CancellationToken cancel)
    {
        if (state.TestId is not { } test || !IsOfTest(raw, test, out var arrived, out var tagged))
        {
            // An earlier one that took its time tells nothing any more, and is no customer's mail either.
            return Earlier().Match(Encoding.Latin1.GetString(Head(raw))) is { Success: true, Groups: [_, var id] } && await store.Read(db => db.Outbox.AnyAsync(o => o.Kind == TestMails.Kind && o.MessageId == id.Value, cancel));
        }

        if (arrived)
        {
            await record.TestArrived(mailbox.Id, tagged, cancel);
        }

        return true;
    }

    /// <summary>Whether a mail is of the test, and no mail that anybody wrote.</summary>
    public static bool IsOfTest(MailboxState state, ReadOnlySpan<byte> raw) => state.TestId is { } test && IsOfTest(raw, test, out _, out _);

    /// <summary>Whether a mail is our test mail come back, or speaks of it, as a report about one that could not be delivered does.</summary>
    private static bool IsOfTest(ReadOnlySpan<byte> raw, string test, out bool arrived, out bool tagged)
    {
        var head = Head(raw);
        tagged = head.IndexOf(Encoding.ASCII.GetBytes($"<tagged.{test}>")) >= 0;
        arrived = tagged || head.IndexOf(Encoding.ASCII.GetBytes($"<plain.{test}>")) >= 0;
        return arrived || raw[..Math.Min(raw.Length, Looked)].IndexOf(Encoding.ASCII.GetBytes(test)) >= 0;
    }

    private static ReadOnlySpan<byte> Head(ReadOnlySpan<byte> raw)
    {
        var beginning = raw[..Math.Min(raw.Length, Looked)];
        var end = beginning.IndexOf("\r\n\r\n"u8);
        return end < 0 ? beginning : beginning[..end];
    }

    [GeneratedRegex(@"^Message-ID:\s*<((?:plain|tagged)\.[0-9a-f]{32}@[^<>\s]{1,255})>", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Earlier();
}

/// <summary>What came of fetching a mail by itself.</summary>
internal enum Fetched
{
    /// <summary>It is stored.</summary>
    Stored,

    /// <summary>The server gave nothing of it.</summary>
    Nothing,

    /// <summary>It is larger than anything that is taken.</summary>
    TooLarge,
}
