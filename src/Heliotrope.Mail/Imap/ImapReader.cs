using Heliotrope.Mail.Smtp;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;

namespace Heliotrope.Mail.Imap;

/// <summary>
/// One folder on an IMAP server over one connection (RFC 9051, RFC 3501), read by MailKit. For one task at a time. What goes wrong is an exception of MailKit's, of the
/// socket or of TLS; after one the reader is of no more use.
/// </summary>
public sealed class ImapReader : IAsyncDisposable
{
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);

    private readonly ImapClient _client;
    private readonly IMailFolder _folder;
    private readonly TimeSpan _patience;
    private volatile bool _somethingNew = true;

    private ImapReader(ImapClient client, IMailFolder folder, uint uidNext, TimeSpan patience)
    {
        (_client, _folder, UidNext, _patience) = (client, folder, uidNext, patience);
        folder.CountChanged += (_, _) => _somethingNew = true;
        folder.UidValidityChanged += (_, _) => _somethingNew = true;
    }

    /// <summary>While it stays the same a UID names the same mail (RFC 9051 section 2.3.1.1).</summary>
    public uint UidValidity => _folder.UidValidity;

    /// <summary>No mail had this UID or a higher one when the folder was opened.</summary>
    public uint UidNext { get; }

    /// <summary>How many mails are in the folder.</summary>
    public int Count => _folder.Count;

    /// <summary>Whether the server tells of new mail by itself (RFC 2177).</summary>
    public bool CanIdle => _client.Capabilities.HasFlag(ImapCapabilities.Idle);

    /// <summary>Connects, signs in and opens the folder.</summary>
    /// <exception cref="MailKit.Security.AuthenticationException">The server did not take the credentials.</exception>
    /// <exception cref="NotSupportedException">They would have gone in clear, so they were not sent.</exception>
    /// <exception cref="FolderNotFoundException">There is no such folder.</exception>
    public static async Task<ImapReader> Open(ImapAccount account, ImapReaderOptions options, CancellationToken cancel)
    {
        var words = new LastWords();
        var client = new ImapClient(words) { Timeout = (int)options.Patience.TotalMilliseconds, CheckCertificateRevocation = false };
        if (options.CertificateCheck is { } check)
        {
            client.ServerCertificateValidationCallback = check;
        }

        try
        {
            using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            clock.CancelAfter(options.Patience);
            try
            {
                await client.ConnectAsync(account.Host, account.Port, Way(account.Tls), clock.Token);
                await SignIn(client, account, clock.Token);
                var folder = account.Folder.Equals("INBOX", StringComparison.OrdinalIgnoreCase) ? client.Inbox! : await client.GetFolderAsync(account.Folder, clock.Token);
                await folder.OpenAsync(options.Changes ? FolderAccess.ReadWrite : FolderAccess.ReadOnly, clock.Token);
                words.IsOver = true;
                return new ImapReader(client, folder, await NextUid(folder, clock.Token), options.Patience);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                throw new TimeoutException($"{account.Host}, port {account.Port}, did not answer in time.");
            }
        }
        catch (Exception e)
        {
            words.NoteIn(e);
            client.Dispose();
            throw;
        }
    }

    /// <summary>What the server said when it did not let us in; null when it said nothing, or what went wrong was something else.</summary>
    public static string? RefusalOf(Exception thrown) => thrown.Data[typeof(LastWords)] as string;

    /// <summary>The UIDs above this one, in order.</summary>
    public async Task<IReadOnlyList<uint>> Above(uint uid, CancellationToken cancel)
    {
        _somethingNew = false;
        if (uid == uint.MaxValue)
        {
            return [];
        }

        // "n:*" always means the last mail as well, whatever its number.
        var found = await InTime(c => _folder.SearchAsync(SearchQuery.Uids(new UniqueIdRange(new UniqueId(uid + 1), UniqueId.MaxValue)), c), cancel);
        return [.. found.Select(one => one.Id).Where(id => id > uid).Order()];
    }

    /// <summary>The UIDs below this one and above another, in order; of mail that the server got on or after a day.</summary>
    /// <param name="above">Left out with all below it.</param>
    /// <param name="below">Left out with all above it.</param>
    /// <param name="since">The time of day is not looked at; null for all.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<IReadOnlyList<uint>> Between(uint above, uint below, DateTimeOffset? since, CancellationToken cancel)
    {
        if (below < 2 || above >= below - 1)
        {
            return [];
        }

        SearchQuery query = SearchQuery.Uids(new UniqueIdRange(new UniqueId(above + 1), new UniqueId(below - 1)));
        if (since is { } day)
        {
            query = query.And(SearchQuery.DeliveredAfter(day.UtcDateTime.AddDays(-1))); // servers count days on clocks of their own
        }

        var found = await InTime(c => _folder.SearchAsync(query, c), cancel);
        return [.. found.Select(one => one.Id).Where(id => id > above && id < below).Order()];
    }

    /// <summary>Size and arrival of these mails, and whether they are marked as answered; those that are gone meanwhile are left out.</summary>
    public async Task<IReadOnlyList<FoundMail>> Describe(IReadOnlyList<uint> uids, CancellationToken cancel)
    {
        var asked = uids.ToHashSet();
        var found = await InTime(c => _folder.FetchAsync(Ids(uids), new FetchRequest(MessageSummaryItems.UniqueId | MessageSummaryItems.Size | MessageSummaryItems.InternalDate | MessageSummaryItems.Flags), c), cancel);

        // Servers tell of others meanwhile, as when somebody has marked one as read; MailKit puts those among the answers.
        return [.. found.Where(one => one.UniqueId.IsValid && asked.Contains(one.UniqueId.Id)).Select(one => new FoundMail(one.UniqueId.Id, one.Size ?? 0, one.InternalDate, one.Flags?.HasFlag(MessageFlags.Answered) is true)).OrderBy(one => one.Uid)];
    }

    /// <summary>The bytes of these mails, fetched in one go and none of them marked as seen; those that are gone meanwhile are left out.</summary>
    /// <remarks>All are held in memory: for a few mails of moderate size.</remarks>
    public async Task<IReadOnlyDictionary<uint, byte[]>> Fetch(IReadOnlyList<uint> uids, CancellationToken cancel)
    {
        var mails = new Dictionary<uint, byte[]>(uids.Count);
        async Task Keep(ImapFolder folder, int index, UniqueId uid, Stream stream, CancellationToken stop)
        {
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, stop);
            mails[uid.Id] = bytes.ToArray();
        }

        await InTime(c => ((ImapFolder)_folder).GetStreamsAsync(Ids(uids), Keep, c), cancel, times: 10);
        return mails;
    }

    /// <summary>Writes a mail of any size into a stream, piece by piece.</summary>
    /// <param name="uid">Which.</param>
    /// <param name="into">Written at its place.</param>
    /// <param name="most">No more bytes than this are written.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>Whether that was all of it.</returns>
    public async Task<bool> FetchInto(uint uid, Stream into, long most, CancellationToken cancel)
    {
        const int piece = 1024 * 1024;
        for (long at = 0; ;)
        {
            var (offset, count) = ((int)at, (int)Math.Min(piece, most + 1 - at));
            using var part = await InTime(c => _folder.GetStreamAsync(new UniqueId(uid), "", offset, count, c), cancel, times: 2);

            // A piece that is shorter than what was asked for is no end: servers may give less at a time than they are asked for.
            if (part.Length == 0 || at + part.Length > most)
            {
                return part.Length == 0;
            }

            at += part.Length;
            await part.CopyToAsync(into, cancel);
        }
    }

    /// <summary>Marks these mails as read.</summary>
    public Task MarkRead(IReadOnlyList<uint> uids, CancellationToken cancel) => InTime(c => MarkInTime(uids, c), cancel);

    /// <summary>Moves these mails into another folder, which is made when it is missing.</summary>
    /// <param name="uids">Which.</param>
    /// <param name="folder">Its name as the server writes it, or what follows where the user's own folders begin; the server's separator between its levels.</param>
    /// <param name="cancel">Stops it.</param>
    public Task Move(IReadOnlyList<uint> uids, string folder, CancellationToken cancel) => InTime(
        async c =>
        {
            await MarkInTime(uids, c);
            await _folder.MoveToAsync(Ids(uids), await Folder(folder, c), c);
        },
        cancel);

    /// <summary>How full the mailbox is; null when the server does not say.</summary>
    public async Task<MailboxQuota?> Quota(CancellationToken cancel)
    {
        if (!_client.Capabilities.HasFlag(ImapCapabilities.Quota))
        {
            return null;
        }

        try
        {
            var quota = await InTime(_folder.GetQuotaAsync, cancel);
            return quota is { CurrentStorageSize: { } used, StorageLimit: { } limit } ? new(used * 1024L, limit * 1024L) : null;
        }
        catch (ImapCommandException)
        {
            return null; // it offers what it does not have
        }
    }

    /// <summary>Waits until there is something new, or until the time is over.</summary>
    /// <param name="most">The longest wait; servers hang up after half an hour of silence.</param>
    /// <param name="wake">Ends the wait before its time.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    public async Task Wait(TimeSpan most, CancellationToken wake, CancellationToken cancel)
    {
        if (_somethingNew)
        {
            return;
        }

        using var done = CancellationTokenSource.CreateLinkedTokenSource(wake);
        done.CancelAfter(most);
        if (CanIdle)
        {
            void Told(object? sender, EventArgs e)
            {
                _somethingNew = true;
                done.Cancel();
            }

            _folder.CountChanged += Told;
            try
            {
                using var given = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                using var overdue = done.Token.Register(() => given.CancelAfter(_patience)); // a server that does not even end IDLE is gone
                await _client.IdleAsync(done.Token, given.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                throw new TimeoutException("The server fell silent.");
            }
            finally
            {
                _folder.CountChanged -= Told;
            }
        }
        else
        {
            try
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(done.Token, cancel);
                await Task.Delay(Timeout.InfiniteTimeSpan, either.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                // Woken, or the time is over.
            }
        }

        await InTime(_client.NoOpAsync, cancel);
    }

    /// <summary>Takes leave, and takes no long time over it.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_client.IsConnected)
            {
                using var brief = new CancellationTokenSource(Goodbye);
                await _client.DisconnectAsync(quit: true, brief.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ProtocolException or CommandException or System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            // It is left either way.
        }

        _client.Dispose();
    }

    private Task<IList<UniqueId>> MarkInTime(IReadOnlyList<uint> uids, CancellationToken cancel) =>
        _folder.StoreAsync(Ids(uids), new StoreFlagsRequest(StoreAction.Add, MessageFlags.Seen) { Silent = true }, cancel);

    private async Task<IMailFolder> Folder(string name, CancellationToken cancel)
    {
        if (await Find(name, cancel) is { } named)
        {
            return named;
        }

        // Some servers keep all that is the user's below a name ("INBOX."), which people do not write. A folder is made within one that is there, so level by level.
        var own = _client.PersonalNamespaces is [var first, ..] ? first.Path : "";
        var folder = await _client.GetFolderAsync(own, cancel);
        var separator = folder.DirectorySeparator;
        var below = own.Length == 0 ? "" : $"{own.TrimEnd(separator)}{separator}";
        foreach (var level in (name.StartsWith(below, StringComparison.Ordinal) ? name[below.Length..] : name).Split(separator, StringSplitOptions.RemoveEmptyEntries))
        {
            folder = await Find(folder.FullName.Length == 0 ? level : $"{folder.FullName}{separator}{level}", cancel)
                ?? await folder.CreateAsync(level, isMessageFolder: true, cancel)
                ?? throw new FolderNotFoundException(name);
        }

        return folder;
    }

    private async Task<IMailFolder?> Find(string name, CancellationToken cancel)
    {
        try
        {
            return await _client.GetFolderAsync(name, cancel);
        }
        catch (FolderNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Servers need not say with the folder which number comes next (RFC 3501 section 6.3.1), and all mail would then seem new.</summary>
    private static async Task<uint> NextUid(IMailFolder folder, CancellationToken cancel)
    {
        try
        {
            if (folder.UidNext is null)
            {
                await folder.StatusAsync(StatusItems.UidNext, cancel);
            }
        }
        catch (ImapCommandException)
        {
            // A server may refuse that for the folder that is open.
        }

        return folder.UidNext?.Id ?? (await folder.SearchAsync(SearchQuery.All, cancel)).Select(one => one.Id).DefaultIfEmpty().Max() + 1;
    }

    private async Task InTime(Func<CancellationToken, Task> command, CancellationToken cancel, int times = 1) => await InTime(
        async c =>
        {
            await command(c);
            return true;
        },
        cancel,
        times);

    /// <summary>MailKit bounds each read; this bounds the whole, for a server that drips.</summary>
    private async Task<T> InTime<T>(Func<CancellationToken, Task<T>> command, CancellationToken cancel, int times = 1)
    {
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        clock.CancelAfter(_patience * times);
        try
        {
            return await command(clock.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException("The server did not answer in time.");
        }
    }

    private static async Task SignIn(ImapClient client, ImapAccount account, CancellationToken cancel)
    {
        if (!client.IsSecure)
        {
            throw new NotSupportedException("The server offers no encryption, so the password was not sent.");
        }

        if (account.Token is { } token)
        {
            SaslMechanism way = client.AuthenticationMechanisms.Contains("XOAUTH2") || !client.AuthenticationMechanisms.Contains("OAUTHBEARER")
                ? new SaslMechanismOAuth2(account.User, token)
                : new SaslMechanismOAuthBearer(account.User, token);
            await client.AuthenticateAsync(way, cancel);
            return;
        }

        // One way and one try: a wrong password that is tried in all ways counts several times where mailboxes are locked after some.
        var (ways, password) = (client.AuthenticationMechanisms, account.Password ?? "");
        await (ways.Contains("PLAIN") ? client.AuthenticateAsync(new SaslMechanismPlain(account.User, password), cancel)
            : ways.Contains("LOGIN") ? client.AuthenticateAsync(new SaslMechanismLogin(account.User, password), cancel)
            : client.AuthenticateAsync(account.User, password, cancel));
    }

    /// <summary>The same in the words of MailKit.</summary>
    /// <param name="tls">How the connection is encrypted.</param>
    public static SecureSocketOptions Way(MailTls tls) => tls switch
    {
        MailTls.Implicit => SecureSocketOptions.SslOnConnect,
        MailTls.StartTls => SecureSocketOptions.StartTls,
        MailTls.WhenOffered => SecureSocketOptions.StartTlsWhenAvailable,
    };

    private static UniqueId[] Ids(IReadOnlyList<uint> uids) => [.. uids.Select(uid => new UniqueId(uid))];
}
