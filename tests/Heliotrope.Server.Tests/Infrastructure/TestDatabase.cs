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

    private const string SqliteFile = "heliotrope.db";

    private TestDatabase(Engine engine)
    {
        Engine = engine;
        Folder = Directory.CreateTempSubdirectory("heliotrope-test-").FullName;
    }

    public Engine Engine { get; }

    public string Folder { get; }

    /// <summary>Null on SQLite.</summary>
    public string? Connection { get; private set; }

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
            database.Connection = await NewPostgres($" TEMPLATE {await PostgresPattern.Value}");
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
        if (Connection is not null)
        {
            await Administer(string.Create(CultureInfo.InvariantCulture, $"DROP DATABASE {new NpgsqlConnectionStringBuilder(Connection).Database} WITH (FORCE)"));
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<string> NewPostgres(string like)
    {
        var name = $"heliotrope_{Guid.NewGuid():N}";
        await Administer($"CREATE DATABASE {name}{like}");
        return new NpgsqlConnectionStringBuilder(Server()) { Database = name, MaxPoolSize = 20, Pooling = true }.ToString();
    }

    private static async Task<string> MakePostgresPattern()
    {
        var connection = new NpgsqlConnectionStringBuilder(await NewPostgres("")) { Pooling = false }; // nobody may be connected to what is copied
        await new Migrations(new PostgresEngine(connection.ToString()), NullLogger<Migrations>.Instance).Run(CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Administer($"DROP DATABASE IF EXISTS {connection.Database} WITH (FORCE)").Wait();
        return connection.Database!;
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
