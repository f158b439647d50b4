using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Heliotrope.Server.Tests.Infrastructure;

/// <summary>
/// A program that starts children of its own, in a session of its own. All of it ends when it is told to, and also when the
/// tests' own process dies: a shell waits for its standard input to be closed.
/// </summary>
internal sealed class MailDaemon : IAsyncDisposable
{
    // $1: a file with the number of another process group, or nothing.
    private const string Watch = """
        others=$1; shift
        end() { [ ! -s "$others" ] || kill -KILL "-$(tr -d ' ' <"$others")" 2>/dev/null; kill -KILL 0; }
        { "$@" </dev/null; end; } &
        read -r over; end
        """;

    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly string[] _become;
    private readonly string _others;
    private readonly Task _listening;

    /// <param name="command">What to run.</param>
    /// <param name="become">What runs commands as somebody who may; nothing when we may.</param>
    /// <param name="others">A file into which it writes the number of a process group that it makes; empty when it makes none.</param>
    public MailDaemon(string[] command, string[] become, string others)
    {
        (_become, _others) = (become, others);
        _process = Begin([.. become, "setsid", "sh", "-c", Watch, "sh", others, .. command], input: true);
        _listening = Task.WhenAll(Listen(_process.StandardOutput), Listen(_process.StandardError));
        Over = Wait();
    }

    /// <summary>Done when all of it is gone.</summary>
    public Task Over { get; }

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

    /// <summary>Sends a signal such as STOP to all of its processes at once.</summary>
    public async Task Signal(string name)
    {
        var groups = await Groups();
        await Run([.. _become, "kill", $"-{name}", "--", .. groups], mayFail: true);
        while (name == "STOP" && (await States(groups)).Any(state => state[0] is not ('T' or 'Z')))
        {
            await Task.Delay(5);
        }

        if (name == "KILL")
        {
            await Over.WaitAsync(Patience.Limit);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!Over.IsCompleted)
        {
            await Signal("KILL");
        }

        _process.Dispose();
    }

    /// <summary>Runs a command to its end; what it wrote is returned.</summary>
    public static async Task<string> Run(string[] command, bool mayFail = false)
    {
        using var process = Begin(command, input: false);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(Patience.Token());
        return process.ExitCode == 0 || mayFail
            ? await output
            : throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}: {await output}{await error}");
    }

    /// <summary>Deletes a folder in which one ran. Its last children may still be about to end: what they wrote meanwhile goes in the next round.</summary>
    public static async Task Delete(string folder, string[] become)
    {
        for (var round = 0; round < 50 && Directory.Exists(folder); round++)
        {
            await Run([.. become, "rm", "-rf", "--", folder], mayFail: true);
        }
    }

    private static Process Begin(string[] command, bool input)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = input, RedirectStandardOutput = true, RedirectStandardError = true };
        // Debian keeps servers where ordinary users do not look.
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin";
        return Process.Start(start)!;
    }

    private async Task<string[]> Groups()
    {
        var own = "-" + _process.Id.ToString(CultureInfo.InvariantCulture);
        if (_become.Length > 0)
        {
            // What lets us become somebody else is in between: the session is led by its child.
            own = "-" + (await Run(["pgrep", "-P", own[1..]], mayFail: true)).Split('\n')[0];
        }

        // Read by another program: this one would mind that the file is locked.
        return _others.Length > 0 && (await Run(["cat", _others], mayFail: true)).Trim() is { Length: > 0 } other ? ["-" + other, own] : [own];
    }

    // Each group is a session too. A process stops when it next runs, not when it is told.
    private static async Task<string[]> States(string[] groups) =>
        (await Run(["ps", "-o", "stat=", "-s", string.Join(',', groups.Select(group => group[1..]))], mayFail: true)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private async Task Wait()
    {
        await _process.WaitForExitAsync();
        await _listening;
    }

    private async Task Listen(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_said)
            {
                _said.AppendLine(line);
            }
        }
    }
}
