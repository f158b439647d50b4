using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Heliotrope.Server.Platform;

/// <summary>The socket on which the command line speaks to a running server of the same data folder.</summary>
internal static class LocalSocket
{
    /// <summary>The system's limit on a socket's path, less one for the end mark.</summary>
    private const int LongestPath = 103;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public static string PathFor(ServerSettings settings)
    {
        var path = Path.Combine(settings.DataFolder, "server.sock");
        if (Encoding.UTF8.GetByteCount(path) <= LongestPath)
        {
            return path;
        }

        // A deep data folder: a folder of the same user's with a short name stands in.
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(settings.DataFolder)))[..16];
        return Path.Combine(Path.GetTempPath(), $"heliotrope-{Environment.UserName}", $"{name}.sock");
    }

    /// <summary>A client for the server of this data folder; null when none runs.</summary>
    public static async Task<HttpClient?> Connect(ServerSettings settings, CancellationToken cancel)
    {
        var path = PathFor(settings);
        var endpoint = new UnixDomainSocketEndPoint(path);
        if (!File.Exists(path) || !await Answers(endpoint, cancel))
        {
            return null;
        }

        RequirePrivate(Path.GetDirectoryName(path)!, settings);

        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(endpoint, token);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        return new HttpClient(handler) { BaseAddress = new Uri("http://heliotrope"), Timeout = TimeSpan.FromMinutes(2) };
    }

    /// <summary>Makes place for a new server's socket.</summary>
    /// <exception cref="InvalidOperationException">Another server is running on this data folder.</exception>
    public static async Task<string> MakePlace(ServerSettings settings, CancellationToken cancel)
    {
        var path = PathFor(settings);
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows() && folder != settings.DataFolder)
        {
            File.SetUnixFileMode(folder, OwnerOnly); // fails where the folder is somebody else's
        }

        RequirePrivate(folder, settings);
        if (!await Clear(path, cancel))
        {
            throw new InvalidOperationException($"Another Heliotrope is running on {settings.DataFolder}. Stop it first, or set HELIOTROPE_DATA to another folder.");
        }

        return path;
    }

    /// <summary>Makes place for the socket on which LMTP is spoken.</summary>
    /// <exception cref="SettingException">Somebody else listens there.</exception>
    public static async Task MakePlaceForLmtp(ServerSettings settings, CancellationToken cancel)
    {
        // A file that is no socket is left alone; listening fails on it, and says so.
        if (settings.LmtpListen is UnixDomainSocketEndPoint place && new FileInfo($"{place}") is not { Exists: true, Length: > 0 } && !await Clear($"{place}", cancel))
        {
            throw new SettingException("HELIOTROPE_LMTP_LISTEN", $"unix:{place}", "a Unix socket on which nobody else listens");
        }
    }

    /// <summary>Whoever may enter the folder may hand mail in, as everybody on this machine may over 127.0.0.1.</summary>
    public static void OpenLmtp(ServerSettings settings)
    {
        if (!OperatingSystem.IsWindows() && settings.LmtpListen is UnixDomainSocketEndPoint place)
        {
            File.SetUnixFileMode($"{place}", Everybody);
        }
    }

    /// <summary>Removes what one that was killed left behind; false when somebody answers there.</summary>
    private static async Task<bool> Clear(string path, CancellationToken cancel)
    {
        if (!File.Exists(path))
        {
            return true;
        }

        if (await Answers(new UnixDomainSocketEndPoint(path), cancel))
        {
            return false;
        }

        File.Delete(path);
        return true;
    }

    /// <summary>Only a folder that nobody else can enter may stand in for the data folder: whoever owned it could pretend to be the server.</summary>
    private static void RequirePrivate(string folder, ServerSettings settings)
    {
        if (!OperatingSystem.IsWindows() && folder != settings.DataFolder && File.GetUnixFileMode(folder) != OwnerOnly)
        {
            throw new InvalidOperationException($"Others may enter {folder}, where the command line and the server meet. Remove it, or set HELIOTROPE_DATA to a shorter path.");
        }
    }

    private static async Task<bool> Answers(UnixDomainSocketEndPoint endpoint, CancellationToken cancel)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(endpoint, cancel);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
