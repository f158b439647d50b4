using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Heliotrope.Mail.Reading;

namespace Heliotrope.Bench;

/// <summary>
/// How fast mail is read, beside Python's <c>email</c> on the same bytes in the same run, each on one thread. What counts is the processor's time,
/// so that other programs do not.
/// </summary>
public static class MailReading
{
    // Both sides do the same: headers that a desk shows, every text decoded, every file decoded.
    private const string Reader = """
        import email, email.policy, json, struct, sys, time, tracemalloc
        data, mails, at = open(sys.argv[1], "rb").read(), [], 0
        while at < len(data):
            n, = struct.unpack_from("<I", data, at)
            mails.append(data[at + 4:at + 4 + n])
            at += 4 + n
        failed = 0
        def read(raw, policy):
            global failed
            try:
                m = email.message_from_bytes(raw, policy=policy)
                for name in ("Subject", "From", "To", "Cc", "Date", "Message-ID", "References"):
                    str(m[name])
                for part in m.walk():
                    if part.is_multipart():
                        continue
                    if policy is email.policy.default and part.get_content_maintype() == "text":
                        part.get_content()
                    else:
                        part.get_payload(decode=True)
            except Exception:
                failed += 1
        def run(policy):
            global failed
            failed = 0
            for raw in mails:
                read(raw, policy)
            bad, rounds, start = failed, 0, time.process_time()
            while rounds == 0 or time.process_time() - start < float(sys.argv[2]):
                for raw in mails:
                    read(raw, policy)
                rounds += 1
            seconds = (time.process_time() - start) / rounds
            peak = 0
            tracemalloc.start()
            for raw in mails:
                tracemalloc.reset_peak()
                before = tracemalloc.get_traced_memory()[0]
                read(raw, policy)
                peak += tracemalloc.get_traced_memory()[1] - before
            tracemalloc.stop()
            return {"seconds": seconds, "failed": bad, "peak": peak / len(mails)}
        print(json.dumps({"version": sys.version.split()[0], "new": run(email.policy.default), "old": run(email.policy.compat32)}))
        """;

    public static async Task Run(TimeSpan time, CancellationToken stop)
    {
        var small = Material.Corpus().Select(one => one.Raw).Concat(Material.Rows("mail").Where(row => row.File != "bounces-odd").Select(row => Material.Bytes(row.Row))).ToList();
        var bounces = Material.Rows("mail").Where(row => row.File == "bounces-odd").Select(row => Material.Bytes(row.Row)).ToList();
        Figures.Head("", "MB/s", "messages/s", "of Python's", "bytes allocated a message", "could not be read");
        await Compare($"{small.Count:N0} mails of all kinds", small, time, stop);
        if (bounces.Count > 0)
        {
            await Compare($"{bounces.Count:N0} bounces, their meaning found", bounces, time, stop);
        }
        await Compare("one mail with a file of 20 MB", [Large(20_000_000)], time, stop);
        await FromFile(Large(100_000_000), stop);
    }

    private static async Task Compare(string what, List<byte[]> mails, TimeSpan time, CancellationToken stop)
    {
        var megabytes = mails.Sum(raw => (long)raw.Length) / 1e6;
        var python = await Python(mails, time, stop);
        var (seconds, allocated) = Ours(mails, time);
        var old = (double?)python?["old"]?["seconds"];
        Figures.Row(what, megabytes / seconds, mails.Count / seconds, old is null ? "" : old.Value / seconds, allocated, 0);
        foreach (var (key, name) in new[] { ("old", "compat32"), ("new", "default policy") })
        {
            if (python?[key] is { } figures)
            {
                var took = figures["seconds"]!.GetValue<double>();
                Figures.Row($"Python {python["version"]}, {name}", megabytes / took, mails.Count / took, old!.Value / took,
                    $"{figures["peak"]!.GetValue<double>():N0} at most at once", figures["failed"]!.GetValue<int>());
            }
        }
    }

    private static (double Seconds, double Allocated) Ours(List<byte[]> mails, TimeSpan time)
    {
        for (var warm = Environment.CpuUsage.TotalTime; Environment.CpuUsage.TotalTime - warm < TimeSpan.FromSeconds(3);)
        {
            // The framework compiles what is called often a second time, meanwhile.
            mails.ForEach(Read);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Environment.CpuUsage.TotalTime;
        var rounds = 0;
        while (rounds == 0 || Environment.CpuUsage.TotalTime - start < time)
        {
            mails.ForEach(Read);
            rounds++;
        }
        var seconds = (Environment.CpuUsage.TotalTime - start).TotalSeconds / rounds;
        return (seconds, (double)(GC.GetAllocatedBytesForCurrentThread() - before) / rounds / mails.Count);
    }

    private static void Read(byte[] raw)
    {
        foreach (var attachment in MailReader.Read(raw).Attachments)
        {
            attachment.Content();
        }
    }

    /// <summary>A large mail read from a stream: what the process grows by is what counts.</summary>
    private static async Task FromFile(byte[] mail, CancellationToken stop)
    {
        using var folder = new BenchFolder();
        var file = Path.Combine(folder.Path, "large.eml");
        await File.WriteAllBytesAsync(file, mail, stop);
        var megabytes = mail.Length / 1e6;
        mail = [];
        GC.Collect();
        var before = Environment.WorkingSet;
        var start = Stopwatch.GetTimestamp();
        await using var stream = File.OpenRead(file);
        using var spooled = await SpooledMail.ReadAsync(stream, folder.Path, cancel: stop);
        await using (var content = spooled.Message.Attachments[0].OpenRead())
        {
            await content.CopyToAsync(Stream.Null, stop);
        }
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Figures.Row("one mail with a file of 100 MB, from a stream", megabytes / seconds, 1 / seconds, "",
            $"working set grew by {Math.Max(0, Environment.WorkingSet - before) / 1e6:N0} MB", 0);
    }

    /// <summary>A mail with a file of so many bytes.</summary>
    internal static byte[] Large(int bytes)
    {
        var content = new byte[bytes];
        new Random(1).NextBytes(content);
        return Encoding.ASCII.GetBytes("From: ada@client.example\r\nSubject: A large file\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee the file.\r\n--b\r\n"
            + "Content-Type: video/mp4; name=a.mp4\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks) + "\r\n--b--\r\n");
    }

    /// <summary>Null where there is no Python.</summary>
    private static async Task<JsonNode?> Python(List<byte[]> mails, TimeSpan time, CancellationToken stop)
    {
        using var folder = new BenchFolder();
        var file = Path.Combine(folder.Path, "mails");
        await using (var stream = File.Create(file))
        {
            foreach (var raw in mails)
            {
                stream.Write(BitConverter.GetBytes(raw.Length));
                stream.Write(raw);
            }
        }
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", Reader, file, time.TotalSeconds.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
            var output = await python.StandardOutput.ReadToEndAsync(stop);
            await python.WaitForExitAsync(stop);
            return JsonNode.Parse(output);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
