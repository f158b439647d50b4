namespace Heliotrope.Bench;

/// <summary>How long the list of customers takes with many of them: whole, deep within, and by a part of a name, an address or a phone.</summary>
public static class PeopleTimes
{
    private const int WarmUp = 10;
    private const int Requests = 100;
    private const int AtOnce = 4;

    private static readonly string[] First = ["Ada", "Grace", "Joan", "Mary", "Annie", "Karen", "Hedy", "Radia", "Barbara", "Evelyn"];
    private static readonly string[] Last = ["Lovelace", "Hopper", "Clarke", "Somerville", "Easley", "Jones", "Lamarr", "Perlman", "Liskov", "Boyd"];

    public static async Task Run(int customers, CancellationToken cancel)
    {
        using var folder = new BenchFolder();
        using var server = await HeliotropeProcess.Start(folder, cancel);
        using var api = await Api.Connect(server, cancel);
        await Parallel.ForAsync(0, customers, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (i, stop) =>
            (await api.Post("/api/v1/customers", new { name = $"{First[i % 10]} {Last[i / 10 % 10]} {i}", addresses = new[] { $"p{i}@client{i % 500}.example" }, phones = new[] { $"+49 30 {i:0000000}" } }, stop)).Dispose());

        using var desk = await Desk.SignIn(server, cancel);
        Figures.Head($"{customers:N0} customers", "p50 ms", "p95 ms", "bytes");
        await Row("list by name", "/customers");
        await Row("list, the newest first", "/customers?sort=new");
        await Row("a name that thousands have", "/customers?q=lovelace");
        await Row("two words that one has", $"/customers?q=lovelace%20{customers / 2}");
        await Row("a part of an address", "/customers?q=client77.example");
        await Row("a part of a phone", $"/customers?q=030%20{customers / 2:0000000}");
        await Row("what nobody has", "/customers?q=zzzzzz");
        await Row("baseline: /health/live", "/health/live");
        Console.WriteLine();
        Console.WriteLine($"One request at a time, {Requests} each after {WarmUp} to warm up, to the last byte. Memory after load {server.ResidentMegabytes():N0} MB.");

        async Task Row(string name, string path)
        {
            var (times, bytes) = (new List<double>(Requests), 0);
            for (var i = 0; i < WarmUp + Requests; i++)
            {
                (var milliseconds, bytes) = await desk.Get(path, cancel);
                if (i >= WarmUp)
                {
                    times.Add(milliseconds);
                }
            }

            Figures.Row(name, Figures.Percentile(times, 50), Figures.Percentile(times, 95), bytes);
        }
    }
}
