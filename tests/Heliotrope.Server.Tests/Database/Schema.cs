using System.Data.Common;
using System.Globalization;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Database;

/// <summary>Everything a database says about its tables, one line a thing, in an order that does not depend on how it was made. The tables of the search index, found_, belong to each engine alone.</summary>
internal static class Schema
{
    private const string OfSqlite = """
        SELECT 'table ' || m.name || ' column ' || c.name || ' ' || c.type || ' notnull ' || c."notnull" || ' default ' || ifnull(c.dflt_value, '') || ' pk ' || c.pk
          FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'found!_%' ESCAPE '!'
        UNION ALL SELECT 'table ' || m.name || ' numbers ' || (m.sql LIKE '%AUTOINCREMENT%') FROM sqlite_master m WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'found!_%' ESCAPE '!'
        UNION ALL SELECT 'table ' || m.name || ' index ' || CASE i.origin WHEN 'c' THEN i.name ELSE i.origin END || ' unique ' || i."unique" || ' partial ' || i.partial || ' on ' || (SELECT group_concat(x.name || ' ' || x.desc) FROM pragma_index_xinfo(i.name) x WHERE x.key)
          FROM sqlite_master m, pragma_index_list(m.name) i WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'found!_%' ESCAPE '!'
        UNION ALL SELECT 'table ' || m.name || ' foreign ' || f."from" || ' to ' || f."table" || '.' || ifnull(f."to", '') || ' delete ' || f.on_delete || ' update ' || f.on_update
          FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'found!_%' ESCAPE '!'
        """;

    private const string OfPostgres = """
        SELECT 'table ' || table_name || ' column ' || column_name || ' ' || data_type || ' ' || coalesce(character_maximum_length::text, '') || ' null ' || is_nullable || ' default ' || coalesce(column_default, '') || ' identity ' || coalesce(identity_generation, '')
          FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'found!_%' ESCAPE '!'
        UNION ALL SELECT 'table ' || tablename || ' index ' || indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE 'found!_%' ESCAPE '!'
        UNION ALL SELECT 'table ' || conrelid::regclass || ' constraint ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n' AND conrelid::regclass::text NOT LIKE 'found!_%' ESCAPE '!'
        """;

    public static async Task<List<string>> Of(IEngine engine)
    {
        var lines = (await Query(engine, engine.Name == "Sqlite" ? OfSqlite : OfPostgres)).Select(row => (string)row[0]).ToList();
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    /// <summary>How many rows each table has.</summary>
    public static async Task<Dictionary<string, long>> Counts(IEngine engine)
    {
        var counts = new Dictionary<string, long>();
        var tables = engine.Name == "Sqlite"
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'found!_%' ESCAPE '!'"
            : "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public' AND table_name NOT LIKE 'found!_%' ESCAPE '!'";
        foreach (var table in (await Query(engine, tables)).Select(row => (string)row[0]).ToList())
        {
            counts[table] = Convert.ToInt64((await Query(engine, $"SELECT count(*) FROM {table}"))[0][0], CultureInfo.InvariantCulture);
        }

        return counts;
    }

    public static async Task<List<object[]>> Query(IEngine engine, string sql)
    {
        await using var db = engine.Open();
        await db.Database.OpenConnectionAsync();
        await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object[]>();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }
}
