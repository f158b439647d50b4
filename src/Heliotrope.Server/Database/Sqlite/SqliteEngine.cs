using System.Data.Common;
using System.Globalization;
using Heliotrope.Server.Outbox;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Heliotrope.Server.Database.Sqlite;

internal sealed class SqliteEngine : IEngine
{
    private const int UniqueViolation = 2067;
    private const int PrimaryKeyViolation = 1555;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>For whoever waits for another process to migrate: longer than the copy of a large database takes.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly string _connectionString;
    private readonly DbContextOptions<SqliteDb> _options;

    public SqliteEngine(string file)
    {
        File = file;
        _connectionString = new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = 30 }.ToString();
        _options = new DbContextOptionsBuilder<SqliteDb>()
            .UseSqlite(_connectionString)
            .AddInterceptors(new Pragmas(), new NothingUnseen())
            .WithSight()
            .Options;
    }

    public string Name => "Sqlite";

    public bool SingleProcess => true;

    public string File { get; }

    public IRows Rows { get; } = new SqliteRows();

    public WriteGate CreateGate() => WriteGate.OneAtATime();

    public HeliotropeDb Open() => new SqliteDb(_options);

    public async Task<DbConnection> OpenForMigration(CancellationToken cancel)
    {
        var alone = await Alone(cancel);

        // Rebuilding a table with foreign keys on deletes every child row, and the pragma does nothing inside a transaction.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(_connectionString) { ForeignKeys = false, Pooling = false }.ToString());
        connection.Disposed += (_, _) => alone.Dispose();
        await connection.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
        await command.ExecuteNonQueryAsync(cancel);
        return connection;
    }

    /// <summary>SQLite holds a lock no longer than a transaction, and migrating takes several: a locked file beside the database keeps other processes waiting.</summary>
    private async Task<FileStream> Alone(CancellationToken cancel)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                return new FileStream($"{File}.migrating", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e is not DirectoryNotFoundException && waited < LongestWait)
            {
                await Task.Delay(Pause, cancel);
            }
        }
    }

    public async Task<string?> CopyAside(DbConnection connection, int version, CancellationToken cancel)
    {
        var copy = $"{File}.before-{version.ToString("0000", CultureInfo.InvariantCulture)}";
        System.IO.File.Delete(copy);
        await using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $copy";
        command.Parameters.Add(new SqliteParameter("$copy", copy));
        await command.ExecuteNonQueryAsync(cancel);
        return copy;
    }

    public async Task CheckReferences(DbConnection connection, DbTransaction transaction, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "PRAGMA foreign_key_check";
        await using var rows = await command.ExecuteReaderAsync(cancel);
        if (await rows.ReadAsync(cancel))
        {
            throw new InvalidOperationException($"A row of {rows.GetString(0)} refers to a row of {rows.GetString(2)} that is not there.");
        }
    }

    public Task Announce(HeliotropeDb db, string payload, CancellationToken cancel) => Task.CompletedTask;

    // The write gate and BEGIN IMMEDIATE keep everybody else away already.
    public IQueryable<OutboxMail> DueForUpdate(HeliotropeDb db, long? mailbox, DateTimeOffset now, int most) =>
        db.Outbox.Where(OutboxRules.IsDue(now)).Where(o => o.MailboxId == mailbox)
            .Where(o => o.AfterId == null || db.Outbox.Any(a => a.Id == o.AfterId && a.State == OutboxState.Sent))
            .OrderBy(o => o.NextTryAt).ThenBy(o => o.Id).Take(most);

    public Task HoldCustomers(HeliotropeDb db, long[] ids, CancellationToken cancel) => Task.CompletedTask;

    public bool IsClash(Exception exception) =>
        exception is DbUpdateConcurrencyException or DbUpdateException { InnerException: SqliteException { SqliteExtendedErrorCode: UniqueViolation or PrimaryKeyViolation } };

    /// <summary>What a connection forgets when it is closed.</summary>
    private sealed class Pragmas : DbConnectionInterceptor
    {
        // FULL: a commit is on the disk before the sender of a mail hears 250.
        private const string Sql = "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 30000; PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Set(connection);
            return Task.CompletedTask;
        }

        private static void Set(DbConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Sql;
            command.ExecuteNonQuery();
        }
    }
}
