using System.Diagnostics;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Bench;

/// <summary>What a very large mail costs the server's process in memory while it is fetched; beside it Python's imaplib, which holds it whole once.</summary>
internal static class MailboxMemory
{
    private const int FileBytes = 74_000_000; // 100 MB as a mail

    public static async Task Run(CancellationToken cancel)
    {
        var (mail, runs) = (MailReading.Large(FileBytes), new List<Figure>());
        for (var run = 0; run < MailboxTimes.Runs; run++)
        {
            runs.Add(await Fetch(mail, cancel));
        }

        var bare = MailboxTimes.Median(runs, run => run.Bare);
        var grew = MailboxTimes.Median(runs, run => run.Peak - run.Before);
        Figures.Head("", "before, MB", "at most, MB", "grew by, MB", "of imaplib's", "s");
        Figures.Row(
            $"one mail of {mail.Length / 1e6:N0} MB fetched and stored", MailboxTimes.Median(runs, run => run.Before), MailboxTimes.Median(runs, run => run.Peak), grew, grew / bare, MailboxTimes.Median(runs, run => run.Seconds));
        var (own, ownGrew) = (MailboxTimes.Median(runs, run => run.OwnPeak), MailboxTimes.Median(runs, run => run.OwnPeak - run.OwnBefore));
        Figures.Row("of it the process's own, no file's", MailboxTimes.Median(runs, run => run.OwnBefore), own, ownGrew, ownGrew / bare, "");
        Figures.Row("baseline: imaplib", "", "", bare, 1.0, MailboxTimes.Median(runs, run => run.BareSeconds));
        Console.WriteLine();
        Console.WriteLine($"Medians of {MailboxTimes.Runs} runs, each of a new process.");
    }

    private static async Task<Figure> Fetch(byte[] mail, CancellationToken cancel)
    {
        const string user = "large@example.test";
        await using var dovecot = await DovecotServer.Start();
        await using var server = await MailboxServer.Start(dovecot, null, cancel);
        var id = await server.Connect(user, cancel);
        await Task.Delay(2_000, cancel);
        var (before, ownBefore, own) = (server.Process.ResidentMegabytes(), server.Process.OwnMegabytes(), 0.0);
        server.Process.ForgetPeak();
        await dovecot.Append(user, [mail]);
        var start = Stopwatch.GetTimestamp();
        var stored = server.UntilStored(id, 1, cancel);
        while (!stored.IsCompleted)
        {
            own = Math.Max(own, server.Process.OwnMegabytes());
            await Task.WhenAny(stored, Task.Delay(5, cancel));
        }

        await stored;
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var peak = server.Process.PeakMegabytes();
        await server.Check(1, cancel);
        var (bareSeconds, bare) = await Imaplib.Fetch(dovecot, server.Folder, user, 1, cancel);
        return new(before, peak, ownBefore, own, seconds, bare, bareSeconds);
    }

    private sealed record Figure(double Before, double Peak, double OwnBefore, double OwnPeak, double Seconds, double Bare, double BareSeconds);
}
