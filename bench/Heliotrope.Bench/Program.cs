using System.Globalization;
using Heliotrope.Bench;

var limit = TimeSpan.FromMinutes(args.FirstOrDefault() is "mailboxes" ? 60 : 20);
using var stop = new CancellationTokenSource(limit);
Console.CancelKeyPress += (_, e) =>
{
    // Let the measurement end by itself, so that the server it started is stopped and its folder removed.
    e.Cancel = true;
    stop.Cancel();
};

var size = args.Length > 1 ? int.Parse(args[1], NumberStyles.None, CultureInfo.InvariantCulture) : (int?)null;
try
{
    switch (args.FirstOrDefault())
    {
        case "intake":
            await IntakeRate.Run(TimeSpan.FromSeconds(Math.Clamp(size ?? 15, 1, 120)), stop.Token);
            return 0;
        case "rules":
            await RulesCost.Run(TimeSpan.FromSeconds(Math.Clamp(size ?? 8, 1, 120)), stop.Token);
            return 0;
        case "pages":
            await PageTimes.Run(Math.Clamp(size ?? 10_000, 100, 100_000), stop.Token);
            return 0;
        case "people":
            await PeopleTimes.Run(Math.Clamp(size ?? 10_000, 100, 100_000), stop.Token);
            return 0;
        case "search":
            await SearchTimes.Run(Math.Clamp(size ?? 10_000, 1_000, 200_000), stop.Token);
            return 0;
        case "views":
            await ViewTimes.Run(Math.Clamp(size ?? 10_000, 100, 100_000), stop.Token);
            return 0;
        case "reports":
            await ReportTimes.Run(Math.Clamp(size ?? 450_000, 1_000, 1_000_000), stop.Token);
            return 0;
        case "start":
            await StartTimes.Run(Math.Clamp(size ?? 5, 1, 50), stop.Token);
            return 0;
        case "live":
            await LiveTimes.Run(Math.Clamp(size ?? 100, 1, 500), stop.Token);
            return 0;
        case "mailboxes":
            await MailboxTimes.Run(Math.Clamp(size ?? 5_000, 200, 50_000), stop.Token);
            return 0;
        case "weight":
            await PageWeight.Run(stop.Token);
            return 0;
        case "mail":
            await MailReading.Run(TimeSpan.FromSeconds(Math.Clamp(size ?? 5, 1, 120)), stop.Token);
            return 0;
        case "replies":
            ReplyScore.Run();
            return 0;
        case "bounces":
            BounceScore.Run();
            return 0;
        case "reading":
            MessageScore.Run();
            return 0;
        case "promises":
            PromiseScore.Run();
            return 0;
        case "coach":
            CoachScore.Run();
            return 0;
        case "import":
            await ImportRate.Run(Math.Clamp(size ?? 10_000, 100, 1_000_000), stop.Token);
            return 0;
        case "drivers":
            DriverTelling.Run(size ?? 5);
            return 0;
        default:
            Console.Error.WriteLine("usage: intake [seconds] | rules [seconds] | pages [conversations] | views [conversations] | people [customers] | search [conversations] | reports [conversations] | start [runs] | live [desks] | mailboxes [mails] | weight | mail [seconds] | replies | bounces | promises | coach | reading | import [conversations] | drivers [parts]");
            return 2;
    }
}
catch (BenchException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine($"Stopped before the end: interrupted, or the time limit of {limit.TotalMinutes:N0} minutes was reached.");
    return 1;
}
