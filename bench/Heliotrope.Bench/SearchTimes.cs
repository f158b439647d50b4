using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Heliotrope.Bench;

/// <summary>How long a search takes, beside a scan with LIKE over the same messages in the same run. One conversation comes by mail; its copies are put beside it by SQL, so that the database's own triggers fill the index.</summary>
public static class SearchTimes
{
    private const int Entries = 5;
    private const int WarmUp = 10;
    private const int Requests = 100;
    private const int Scans = 5;

    /// <summary>Words that stand in one message of a hundred, and in more than half of all.</summary>
    private const string Seldom = "grinder", Common = "please", Usual = "thanks";

    public static async Task Run(int conversations, CancellationToken cancel)
    {
        using var folder = new BenchFolder();
        using var server = await HeliotropeProcess.Start(folder, cancel);
        using (var connection = await SmtpConnection.Open(server.SmtpPort, cancel))
        {
            await connection.Send(new MailSource(1).First("t1", "Question"), cancel);
        }

        await using var db = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "heliotrope.db")};Pooling=False;Default Timeout=60");
        await db.OpenAsync(cancel);
        var before = Pages(db);
        var filling = System.Diagnostics.Stopwatch.GetTimestamp();
        Fill(db, conversations);
        var filled = Figures.MillisecondsSince(filling) / 1000;

        using var desk = await Desk.SignIn(server, cancel);
        Figures.Head($"{conversations:N0} conversations, {conversations * Entries:N0} messages", "p50 ms", "p95 ms", "LIKE ms", "of LIKE");
        await Row(desk, db, $"a word in 1 % of messages ({Seldom})", Seldom, [Seldom], cancel);
        await Row(desk, db, $"two words in more than half ({Common} {Usual})", $"{Common} {Usual}", [Common, Usual], cancel);
        await Row(desk, db, "as somebody types (gri)", "gri", ["gri"], cancel);
        await Row(desk, db, "as somebody types (th)", "th", ["th"], cancel);
        await Row(desk, db, "a phrase", $"\"{Common} {Usual}\"", [$"{Common} {Usual}"], cancel);
        await Row(desk, db, "a word and conditions", $"{Seldom} is:open before:today", [Seldom], cancel);
        await Row(desk, db, "conditions alone", "is:open -is:overdue", ["%"], cancel);
        await Row(desk, db, "a part of a name", "ustomer 77", ["ustomer"], cancel);
        await Row(desk, db, "nothing to be found", "unheardof", ["unheardof"], cancel);
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"One request for /search/found at a time, {Requests} each after {WarmUp}, to the last byte. LIKE: the newest 21 messages with the words, median of {Scans}. Filled in {filled:N0} s; the database has {(Pages(db) - before) / 1e6:N0} MB, {Size(db, "found_entries_data") / 1e6:N0} of them the index of messages. Memory {server.ResidentMegabytes():N0} MB."));
    }

    private static async Task Row(Desk desk, SqliteConnection db, string name, string query, string[] words, CancellationToken cancel)
    {
        var times = new List<double>(Requests);
        for (var i = 0; i < WarmUp + Requests; i++)
        {
            var (milliseconds, _) = await desk.Get($"/search/found?q={Uri.EscapeDataString(query)}", cancel);
            if (i >= WarmUp)
            {
                times.Add(milliseconds);
            }
        }

        var scans = Enumerable.Range(0, Scans).Select(_ => Scan(db, words)).ToList();
        Figures.Row(name, Figures.Percentile(times, 50), Figures.Percentile(times, 95), Figures.Percentile(scans, 50), Figures.Percentile(times, 50) / Figures.Percentile(scans, 50));
    }

    private static double Scan(SqliteConnection db, string[] words)
    {
        using var command = db.CreateCommand();
        command.CommandText = $"SELECT id FROM entries WHERE {string.Join(" AND ", words.Select((_, at) => $"text LIKE $w{at.ToString(CultureInfo.InvariantCulture)}"))} ORDER BY id DESC LIMIT 21";
        for (var at = 0; at < words.Length; at++)
        {
            command.Parameters.AddWithValue($"$w{at.ToString(CultureInfo.InvariantCulture)}", $"%{words[at]}%");
        }

        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        using (var rows = command.ExecuteReader())
        {
            while (rows.Read())
            {
                // Until the end of what a page shows.
            }
        }

        return Figures.MillisecondsSince(start);
    }

    private static void Fill(SqliteConnection db, int conversations)
    {
        Execute(db, "PRAGMA synchronous = OFF; PRAGMA cache_size = -64000;");
        var random = new Random(7);
        const int batch = 1_000;
        for (var first = 1; first <= conversations; first += batch)
        {
            using var transaction = db.BeginTransaction();
            Execute(db, Copies(db, "customers", "id", first, batch / 10, ("name", "'Customer ' || n.n")));
            Execute(db, Copies(db, "conversations", "number", first, batch, ("customer_id", $"1 + (n.n % {batch / 10})"), ("subject", "'Question ' || n.n"), ("last_activity_at", "t.last_activity_at + n.n")));
            var (columns, values) = Columns(db, "entries", "id", [("conversation_number", "$number"), ("text", "$text"), ("html", "NULL"), ("message_id", "NULL"), ("raw_mail_id", "NULL")]);
            using var entry = db.CreateCommand();
            entry.CommandText = $"INSERT INTO entries ({columns}) SELECT {values} FROM entries AS t WHERE t.id = (SELECT min(id) FROM entries WHERE kind = 'Message')";
            var (number, text) = (entry.Parameters.Add("$number", SqliteType.Integer), entry.Parameters.Add("$text", SqliteType.Text));
            foreach (var conversation in Enumerable.Reverse(Read(db, $"SELECT number FROM conversations ORDER BY number DESC LIMIT {batch}", row => row.GetInt64(0))))
            {
                for (var i = 0; i < Entries; i++)
                {
                    (number.Value, text.Value) = (conversation, Words(random));
                    entry.ExecuteNonQuery();
                }
            }

            transaction.Commit();
        }

        Execute(db, "ANALYZE");
    }

    /// <summary>Eighty words of a vocabulary in which, as in a language, few are common and most are seldom.</summary>
    private static string Words(Random random) => string.Join(' ', Enumerable.Range(0, 80).Select(at => at switch
    {
        10 when random.Next(100) == 0 => Seldom,
        20 when random.Next(100) < 60 => Common,
        21 when random.Next(100) < 60 => Usual,
        _ => $"w{(int)Math.Exp(random.NextDouble() * Math.Log(20_000))}",
    }));

    /// <summary>Copies the first row of a table once for each number from <paramref name="first"/> on.</summary>
    private static string Copies(SqliteConnection db, string table, string key, int first, int many, params (string Column, string Value)[] changed)
    {
        var (columns, values) = Columns(db, table, key, changed);
        return $"WITH RECURSIVE n(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM n LIMIT {many}) INSERT INTO {table} ({columns}) SELECT {values} FROM {table} AS t CROSS JOIN n WHERE t.{key} = (SELECT min({key}) FROM {table})";
    }

    private static (string Columns, string Values) Columns(SqliteConnection db, string table, string key, (string Column, string Value)[] changed)
    {
        var columns = Read(db, $"SELECT name FROM pragma_table_info('{table}') WHERE name <> '{key}'", row => row.GetString(0));
        return (string.Join(", ", columns), string.Join(", ", columns.Select(c => changed.FirstOrDefault(change => change.Column == c).Value ?? "t." + c)));
    }

    private static List<T> Read<T>(SqliteConnection db, string sql, Func<SqliteDataReader, T> read)
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

    private static long Pages(SqliteConnection db) => Read(db, "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()", row => row.GetInt64(0))[0];

    private static long Size(SqliteConnection db, string table) => Read(db, $"SELECT sum(length(block)) FROM {table}", row => row.GetInt64(0))[0];
}
