using System.Data.Common;
using Heliotrope.Server.Outbox;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Heliotrope.Server.Database.Postgres;

internal sealed class PostgresEngine : IEngine, IDisposable
{
    /// <summary>The channel on which processes tell each other what changed.</summary>
    public const string Channel = "heliotrope";

    // Any number will do, as long as every process takes the same.
    private const long MigrationLock = 0x48454C494F;
    private readonly string _connectionString;
    private readonly DbContextOptions<PostgresDb> _options;

    public PostgresEngine(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (builder.KeepAlive == 0)
        {
            builder.KeepAlive = 30; // seconds: whoever only listens would not notice that the line is dead
        }

        _connectionString = builder.ToString();

        // By its string: a data source of its own would make EF build its model and its services anew for every engine.
        _options = new DbContextOptionsBuilder<PostgresDb>().UseNpgsql(_connectionString).AddInterceptors(new NothingUnseen()).WithSight().Options;
    }

    public string Name => "Postgres";

    public bool SingleProcess => false;

    public IRows Rows { get; } = new PostgresRows();

    public WriteGate CreateGate() => WriteGate.Open();

    public HeliotropeDb Open() => new PostgresDb(_options);

    public async Task<DbConnection> OpenForMigration(CancellationToken cancel)
    {
        // Of its own: a pooled one would keep the lock after it was given back.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_connectionString) { Pooling = false }.ToString());
        await connection.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0; // whoever holds the lock may have much to migrate
        command.CommandText = $"SELECT pg_advisory_lock({MigrationLock})"; // held until the connection is closed
        await command.ExecuteNonQueryAsync(cancel);
        return connection;
    }

    public Task<string?> CopyAside(DbConnection connection, int version, CancellationToken cancel) => Task.FromResult<string?>(null);

    // PostgreSQL checks references itself, also in a migration.
    public Task CheckReferences(DbConnection connection, DbTransaction transaction, CancellationToken cancel) => Task.CompletedTask;

    public Task Announce(HeliotropeDb db, string payload, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {payload})", cancel);

    public IQueryable<OutboxMail> DueForUpdate(HeliotropeDb db, long? mailbox, DateTimeOffset now, int most) =>
        db.Outbox.FromSql($"""
            SELECT o.* FROM outbox AS o
            WHERE ((o.state = 'Waiting' AND o.next_try_at <= {now})
                OR (o.state = 'Sending' AND (o.lease_until IS NULL OR o.lease_until <= {now})))
              AND o.mailbox_id IS NOT DISTINCT FROM {mailbox}::bigint
              AND (o.after_id IS NULL OR EXISTS (SELECT 1 FROM outbox AS a WHERE a.id = o.after_id AND a.state = 'Sent'))
            ORDER BY o.next_try_at, o.id
            LIMIT {most}
            FOR UPDATE OF o SKIP LOCKED
            """);

    // Whoever adds a row of theirs has a share in theirs; this waits for it, and they wait for this.
    public Task HoldCustomers(HeliotropeDb db, long[] ids, CancellationToken cancel) =>
        db.Database.SqlQuery<long>($"SELECT id AS \"Value\" FROM customers WHERE id = ANY ({ids}) ORDER BY id FOR UPDATE").ToListAsync(cancel);

    public bool IsClash(Exception exception) =>
        exception is DbUpdateConcurrencyException or PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure }
        or DbUpdateException { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure } };

    /// <summary>A connection for whoever waits on it.</summary>
    public async Task<NpgsqlConnection> Connect(CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync(cancel);
        return connection;
    }

    public void Dispose()
    {
        using var connection = new NpgsqlConnection(_connectionString);
        NpgsqlConnection.ClearPool(connection);
    }
}
