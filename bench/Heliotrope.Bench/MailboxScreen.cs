using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Heliotrope.Server.Tests.Infrastructure;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;

namespace Heliotrope.Bench;

/// <summary>
/// From the mail server's word that it has a mail to an agent's screen: a real browser that has the inbox open. Beside it, of the same mails, when IDLE tells a bare client
/// (MailKit), and when our own stream tells the page.
/// </summary>
internal static class MailboxScreen
{
    private const int Steady = 100;
    private const int Single = 20;
    private const string User = "screen@example.test";

    // Looks at what the page says whenever it changes, and reports each mail once.
    private const string Watch = """
        () => {
          const known = new Set();
          const look = () => {
            for (const [subject] of document.body.textContent.matchAll(/Delivery [0-9a-f]{8}-\d+-here/g)) {
              if (!known.has(subject)) {
                known.add(subject);
                window.seen(subject);
              }
            }
          };
          new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
        }
        """;

    public static async Task Run(CancellationToken cancel)
    {
        await using var dovecot = await DovecotServer.Start();
        await using var server = await MailboxServer.Start(dovecot, null, cancel);
        await server.Connect(User, cancel);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var times = new Times();

        using var idle = new ImapClient { ServerCertificateValidationCallback = dovecot.Authority.Check, CheckCertificateRevocation = false };
        await idle.ConnectAsync("localhost", dovecot.Ports.Imaps, SecureSocketOptions.SslOnConnect, cancel);
        await idle.AuthenticateAsync(User, DovecotServer.Password, cancel);
        await idle.Inbox!.OpenAsync(FolderAccess.ReadOnly, cancel);
        idle.Inbox.CountChanged += (_, _) => times.IdleTold(idle.Inbox.Count);
        var idling = idle.IdleAsync(over.Token, cancel);

        using var listener = await Desk.SignIn(server.Process, cancel);
        var listening = Listen(listener, times, over.Token);
        using var watcher = await Desk.SignIn(server.Process, cancel);
        await using var screen = await Screen.Start();
        var page = await screen.Open(server.Process, watcher.Cookies);
        await page.ExposeFunctionAsync<string, bool>("seen", times.Seen);
        await page.GotoAsync("/conversations?order=newest");
        await page.EvaluateAsync(Watch);

        await Deliver(10, 300, 300); // to warm up
        Figures.Head("", "p50 ms", "p95 ms", "max ms", "p50 of IDLE's");
        await Rows($"{Steady} mails, one every 0.2 to 0.4 s", Steady, 200, 400);
        await Rows($"{Single} mails, one every 2 to 3 s", Single, 2_000, 3_000);
        Console.WriteLine();
        Console.WriteLine($"Medians of {MailboxTimes.Runs} runs. Memory {server.Process.ResidentMegabytes():N0} MB.");
        await over.CancelAsync();
        await Task.WhenAll(idling, listening);

        async Task Rows(string name, int mails, int least, int most)
        {
            var runs = new List<Dictionary<string, double[]>>();
            for (var run = 0; run < MailboxTimes.Runs; run++)
            {
                runs.Add(await Deliver(mails, least, most));
            }

            var bare = MailboxTimes.Median(runs, run => Figures.Percentile(run["idle"], 50));
            foreach (var (key, words) in new[] { ("screen", "on the screen"), ("stream", "told by our stream"), ("idle", "baseline: IDLE tells a bare client") })
            {
                var p50 = MailboxTimes.Median(runs, run => Figures.Percentile(run[key], 50));
                Figures.Row($"{name}: {words}", p50, MailboxTimes.Median(runs, run => Figures.Percentile(run[key], 95)), MailboxTimes.Median(runs, run => run[key].Max()), p50 / bare);
            }
        }

        async Task<Dictionary<string, double[]>> Deliver(int mails, int least, int most)
        {
            await Task.Delay(2_000, cancel); // whatever went before is over
            var (mark, delivered) = (Guid.NewGuid().ToString("N")[..8], new List<(string Subject, long At)>());
            times.Begin(idle.Inbox.Count);
            for (var i = 0; i < mails; i++)
            {
                await Task.Delay(Random.Shared.Next(least, most + 1), cancel);
                var subject = string.Create(CultureInfo.InvariantCulture, $"Delivery {mark}-{i}-here");
                var answer = await dovecot.Deliver(User, Mail(subject));
                delivered.Add((subject, Stopwatch.GetTimestamp()));
                if (!answer.StartsWith("250", StringComparison.Ordinal))
                {
                    throw new BenchException($"Dovecot answered: {answer}");
                }
            }

            await Until("the page or a bare client", () => delivered.TrueForAll(one => times.OnScreen.ContainsKey(one.Subject)) && times.ByIdle.Length >= mails, cancel);
            var numbers = (await server.Api.Conversations(cancel)).ToLookup(one => one.Subject, one => one.Number);
            await Until("our stream", () => delivered.TrueForAll(one => times.InStream.ContainsKey(numbers[one.Subject].Single())), cancel);
            return new()
            {
                ["screen"] = [.. delivered.Select(one => Milliseconds(one.At, times.OnScreen[one.Subject]))],
                ["stream"] = [.. delivered.Select(one => Milliseconds(one.At, times.InStream[numbers[one.Subject].Single()]))],
                ["idle"] = [.. delivered.Select((one, i) => Milliseconds(one.At, times.ByIdle[i]))],
            };
        }
    }

    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;

    private static byte[] Mail(string subject) => Encoding.ASCII.GetBytes(
        $"Message-ID: <{Guid.NewGuid():N}@client.example>\r\nFrom: Customer <{Guid.NewGuid():N}@client.example>\r\nTo: <{User}>\r\nSubject: {subject}\r\n"
        + $"Date: {DateTimeOffset.UtcNow.ToString("r", CultureInfo.InvariantCulture)}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nWhere is my order? It was to come last week.\r\n");

    private static async Task Listen(Desk desk, Times times, CancellationToken cancel)
    {
        try
        {
            using var reader = new StreamReader(await desk.Live(cancel));
            var kind = "";
            while (await reader.ReadLineAsync(cancel) is { } line)
            {
                if (line.StartsWith("data: ", StringComparison.Ordinal) && kind == "")
                {
                    using var news = JsonDocument.Parse(line[6..]);
                    times.StreamTold(news.RootElement.GetProperty("conversations").EnumerateArray().Select(number => number.GetInt64()));
                }

                kind = line.StartsWith("event: ", StringComparison.Ordinal) ? line[7..] : line.Length == 0 ? "" : kind;
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The measurement is over.
        }
    }

    /// <summary>Waits until every mail has been told of.</summary>
    private static async Task Until(string where, Func<bool> told, CancellationToken cancel)
    {
        for (var began = Stopwatch.GetTimestamp(); !told(); await Task.Delay(20, cancel))
        {
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(120))
            {
                throw new BenchException($"Of some mails {where} never told.");
            }
        }
    }

    /// <summary>When what was heard and seen first.</summary>
    private sealed class Times
    {
        private readonly List<long> _idle = [];
        private int _before;

        public ConcurrentDictionary<string, long> OnScreen { get; } = new();

        public ConcurrentDictionary<long, long> InStream { get; } = new();

        public long[] ByIdle
        {
            get
            {
                lock (_idle)
                {
                    return [.. _idle];
                }
            }
        }

        public void Begin(int mails)
        {
            lock (_idle)
            {
                _idle.Clear();
                _before = mails;
            }
        }

        public void IdleTold(int mails)
        {
            var now = Stopwatch.GetTimestamp();
            lock (_idle)
            {
                while (_idle.Count < mails - _before)
                {
                    _idle.Add(now);
                }
            }
        }

        public bool Seen(string subject) => OnScreen.TryAdd(subject, Stopwatch.GetTimestamp());

        public void StreamTold(IEnumerable<long> conversations)
        {
            var now = Stopwatch.GetTimestamp();
            foreach (var number in conversations)
            {
                InStream.TryAdd(number, now);
            }
        }
    }
}
