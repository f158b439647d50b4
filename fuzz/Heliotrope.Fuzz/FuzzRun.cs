using System.Diagnostics;
using System.Globalization;

namespace Heliotrope.Fuzz;

/// <summary>One input after another, each watched: that nothing is thrown, that it takes no second, that it does not fill the memory.</summary>
/// <param name="seeds">What damaged messages are made of.</param>
/// <param name="seed">Which ones are made.</param>
/// <param name="save">Where those that fail are put; null for nowhere.</param>
/// <param name="timed">Whether the time counts: only where nothing else runs in this process.</param>
internal sealed class FuzzRun(IReadOnlyList<byte[]> seeds, int seed, string? save, bool timed)
{
    // Of inputs of at most 64 KiB, read and cleaned and written several times each.
    private const long MostBytes = 256L * 1024 * 1024;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(60);

    private readonly Mutator mutator = new(seeds, seed);
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private byte[] current = [];
    private long began;
    private long bytes;
    private long mostBytes;
    private TimeSpan slowest;

    public long Count { get; private set; }

    public int Failures { get; private set; }

    /// <summary>Runs the next input; what went wrong, or null.</summary>
    public string? Next()
    {
        current = mutator.Next();
        Volatile.Write(ref began, clock.ElapsedMilliseconds);
        var before = clock.Elapsed;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        string? problem = null;
        try
        {
            Targets.Run(current);
        }
        catch (Exception thrown)
        {
            problem = thrown.ToString();
        }
        var took = clock.Elapsed - before;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        slowest = took > slowest ? took : slowest;
        mostBytes = Math.Max(mostBytes, allocated);
        if (timed && problem is null && took > MostTime)
        {
            problem = Again();
        }
        problem ??= allocated > MostBytes ? $"It needed {allocated / 1024 / 1024} MiB." : null;
        Count++;
        bytes += current.Length;
        Failures += problem is null ? 0 : 1;
        return problem is null ? null : $"Input {Count - 1} of seed {seed} failed{Save(Count - 1)}:\n{problem}";
    }

    /// <summary>Other programs may have had the processor meanwhile, and code that runs for the first time is compiled first: what is slow is slow once more.</summary>
    private string? Again()
    {
        var work = Environment.CpuUsage.TotalTime;
        Targets.Run(current);
        work = Environment.CpuUsage.TotalTime - work;
        return work > MostTime ? string.Create(CultureInfo.InvariantCulture, $"It took {work.TotalSeconds:0.0} s.") : null;
    }

    /// <summary>Ends the program when one input takes so long that it may never end.</summary>
    public void StopWhenStuck()
    {
        if (clock.ElapsedMilliseconds - Volatile.Read(ref began) > Stuck.TotalMilliseconds)
        {
            Console.Error.WriteLine($"Input {Count} of seed {seed} does not end{Save(Count)}.");
            Environment.Exit(1);
        }
    }

    public string Summary(TimeSpan elapsed) => string.Create(CultureInfo.InvariantCulture,
        $"seed {seed}: {Count} inputs, {bytes / 1024} KiB in {elapsed.TotalSeconds:0} s, {Failures} failures; slowest {slowest.TotalMilliseconds:0} ms, most memory {mostBytes / 1024 / 1024} MiB, working set {Environment.WorkingSet / 1024 / 1024} MiB");

    private string Save(long input)
    {
        if (save is null)
        {
            return "";
        }
        Directory.CreateDirectory(save);
        var file = Path.Combine(save, string.Create(CultureInfo.InvariantCulture, $"{seed}-{input}.eml"));
        File.WriteAllBytes(file, current);
        return $" and is in {file}";
    }
}
