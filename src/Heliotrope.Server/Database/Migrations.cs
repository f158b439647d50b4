using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Heliotrope.Server.Database;

/// <summary>Runs the numbered SQL scripts of an engine, each once, in order, each in a transaction (docs/decisions/0004).</summary>
internal sealed class Migrations(IEngine engine, ILogger<Migrations> log)
{
    public sealed record Script(int Number, string Name, string Sql)
    {
        public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));
    }

    /// <summary>The scripts of an engine, in order.</summary>
    public static IReadOnlyList<Script> ScriptsFor(string engineName)
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(engineName + "/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                var file = name[(engineName.Length + 1)..^".sql".Length];
                return new Script(int.Parse(file.AsSpan(0, 4), CultureInfo.InvariantCulture), file, reader.ReadToEnd());
            })
            .ToList();
    }

    public Task Run(CancellationToken cancel) => Run(ScriptsFor(engine.Name), cancel);

    public async Task Run(IReadOnlyList<Script> scripts, CancellationToken cancel)
    {
        await using var connection = await engine.OpenForMigration(cancel);
        await Execute(connection, null, "CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL)", cancel);
        var applied = await Applied(connection, null, cancel);
        foreach (var script in scripts)
        {
            if (applied.TryGetValue(script.Number, out var checksum) && checksum != script.Checksum)
            {
                throw new InvalidOperationException($"Migration {script.Name} was changed after it ran on this database. Restore the released script; put the change into a new one.");
            }
        }

        if (applied.Keys.FirstOrDefault(number => scripts.All(s => s.Number != number)) is > 0 and var unknown)
        {
            throw new InvalidOperationException($"This database has migration {unknown}, which this version does not know: it was used by a newer version. Start that version, or restore a backup.");
        }

        var pending = scripts.Where(s => !applied.ContainsKey(s.Number)).ToList();
        if (pending.Count == 0)
        {
            return;
        }

        if (applied.Count > 0 && await engine.CopyAside(connection, pending[0].Number, cancel) is { } copy)
        {
            log.LogInformation("Copied the database to {Copy} before migrating it", copy);
        }

        foreach (var script in pending)
        {
            await Apply(connection, script, cancel);
        }
    }

    private async Task Apply(DbConnection connection, Script script, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if ((await Applied(connection, transaction, cancel)).ContainsKey(script.Number))
        {
            return; // Another process was quicker; the transaction waited for it.
        }

        await Execute(connection, transaction, script.Sql, cancel);
        await engine.CheckReferences(connection, transaction, cancel);
        await using var record = connection.CreateCommand();
        record.Transaction = transaction;
        record.CommandText = "INSERT INTO schema_migrations (number, name, checksum, applied_at) VALUES (@number, @name, @checksum, @at)";
        Add(record, "@number", script.Number);
        Add(record, "@name", script.Name);
        Add(record, "@checksum", script.Checksum);
        Add(record, "@at", DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture));
        await record.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        log.LogInformation("Migrated the database: {Script}", script.Name);
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    private static async Task<Dictionary<int, string>> Applied(DbConnection connection, DbTransaction? transaction, CancellationToken cancel)
    {
        var applied = new Dictionary<int, string>();
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT number, checksum FROM schema_migrations";
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            applied[rows.GetInt32(0)] = rows.GetString(1);
        }

        return applied;
    }

    private static async Task Execute(DbConnection connection, DbTransaction? transaction, string sql, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.CommandTimeout = 0; // a large database takes as long as it takes
        await command.ExecuteNonQueryAsync(cancel);
    }
}
