using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

namespace Heliotrope.Bench;

/// <summary>From one person's click to another's screen: a note is posted, and stands in the document of a real browser that has the conversation open.</summary>
public static class LiveTimes
{
    private const int Conversations = 200;
    private const int Users = 10;
    private const int Runs = 3;
    private const int NotesARun = 8;

    public static async Task Run(int desks, CancellationToken cancel)
    {
        using var folder = new BenchFolder();
        using var server = await HeliotropeProcess.Start(folder, cancel);
        await Load(server, cancel);
        var numbers = await Numbers(server, cancel);
        var users = new List<(string, string)>();
        for (var i = 0; i < Users; i++)
        {
            users.Add(await Desk.AddUser(server, string.Create(CultureInfo.InvariantCulture, $"Colleague {i}"), cancel));
        }

        using var writer = await Desk.SignIn(server, users[0], cancel);
        using var watcher = await Desk.SignIn(server, users[1], cancel);
        await using var screen = await Screen.Start();
        var page = await screen.Open(server, watcher.Cookies);
        var number = numbers[0];
        await page.GotoAsync(string.Create(CultureInfo.InvariantCulture, $"/conversations/{number}"));
        await Measure(server, writer, page, number, [], 5, cancel); // to warm up

        var echo = await Baseline(server, cancel);
        Figures.Head("", "p50 ms", "p95 ms", "p50 of the baseline's", "/health/live meanwhile, p95 ms", "renewals of other desks a note");
        await Row("1 open desk", [], true);
        var colleagues = new List<Desk>();
        for (var i = 1; i < desks; i++)
        {
            colleagues.Add(await Desk.SignIn(server, users[i % users.Count], cancel));
        }

        await Row($"{desks} open desks", colleagues, true);
        await Row($"{desks} open desks that all ask at once", colleagues, false);
        Figures.Row("baseline: a bare event stream, then /health/live", echo.P50, echo.P95, 1.0, "", "");
        Console.WriteLine();
        Console.WriteLine($"Medians of {Runs} runs of {NotesARun} notes, two to three seconds apart. Memory {server.ResidentMegabytes():N0} MB.");
        colleagues.ForEach(desk => desk.Dispose());

        async Task Row(string name, List<Desk> others, bool spreads)
        {
            var runs = await WithDesks(others, numbers, spreads, async open =>
            {
                var measured = new List<Figure>();
                for (var run = 0; run < Runs; run++)
                {
                    measured.Add(await Measure(server, writer, page, number, open, NotesARun, cancel));
                }

                return measured;
            }, cancel);
            var p50 = Median(runs, figure => figure.P50);
            Figures.Row(name, p50, Median(runs, figure => figure.P95), p50 / echo.P50, Median(runs, figure => figure.Health), Median(runs, figure => figure.Renewals));
        }
    }

    private static double Median(List<Figure> runs, Func<Figure, double> of) => Figures.Percentile(runs.Select(of), 50);

    private static async Task<T> WithDesks<T>(List<Desk> desks, List<long> numbers, bool spreads, Func<List<OpenDesk>, Task<T>> measure, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var (open, running) = (new List<OpenDesk>(), new List<Task>());
        try
        {
            for (var i = 0; i < desks.Count; i++)
            {
                var one = new OpenDesk(desks[i], numbers[1 + (i % (numbers.Count - 1))], spreads);
                open.Add(one);
                var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                running.Add(one.Run(ready, over.Token));
                await ready.Task.WaitAsync(TimeSpan.FromSeconds(60), cancel);
            }

            return await measure(open);
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(running);
        }
    }

    private static async Task<Figure> Measure(HeliotropeProcess server, Desk writer, IPage page, long number, List<OpenDesk> open, int notes, CancellationToken cancel)
    {
        using var health = new HttpClient { BaseAddress = server.Url };
        var (times, answers, before) = (new List<double>(), new List<double>(), open.Sum(desk => desk.Renewals));
        await writer.GetText(string.Create(CultureInfo.InvariantCulture, $"/conversations/{number}"), cancel);
        for (var i = 0; i < notes; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(2 + Random.Shared.NextDouble()), cancel);
            var words = $"note {Guid.NewGuid():N}";
            var seen = page.WaitForFunctionAsync("words => document.querySelector('ol.entries')?.textContent.includes(words)", words, new() { Timeout = 60_000 });
            var start = Stopwatch.GetTimestamp();
            var sent = writer.Post(string.Create(CultureInfo.InvariantCulture, $"/conversations/{number}/note"), cancel, ("text", words));
            await seen;
            times.Add(Figures.MillisecondsSince(start));
            await sent;
            start = Stopwatch.GetTimestamp();
            await health.GetStringAsync(new Uri("/health/live", UriKind.Relative), cancel);
            answers.Add(Figures.MillisecondsSince(start));
        }

        return new(Figures.Percentile(times, 50), Figures.Percentile(times, 95), Figures.Percentile(answers, 95), (double)(open.Sum(desk => desk.Renewals) - before) / notes);
    }

    private static async Task<Figure> Baseline(HeliotropeProcess server, CancellationToken cancel)
    {
        using var echo = new Echo();
        using var client = new HttpClient();
        using var reader = new StreamReader(await client.GetStreamAsync(echo.Url, cancel));
        await reader.ReadLineAsync(cancel);
        var times = new List<double>();
        for (var i = 0; i < 120; i++)
        {
            await reader.ReadLineAsync(cancel); // the empty line after the event before
            var start = Stopwatch.GetTimestamp();
            var said = client.PostAsync(echo.Url, null, cancel);
            await reader.ReadLineAsync(cancel);
            await client.GetStringAsync(new Uri(server.Url, "/health/live"), cancel);
            times.Add(Figures.MillisecondsSince(start));
            (await said).Dispose();
        }

        var warm = times.Skip(20).ToList();
        return new(Figures.Percentile(warm, 50), Figures.Percentile(warm, 95), 0, 0);
    }

    private static async Task<List<long>> Numbers(HeliotropeProcess server, CancellationToken cancel)
    {
        using var api = await Api.Connect(server, cancel);
        return [.. (await api.Conversations(cancel)).Select(c => c.Number).Order()];
    }

    private static async Task Load(HeliotropeProcess server, CancellationToken cancel)
    {
        using var connection = await SmtpConnection.Open(server.SmtpPort, cancel);
        var source = new MailSource(1);
        for (var i = 0; i < Conversations; i++)
        {
            await connection.Send(source.First($"t{i}", $"Question {i}"), cancel);
        }
    }

    private sealed record Figure(double P50, double P95, double Health, double Renewals);
}
