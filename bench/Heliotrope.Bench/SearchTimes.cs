using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Heliotrope.Bench;

/// <summary>How long a search takes, beside a scan with LIKE over the same messages in the same run. One conversation comes by mail; its copies are put beside it by SQL, so that the database's own triggers fill the index.</summary>
public static class SearchTimes
{
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

        await using var db = await Copies.Open(folder, cancel);
        var before = Pages(db);
        var filling = System.Diagnostics.Stopwatch.GetTimestamp();
        Copies.Fill(db, conversations, Words);
        var filled = Figures.MillisecondsSince(filling) / 1000;

        using var desk = await Desk.SignIn(server, cancel);
        Figures.Head($"{conversations:N0} conversations, {conversations * Copies.Entries:N0} messages", "p50 ms", "p95 ms", "LIKE ms", "of LIKE");
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

    /// <summary>Eighty words of a vocabulary in which, as in a language, few are common and most are seldom.</summary>
    private static string Words(Random random) => string.Join(' ', Enumerable.Range(0, 80).Select(at => at switch
    {
        10 when random.Next(100) == 0 => Seldom,
        20 when random.Next(100) < 60 => Common,
        21 when random.Next(100) < 60 => Usual,
        _ => $"w{(int)Math.Exp(random.NextDouble() * Math.Log(20_000))}",
    }));

    private static long Pages(SqliteConnection db) => Copies.Read(db, "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()", row => row.GetInt64(0))[0];

    private static long Size(SqliteConnection db, string table) => Copies.Read(db, $"SELECT sum(length(block)) FROM {table}", row => row.GetInt64(0))[0];
}
