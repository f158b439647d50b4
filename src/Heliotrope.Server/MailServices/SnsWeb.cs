using System.Net;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.MailServices;

/// <summary>How Amazon's side is reached; a test is that side itself.</summary>
internal sealed record SnsWeb(Func<Uri, CancellationToken, Task<byte[]>> Get)
{
    /// <summary>A certificate, or the answer to a confirmation: a few kilobytes.</summary>
    private const int MostBytes = 64 * 1024;

    /// <summary>The real one: https to public addresses alone, no redirect, no cookie, no proxy.</summary>
    public static SnsWeb Public { get; } = new(Fetcher());

    private static Func<Uri, CancellationToken, Task<byte[]>> Fetcher()
    {
        var web = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = (connection, cancel) => PublicInternet.Connect(to => to.Port == 443 && PublicInternet.Includes(to.Address), connection.DnsEndPoint, cancel),
            UseProxy = false, // a proxy would connect where we do not look
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        })
        {
            Timeout = TimeSpan.FromSeconds(10),
            MaxResponseContentBufferSize = MostBytes,
        };
        return web.GetByteArrayAsync;
    }
}
