using System.Globalization;
using Heliotrope.Server.Database;
using Heliotrope.Server.Tests.Database;

namespace Heliotrope.Server.Tests.Undo;

/// <summary>Every row of every table, but for the journal and the audit log.</summary>
internal static class Everything
{
    private static readonly string[] LeftOut = ["undo_steps", "undo_rows", "audit"];

    public static async Task<List<string>> In(IEngine engine)
    {
        var lines = new List<string>();
        foreach (var table in (await Schema.Counts(engine)).Keys.Except(LeftOut))
        {
            lines.AddRange((await Schema.Query(engine, $"SELECT * FROM {table}")).Select(row => $"{table}: {string.Join(" | ", row.Select(Text))}"));
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static string Text(object value) => value switch
    {
        DBNull => "null",
        byte[] bytes => Convert.ToHexStringLower(bytes),
        DateTime at => at.ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
