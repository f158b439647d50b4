using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Heliotrope.Server.Tests.Infrastructure;

internal sealed record Finished(int Exit, string Output, string Error);

/// <summary>The real executable in a process of its own.</summary>
internal sealed class TestProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _listening;

    private TestProcess(Process process)
    {
        _process = process;
        _listening = Task.WhenAll(Listen(process.StandardOutput), Listen(process.StandardError));
    }

    public Uri Url => new(After("Heliotrope is ready at "));

    public int SmtpPort => int.Parse(After("SMTP on ").Split(',')[0].Split(':')[^1], CultureInfo.InvariantCulture);

    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>Starts a server, within another program such as a tracer when one is given, and waits for the line that says it is ready.</summary>
    public static async Task<TestProcess> Serve(TestDatabase database, string? smarthost = null, params string[] within)
    {
        var started = new TestProcess(Begin(Environment(database, smarthost), [.. within, Executable, "serve"]));
        await Task.WhenAny(started._ready.Task, started._process.WaitForExitAsync()).WaitAsync(Patience.Limit);
        Assert.True(started._ready.Task.IsCompleted, started.Said);
        return started;
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<Finished> Run(IReadOnlyDictionary<string, string> environment, byte[] input, params string[] arguments)
    {
        using var process = Begin(environment, [Executable, .. arguments]);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It did not want to hear all of it.
        }

        await process.WaitForExitAsync(Patience.Token());
        return new(process.ExitCode, await output, await error);
    }

    public static Dictionary<string, string> Environment(TestDatabase database, string? smarthost = null)
    {
        database.UseOnce();
        return new()
        {
            ["HELIOTROPE_DATA"] = database.Folder,
            ["HELIOTROPE_URLS"] = "http://127.0.0.1:0",
            ["HELIOTROPE_SMTP_LISTEN"] = "127.0.0.1:0",
            ["HELIOTROPE_SMARTHOST"] = smarthost ?? "",
            ["HELIOTROPE_PUBLIC_URL"] = "",
            ["HELIOTROPE_DATABASE"] = database.Connection is { } connection ? connection + ";Maximum Pool Size=5" : "", // it lives for seconds, and each costs it some
        };
    }

    /// <summary>Kills it as kill -9 does: it gets no word in.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync(Patience.Token());
        await _listening;
    }

    /// <summary>Asks it to end, as a service manager does.</summary>
    public async Task Stop()
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync(Patience.Token());
        await _listening;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        await _listening;
        _process.Dispose();
    }

    private static string Executable => Path.Combine(AppContext.BaseDirectory, "heliotrope");

    private static Process Begin(IReadOnlyDictionary<string, string> environment, string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return Process.Start(start)!;
    }

    private async Task Listen(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_said)
            {
                _said.AppendLine(line);
            }

            if (line.StartsWith("Next: ", StringComparison.Ordinal))
            {
                _ready.TrySetResult();
            }
        }
    }

    private string After(string words)
    {
        var said = Said;
        var start = said.IndexOf(words, StringComparison.Ordinal) + words.Length;
        return said[start..said.IndexOf('\n', start)].TrimEnd();
    }
}
