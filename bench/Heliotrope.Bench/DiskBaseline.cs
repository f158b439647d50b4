using System.Diagnostics;

namespace Heliotrope.Bench;

/// <summary>What the disk alone can do: the bytes of a mail appended to a file and synced, one after the other.</summary>
public static class DiskBaseline
{
    /// <summary>Mails a second.</summary>
    public static double Run(BenchFolder folder, byte[] mail, TimeSpan time, CancellationToken cancel)
    {
        var path = Path.Combine(folder.Path, "baseline");
        var mails = 0;
        var start = Stopwatch.GetTimestamp();
        using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            while (Stopwatch.GetElapsedTime(start) < time)
            {
                cancel.ThrowIfCancellationRequested();
                file.Write(mail);
                file.Flush(flushToDisk: true);
                mails++;
            }
        }

        var rate = mails / Stopwatch.GetElapsedTime(start).TotalSeconds;
        File.Delete(path);
        return rate;
    }
}
