using System.Diagnostics;
using System.Text.Json;

namespace Heliotrope.Bench;

/// <summary>A page somebody has open: it hears what happens, asks for itself again as the desk's script does, and says that it is read.</summary>
public sealed class OpenDesk(Desk desk, long conversation, bool spreads)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    private readonly string _page = Guid.NewGuid().ToString("N");
    private int _renewals;

    /// <summary>How often it asked for its page again.</summary>
    public int Renewals => _renewals;

    public async Task Run(TaskCompletionSource open, CancellationToken cancel)
    {
        try
        {
            await desk.GetText($"/conversations/{conversation}", cancel);
            using var reader = new StreamReader(await desk.Live(cancel));
            var due = new SemaphoreSlim(0);
            var when = 0L;
            await Task.WhenAll(Hear(), Renew(), Read());

            async Task Hear()
            {
                var kind = "";
                while (await reader.ReadLineAsync(cancel) is { } line)
                {
                    if (line.StartsWith("event: ", StringComparison.Ordinal))
                    {
                        kind = line[7..];
                        open.TrySetResult(); // hello
                    }
                    else if (line.StartsWith("data: ", StringComparison.Ordinal) && kind == "")
                    {
                        using var news = JsonDocument.Parse(line[6..]);
                        if (Delay(news.RootElement) is { } delay)
                        {
                            Volatile.Write(ref when, Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency));
                            due.Release();
                        }
                    }
                    else if (line.Length == 0)
                    {
                        kind = "";
                    }
                }
            }

            async Task Renew()
            {
                while (true)
                {
                    await due.WaitAsync(cancel);
                    while (due.Wait(0, cancel))
                    {
                        // All of them are seen at once.
                    }

                    var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), Volatile.Read(ref when));
                    await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancel);
                    await desk.GetText($"/conversations/{conversation}", cancel);
                    Interlocked.Increment(ref _renewals);
                    await Task.Delay(Pause, cancel);
                }
            }

            async Task Read()
            {
                while (true)
                {
                    await Task.Delay(Beat * Random.Shared.NextDouble(), cancel);
                    await desk.Post("/presence", cancel, ("conversation", $"{conversation}"), ("doing", "reading"), ("page", _page));
                    await Task.Delay(Beat, cancel);
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The measurement is over.
        }
        catch (Exception e)
        {
            open.TrySetException(e);
            throw;
        }
    }

    private TimeSpan? Delay(JsonElement news)
    {
        if (Holds("conversations") || Holds("within"))
        {
            return TimeSpan.Zero;
        }

        var list = news.TryGetProperty("all", out var all) && all.ValueKind is JsonValueKind.True
            || (news.TryGetProperty("conversations", out var changed) && changed.ValueKind is JsonValueKind.Array && changed.GetArrayLength() > 0);
        var spread = spreads && news.TryGetProperty("spread", out var given) && given.ValueKind is JsonValueKind.Number ? given.GetInt32() : 0;
        return list ? TimeSpan.FromMilliseconds(spread * Random.Shared.NextDouble()) : null;

        bool Holds(string name) => news.TryGetProperty(name, out var numbers) && numbers.ValueKind is JsonValueKind.Array && numbers.EnumerateArray().Any(n => n.GetInt64() == conversation);
    }
}
