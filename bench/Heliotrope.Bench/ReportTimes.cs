using System.Diagnostics;
using System.Globalization;
using System.Net.Mail;
using Microsoft.Data.Sqlite;

namespace Heliotrope.Bench;

/// <summary>How long the reports over a year take, and the pages that stand on them; beside them the plainest question that SQLite can be asked over the same rows.</summary>
internal static class ReportTimes
{
    private const int Runs = 15;
    private const int Drivers = 12;
    private const int Teams = 4;

    public static async Task Run(int conversations, CancellationToken cancel)
    {
        using var folder = new BenchFolder();
        using (var first = await HeliotropeProcess.Start(folder, cancel))
        {
            await Begin(first, cancel);
        }

        await using var db = await Copies.Open(folder, cancel);
        Fill(db, conversations);
        using var server = await HeliotropeProcess.Start(folder, cancel);
        await Packed(db, cancel);
        using var desk = await Desk.SignIn(server, cancel, "lead");
        var (from, to) = (DateTime.UtcNow.AddDays(-364).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        using var api = await Api.Connect(server, cancel, "lead");
        string Report(string name, string by) => $"/api/v1/reports/{name}?from={from}&to={to}{by}";

        var baseline = Measure(() => Ask(db, from, to));
        Figures.Head($"{conversations:N0} conversations in a year", "p50 ms", "p95 ms", "p50 of the baseline's");
        Row("happiness report over the year", await Measure(() => api.Time(Report("happiness", ""), cancel)), baseline);
        Row("the same by driver", await Measure(() => api.Time(Report("happiness", "&by=driver"), cancel)), baseline);
        Row("consistency over the year, by person", await Measure(() => api.Time(Report("consistency", "&by=person"), cancel)), baseline);
        Row("happiness page (13 weeks)", await Measure(async () => (await desk.Get("/happiness", cancel)).Milliseconds), baseline);
        Row("morning page of a lead", await Measure(async () => (await desk.Get("/morning", cancel)).Milliseconds), baseline);
        Execute(db, "UPDATE figure_days SET packed = NULL");
        Row("happiness report, nothing packed", [await api.Time(Report("happiness", ""), cancel)], baseline);
        Row("baseline: count by end in SQLite, from its index", baseline, baseline);
        Console.WriteLine();
        Console.WriteLine($"{Runs} requests each after one to warm up, one at a time, to the last byte. Memory after it {server.ResidentMegabytes():N0} MB.");
    }

    private static void Row(string name, List<double> times, List<double> baseline) =>
        Figures.Row(name, Figures.Percentile(times, 50), Figures.Percentile(times, 95), Figures.Percentile(times, 50) / Figures.Percentile(baseline, 50));

    /// <summary>One conversation with all that it has; the others are copies of it.</summary>
    private static async Task Begin(HeliotropeProcess server, CancellationToken cancel)
    {
        using var api = await Api.Connect(server, cancel, "admin");
        for (var i = 0; i < Drivers; i++)
        {
            (await api.Post("/api/v1/drivers", new { name = $"Driver {i}" }, cancel)).Dispose();
        }

        for (var i = 0; i < Teams; i++)
        {
            (await api.Post("/api/v1/teams", new { name = $"Team {i}", zone = "UTC", hours = "Mon-Fri 09:00-17:00", firstAnswerMinutes = 240, nextAnswerMinutes = 480 }, cancel)).Dispose();
        }

        using var client = new SmtpClient("127.0.0.1", server.SmtpPort);
        using var mail = new MailMessage("ada@client.example", "help@desk.example", "A question", "Where is it?");
        await client.SendMailAsync(mail, cancel);
        (await api.Post("/api/v1/conversations/1/replies", new { text = "Here.", resolve = true }, cancel)).Dispose();
    }

    private static void Fill(SqliteConnection db, int conversations)
    {
        Execute(db, "PRAGMA synchronous = OFF; PRAGMA cache_size = -256000;");
        var year = TimeSpan.FromDays(364).Ticks / TimeSpan.TicksPerMicrosecond;
        var start = ((DateTimeOffset.UtcNow.AddDays(-364).UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture);
        var at = $"{start} + ({year} / {conversations}) * n.n";
        using var transaction = db.BeginTransaction();
        Execute(db, Copies.Rows(db, "customers", "id", 1, conversations / 5, ("name", "'Customer ' || n.n")));
        Execute(db, Copies.Rows(
            db, "conversations", "number", 1, conversations,
            ("customer_id", $"1 + (n.n % {conversations / 5})"), ("subject", "'Question ' || n.n"), ("state", "'Confirmed'"), ("team_id", $"1 + (n.n % {Teams})"), ("driver_id", $"1 + ((n.n * 7) % {Drivers})"),
            ("created_at", at), ("last_activity_at", at), ("last_answer_at", at), ("waiting_since", "NULL"), ("answer_due_at", "NULL"), ("happiness_started_at", at),
            ("happiness_ended_at", $"{at} + (n.n * 7919 % 400000) * 1000000"), ("happiness_end", "CASE n.n % 10 WHEN 0 THEN 'Unhappy' WHEN 1 THEN 'Silent' WHEN 2 THEN 'Thanked' WHEN 3 THEN 'Thanked' ELSE 'Confirmed' END"),
            ("first_answer_on_time", "n.n % 8 <> 0")));
        var (columns, values) = Copies.Columns(db, "conversation_figures", "conversation_number",
            [("hold_seconds", "c.number * 7919 % 90000"), ("transfers", "c.number % 9 = 0"), ("repeats", "c.number % 7 = 0"), ("re_asks", "c.number % 29 = 0"), ("grade", "CASE c.number % 6 WHEN 0 THEN 'Misery' WHEN 1 THEN 'Mediocre' ELSE 'Magic' END"), ("score", "c.number % 5 - 1"), ("person_id", "1 + c.number % 20")]);
        Execute(db, $"INSERT INTO conversation_figures (conversation_number, {columns}) SELECT c.number, {values} FROM conversations AS c CROSS JOIN conversation_figures AS t WHERE t.conversation_number = 1 AND c.number > 1");
        transaction.Commit();
        Execute(db, "ANALYZE");
    }

    /// <summary>The server packs the days that are over when it starts.</summary>
    private static async Task Packed(SqliteConnection db, CancellationToken cancel)
    {
        while (Copies.Read(db, "SELECT count(*) FROM figure_days WHERE packed IS NOT NULL", row => row.GetInt64(0))[0] < 360)
        {
            await Task.Delay(500, cancel);
        }
    }

    private static double Ask(SqliteConnection db, string from, string to)
    {
        var start = Stopwatch.GetTimestamp();
        Copies.Read(db, $"SELECT happiness_end, count(*) FROM conversations WHERE is_spam = 0 AND happiness_started_at >= unixepoch('{from}') * 1000000 AND happiness_started_at < unixepoch('{to}', '+1 day') * 1000000 GROUP BY happiness_end", row => row.GetInt64(1));
        return Figures.MillisecondsSince(start);
    }

    private static List<double> Measure(Func<double> once) => [.. Enumerable.Range(0, Runs + 1).Select(_ => once()).Skip(1)];

    private static async Task<List<double>> Measure(Func<Task<double>> once)
    {
        var times = new List<double>();
        for (var i = 0; i <= Runs; i++)
        {
            times.Add(await once());
        }

        return times[1..];
    }

    private static void Execute(SqliteConnection db, string sql)
    {
        using var command = db.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
