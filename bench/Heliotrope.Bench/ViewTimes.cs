namespace Heliotrope.Bench;

/// <summary>How long a page of a view takes with many conversations stored, in each order and deep in the list; and the menu with all counts.</summary>
public static class ViewTimes
{
    private const int AtOnce = 1_000;

    private static readonly (string Name, string Query, string Order)[] Views =
    [
        ("all open, what presses first", "is:open", "pressing"),
        ("all open, oldest first", "is:open", "oldest"),
        ("1 % by a tag, newest first", "is:open tag:recall", "newest"),
        ("1 % by a tag, what presses first", "is:open tag:recall", "pressing"),
        ("by feeling, what is due first", "feeling:bad", "due"),
        ("none: a promise broken", "promise:broken", "newest"),
    ];

    public static async Task Run(int conversations, CancellationToken cancel)
    {
        using var folder = new BenchFolder();
        using var server = await HeliotropeProcess.Start(folder, cancel);
        await PageTimes.Load(server, folder, conversations, 0, cancel);
        using var api = await Api.Connect(server, cancel, "lead");
        var all = await api.Conversations(cancel);
        if (all.Count != conversations)
        {
            throw new BenchException($"{conversations} conversations were sent; {all.Count} are there.");
        }

        var some = all.Where((_, at) => at % 100 == 0).Select(c => c.Number).ToList();
        foreach (var batch in some.Chunk(AtOnce))
        {
            await api.Post("/api/v1/conversations/bulk", new { numbers = batch, acts = new[] { new { kind = "tag", value = "recall" } } }, cancel);
        }

        var paths = new List<(string Name, string Path)>();
        foreach (var (name, query, order) in Views)
        {
            using var made = await api.Post("/api/v1/views", new { name, query, order }, cancel);
            paths.Add((name, $"/conversations?view={made.RootElement.GetProperty("id").GetInt64()}"));
        }

        using var desk = await Desk.SignIn(server, cancel);
        var nothing = await PageTimes.Measure(desk, ["/health/live"], cancel);
        Figures.Head($"{all.Count:N0} conversations", "p50 ms", "p95 ms", "p95 of the baseline's", "bytes");
        foreach (var (name, path) in paths)
        {
            PageTimes.Row(name, await PageTimes.Measure(desk, [path], cancel), nothing);
        }

        var deep = api.Places.Count > 0 ? $"/conversations?view=all&after={api.Places[api.Places.Count / 2]}" : "/conversations?view=all";
        PageTimes.Row("everything, from the middle", await PageTimes.Measure(desk, [deep], cancel), nothing);
        PageTimes.Row($"the menu: {Views.Length} views counted", await PageTimes.Measure(desk, ["/views/menu"], cancel), nothing);
        PageTimes.Row("the queue, as before", await PageTimes.Measure(desk, ["/conversations"], cancel), nothing);
        PageTimes.Row("baseline: /health/live", nothing, nothing);
        Console.WriteLine();
        Console.WriteLine($"One request at a time, to the last byte. {some.Count:N0} tagged by changing many. Memory after load {server.ResidentMegabytes():N0} MB.");
    }
}
