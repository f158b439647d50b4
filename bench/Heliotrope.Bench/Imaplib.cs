using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Bench;

/// <summary>The bare cost of the wire: Python's imaplib fetches every mail of a mailbox in batches of 50 and keeps none.</summary>
internal static class Imaplib
{
    private const string Script = """
        import imaplib, json, ssl, sys, time
        peak = lambda: int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0]) * 1024 / 1e6
        begun, before = time.perf_counter(), peak()
        box = imaplib.IMAP4_SSL("localhost", int(sys.argv[1]), ssl_context=ssl.create_default_context(cafile=sys.argv[2]))
        box.login(sys.argv[3], sys.argv[4])
        box.select("INBOX", readonly=True)
        uids, mails = box.uid("SEARCH", "ALL")[1][0].split(), 0
        for i in range(0, len(uids), 50):
            mails += sum(isinstance(part, tuple) for part in box.uid("FETCH", b",".join(uids[i:i + 50]).decode(), "(UID BODY.PEEK[])")[1])
        print(json.dumps({"mails": mails, "seconds": time.perf_counter() - begun, "grew": peak() - before}))
        """;

    /// <summary>Seconds from connecting to the last mail, and by how many megabytes (10^6 bytes) its memory grew at most.</summary>
    public static async Task<(double Seconds, double Grew)> Fetch(DovecotServer dovecot, BenchFolder folder, string user, int mails, CancellationToken cancel)
    {
        using var python = Process.Start(new ProcessStartInfo(
            "python3", ["-c", Script, dovecot.Ports.Imaps.ToString(CultureInfo.InvariantCulture), folder.Settings[MailboxServer.Authority], user, DovecotServer.Password])
        { RedirectStandardOutput = true })
            ?? throw new BenchException("There is no python3.");
        var said = await python.StandardOutput.ReadToEndAsync(cancel);
        await python.WaitForExitAsync(cancel);
        var answer = python.ExitCode == 0 ? JsonDocument.Parse(said).RootElement : throw new BenchException("imaplib could not read the mailbox.");
        return answer.GetProperty("mails").GetInt32() == mails
            ? (answer.GetProperty("seconds").GetDouble(), answer.GetProperty("grew").GetDouble())
            : throw new BenchException($"imaplib found {answer.GetProperty("mails")} mails instead of {mails}.");
    }
}
