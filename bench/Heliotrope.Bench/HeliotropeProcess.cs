using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Heliotrope.Bench;

/// <summary>The built executable, serving a fresh data folder on free ports of 127.0.0.1.</summary>
public sealed class HeliotropeProcess : IDisposable
{
    private readonly Process _process;
    private readonly Queue<string> _lastWords = new();
    private bool _started;

    private HeliotropeProcess(BenchFolder folder, int httpPort, int smtpPort)
    {
        Folder = folder;
        Url = new Uri($"http://127.0.0.1:{httpPort}");
        SmtpPort = smtpPort;
        var start = StartInfo(folder, "serve");
        start.Environment["HELIOTROPE_URLS"] = Url.GetLeftPart(UriPartial.Authority);
        start.Environment["HELIOTROPE_SMTP_LISTEN"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{smtpPort}");
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Hear(e.Data);
        _process.ErrorDataReceived += (_, e) => Hear(e.Data);
    }

    public BenchFolder Folder { get; }

    public Uri Url { get; }

    public int SmtpPort { get; }

    /// <summary>From the start of the process to the first 200 of /health/ready, in milliseconds.</summary>
    public double ReadyAfter { get; private set; }

    public static async Task<HeliotropeProcess> Start(BenchFolder folder, CancellationToken cancel)
    {
        var server = new HeliotropeProcess(folder, FreePort(), FreePort());
        try
        {
            await server.StartAndWait(cancel);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Runs a command of the executable and returns what it printed.</summary>
    public static async Task<string> Command(BenchFolder folder, string input, CancellationToken cancel, params IEnumerable<string> arguments)
    {
        using var process = new Process { StartInfo = StartInfo(folder, arguments) };
        process.StartInfo.RedirectStandardInput = true;
        process.Start();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(cancel);
        var output = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0
            ? output
            : throw new BenchException($"heliotrope {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors}");
    }

    /// <summary>Resident memory now, in megabytes (10^6 bytes).</summary>
    public double ResidentMegabytes() => Megabytes("VmRSS:");

    /// <summary>Of that what is no file's, in megabytes (10^6 bytes): pages of a mapped file are the system's to take away again.</summary>
    public double OwnMegabytes() => Megabytes("RssAnon:");

    /// <summary>The most resident memory since <see cref="ForgetPeak"/>, in megabytes (10^6 bytes).</summary>
    public double PeakMegabytes() => Megabytes("VmHWM:");

    /// <summary>From now on the peak is counted anew.</summary>
    public void ForgetPeak() => File.WriteAllText($"/proc/{_process.Id}/clear_refs", "5");

    public void Dispose()
    {
        if (_started && !_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private double Megabytes(string name)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    private static ProcessStartInfo StartInfo(BenchFolder folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(BenchFolder.Executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("HELIOTROPE_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["HELIOTROPE_DATA"] = folder.Path;
        foreach (var (name, value) in folder.Settings)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task StartAndWait(CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        using var client = new HttpClient { BaseAddress = Url };
        var start = Stopwatch.GetTimestamp();
        _started = _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        while (!await IsReady(client, limit.Token))
        {
            if (_process.HasExited)
            {
                throw new BenchException($"The server ended with {_process.ExitCode}:\n{LastWords()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), limit.Token);
        }

        ReadyAfter = Figures.MillisecondsSince(start);
    }

    private static async Task<bool> IsReady(HttpClient client, CancellationToken cancel)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // not listening yet
        }
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lastWords)
        {
            _lastWords.Enqueue(line);
            if (_lastWords.Count > 30)
            {
                _lastWords.Dequeue();
            }
        }
    }

    private string LastWords()
    {
        lock (_lastWords)
        {
            return string.Join('\n', _lastWords);
        }
    }
}
