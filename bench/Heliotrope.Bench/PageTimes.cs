namespace Heliotrope.Bench;

/// <summary>How long the inbox and a conversation take with many conversations stored; beside them a request that does nothing.</summary>
public static class PageTimes
{
    private const int WarmUp = 100;
    private const int Requests = 1_000;
    private const int LongThreads = 100;
    private const int LettersOfLongThread = 10;
    private const string LongSubject = "A long matter";
    private const int Replies = 300;

    public static async Task Run(int conversations, CancellationToken cancel)
    {
        using var folder = new BenchFolder();
        using var server = await HeliotropeProcess.Start(folder, cancel);
        await Load(server, folder, conversations, LongThreads, cancel);

        using var api = await Api.Connect(server, cancel);
        var all = await api.Conversations(cancel);
        var longOnes = all.Where(c => c.Subject.StartsWith(LongSubject, StringComparison.Ordinal)).Select(c => $"/conversations/{c.Number}").ToList();
        if (all.Count != conversations || longOnes.Count != LongThreads)
        {
            throw new BenchException($"{conversations} conversations were sent, {LongThreads} of them long; {all.Count} and {longOnes.Count} are there.");
        }

        using var desk = await Desk.SignIn(server, cancel);
        var nothing = await Measure(desk, ["/health/live"], cancel);
        var inbox = await Measure(desk, ["/conversations"], cancel);
        var conversation = await Measure(desk, longOnes, cancel);
        var reply = await Reply(api, [.. all.TakeLast(Replies).Select(c => c.Number)], cancel);

        Figures.Head($"{all.Count:N0} conversations", "p50 ms", "p95 ms", "p95 of the baseline's", "bytes");
        Row("inbox", inbox, nothing);
        Row($"conversation of {LettersOfLongThread} messages", conversation, nothing);
        Row("a reply, through the API", reply, nothing);
        Row("baseline: /health/live", nothing, nothing);
        Console.WriteLine();
        Console.WriteLine($"One request at a time, {Requests:N0} each ({Replies:N0} replies) after {WarmUp} to warm up, to the last byte. Memory after load {server.ResidentMegabytes():N0} MB.");
    }

    internal static void Row(string name, Times times, Times baseline) =>
        Figures.Row(name, times.P50, times.P95, times.P95 / baseline.P95, times.Bytes);

    internal static async Task<Times> Measure(Desk desk, List<string> paths, CancellationToken cancel)
    {
        for (var i = 0; i < WarmUp; i++)
        {
            await desk.Get(paths[i % paths.Count], cancel);
        }

        var times = new List<double>(Requests);
        var bytes = 0;
        for (var i = 0; i < Requests; i++)
        {
            (var milliseconds, bytes) = await desk.Get(paths[i % paths.Count], cancel);
            times.Add(milliseconds);
        }

        return new(Figures.Percentile(times, 50), Figures.Percentile(times, 95), bytes);
    }

    /// <summary>A reply to each of them, until it is stored and on its way.</summary>
    private static async Task<Times> Reply(Api api, List<long> numbers, CancellationToken cancel)
    {
        var (times, bytes) = (new List<double>(numbers.Count), 0);
        foreach (var number in numbers)
        {
            var start = System.Diagnostics.Stopwatch.GetTimestamp();
            using var answer = await api.Post($"/api/v1/conversations/{number}/replies", new { text = "Thank you. We look into it and write again on Friday." }, cancel);
            times.Add(Figures.MillisecondsSince(start));
            bytes = answer.RootElement.GetRawText().Length;
        }

        return new(Figures.Percentile(times, 50), Figures.Percentile(times, 95), bytes);
    }

    /// <summary>So many by mail, all others as copies beside them.</summary>
    internal static async Task Load(HeliotropeProcess server, BenchFolder folder, int conversations, int longThreads, CancellationToken cancel)
    {
        const int byMail = 5_000;
        await Send(server, Math.Min(conversations, byMail), longThreads, cancel);
        if (conversations > byMail)
        {
            await using var db = await Copies.Open(folder, cancel);
            Copies.Fill(db, conversations - byMail, _ => "Thank you for the lamps. One of them does not light. What can I do?");
        }
    }

    private static async Task Send(HeliotropeProcess server, int conversations, int longThreads, CancellationToken cancel)
    {
        const int senders = 8;
        await Task.WhenAll(Enumerable.Range(0, senders).Select(sender => Task.Run(
            async () =>
            {
                using var connection = await SmtpConnection.Open(server.SmtpPort, cancel);
                var source = new MailSource(sender);
                for (var i = sender; i < conversations; i += senders)
                {
                    var isLong = i < longThreads;
                    var subject = isLong ? $"{LongSubject} {i}" : $"Question {i}";
                    await connection.Send(source.First($"t{i}", subject), cancel);
                    for (var step = 2; isLong && step <= LettersOfLongThread; step++)
                    {
                        await connection.Send(source.Next($"t{i}", step, subject), cancel);
                    }
                }
            },
            cancel)));
    }

    internal sealed record Times(double P50, double P95, int Bytes);
}
