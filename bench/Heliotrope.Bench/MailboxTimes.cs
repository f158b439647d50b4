using System.Diagnostics;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Bench;

/// <summary>Mailboxes over IMAP, on a real Dovecot: how fast mail is fetched, how soon it stands on a screen, and what a very large one costs in memory.</summary>
public static class MailboxTimes
{
    internal const int Runs = 3;

    public static async Task Run(int mails, CancellationToken cancel)
    {
        await Rates(MailboxMails.Write(mails, "mailbox", 2), Environment.GetEnvironmentVariable("HELIOTROPE_TEST_POSTGRES"), cancel);
        Console.WriteLine();
        await MailboxScreen.Run(cancel);
        Console.WriteLine();
        await MailboxMemory.Run(cancel);
    }

    internal static double Median<T>(IEnumerable<T> runs, Func<T, double> of) => Figures.Percentile(runs.Select(of), 50);

    private static async Task Rates(MailboxMails mails, string? postgres, CancellationToken cancel)
    {
        List<(string Name, string? Postgres)> engines = [("SQLite", null)];
        if (!string.IsNullOrEmpty(postgres))
        {
            engines.Add(("PostgreSQL", postgres));
        }

        var (wire, fetched, handed) = (new List<double>(), engines.ConvertAll(_ => new List<double>()), engines.ConvertAll(_ => new List<double>()));
        for (var run = 0; run < Runs; run++)
        {
            // In turn, so that whatever else the machine does meets all of them.
            await using var dovecot = await DovecotServer.Start();
            for (var i = 0; i < engines.Count; i++)
            {
                await using (var server = await MailboxServer.Start(dovecot, engines[i].Postgres, cancel))
                {
                    if (i == 0)
                    {
                        await dovecot.Append(DovecotServer.User, mails.All);
                        wire.Add(mails.All.Count / (await Imaplib.Fetch(dovecot, server.Folder, DovecotServer.User, mails.All.Count, cancel)).Seconds);
                    }

                    fetched[i].Add(mails.All.Count / await Fetch(server, dovecot, $"engine{i}@example.test", mails, cancel));
                }

                await using var other = await MailboxServer.Start(dovecot, engines[i].Postgres, cancel);
                handed[i].Add(mails.All.Count / await other.Hand(mails, cancel));
                await other.Check(mails.Conversations, cancel);
            }
        }

        var bare = Median(wire, rate => rate);
        Figures.Head("", "mails/s", "slowest and fastest run", "of imaplib's", "of SMTP's");
        for (var i = 0; i < engines.Count; i++)
        {
            var (imap, smtp) = (Median(fetched[i], rate => rate), Median(handed[i], rate => rate));
            Figures.Row($"fetched from a mailbox, {engines[i].Name}", imap, Range(fetched[i]), imap / bare, imap / smtp);
            Figures.Row($"handed over by one sender through SMTP, {engines[i].Name}", smtp, Range(handed[i]), smtp / bare, 1.0);
        }

        Figures.Row("baseline: fetched by Python's imaplib and thrown away", bare, Range(wire), 1.0, "");
        Console.WriteLine();
        Console.WriteLine($"Medians of {Runs} runs of {mails.All.Count:N0} mails, {mails.Megabytes:N0} MB; all of them counted afterwards.");
    }

    /// <summary>Seconds in which mails that came while nobody looked are fetched and stored.</summary>
    private static async Task<double> Fetch(MailboxServer server, DovecotServer dovecot, string user, MailboxMails mails, CancellationToken cancel)
    {
        var id = await server.Connect(user, cancel);
        await server.Pause(user, id, cancel); // or it would begin while they are still being put there
        await dovecot.Append(user, mails.All);
        var start = Stopwatch.GetTimestamp();
        await server.GoOn(id, cancel);
        await server.UntilStored(id, mails.All.Count, cancel);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await server.Check(mails.Conversations, cancel);
        return seconds;
    }

    private static string Range(List<double> rates) => $"{rates.Min():N0} – {rates.Max():N0}";
}
