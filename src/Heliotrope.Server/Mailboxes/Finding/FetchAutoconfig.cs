using System.Net;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Mailboxes;

/// <summary>Fetches what a domain says to mail programs. Whoever types an address chooses where we connect: only on the public internet, and only with TLS.</summary>
internal sealed class FetchAutoconfig : IDisposable
{
    private const int MostRedirects = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _web;

    /// <param name="may">To which addresses; a test has its web on this machine.</param>
    public FetchAutoconfig(Func<IPEndPoint, bool> may) => _web = new(new SocketsHttpHandler
    {
        ConnectCallback = (connection, cancel) => PublicInternet.Connect(may, connection.DnsEndPoint, cancel),
        UseProxy = false, // a proxy would connect where we do not look
        UseCookies = false,
        MaxAutomaticRedirections = MostRedirects,
        AutomaticDecompression = DecompressionMethods.None, // what unpacks without end is no such file
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
    })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = ReadAutoconfig.MostBytes,
    };

    public static FetchAutoconfig FromTheWeb() => new(from => from.Port is 443 && PublicInternet.Includes(from.Address));

    /// <summary>Null when nothing is there, or it is too large, too slow or at no public address.</summary>
    public async Task<byte[]?> Get(Uri address, CancellationToken cancel)
    {
        try
        {
            return await _web.GetByteArrayAsync(address, cancel);
        }
        catch (Exception e) when (e is HttpRequestException or InvalidOperationException or NotSupportedException or IOException
            || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }

    public void Dispose() => _web.Dispose();
}
