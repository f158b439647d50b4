using System.Collections.Concurrent;
using System.Net;
using Heliotrope.Mail.Html;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Conversations;

/// <summary>From where pictures may be fetched; a test has them on this machine.</summary>
internal sealed record PictureSources(Func<IPEndPoint, bool> May)
{
    public static PictureSources Web { get; } = new(from => from.Port is 80 or 443 && PublicInternet.Includes(from.Address));
}

/// <summary>
/// Fetches the pictures on the web that a mail refers to, once a colleague asks to see them. Their servers learn that the mail was
/// opened, but not by whom: no address of the reader, no cookie, no name of this desk.
/// </summary>
internal sealed class FetchPictures : IDisposable
{
    private const int Most = 60;
    private const int MostBytes = 4 * 1024 * 1024;
    private const int MostBytesOfAll = 8 * 1024 * 1024;
    private const int AtOnce = 6;
    private const int MostRedirects = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _web;

    public FetchPictures(PictureSources sources) => _web = new(new SocketsHttpHandler
    {
        ConnectCallback = (connection, cancel) => PublicInternet.Connect(sources.May, connection.DnsEndPoint, cancel),
        UseProxy = false, // a proxy would connect where we do not look
        UseCookies = false,
        MaxAutomaticRedirections = MostRedirects,
        AutomaticDecompression = DecompressionMethods.None, // pictures are compressed already; what unpacks without end is none
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
    })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = MostBytes,
    };

    /// <summary>Those that could be had, by their addresses. One that is away, too large or at no public address is left out.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> Get(IReadOnlyList<string> addresses, CancellationToken cancel)
    {
        var found = new ConcurrentDictionary<string, byte[]>(StringComparer.Ordinal);
        long left = MostBytesOfAll;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            await Parallel.ForEachAsync(addresses.Take(Most), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = patience.Token }, async (address, stop) =>
            {
                if (Interlocked.Read(ref left) > 0 && await Fetch(address, stop) is { } bytes && Interlocked.Add(ref left, -bytes.Length) >= 0)
                {
                    found[address] = bytes;
                }
            });
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // What has come is shown.
        }

        return found;
    }

    public void Dispose() => _web.Dispose();

    private async Task<byte[]?> Fetch(string address, CancellationToken cancel)
    {
        try
        {
            var bytes = await _web.GetByteArrayAsync(address, cancel);
            return InlinePictures.PictureType(bytes) is null ? null : bytes;
        }
        catch (Exception e) when (e is HttpRequestException or UriFormatException or InvalidOperationException or NotSupportedException or IOException)
        {
            return null;
        }
    }
}
