using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Heliotrope.Bench;

/// <summary>A person at the desk, signed in with a cookie.</summary>
public sealed partial class Desk : IDisposable
{
    private const string Email = "bench@example.com";
    private readonly HttpClient _client;

    private Desk(HttpClient client) => _client = client;

    public static async Task<Desk> SignIn(HeliotropeProcess server, CancellationToken cancel)
    {
        var password = Guid.NewGuid().ToString("N");
        await HeliotropeProcess.Command(server.Folder, password + "\n", cancel, "user", "add", "--email", Email, "--name", "Bench", "--role", "agent", "--password-stdin");
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = server.Url };
        var page = await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative), cancel);
        var token = AntiforgeryToken().Match(page);
        if (!token.Success)
        {
            throw new BenchException("The sign-in page has no antiforgery field.");
        }

        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["email"] = Email,
            ["password"] = password,
            ["__RequestVerificationToken"] = WebUtility.HtmlDecode(token.Groups[1].Value),
        });
        using var answer = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), form, cancel);
        return (int)answer.StatusCode is >= 300 and < 400
            ? new Desk(client)
            : throw new BenchException($"Signing in answered {(int)answer.StatusCode}.");
    }

    /// <summary>Milliseconds from the request to the last byte of the page, and its size in bytes.</summary>
    public async Task<(double Milliseconds, int Bytes)> Get(string path, CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative), cancel);
        var bytes = (await answer.Content.ReadAsByteArrayAsync(cancel)).Length;
        return answer.StatusCode == HttpStatusCode.OK
            ? (Figures.MillisecondsSince(start), bytes)
            : throw new BenchException($"GET {path} answered {(int)answer.StatusCode}.");
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryToken();
}
