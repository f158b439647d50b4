using System.Text.RegularExpressions;
using Heliotrope.Mail.Smtp;
using Heliotrope.Server.Tests.Database;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Crash;

public sealed partial class DurabilityTests
{
    /// <summary>What the kernel was asked for says more than a crash that happened to go well.</summary>
    [Fact]
    public async Task The_commit_really_reaches_the_disk_before_the_250()
    {
        Assert.True(Tracer() is not null, "There is no strace: run ./test, which installs it.");
        await using var database = await TestDatabase.CreateMigrated(Engine.Sqlite);
        var trace = Path.Combine(database.Folder, "trace");
        var mail = TestMail.FromSomebodyNew();
        await using (var process = await TestProcess.Serve(database, null, Tracer()!, "-f", "-y", "-s", "256", "-e", "trace=fsync,fdatasync,write,writev,sendto,sendmsg", "-o", trace))
        {
            await using var smtp = new SmtpSender(new Smarthost("127.0.0.1", process.SmtpPort, MailTls.WhenOffered, null, null), "client.example");
            Assert.Equal(SendOutcome.Accepted, (await smtp.Send("a@client.example", [mail.EnvelopeTo], mail.Bytes(), Patience.Token())).Outcome);
        }

        var lines = await File.ReadAllLinesAsync(trace);
        // Answers to commands that came in one packet go out in one.
        var go = Array.FindLastIndex(lines, line => line.Contains("354 End with a dot", StringComparison.Ordinal));
        var stored = Array.FindIndex(lines, go + 1, line => line.Contains("\"250 2.0.0 Stored", StringComparison.Ordinal));
        Assert.True(go >= 0 && stored > go, $"{go} {stored} of {lines.Length}");
        var synced = Array.FindIndex(lines, go, stored - go, line => SyncOfTheLog().IsMatch(line));
        Assert.True(synced > go, string.Join('\n', lines[go..(stored + 1)]));

        // With several threads a call may end on a line of its own: it must have ended, and well, before the answer.
        var thread = lines[synced].Split(' ')[0];
        var ended = lines[synced].Contains("unfinished", StringComparison.Ordinal)
            ? Array.FindIndex(lines, synced, stored - synced, line => line.StartsWith(thread, StringComparison.Ordinal) && line.Contains("sync resumed", StringComparison.Ordinal))
            : synced;
        Assert.True(ended >= synced);
        Assert.EndsWith("= 0", lines[ended], StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_postgresql_every_commit_waits_for_the_disk()
    {
        await using var server = await TestServer.Start(Engine.Postgres);
        foreach (var setting in new[] { "synchronous_commit", "fsync", "full_page_writes" })
        {
            Assert.Equal("on", (await Schema.Query(server.Store.Engine, $"SHOW {setting}"))[0][0]);
        }
    }

    private static string? Tracer() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "strace")).FirstOrDefault(File.Exists);

    [GeneratedRegex(@"f(data)?sync\(\d+<[^>]*heliotrope\.db-wal>")]
    private static partial Regex SyncOfTheLog();
}
