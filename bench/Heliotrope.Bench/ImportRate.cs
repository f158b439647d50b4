using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Heliotrope.Bench;

/// <summary>Conversations imported per second, with everything that is read and counted; beside it the same rows, inserted and nothing else.</summary>
public static class ImportRate
{
    /// <summary>A commit every 500 rows, synced to the disk as ours are.</summary>
    private const string Script = """
        import sqlite3, sys, time
        source, target = sqlite3.connect(sys.argv[1]), sqlite3.connect(sys.argv[2], isolation_level=None)
        target.execute("PRAGMA journal_mode = WAL")
        target.execute("PRAGMA synchronous = FULL")
        for (sql,) in source.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%fts%' ORDER BY type = 'table' DESC"):
            if not sql.startswith(("CREATE TRIGGER", "CREATE VIRTUAL")):
                target.execute(sql)
        seconds = 0.0
        for table in sys.argv[3:]:
            rows = source.execute(f"SELECT * FROM {table}").fetchall()
            begun = time.perf_counter()
            for i in range(0, len(rows), 500):
                target.execute("BEGIN")
                target.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows[i:i + 500])
                target.execute("COMMIT")
            seconds += time.perf_counter() - begun
        print(seconds)
        """;

    /// <summary>In an order in which each row finds what it refers to.</summary>
    private static readonly string[] Tables = ["imports", "customers", "customer_addresses", "conversations", "entries", "readings", "tags", "conversation_tags", "imported_things"];

    private static readonly string[] Words =
        ["The grinder stopped after a week and makes a loud noise.", "I have tried the fuse as you said, and nothing changed.", "Could you tell me when the spare part arrives?", "The invoice shows the wrong address.", "We are sorry about this and look into it today."];

    public static async Task Run(int conversations, CancellationToken cancel)
    {
        using var folder = new BenchFolder();
        var (few, export) = (Path.Combine(folder.Path, "few.json"), Path.Combine(folder.Path, "export.json"));
        await Write(few, 3, cancel);
        await Write(export, conversations, cancel);
        await Import(folder, cancel, "--dry-run", few); // makes the database
        var start = await Import(folder, cancel, "--dry-run", few);
        var dry = await Import(folder, cancel, "--dry-run", export) - start;
        var real = await Import(folder, cancel, export) - start;
        var plain = await Plain(folder, cancel);
        Figures.Head("", "conversations/s", "of the baseline");
        Figures.Row("read through, to say what would happen", conversations / dry, plain / dry);
        Figures.Row("read through and taken in", conversations / real, plain / real);
        Figures.Row("baseline: the same rows inserted, nothing else", conversations / plain, 1.0);
        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{conversations:N0} conversations of 5 messages and a note, {new FileInfo(export).Length / 1e6:N0} MB of JSON; {dry:N1} s, {real:N1} s, {plain:N1} s; the {start:N1} s that the program takes to start are left out."));
    }

    private static async Task<double> Import(BenchFolder folder, CancellationToken cancel, params string[] arguments)
    {
        var start = Stopwatch.GetTimestamp();
        var said = await HeliotropeProcess.Command(folder, "", cancel, ["import", .. arguments]);
        return said.Contains("\"state\":\"ready\"", StringComparison.Ordinal) || said.Contains("\"state\":\"done\"", StringComparison.Ordinal) ? Stopwatch.GetElapsedTime(start).TotalSeconds : throw new BenchException(said);
    }

    private static async Task Write(string path, int conversations, CancellationToken cancel)
    {
        await using var file = new StreamWriter(path);
        for (var i = 0; i < conversations; i++)
        {
            var begun = new DateTimeOffset(2024, 1, 1, 8, 0, 0, TimeSpan.Zero).AddMinutes(i * 37);
            var customer = 1_000_000 + (i % Math.Max(1, conversations / 3));
            await file.WriteLineAsync(JsonSerializer.Serialize(new
            {
                id = i + 1,
                subject = $"Matter {i}: {Words[i % Words.Length]}",
                status = i % 20 == 0 ? "open" : "closed",
                created_at = begun,
                requester = new { id = customer, name = $"Customer {customer}", email = $"c{customer}@client.example" },
                tags = new[] { $"tag-{i % 50}" },
                comments = Enumerable.Range(0, 6).Select(n => new
                {
                    id = (i * 6) + n,
                    author_id = n % 2 == 0 ? customer : 9,
                    body = string.Join(' ', Enumerable.Range(0, 8).Select(w => Words[(i + n + w) % Words.Length])),
                    @public = n != 3,
                    created_at = begun.AddHours(n * 5),
                }),
            }).AsMemory(), cancel);
        }
    }

    /// <summary>The rows that the import made, by Python's prepared statements into an empty database with the same tables and indexes.</summary>
    private static async Task<double> Plain(BenchFolder folder, CancellationToken cancel)
    {
        var script = Path.Combine(folder.Path, "plain.py");
        await File.WriteAllTextAsync(script, Script, cancel);
        using var python = Process.Start(new ProcessStartInfo("python3", [script, Path.Combine(folder.Path, "heliotrope.db"), Path.Combine(folder.Path, "plain.db"), .. Tables]) { RedirectStandardOutput = true })
            ?? throw new BenchException("There is no python3.");
        var said = await python.StandardOutput.ReadToEndAsync(cancel);
        await python.WaitForExitAsync(cancel);
        return python.ExitCode == 0 ? double.Parse(said, CultureInfo.InvariantCulture) : throw new BenchException("The rows could not be inserted.");
    }
}
