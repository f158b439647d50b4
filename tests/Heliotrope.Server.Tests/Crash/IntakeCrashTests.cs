using Heliotrope.Mail.Smtp;
using Heliotrope.Server.Tests.Database;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Crash;

public sealed class IntakeCrashTests
{
    private const int Senders = 4;
    private const int MailsEach = 30;
    private const int Kills = 4;

    [Theory, EveryDatabase]
    public async Task Killed_again_and_again_during_intake_every_mail_that_was_taken_is_there_once(Engine engine)
    {
        await using var database = await TestDatabase.CreateMigrated(engine);
        var current = new Server();
        using var taken = new SemaphoreSlim(0);
        await current.Start(database);
        var senders = Enumerable.Range(0, Senders).Select(s => Task.Run(() => Send(current, s, taken))).ToArray();

        for (var kill = 1; kill <= Kills; kill++)
        {
            // In the middle of what the others are doing, after a few more have been taken.
            for (var i = 0; i < 3 + (kill * 5 % 7); i++)
            {
                Assert.True(await taken.WaitAsync(Patience.Limit));
            }

            await current.Restart(database);
        }

        var sent = (await Task.WhenAll(senders).WaitAsync(Patience.Limit * 3)).SelectMany(mails => mails).ToList();
        await current.Stop();
        Assert.Equal(Senders * MailsEach, sent.Count);

        await using var after = await TestServer.Start(database);
        foreach (var mail in sent)
        {
            var raw = Assert.Single(await after.Store.Read(db => db.RawMail.Where(m => m.MessageId == mail).ToListAsync()));
            Assert.Single(await after.Store.Read(db => db.Entries.Where(e => e.RawMailId == raw.Id).ToListAsync()));
        }

        Assert.Equal(sent.Count, await after.Store.Read(db => db.Conversations.CountAsync()));
        Assert.Equal(sent.Count, await after.Store.Read(db => db.Customers.CountAsync()));
        Assert.Equal(0, await after.Store.Read(db => db.Quarantine.CountAsync()));
        if (engine is Engine.Sqlite)
        {
            Assert.Equal("ok", (await Schema.Query(after.Store.Engine, "PRAGMA integrity_check"))[0][0]);
        }
    }

    /// <summary>As a mail server does: again with the same bytes until it is answered with 250.</summary>
    private static async Task<List<string>> Send(Server current, int sender, SemaphoreSlim taken)
    {
        var sent = new List<string>();
        for (var i = 0; i < MailsEach; i++)
        {
            var mail = TestMail.FromSomebodyNew() with { MessageId = $"{sender}-{i}-{Guid.NewGuid():N}@client.example", Text = $"Mail {i} of sender {sender}. What about it?" };
            while (true)
            {
                var (port, gone) = await current.Running();
                await using var smtp = new SmtpSender(new Smarthost("127.0.0.1", port, MailTls.WhenOffered, null, null), "client.example");
                if ((await smtp.Send("a@client.example", [mail.EnvelopeTo], mail.Bytes(), Patience.Token())).Outcome is SendOutcome.Accepted)
                {
                    break;
                }

                await gone; // it was killed: on with the next one
            }

            sent.Add(mail.MessageId!);
            taken.Release();
        }

        return sent;
    }

    /// <summary>The server of the moment.</summary>
    private sealed class Server
    {
        private readonly Lock _lock = new();
        private TestProcess? _process;
        private TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource _there = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<(int Port, Task Gone)> Running()
        {
            while (true)
            {
                Task there;
                lock (_lock)
                {
                    if (_process is { } process)
                    {
                        return (process.SmtpPort, _gone.Task);
                    }

                    there = _there.Task;
                }

                await there.WaitAsync(Patience.Limit);
            }
        }

        public async Task Start(TestDatabase database)
        {
            var process = await TestProcess.Serve(database);
            lock (_lock)
            {
                _process = process;
                _there.TrySetResult();
            }
        }

        public async Task Restart(TestDatabase database)
        {
            await Stop();
            await Start(database);
        }

        public async Task Stop()
        {
            var process = _process!;
            await process.Kill();
            lock (_lock)
            {
                _process = null;
                _there = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _gone.TrySetResult();
                _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            await process.DisposeAsync();
        }
    }
}
