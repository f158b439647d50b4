using System.Diagnostics;

namespace Heliotrope.Bench;

/// <summary>From starting the process to its first "ready", and its memory at rest; beside it what starting .NET costs anyway.</summary>
public static class StartTimes
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    public static async Task Run(int runs, CancellationToken cancel)
    {
        using var folder = new BenchFolder();
        double first;
        using (var server = await HeliotropeProcess.Start(folder, cancel))
        {
            first = server.ReadyAfter; // makes the database
        }

        var starts = new List<double>();
        var dotnet = new List<double>();
        var memory = 0.0;
        for (var run = 1; run <= runs; run++)
        {
            // In turn, so that whatever else the machine does meets both.
            dotnet.Add(await DotnetVersion(cancel));
            using var server = await HeliotropeProcess.Start(folder, cancel);
            starts.Add(server.ReadyAfter);
            if (run == runs)
            {
                await Task.Delay(Rest, cancel);
                memory = server.ResidentMegabytes();
            }
        }

        var baseline = Figures.Percentile(dotnet, 50);
        var median = Figures.Percentile(starts, 50);
        Figures.Head("", "ms", "of the baseline");
        Figures.Row("first start, empty folder", first, first / baseline);
        Figures.Row($"start to ready, median of {runs}", median, median / baseline);
        Figures.Row($"start to ready, worst of {runs}", starts.Max(), starts.Max() / baseline);
        Figures.Row($"baseline: dotnet --version, median of {runs}", baseline, 1.0);
        Console.WriteLine();
        Console.WriteLine($"Memory {Rest.TotalSeconds:N0} s after ready, at rest: {memory:N0} MB.");
    }

    private static async Task<double> DotnetVersion(CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["--version"]) { RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return Figures.MillisecondsSince(start);
    }
}
