using System.Net;
using System.Net.Sockets;
using System.Text;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Host = Heliotrope.Server.Platform.Host;

namespace Heliotrope.Server.Tests.Channels;

public sealed class LmtpIntakeTests
{
    /// <summary>More than one machine may hold over the network, and within what all may.</summary>
    private const int OverSocket = 75;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_mail_handed_over_by_LMTP_is_stored_once_and_answered_for_each_recipient(bool socket)
    {
        await using var database = await TestDatabase.CreateMigrated(Engine.Sqlite);
        await using var server = await Start(database, socket);
        var mail = TestMail.FromSomebodyNew();
        using var client = await Client.Connect(Place(server));
        Assert.Contains("LMTP", await client.Hear(), StringComparison.Ordinal);
        Assert.Equal("500", (await client.Say("EHLO relay.example"))[..3]);
        Assert.Equal("250", (await client.Say("LHLO relay.example"))[..3]);
        await client.Say($"MAIL FROM:<{mail.Author}>");
        await client.Say($"RCPT TO:<{mail.EnvelopeTo}>");
        await client.Say($"RCPT TO:<{mail.EnvelopeTo}>");
        Assert.Equal("354", (await client.Say("DATA"))[..3]);
        Assert.StartsWith("250 2.0.0 Stored", await client.Say(Encoding.UTF8.GetString(mail.Bytes()) + "."), StringComparison.Ordinal);
        Assert.StartsWith("250 2.0.0 Stored", await client.Hear(), StringComparison.Ordinal);
        Assert.Equal("221", (await client.Say("QUIT"))[..3]);

        var listed = (await server.Api.Get("/api/v1/conversations")).Json.GetProperty("items");
        Assert.Equal(1, listed.GetArrayLength());
    }

    [Fact]
    public async Task The_mail_server_of_this_machine_may_hold_more_and_leaves_places_for_the_network()
    {
        await using var database = await TestDatabase.CreateMigrated(Engine.Sqlite);
        await using var server = await Start(database, socket: true);
        var held = new List<Client>();
        try
        {
            var greetings = new List<string>();
            for (var i = 0; i < OverSocket + 1; i++)
            {
                held.Add(await Client.Connect(Place(server)));
                greetings.Add((await held[^1].Hear())[..3]);
            }

            Assert.Equal([.. Enumerable.Repeat("220", OverSocket), "421"], greetings);
            held.Add(await Client.Connect(new IPEndPoint(IPAddress.Loopback, server.SmtpPort)));
            Assert.StartsWith("220", await held[^1].Hear(), StringComparison.Ordinal);
        }
        finally
        {
            held.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task Both_ways_in_share_what_one_machine_may_hold()
    {
        await using var database = await TestDatabase.CreateMigrated(Engine.Sqlite);
        await using var server = await Start(database, socket: false);
        var held = new List<Client>();
        try
        {
            for (var i = 0; i < 25; i++)
            {
                held.Add(await Client.Connect(Place(server)));
                Assert.StartsWith("220", await held[^1].Hear(), StringComparison.Ordinal);
            }

            held.Add(await Client.Connect(new IPEndPoint(IPAddress.Loopback, server.SmtpPort)));
            Assert.StartsWith("421", await held[^1].Hear(), StringComparison.Ordinal);
        }
        finally
        {
            held.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task A_socket_left_behind_is_replaced_one_in_use_is_not_and_others_may_use_it()
    {
        await using var database = await TestDatabase.CreateMigrated(Engine.Sqlite);
        var path = Path.Combine(database.Folder, "lmtp.sock");
        var environment = TestProcess.Environment(database);
        environment["HELIOTROPE_LMTP_LISTEN"] = $"unix:{path}";
        var settings = ServerSettings.From(environment.GetValueOrDefault);

        using (var busy = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            busy.Bind(new UnixDomainSocketEndPoint(path));
            busy.Listen();
            var refused = await Assert.ThrowsAsync<SettingException>(() => LocalSocket.MakePlaceForLmtp(settings, CancellationToken.None));
            Assert.Contains("HELIOTROPE_LMTP_LISTEN", refused.Message, StringComparison.Ordinal);
            Assert.True(File.Exists(path));
        }

        await File.WriteAllTextAsync(path, "somebody's words");
        await LocalSocket.MakePlaceForLmtp(settings, CancellationToken.None);
        Assert.True(File.Exists(path)); // no socket: not ours to remove

        await File.WriteAllTextAsync(path, ""); // as empty as what a killed server leaves
        await LocalSocket.MakePlaceForLmtp(settings, CancellationToken.None);
        Assert.False(File.Exists(path));

        await using var server = await Start(database, socket: true);
        LocalSocket.OpenLmtp(settings);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path).HasFlag(UnixFileMode.OtherWrite));
    }

    private static Task<TestServer> Start(TestDatabase database, bool socket) => TestServer.Start(database, adjust: settings => settings with
    {
        LmtpListen = socket ? new UnixDomainSocketEndPoint(Path.Combine(database.Folder, "lmtp.sock")) : new IPEndPoint(IPAddress.Loopback, 0),
    });

    private static EndPoint Place(TestServer server) => server.Services.GetRequiredService<Host.Listening>().Lmtp!.EndPoint;

    private sealed class Client(Socket socket) : IDisposable
    {
        private readonly StreamReader _said = new(new NetworkStream(socket, ownsSocket: true));

        public static async Task<Client> Connect(EndPoint place)
        {
            var socket = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(place, Patience.Token());
            return new(socket);
        }

        public async Task<string> Say(string line)
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(line + "\r\n"), Patience.Token());
            return await Hear();
        }

        /// <summary>The last line of the next answer.</summary>
        public async Task<string> Hear()
        {
            while (true)
            {
                if (await _said.ReadLineAsync(Patience.Token()) is not [_, _, _, '-', ..] and var line)
                {
                    return line ?? "";
                }
            }
        }

        public void Dispose() => _said.Dispose();
    }
}
