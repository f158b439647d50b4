using System.Text.Json;
using System.Text.Json.Nodes;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Heliotrope.Server.Undo;

/// <summary>A row, told from all others: its table, and its key as a list in JSON.</summary>
internal readonly record struct RowName(string Table, string Key);

/// <summary>What the model knows of a table, in the words of the database.</summary>
internal static class Shapes
{
    public static TableShape Of(IEntityType type) => new(type.GetTableName()!, [.. type.FindPrimaryKey()!.Properties.Select(p => p.GetColumnName())]);

    public static IEntityType TypeOf(HeliotropeDb db, string table) => db.Model.GetEntityTypes().Single(t => t.GetTableName() == table && t.GetViewName() is null);

    public static string[] Columns(IEnumerable<IProperty> properties) => [.. properties.Select(p => p.GetColumnName())];

    /// <summary>The key of a row that was read, as the parameters of a command.</summary>
    public static object[] KeyOf(TableShape table, JsonObject row) => Values(row, table.Key);

    public static object[] Values(JsonObject row, IEnumerable<string> columns) => [.. columns.Select(column => Plain(row[column]!.AsValue()))];

    public static string Text(object[] key) => JsonSerializer.Serialize(key);

    public static object[] Read(string key) => [.. JsonNode.Parse(key)!.AsArray().Select(value => Plain(value!.AsValue()))];

    /// <summary>Whether its rows are no part of what is taken back; figures are counted anew from what is left.</summary>
    public static bool IsJournal(IEntityType type) => typeof(INotUndone).IsAssignableFrom(type.ClrType) || type.ClrType == typeof(Core.Figures.ConversationFigures);

    /// <summary>How many tables stand between this one and one that needs no other: what is needed is put back first.</summary>
    public static int Depth(IEntityType type) => Depth(type, []);

    private static int Depth(IEntityType type, HashSet<IEntityType> above)
    {
        if (!above.Add(type))
        {
            return 0;
        }

        var needed = type.GetForeignKeys().Select(key => key.PrincipalEntityType).Where(principal => !above.Contains(principal)).ToList();
        var depth = needed.Count == 0 ? 0 : 1 + needed.Max(principal => Depth(principal, above));
        above.Remove(type);
        return depth;
    }

    private static object Plain(JsonValue value) => value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : value.GetValue<long>();
}
