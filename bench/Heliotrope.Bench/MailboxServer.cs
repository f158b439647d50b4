using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Heliotrope.Server.Tests.Infrastructure;
using Npgsql;

namespace Heliotrope.Bench;

/// <summary>A server with a fresh database that believes a Dovecot's certificates, warm from mails that came by SMTP.</summary>
internal sealed class MailboxServer : IAsyncDisposable
{
    public const string Authority = "HELIOTROPE_MAIL_AUTHORITY";
    private const int Warm = 300;

    private readonly string? _postgres;
    private readonly DovecotServer _dovecot;
    private HeliotropeProcess? _process;
    private Api? _api;

    private MailboxServer(DovecotServer dovecot, string? postgres) => (_dovecot, _postgres) = (dovecot, postgres);

    public BenchFolder Folder { get; } = new();

    public HeliotropeProcess Process => _process!;

    public Api Api => _api!;

    /// <summary>How many matters are there when it begins.</summary>
    public int Begun { get; private set; }

    /// <param name="dovecot">Whose certificates it believes.</param>
    /// <param name="postgres">A PostgreSQL server on which it gets a database of its own; null for SQLite.</param>
    /// <param name="cancel">Stops it.</param>
    public static async Task<MailboxServer> Start(DovecotServer dovecot, string? postgres, CancellationToken cancel)
    {
        var server = new MailboxServer(dovecot, postgres);
        try
        {
            await server.Begin(cancel);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connects the mailbox of a new user, which is empty; returns once it has been looked into.</summary>
    public async Task<long> Connect(string user, CancellationToken cancel)
    {
        await _dovecot.AddUser(user, DovecotServer.Password);
        await Task.Delay(TimeSpan.FromSeconds(2), cancel); // Dovecot looks once a second whether its users changed
        using var made = await Api.Post(
            "/api/v1/mailboxes",
            new { address = user, imapHost = "localhost", imapPort = _dovecot.Ports.Imaps, imapTls = "implicit", smtpHost = "", password = DovecotServer.Password, after = "mark-read" },
            cancel);
        var id = made.RootElement.GetProperty("id").GetInt64();
        await Until(id, reading => reading.GetProperty("lookedAt").ValueKind is not JsonValueKind.Null, cancel);
        return id;
    }

    /// <summary>Stops reading a mailbox; returns once nothing is connected to it.</summary>
    public async Task Pause(string user, long id, CancellationToken cancel)
    {
        (await Api.Post(Path(id), new { paused = true }, cancel)).Dispose();
        while ((await _dovecot.Connected()).Contains(user))
        {
            await Task.Delay(20, cancel);
        }
    }

    public async Task GoOn(long id, CancellationToken cancel) => (await Api.Post(Path(id), new { paused = false }, cancel)).Dispose();

    public Task UntilStored(long id, int mails, CancellationToken cancel) => Until(id, reading => reading.GetProperty("stored").GetInt64() >= mails, cancel);

    /// <summary>Fails unless these matters are there now, besides those from the beginning.</summary>
    public async Task Check(int conversations, CancellationToken cancel)
    {
        var found = (await Api.Conversations(cancel)).Count;
        if (found != Begun + conversations)
        {
            throw new BenchException($"{Begun + conversations} matters were begun, but {found} conversations are there.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        _process?.Dispose();
        if (Folder.Settings.TryGetValue("HELIOTROPE_DATABASE", out var database))
        {
            await Administer($"DROP DATABASE {new NpgsqlConnectionStringBuilder(database).Database} WITH (FORCE)", CancellationToken.None);
        }

        Folder.Dispose();
    }

    private static string Path(long id) => string.Create(CultureInfo.InvariantCulture, $"/api/v1/mailboxes/{id}");

    private async Task Begin(CancellationToken cancel)
    {
        Folder.Settings[Authority] = System.IO.Path.Combine(Folder.Path, "authority.pem");
        await File.WriteAllTextAsync(Folder.Settings[Authority], _dovecot.Authority.Certificate.ExportCertificatePem(), cancel);
        if (_postgres is not null)
        {
            var name = $"heliotrope_bench_{Guid.NewGuid():N}";
            await Administer($"CREATE DATABASE {name}", cancel);
            Folder.Settings["HELIOTROPE_DATABASE"] = new NpgsqlConnectionStringBuilder(_postgres) { Database = name }.ToString();
        }

        _process = await HeliotropeProcess.Start(Folder, cancel);
        _api = await Api.Connect(_process, cancel, "admin");
        var warm = MailboxMails.Write(Warm, "warm", 1);
        await Hand(warm, cancel);
        Begun = warm.Conversations;
        await Check(0, cancel);
    }

    /// <summary>Hands mails over by SMTP, one after the other; seconds.</summary>
    public async Task<double> Hand(MailboxMails mails, CancellationToken cancel)
    {
        using var connection = await SmtpConnection.Open(Process.SmtpPort, cancel);
        var start = Stopwatch.GetTimestamp();
        foreach (var mail in mails.All)
        {
            await connection.Send(mail, cancel);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private async Task Until(long id, Func<JsonElement, bool> wanted, CancellationToken cancel)
    {
        while (true)
        {
            var mailbox = await Api.Get(Path(id), cancel);
            var reading = mailbox.GetProperty("reading");
            if (reading.GetProperty("trouble").GetString() is { Length: > 0 })
            {
                throw new BenchException($"The mailbox could not be read: {mailbox}");
            }

            if (wanted(reading))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), cancel); // asking costs the server time as well
        }
    }

    private async Task Administer(string sql, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_postgres) { Pooling = false }.ToString());
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
