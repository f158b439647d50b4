using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Mailboxes;

/// <summary>A desk whose mailbox goes round: out through a real Postfix, into a real Dovecot, where Ines has a mailbox too.</summary>
internal sealed class MailRound : IAsyncDisposable
{
    /// <summary>A customer whose mail can be looked at.</summary>
    public const string Ines = "ines@example.test";

    private MailRound(DovecotServer dovecot, PostfixServer postfix, MailRoom room, long id) => (Dovecot, Postfix, Room, Id) = (dovecot, postfix, room, id);

    public DovecotServer Dovecot { get; }

    public PostfixServer Postfix { get; }

    public MailRoom Room { get; }

    /// <summary>The mailbox's.</summary>
    public long Id { get; }

    /// <summary>Starts all of it, and waits until the test mail has come round on both addresses.</summary>
    public static async Task<MailRound> Start(Engine engine)
    {
        var started = new Stack<IAsyncDisposable>();
        T Started<T>(T one)
            where T : IAsyncDisposable
        {
            started.Push(one);
            return one;
        }

        try
        {
            var dovecot = Started(await DovecotServer.Start());
            var postfix = Started(await PostfixServer.Start(dovecot));
            await dovecot.AddUser(Ines, "ines-word");
            var room = Started(await MailRoom.Open(engine, dovecot));
            var id = await room.ConnectAndLook(smtpPort: postfix.Ports.StartTls);
            await room.Until(id, m => m.GetProperty("servers").GetProperty("takesTags").GetBoolean());
            return new(dovecot, postfix, room, id);
        }
        catch (Exception)
        {
            await Stop(started); // the servers are processes, and would stay
            throw;
        }
    }

    public ValueTask DisposeAsync() => Stop([Room, Postfix, Dovecot]);

    private static async ValueTask Stop(IEnumerable<IAsyncDisposable> all)
    {
        foreach (var one in all)
        {
            await one.DisposeAsync();
        }
    }
}
