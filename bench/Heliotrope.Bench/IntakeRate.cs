using System.Diagnostics;

namespace Heliotrope.Bench;

/// <summary>Mails accepted per second over SMTP, each on the disk before its 250; beside it what the disk alone can do.</summary>
public static class IntakeRate
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    /// <summary>Every so many letters continue a matter instead of beginning one.</summary>
    private const int FollowUp = 4;

    public static async Task Run(TimeSpan time, CancellationToken cancel)
    {
        using var folder = new BenchFolder();
        var sample = new MailSource(0).First("sample", "A sample");
        var before = DiskBaseline.Run(folder, sample, TimeSpan.FromSeconds(3), cancel);

        using var server = await HeliotropeProcess.Start(folder, cancel);
        using var api = await Api.Connect(server, cancel);
        var stored = new Sent();
        await Send(server, "warm", senders: 4, WarmUp, stored, cancel);
        var one = await Send(server, "one", senders: 1, time, stored, cancel);
        var four = await Send(server, "four", senders: 4, time, stored, cancel);
        var after = DiskBaseline.Run(folder, sample, TimeSpan.FromSeconds(3), cancel);

        var found = (await api.Conversations(cancel)).Count;
        if (found != stored.Conversations)
        {
            throw new BenchException($"{stored.Conversations} matters were accepted, but {found} conversations are there.");
        }

        // The disk is shared with everything else on the machine: before and after tell how steady it was.
        var disk = (before + after) / 2;
        Figures.Head("", "mails/s", "of the baseline");
        Figures.Row("1 sender", one, one / disk);
        Figures.Row("4 senders", four, four / disk);
        Figures.Row("baseline: append and fsync, 1 thread", disk, 1.0);
        Console.WriteLine();
        Console.WriteLine($"Mails of {sample.Length:N0} bytes; {stored.Mails:N0} accepted in all, {found:N0} conversations counted afterwards. Baseline before {before:N0}, after {after:N0}. Memory {server.ResidentMegabytes():N0} MB.");
    }

    internal static async Task<double> Send(HeliotropeProcess server, string name, int senders, TimeSpan time, Sent sent, CancellationToken cancel)
    {
        var connections = await Task.WhenAll(Enumerable.Range(0, senders).Select(_ => SmtpConnection.Open(server.SmtpPort, cancel)));
        var start = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(connections.Select((connection, index) =>
            Task.Run(() => SendUntil(connection, $"{name}{index}", index + 1, start, time, cancel), cancel)));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        foreach (var connection in connections)
        {
            connection.Dispose();
        }

        sent.Mails += counts.Sum(c => c.Mails);
        sent.Conversations += counts.Sum(c => c.Conversations);
        return counts.Sum(c => c.Mails) / seconds;
    }

    private static async Task<Sent> SendUntil(SmtpConnection connection, string name, int seed, long start, TimeSpan time, CancellationToken cancel)
    {
        var source = new MailSource(seed);
        var sent = new Sent();
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            var followUp = sent.Mails % FollowUp == FollowUp - 1;
            if (!followUp)
            {
                sent.Conversations++;
            }

            var thread = $"{name}-{sent.Conversations}";
            var subject = $"Question {sent.Conversations}";
            await connection.Send(followUp ? source.Next(thread, 2, subject) : source.First(thread, subject), cancel);
            sent.Mails++;
        }

        return sent;
    }

    internal sealed class Sent
    {
        public int Mails { get; set; }

        public int Conversations { get; set; }
    }
}
