using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Heliotrope.Server.Database;

/// <summary>What both engines say alike when rows are copied. Names come from the model, never from outside.</summary>
internal abstract class RowCommands : IRows
{
    /// <summary>Both engines take more parameters than this in one command.</summary>
    private const int MostValues = 500;

    public async Task<List<JsonObject>> Read(
        HeliotropeDb db, TableShape table, IReadOnlyCollection<string>? columns, IReadOnlyList<string> match, IReadOnlyCollection<object[]> values, CancellationToken cancel)
    {
        var found = new List<JsonObject>();
        foreach (var some in values.Chunk(Math.Max(1, MostValues / match.Count)))
        {
            await using var command = Command(db);
            var wanted = string.Join(", ", some.Select(value => $"({string.Join(", ", value.Select(v => Add(command, v)))})"));
            var where = $"({string.Join(", ", match.Select(column => "t." + Quoted(column)))}) IN (VALUES {wanted})";
            command.CommandText = Select(table, columns is null ? null : [.. table.Key.Concat(columns).Distinct()], where);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                found.Add(Row(reader));
            }
        }

        return found;
    }

    public async Task Insert(HeliotropeDb db, TableShape table, JsonObject row, CancellationToken cancel)
    {
        await using var command = Command(db);
        command.CommandText = InsertSql(command, table, row);
        await command.ExecuteNonQueryAsync(cancel);
    }

    public async Task Update(HeliotropeDb db, TableShape table, object[] key, JsonObject columns, CancellationToken cancel)
    {
        await using var command = Command(db);
        command.CommandText = $"{UpdateSql(command, table, columns)} WHERE {Is(command, table, key)}";
        await command.ExecuteNonQueryAsync(cancel);
    }

    public async Task Delete(HeliotropeDb db, TableShape table, object[] key, CancellationToken cancel)
    {
        await using var command = Command(db);
        command.CommandText = $"DELETE FROM {Quoted(table.Name)} WHERE {Is(command, table, key)}";
        await command.ExecuteNonQueryAsync(cancel);
    }

    public abstract bool IsInTheWay(DbException exception);

    protected abstract string Select(TableShape table, IReadOnlyList<string>? columns, string where);

    protected abstract JsonObject Row(DbDataReader reader);

    protected abstract string InsertSql(DbCommand command, TableShape table, JsonObject row);

    protected abstract string UpdateSql(DbCommand command, TableShape table, JsonObject columns);

    protected static string Quoted(string name) => $"\"{name}\"";

    protected static string List(IEnumerable<string> names, string prefix = "") => string.Join(", ", names.Select(name => prefix + Quoted(name)));

    protected static string Add(DbCommand command, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{command.Parameters.Count}");
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
        return parameter.ParameterName;
    }

    private static string Is(DbCommand command, TableShape table, object[] key)
    {
        var where = new StringBuilder();
        foreach (var (column, value) in table.Key.Zip(key))
        {
            where.Append(where.Length > 0 ? " AND " : "").Append(Quoted(column)).Append(" = ").Append(Add(command, value));
        }

        return where.ToString();
    }

    private static DbCommand Command(HeliotropeDb db)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        return command;
    }
}
