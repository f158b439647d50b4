using Heliotrope.Server.Mailboxes;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Mailboxes;

/// <summary>Several processes on one PostgreSQL: each mailbox is read by one of them.</summary>
[Collection(WithMailServers.Two)]
public sealed class TwoProcessesTests
{
    private const string User = DovecotServer.User;

    [Fact]
    public async Task A_mailbox_is_read_by_one_process_and_by_the_other_at_once_when_that_one_stops()
    {
        await using var dovecot = await DovecotServer.Start();
        await using var database = await TestDatabase.CreateMigrated(Engine.Postgres);
        await using var other = await Stops(database, dovecot);
        await other.Begin("ines@client.example", "After it stopped"); // within the lease of the one that stopped
        Assert.Equal([User], await dovecot.Connected());
        Assert.Equal(["Mail 0", "Mail 1", "Mail 2", "After it stopped"], await other.Subjects());
        Assert.Equal(4, await other.RawMails());
    }

    [Fact]
    public async Task When_the_process_that_reads_a_mailbox_is_killed_the_other_goes_on_after_its_lease_and_stores_nothing_twice()
    {
        await using var dovecot = await DovecotServer.Start();
        await using var database = await TestDatabase.CreateMigrated(Engine.Postgres);
        await using (var first = await MailRoom.Open(database, dovecot))
        {
            await first.ConnectAndLook();
        }

        await using var dies = await MailRoom.Serve(database, dovecot);
        await Patience.Until(async () => (await dovecot.Connected()).Count == 1, () => dies.Said);
        await using var other = await MailRoom.Open(database, dovecot);
        await dovecot.Append(User, Enumerable.Range(0, 400).Select(i => MailRoom.Mail($"Mail {i}")));
        await Patience.Until(async () => await other.RawMails() >= 80, () => dies.Said);
        await dovecot.Suspend(); // or a machine that stalls has them all
        await dies.Kill();
        var then = await other.RawMails();
        await dovecot.Resume();
        Assert.InRange(then, 80, 399);
        await Patience.Until(async () => (await dovecot.Connected()).Count == 0, () => other.Server.Log.All); // nobody takes it before its time is over

        other.Server.Clock.Advance(TimeSpan.FromMinutes(1));
        other.Server.Services.GetRequiredService<MailboxBell>().Ring();
        await Patience.Until(async () => await other.RawMails() >= 400, () => other.Server.Log.All);
        await Patience.Until(async () => await dovecot.Count(User, "\\Seen") == 400, () => other.Server.Log.All);
        Assert.Equal((400, 400), (await other.RawMails(), (await other.Subjects()).Distinct().Count()));
        Assert.Equal(400, await other.Server.Store.Read(db => db.Entries.CountAsync()));
        Assert.Equal([User], await dovecot.Connected());
    }

    [Fact]
    public async Task Of_two_processes_one_writes_to_the_administrators()
    {
        await using var dovecot = await DovecotServer.Start();
        await using var database = await TestDatabase.CreateMigrated(Engine.Postgres);
        await using var first = await MailRoom.Open(database, dovecot);
        await using var second = await MailRoom.Open(database, dovecot);
        await first.Server.AddUser("boss@example.test", "Bo Weaver", Heliotrope.Core.People.Role.Admin);
        await first.ConnectAndLook();
        await dovecot.Suspend();
        foreach (var later in (TimeSpan[])[TimeSpan.FromMinutes(4), TimeSpan.FromSeconds(30)])
        {
            first.Server.Clock.Advance(later);
            second.Server.Clock.Advance(later);
            await Task.WhenAll(((MailRoom[])[first, second]).Select(room => room.Server.Services.GetRequiredService<MailboxAlarm>().TellOnce(CancellationToken.None)));
        }

        await dovecot.Resume();
        Assert.Equal(1, await first.Server.Store.Read(db => db.Outbox.CountAsync(o => o.Kind == MailboxAlarm.Kind)));
    }

    /// <summary>Two of which the one that reads stops; gives the other.</summary>
    private static async Task<MailRoom> Stops(TestDatabase database, DovecotServer dovecot)
    {
        await using var first = await MailRoom.Open(database, dovecot);
        var id = await first.ConnectAndLook();
        var second = await MailRoom.Open(database, dovecot);
        second.Server.Services.GetRequiredService<MailboxBell>().Ring();
        for (var i = 0; i < 3; i++)
        {
            await second.Begin("ines@client.example", $"Mail {i}");
            Assert.Equal([User], await dovecot.Connected());
        }

        await first.UntilStored(id, 3);
        return second;
    }
}
