using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Heliotrope.Server.Database.Sqlite;

/// <summary>SQLite knows whole numbers, numbers, text and bytes. JSON has no bytes: they are an object that holds them in hex.</summary>
internal sealed class SqliteRows : RowCommands
{
    private const string Hex = "hex";
    private const int Constraint = 19;

    public override bool IsInTheWay(DbException exception) => exception is SqliteException { SqliteErrorCode: Constraint };

    protected override string Select(TableShape table, IReadOnlyList<string>? columns, string where) =>
        $"SELECT {(columns is null ? "t.*" : List(columns, "t."))} FROM {Quoted(table.Name)} AS t WHERE {where}";

    protected override JsonObject Row(DbDataReader reader)
    {
        var row = new JsonObject();
        for (var i = 0; i < reader.FieldCount; i++)
        {
            row[reader.GetName(i)] = reader.GetValue(i) switch
            {
                long whole => JsonValue.Create(whole),
                double number => JsonValue.Create(number),
                string text => JsonValue.Create(text),
                byte[] bytes => new JsonObject { [Hex] = Convert.ToHexStringLower(bytes) },
                _ => null,
            };
        }

        return row;
    }

    protected override string InsertSql(DbCommand command, TableShape table, JsonObject row) =>
        $"INSERT INTO {Quoted(table.Name)} ({List(row.Select(c => c.Key))}) VALUES ({string.Join(", ", row.Select(c => Add(command, Value(c.Value))))})";

    protected override string UpdateSql(DbCommand command, TableShape table, JsonObject columns) =>
        $"UPDATE {Quoted(table.Name)} SET {string.Join(", ", columns.Select(c => $"{Quoted(c.Key)} = {Add(command, Value(c.Value))}"))}";

    private static object? Value(JsonNode? node) => node switch
    {
        null => null,
        JsonObject bytes => Convert.FromHexString(bytes[Hex]!.GetValue<string>()),
        JsonValue value when value.GetValueKind() is JsonValueKind.String => value.GetValue<string>(),
        JsonValue value => value.TryGetValue<long>(out var whole) ? whole : value.GetValue<double>(),
        _ => throw new InvalidOperationException("No column of SQLite holds a list."),
    };
}
