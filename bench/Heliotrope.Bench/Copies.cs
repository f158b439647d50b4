using Microsoft.Data.Sqlite;

namespace Heliotrope.Bench;

/// <summary>Many conversations in a minute: copies of the first one, put beside it by SQL, so that the database's own triggers fill the index.</summary>
internal static class Copies
{
    public const int Entries = 5;

    /// <summary>Opens the database of a running server beside it.</summary>
    public static async Task<SqliteConnection> Open(BenchFolder folder, CancellationToken cancel)
    {
        var db = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "heliotrope.db")};Pooling=False;Default Timeout=60");
        await db.OpenAsync(cancel);
        return db;
    }

    public static void Fill(SqliteConnection db, int conversations, Func<Random, string> words)
    {
        Execute(db, "PRAGMA synchronous = OFF; PRAGMA cache_size = -64000;");
        var random = new Random(7);
        const int batch = 1_000;
        for (var first = 1; first <= conversations; first += batch)
        {
            using var transaction = db.BeginTransaction();
            Execute(db, Rows(db, "customers", "id", first, batch / 10, ("name", "'Customer ' || n.n")));
            Execute(db, Rows(db, "conversations", "number", first, batch, ("customer_id", $"1 + (n.n % {batch / 10})"), ("subject", "'Question ' || n.n"), ("last_activity_at", "t.last_activity_at + n.n")));
            var (columns, values) = Columns(db, "entries", "id", [("conversation_number", "$number"), ("text", "$text"), ("html", "NULL"), ("message_id", "NULL"), ("raw_mail_id", "NULL")]);
            using var entry = db.CreateCommand();
            entry.CommandText = $"INSERT INTO entries ({columns}) SELECT {values} FROM entries AS t WHERE t.id = (SELECT min(id) FROM entries WHERE kind = 'Message')";
            var (number, text) = (entry.Parameters.Add("$number", SqliteType.Integer), entry.Parameters.Add("$text", SqliteType.Text));
            foreach (var conversation in Enumerable.Reverse(Read(db, $"SELECT number FROM conversations ORDER BY number DESC LIMIT {batch}", row => row.GetInt64(0))))
            {
                for (var i = 0; i < Entries; i++)
                {
                    (number.Value, text.Value) = (conversation, words(random));
                    entry.ExecuteNonQuery();
                }
            }

            // What was read of them; otherwise the server would catch up on all of them while it is measured.
            var (known, read) = Columns(db, "readings", "conversation_number", []);
            Execute(db, $"INSERT INTO readings (conversation_number, {known}) SELECT c.number, {read} FROM conversations AS c CROSS JOIN readings AS t WHERE t.conversation_number = (SELECT min(conversation_number) FROM readings) AND NOT EXISTS (SELECT 1 FROM readings AS r WHERE r.conversation_number = c.number)");
            transaction.Commit();
        }

        Execute(db, "ANALYZE");
    }

    /// <summary>Copies the first row of a table once for each number from <paramref name="first"/> on.</summary>
    internal static string Rows(SqliteConnection db, string table, string key, int first, int many, params (string Column, string Value)[] changed)
    {
        var (columns, values) = Columns(db, table, key, changed);
        return $"WITH RECURSIVE n(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM n LIMIT {many}) INSERT INTO {table} ({columns}) SELECT {values} FROM {table} AS t CROSS JOIN n WHERE t.{key} = (SELECT min({key}) FROM {table})";
    }

    internal static (string Columns, string Values) Columns(SqliteConnection db, string table, string key, (string Column, string Value)[] changed)
    {
        var columns = Read(db, $"SELECT name FROM pragma_table_info('{table}') WHERE name <> '{key}'", row => row.GetString(0));
        return (string.Join(", ", columns), string.Join(", ", columns.Select(c => changed.FirstOrDefault(change => change.Column == c).Value ?? "t." + c)));
    }

    public static List<T> Read<T>(SqliteConnection db, string sql, Func<SqliteDataReader, T> read)
    {
        using var command = db.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var all = new List<T>();
        while (rows.Read())
        {
            all.Add(read(rows));
        }

        return all;
    }

    private static void Execute(SqliteConnection db, string sql)
    {
        using var command = db.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
