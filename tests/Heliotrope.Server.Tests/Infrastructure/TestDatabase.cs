using System.Collections.Concurrent;
using System.Globalization;
using Heliotrope.Server.Database;
using Heliotrope.Server.Database.Postgres;
using Heliotrope.Server.Database.Sqlite;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Heliotrope.Server.Tests.Infrastructure;

/// <summary>A data folder of its own and, on PostgreSQL, a database of its own; both gone afterwards.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private const string Variable = "HELIOTROPE_TEST_POSTGRES";

    /// <summary>A migrated database of each kind, made once: copying it is quicker than migrating for each test.</summary>
    private static readonly Lazy<Task<string>> PostgresPattern = new(MakePostgresPattern);
    private static readonly Lazy<Task<string>> SqlitePattern = new(MakeSqlitePattern);

    /// <summary>PostgreSQL databases that have tables and no rows: whoever gets one finds connections that are open, each to a process that has read the catalogue.</summary>
    private static readonly ConcurrentBag<string> Emptied = [];

    private const string SqliteFile = "heliotrope.db";
    private static string? _patternShape;
    private bool _canBeReused;

    private TestDatabase(Engine engine)
    {
        Engine = engine;
        Folder = Directory.CreateTempSubdirectory("heliotrope-test-").FullName;
    }

    public Engine Engine { get; }

    public string Folder { get; }

    /// <summary>Null on SQLite.</summary>
    public string? Connection { get; private set; }

    /// <summary>Other processes work in it, and may be killed there: nobody uses it again.</summary>
    public void UseOnce() => _canBeReused = false;

    /// <summary>An empty one.</summary>
    public static async Task<TestDatabase> Create(Engine engine)
    {
        var database = new TestDatabase(engine);
        if (engine is Engine.Postgres)
        {
            database.Connection = await NewPostgres("");
        }

        return database;
    }

    /// <summary>One that has its tables.</summary>
    public static async Task<TestDatabase> CreateMigrated(Engine engine)
    {
        var database = new TestDatabase(engine);
        if (engine is Engine.Postgres)
        {
            database.Connection = Emptied.TryTake(out var emptied) ? emptied : await NewPostgres($" TEMPLATE {await PostgresPattern.Value} STRATEGY FILE_COPY");
            database._canBeReused = true;
        }
        else
        {
            File.Copy(await SqlitePattern.Value, Path.Combine(database.Folder, SqliteFile));
        }

        return database;
    }

    public ServerSettings Settings(string? smarthost = null, string? publicUrl = null, Uri? at = null) => ServerSettings.From(name => name switch
    {
        "HELIOTROPE_DATA" => Folder,
        "HELIOTROPE_URLS" => at?.GetLeftPart(UriPartial.Authority) ?? "http://127.0.0.1:0",
        "HELIOTROPE_SMTP_LISTEN" => "127.0.0.1:0",
        "HELIOTROPE_SMARTHOST" => smarthost,
        "HELIOTROPE_PUBLIC_URL" => publicUrl,
        "HELIOTROPE_DATABASE" => Connection,
        _ => null,
    });

    public IEngine OpenEngine() => Connection is { } connection ? new PostgresEngine(connection) : new SqliteEngine(Path.Combine(Folder, SqliteFile));

    public async ValueTask DisposeAsync()
    {
        if (Connection is not null && _canBeReused && await Empty(Connection))
        {
            Emptied.Add(Connection);
        }
        else if (Connection is not null)
        {
            await using (var any = new NpgsqlConnection(Connection))
            {
                NpgsqlConnection.ClearPool(any);
            }

            await Administer(string.Create(CultureInfo.InvariantCulture, $"DROP DATABASE {new NpgsqlConnectionStringBuilder(Connection).Database} WITH (FORCE)"));
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<string> NewPostgres(string like)
    {
        var name = $"heliotrope_{Guid.NewGuid():N}";
        await Administer($"CREATE DATABASE {name}{like}");

        // A server starts more slowly with many: each is a process on the other side that has to read the catalogue first. None is asked whether it lives:
        // on a machine that stalls, the answer may come too late.
        return new NpgsqlConnectionStringBuilder(Server()) { Database = name, MaxPoolSize = 12, KeepAlive = 3600, Pooling = true, SslMode = SslMode.Disable, GssEncryptionMode = GssEncryptionMode.Disable }.ToString();
    }

    private static async Task<string> MakePostgresPattern()
    {
        var connection = new NpgsqlConnectionStringBuilder(await NewPostgres("")) { Pooling = false }; // nobody may be connected to what is copied
        await new Migrations(new PostgresEngine(connection.ToString()), NullLogger<Migrations>.Instance).Run(CancellationToken.None);
        await using (var made = new NpgsqlConnection(connection.ToString()))
        {
            await made.OpenAsync();
            _patternShape = await Shape(made);
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => Administer($"DROP DATABASE IF EXISTS {connection.Database} WITH (FORCE)").Wait();
        return connection.Database!;
    }

    /// <summary>Takes every row out of it. False where a test changed its tables, or something is still at work in it.</summary>
    private static async Task<bool> Empty(string connection)
    {
        const string rows = """
            DO $$
            DECLARE t TEXT;
            BEGIN
                IF EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND state <> 'idle') THEN
                    RAISE EXCEPTION 'Somebody is at work.';
                END IF;
                SET LOCAL lock_timeout = '2s';
                SET LOCAL session_replication_role = replica; -- nothing is set off, and nothing is held by what refers to it
                FOR t IN SELECT oid::regclass FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'schema_migrations' LOOP
                    EXECUTE 'DELETE FROM ' || t;
                END LOOP;
                PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences WHERE last_value IS NOT NULL;
            END $$
            """;
        try
        {
            await using var inside = new NpgsqlConnection(connection);
            await inside.OpenAsync();
            if (await Shape(inside) != _patternShape)
            {
                return false;
            }

            await using var emptying = new NpgsqlCommand(rows, inside);
            await emptying.ExecuteNonQueryAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>What there is but rows.</summary>
    private static async Task<string> Shape(NpgsqlConnection connection)
    {
        const string counts = "SELECT concat_ws(' ', (SELECT count(*) FROM pg_class), (SELECT count(*) FROM pg_attribute), (SELECT count(*) FROM pg_trigger), (SELECT count(*) FROM pg_constraint), (SELECT count(*) FROM pg_proc))";
        await using var command = new NpgsqlCommand(counts, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<string> MakeSqlitePattern()
    {
        var folder = Directory.CreateTempSubdirectory("heliotrope-pattern-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var engine = new SqliteEngine(Path.Combine(folder, "migrated.db"));
        await new Migrations(engine, NullLogger<Migrations>.Instance).Run(CancellationToken.None);
        var copy = Path.Combine(folder, SqliteFile); // whole in one file, without a log beside it
        await using var db = engine.Open();
        await db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}");
        return copy;
    }

    private static string Server() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server
        ? server
        : throw new InvalidOperationException($"{Variable} names no PostgreSQL server: run ./test, which starts one.");

    private static async Task Administer(string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Server()) { Pooling = false }.ToString());
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
