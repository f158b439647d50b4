using System.Data.Common;
using System.Text.Json.Nodes;
using Npgsql;

namespace Heliotrope.Server.Database.Postgres;

/// <summary>PostgreSQL makes JSON of a row and a row of JSON itself, with every type that it has.</summary>
internal sealed class PostgresRows : RowCommands
{
    /// <summary>Integrity constraint violation (PostgreSQL, appendix A).</summary>
    private const string Class = "23";

    public override bool IsInTheWay(DbException exception) => exception is PostgresException { SqlState: var state } && state.StartsWith(Class, StringComparison.Ordinal);

    // In one zone, or the same instant would be written in two ways.
    protected override string Select(TableShape table, IReadOnlyList<string>? columns, string where) => columns is null
        ? $"SET LOCAL TIME ZONE 'UTC'; SELECT to_jsonb(t)::text FROM {Quoted(table.Name)} AS t WHERE {where} FOR UPDATE OF t"
        : $"SET LOCAL TIME ZONE 'UTC'; SELECT (SELECT to_jsonb(x)::text FROM (SELECT {List(columns, "t.")}) AS x) FROM {Quoted(table.Name)} AS t WHERE {where} FOR UPDATE OF t";

    protected override JsonObject Row(DbDataReader reader) => JsonNode.Parse(reader.GetString(0))!.AsObject();

    protected override string InsertSql(DbCommand command, TableShape table, JsonObject row) =>
        $"INSERT INTO {Quoted(table.Name)} ({List(row.Select(c => c.Key))}) SELECT {List(row.Select(c => c.Key), "r.")} FROM {Record(command, table, row)}";

    protected override string UpdateSql(DbCommand command, TableShape table, JsonObject columns) =>
        $"UPDATE {Quoted(table.Name)} SET ({List(columns.Select(c => c.Key))}) = (SELECT {List(columns.Select(c => c.Key), "r.")} FROM {Record(command, table, columns)})";

    private static string Record(DbCommand command, TableShape table, JsonObject row) =>
        $"jsonb_populate_record(NULL::{Quoted(table.Name)}, {Add(command, row.ToJsonString())}::jsonb) AS r";
}
