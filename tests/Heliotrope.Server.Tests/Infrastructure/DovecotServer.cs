using System.Globalization;
using System.Text;

namespace Heliotrope.Server.Tests.Infrastructure;

/// <summary>A mail in a folder, as Dovecot itself sees it.</summary>
internal sealed record StoredMail(uint Uid, string[] Flags);

/// <summary>A real IMAP server (Debian's Dovecot) with a folder, ports, users and certificates of its own.</summary>
internal sealed class DovecotServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("heliotrope-dovecot-");
    private readonly Dictionary<string, (string Password, long? Quota, string More)> _users = [];
    private readonly DovecotOptions _options;
    private readonly TestIdentity _identity;
    private MailDaemon? _daemon;
    private int _appended;

    private DovecotServer(DovecotOptions options, TokenEndpoint tokens)
    {
        (_options, Tokens) = (options, tokens);
        _identity = options.Identity ?? Authority.Issue();
    }

    public const string User = "user@example.test";
    public const string Password = "s3cret-word";

    public TestAuthority Authority { get; } = new();

    public TokenEndpoint Tokens { get; }

    public DovecotPorts Ports { get; private set; } = new(0, 0, 0, 0);

    public string Log => File.Exists(In("log")) ? File.ReadAllText(In("log")) : "";

    /// <summary>Where all of it is, as long as it is there.</summary>
    public string Folder => _folder.FullName;

    public bool Runs => _daemon is { Over.IsCompleted: false };

    /// <summary>Starts one with the user above.</summary>
    public static async Task<DovecotServer> Start(DovecotOptions? options = null)
    {
        var server = new DovecotServer(options ?? new(), await TokenEndpoint.Start());
        try
        {
            await server.AddUser(User, Password);
            await server.Prepare();
            await server.Begin(newPorts: true);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds a user, or changes one; works at once.</summary>
    /// <param name="address">His user name.</param>
    /// <param name="password">Any characters.</param>
    /// <param name="quota">How many bytes his mailbox holds; any number when not said.</param>
    /// <param name="more">Further fields of Dovecot's password file, such as "nologin=y reason=Switched_off".</param>
    public async Task AddUser(string address, string password, long? quota = null, string more = "")
    {
        _users[address] = (password, quota, more);
        var lines = from user in _users
                    let encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(user.Value.Password))
                    let limit = user.Value.Quota is { } bytes ? string.Create(CultureInfo.InvariantCulture, $" userdb_quota_rule=*:bytes={bytes}") : ""
                    select $"{user.Key}:{{PLAIN.b64}}{encoded}::::::{user.Value.More}{limit}\n";
        await Write("users.new", string.Concat(lines));
        File.Move(In("users.new"), In("users"), overwrite: true);
    }

    /// <summary>Ends it in order: it says goodbye to who is connected.</summary>
    public async Task Stop()
    {
        var master = (await File.ReadAllTextAsync(In("run/master.pid"))).Trim();
        await MailDaemon.Run(["kill", "-TERM", master]);
        await _daemon!.Over.WaitAsync(Patience.Limit);
    }

    /// <summary>Ends it as a power cut does.</summary>
    public Task Kill() => _daemon!.Signal("KILL");

    /// <summary>Starts it again on the same ports, after it was stopped or killed.</summary>
    public async Task Restart()
    {
        if (Runs)
        {
            await Stop();
        }

        await Begin(newPorts: false);
    }

    /// <summary>From now on it takes connections and answers nothing.</summary>
    public Task Suspend() => _daemon!.Signal("STOP");

    /// <summary>It goes on where it was.</summary>
    public Task Resume() => _daemon!.Signal("CONT");

    /// <summary>Hands a mail over through LMTP; the last answer is returned, such as "250 2.0.0 …" or "552 5.2.2 …".</summary>
    public Task<string> Deliver(string user, byte[] content) => Lmtp.Send(Ports.Lmtp, "sender@client.example", user, content);

    /// <summary>Puts many mails into a folder at once; faster than any protocol. They are unseen, and numbered in this order.</summary>
    public async Task Append(string user, IEnumerable<byte[]> mails, string folder = "INBOX", DateTime? at = null)
    {
        var maildir = Maildir(user, folder);
        foreach (var part in (string[])["tmp", "new", "cur"])
        {
            Directory.CreateDirectory(Path.Combine(maildir, part));
        }

        var seconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var names = new List<string>();
        foreach (var mail in mails)
        {
            names.Add(string.Create(CultureInfo.InvariantCulture, $"{seconds}.M{++_appended:000000}P1.example"));
            await File.WriteAllBytesAsync(Path.Combine(maildir, "tmp", names[^1]), mail);
            File.SetLastWriteTimeUtc(Path.Combine(maildir, "tmp", names[^1]), at ?? DateTime.UtcNow); // Maildir's INTERNALDATE
        }

        // All is Dovecot's before any is seen: whoever listens has it moved at once.
        await Own(Path.Combine(In("mail"), user));
        foreach (var name in names)
        {
            File.Move(Path.Combine(maildir, "tmp", name), Path.Combine(maildir, "new", name));
        }

        await Doveadm("index", "-u", user, folder);
    }

    /// <summary>Whether it may read the mail in which these words stand, whatever its index says of it.</summary>
    public async Task MayRead(string user, string words, bool may)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("There is no Dovecot for Windows.");
        }

        foreach (var file in Directory.EnumerateFiles(Maildir(user, "INBOX"), "*P1.example*", SearchOption.AllDirectories))
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            if (!may && (await File.ReadAllTextAsync(file)).Contains(words, StringComparison.Ordinal))
            {
                File.SetUnixFileMode(file, UnixFileMode.None);
            }
        }
    }

    /// <summary>All mails of a folder.</summary>
    public async Task<IReadOnlyList<StoredMail>> Mails(string user, string folder = "INBOX")
    {
        var lines = await Doveadm("-f", "tab", "fetch", "-u", user, "uid flags", "mailbox", folder, "ALL");
        return [.. from line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
                   let fields = line.Split('\t')
                   select new StoredMail(uint.Parse(fields[0], CultureInfo.InvariantCulture), fields[1].Split(' ', StringSplitOptions.RemoveEmptyEntries))];
    }

    /// <summary>How many mails of a folder bear a flag, such as "\Seen".</summary>
    public async Task<int> Count(string user, string flag, string folder = "INBOX") => (await Mails(user, folder)).Count(mail => mail.Flags.Contains(flag));

    /// <summary>The number that says whether UIDs known from before still mean the same mails (RFC 9051, 2.3.1.1).</summary>
    public async Task<uint> UidValidity(string user, string folder = "INBOX")
    {
        var said = await Doveadm("mailbox", "status", "-u", user, "uidvalidity", folder);
        return uint.Parse(said.Trim().Split('=')[^1], CultureInfo.InvariantCulture);
    }

    /// <summary>Numbers a folder's mails anew, as after restoring a backup. The server is restarted for it.</summary>
    public async Task ChangeUidValidity(string user, string folder = "INBOX")
    {
        var old = await UidValidity(user, folder);
        await Stop();
        var maildir = Maildir(user, folder);
        foreach (var index in Directory.EnumerateFiles(maildir, "dovecot.index*").Concat(Directory.EnumerateFiles(maildir, "dovecot-uidlist*")))
        {
            File.Delete(index);
        }

        await File.WriteAllTextAsync(Path.Combine(maildir, "dovecot-uidlist"), string.Create(CultureInfo.InvariantCulture, $"3 V{old + 1} N1\n"));
        await Own(maildir);
        await Begin(newPorts: false);
    }

    /// <summary>Users who are connected through IMAP now, one for each connection.</summary>
    public async Task<IReadOnlyList<string>> Connected()
    {
        var lines = await Doveadm("-f", "tab", "who", "-1");
        return [.. from line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
                   let fields = line.Split('\t')
                   where fields[1] == "imap"
                   select fields[0]];
    }

    /// <summary>Any command of Dovecot's own administration; what it wrote is returned.</summary>
    public Task<string> Doveadm(params string[] arguments) => MailDaemon.Run([.. AsDovecot, "doveadm", "-c", In("dovecot.conf"), .. arguments]);

    public async ValueTask DisposeAsync()
    {
        if (_daemon is not null)
        {
            await _daemon.DisposeAsync();
        }

        await Tokens.DisposeAsync();
        Authority.Dispose();
        await MailDaemon.Delete(_folder.FullName, []);
    }

    // Dovecot serves no mail as root; Debian's package brought a user for it.
    private static string[] AsDovecot => Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=dovecot", "--regid=dovecot", "--clear-groups"] : [];

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private string Maildir(string user, string folder) => Path.Combine(In("mail"), user, "Maildir", folder is "INBOX" ? "" : "." + folder);

    private async Task Write(string name, string text)
    {
        await File.WriteAllTextAsync(In(name), text);
        await Own(In(name));
    }

    private static async Task Own(string path)
    {
        if (Environment.IsPrivilegedProcess)
        {
            await MailDaemon.Run(["chown", "-R", "dovecot:dovecot", path]);
        }
    }

    private async Task Prepare()
    {
        Directory.CreateDirectory(In("mail"));
        Directory.CreateDirectory(In("run"));
        await Write("certificate.pem", _identity.CertificatePem);
        await Write("key.pem", _identity.KeyPem);
        await Write("oauth2.conf", DovecotConfiguration.Tokens(Tokens.Url));
    }

    private async Task Begin(bool newPorts)
    {
        var user = Environment.IsPrivilegedProcess ? "dovecot" : Environment.UserName;
        var group = Environment.IsPrivilegedProcess ? "dovecot" : (await MailDaemon.Run(["id", "-gn"])).Trim();
        for (var attempt = 1; ; attempt++)
        {
            if (newPorts)
            {
                var free = Infrastructure.Ports.Free(4);
                Ports = new(free[0], free[1], free[2], free[3]);
            }

            await Write("dovecot.conf", DovecotConfiguration.Text(_folder.FullName, user, group, Ports, _options));
            await Own(_folder.FullName);
            // One that was killed left it behind, and its number may still be that of a process nobody has buried yet.
            File.Delete(In("run/master.pid"));
            var before = Log.Length;
            var daemon = new MailDaemon([.. AsDovecot, "dovecot", "-F", "-c", In("dovecot.conf")], [], "");
            await Started(daemon, before).WaitAsync(Patience.Limit);
            if (!daemon.Over.IsCompleted)
            {
                _daemon = daemon;
                return;
            }

            var said = daemon.Said + Log;
            await daemon.DisposeAsync();
            if (attempt == 5 || !said.Contains("Address already in use", StringComparison.Ordinal))
            {
                throw new InvalidOperationException("Dovecot did not start. Debian's packages dovecot-imapd and dovecot-lmtpd are needed. It said: " + said);
            }

            await Task.Delay(50);
        }
    }

    /// <summary>It opens all of its ports, and then says that it starts.</summary>
    private async Task Started(MailDaemon daemon, int before)
    {
        while (!daemon.Over.IsCompleted && !Log[before..].Contains("starting up for", StringComparison.Ordinal))
        {
            await Task.WhenAny(daemon.Over, Task.Delay(10));
        }
    }
}
