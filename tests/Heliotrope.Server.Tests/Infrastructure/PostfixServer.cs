namespace Heliotrope.Server.Tests.Infrastructure;

/// <summary>
/// A real SMTP server (Debian's Postfix) with a folder and ports of its own. Who signed in may send to the users of a
/// Dovecot, whom it asks about passwords; everything else is refused, and nothing ever leaves this machine.
/// </summary>
internal sealed class PostfixServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("heliotrope-postfix-").FullName;
    private readonly DovecotServer _dovecot;
    private MailDaemon? _daemon;
    private long _messageSizeLimit;

    private PostfixServer(DovecotServer dovecot, long messageSizeLimit) => (_dovecot, _messageSizeLimit) = (dovecot, messageSizeLimit);

    /// <summary>Where all of it is, as long as it is there.</summary>
    public string Folder => _folder;

    public PostfixPorts Ports { get; private set; } = new(0, 0);

    /// <summary>What of the recipients it takes.</summary>
    public MailPolicy Policy { get; } = new();

    public string Log => File.Exists(In("log")) ? File.ReadAllText(In("log")) : "";

    /// <summary>Starts one. It needs root, or sudo that asks for no password.</summary>
    public static async Task<PostfixServer> Start(DovecotServer dovecot, long messageSizeLimit = 10_000_000)
    {
        try
        {
            await MailDaemon.Run([.. AsRoot, "true"]);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException("Postfix starts as root only. Run the tests as root, or allow sudo without a password.", e);
        }

        var server = new PostfixServer(dovecot, messageSizeLimit);
        try
        {
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

    /// <summary>Ends it in order.</summary>
    public async Task Stop()
    {
        await MailDaemon.Run([.. AsRoot, "postfix", "-c", In("conf"), "abort"], mayFail: true);
        await _daemon!.Over.WaitAsync(Patience.Limit);
    }

    /// <summary>Ends it as a power cut does.</summary>
    public Task Kill() => _daemon!.Signal("KILL");

    /// <summary>Starts it again on the same ports, after it was stopped or killed.</summary>
    public async Task Restart()
    {
        if (_daemon is { Over.IsCompleted: false })
        {
            await Stop();
        }

        await Begin(newPorts: false);
    }

    /// <summary>From now on it takes connections and answers nothing.</summary>
    public Task Suspend() => _daemon!.Signal("STOP");

    /// <summary>It goes on where it was.</summary>
    public Task Resume() => _daemon!.Signal("CONT");

    /// <summary>Takes no larger mails from now on; in bytes. The server is restarted for it.</summary>
    public async Task LimitSize(long bytes)
    {
        _messageSizeLimit = bytes;
        await Restart();
    }

    public async ValueTask DisposeAsync()
    {
        if (_daemon is not null)
        {
            await _daemon.DisposeAsync();
        }

        await Policy.DisposeAsync();
        await MailDaemon.Delete(_folder, AsRoot);
    }

    /// <summary>What a command begins with that only root may run.</summary>
    public static string[] AsRoot => Environment.IsPrivilegedProcess ? [] : ["sudo", "-n"];

    private string In(string name) => Path.Combine(_folder, name);

    private async Task Prepare()
    {
        foreach (var name in (string[])["conf", "queue", "data"])
        {
            Directory.CreateDirectory(In(name));
        }

        // Its processes run as somebody else, and look into the folder.
        await MailDaemon.Run(["chmod", "755", _folder]);
        var identity = _dovecot.Authority.Issue();
        await File.WriteAllTextAsync(In("conf/certificate.pem"), identity.CertificatePem);
        await File.WriteAllTextAsync(In("conf/key.pem"), identity.KeyPem);
        await MailDaemon.Run([.. AsRoot, "chown", "root:root", In("conf"), In("queue"), _folder]);
        await MailDaemon.Run([.. AsRoot, "chown", "postfix:root", In("data")]);
    }

    private async Task Begin(bool newPorts)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (newPorts)
            {
                var free = Infrastructure.Ports.Free(2);
                Ports = new(free[0], free[1]);
            }

            await Write("main.cf", PostfixConfiguration.Text(_folder, _dovecot.Ports, Policy.Port, _messageSizeLimit));
            await Write("master.cf", PostfixConfiguration.Services(Ports));
            var daemon = new MailDaemon(["postfix", "-c", In("conf"), "start-fg"], AsRoot, In("queue/pid/master.pid"));
            await Infrastructure.Ports.Opened(Ports.Tls, daemon.Over).WaitAsync(Patience.Limit);
            if (!daemon.Over.IsCompleted)
            {
                _daemon = daemon;
                return;
            }

            var said = daemon.Said + Log;
            await daemon.DisposeAsync();
            if (attempt == 5 || !said.Contains("Address already in use", StringComparison.Ordinal))
            {
                throw new InvalidOperationException("Postfix did not start. Debian's package postfix is needed. It said: " + said);
            }

            await Task.Delay(50);
        }
    }

    private async Task Write(string name, string text)
    {
        var made = Path.GetTempFileName();
        await File.WriteAllTextAsync(made, text);
        await MailDaemon.Run([.. AsRoot, "install", "-m", "644", made, In("conf/" + name)]);
        File.Delete(made);
    }
}
