using System.Net;
using System.Net.Sockets;
using System.Text;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Channels;

public sealed class SmtpCrowdTests
{
    /// <summary>Twice what one machine may hold.</summary>
    private const int Crowd = 50;

    [Fact]
    public async Task One_machine_that_holds_connections_open_keeps_nobody_elses_mail_out()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var crowd = new List<Socket>();
        try
        {
            var greetings = new List<string>();
            for (var i = 0; i < Crowd; i++)
            {
                crowd.Add(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
                greetings.Add(await Greeting(crowd[^1], server.SmtpPort));
            }

            Assert.Equal(["220", "421"], greetings.Distinct());
            using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            other.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
            Assert.Equal("220", await Greeting(other, server.SmtpPort));
        }
        finally
        {
            crowd.ForEach(socket => socket.Dispose());
        }
    }

    private static async Task<string> Greeting(Socket socket, int port)
    {
        await socket.ConnectAsync(IPAddress.Loopback, port, Patience.Token());
        var buffer = new byte[3];
        var length = await socket.ReceiveAsync(buffer, Patience.Token());
        return Encoding.ASCII.GetString(buffer, 0, length);
    }
}
