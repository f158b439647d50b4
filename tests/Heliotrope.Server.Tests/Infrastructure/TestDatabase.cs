using System.Globalization;
using Heliotrope.Server.Database;
using Heliotrope.Server.Database.Postgres;
using Heliotrope.Server.Database.Sqlite;
using Heliotrope.Server.Platform;
using Npgsql;

namespace Heliotrope.Server.Tests.Infrastructure;

/// <summary>A data folder of its own and, on PostgreSQL, a database of its own; both gone afterwards.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private const string Variable = "HELIOTROPE_TEST_POSTGRES";

    private TestDatabase(Engine engine)
    {
        Engine = engine;
        Folder = Directory.CreateTempSubdirectory("heliotrope-test-").FullName;
    }

    public Engine Engine { get; }

    public string Folder { get; }

    /// <summary>Null on SQLite.</summary>
    public string? Connection { get; private set; }

    public static async Task<TestDatabase> Create(Engine engine)
    {
        var database = new TestDatabase(engine);
        if (engine is Engine.Postgres)
        {
            var name = $"heliotrope_{Guid.NewGuid():N}";
            await Administer($"CREATE DATABASE {name}");
            database.Connection = new NpgsqlConnectionStringBuilder(Server()) { Database = name, MaxPoolSize = 20, Pooling = true }.ToString();
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

    public IEngine OpenEngine() => Connection is { } connection ? new PostgresEngine(connection) : new SqliteEngine(Path.Combine(Folder, "heliotrope.db"));

    public async ValueTask DisposeAsync()
    {
        if (Connection is not null)
        {
            await Administer(string.Create(CultureInfo.InvariantCulture, $"DROP DATABASE {new NpgsqlConnectionStringBuilder(Connection).Database} WITH (FORCE)"));
        }

        Directory.Delete(Folder, recursive: true);
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
