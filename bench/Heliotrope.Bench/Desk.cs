using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Heliotrope.Bench;

/// <summary>A person at the desk, signed in with a cookie.</summary>
public sealed partial class Desk : IDisposable
{
    private readonly HttpClient _client;
    private readonly CookieContainer _cookies;
    private string _token = "";

    private Desk(Uri url)
    {
        _cookies = new CookieContainer();
        _client = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = url };
    }

    /// <summary>The cookies that make a browser this desk.</summary>
    public IEnumerable<Cookie> Cookies => _cookies.GetAllCookies();

    public static async Task<Desk> SignIn(HeliotropeProcess server, CancellationToken cancel, string role = "agent") =>
        await SignIn(server, await AddUser(server, "Bench", cancel, role), cancel);

    /// <summary>A new colleague; sign in as them as often as you like.</summary>
    public static async Task<(string Email, string Password)> AddUser(HeliotropeProcess server, string name, CancellationToken cancel, string role = "agent")
    {
        var (email, password) = ($"{Guid.NewGuid():N}@example.com", Guid.NewGuid().ToString("N"));
        await HeliotropeProcess.Command(server.Folder, password + "\n", cancel, "user", "add", "--email", email, "--name", name, "--role", role, "--password-stdin");
        return (email, password);
    }

    public static async Task<Desk> SignIn(HeliotropeProcess server, (string Email, string Password) user, CancellationToken cancel)
    {
        var desk = new Desk(server.Url);
        await desk.GetText("/sign-in", cancel);
        await desk.Post("/sign-in", cancel, ("email", user.Email), ("password", user.Password));
        return desk;
    }

    /// <summary>The page as text; its antiforgery token goes with what is posted next.</summary>
    public async Task<string> GetText(string path, CancellationToken cancel)
    {
        var page = await _client.GetStringAsync(new Uri(path, UriKind.Relative), cancel);
        var token = AntiforgeryToken().Match(page);
        _token = token.Success ? WebUtility.HtmlDecode(token.Groups[1].Value) : throw new BenchException($"{path} has no antiforgery field.");
        return page;
    }

    /// <summary>Posts a form, which must be taken.</summary>
    public async Task Post(string path, CancellationToken cancel, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), KeyValuePair.Create("__RequestVerificationToken", _token)]);
        using var answer = await _client.PostAsync(new Uri(path, UriKind.Relative), form, cancel);
        if ((int)answer.StatusCode is not (204 or (>= 300 and < 400)))
        {
            throw new BenchException($"POST {path} answered {(int)answer.StatusCode}.");
        }
    }

    /// <summary>The stream that tells what changed.</summary>
    public Task<Stream> Live(CancellationToken cancel) => _client.GetStreamAsync(new Uri("/live", UriKind.Relative), cancel);

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
