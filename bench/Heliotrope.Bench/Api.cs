using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Heliotrope.Bench;

/// <summary>The REST API, with a key made by the command line.</summary>
public sealed class Api : IDisposable
{
    private readonly HttpClient _client;

    private Api(HttpClient client) => _client = client;

    /// <summary>Where the pages of <see cref="Conversations"/> ended.</summary>
    public List<string> Places { get; } = [];

    public static async Task<Api> Connect(HeliotropeProcess server, CancellationToken cancel, string role = "agent")
    {
        var printed = await HeliotropeProcess.Command(server.Folder, "", cancel, "apikey", "add", "--name", "bench", "--role", role);
        var client = new HttpClient { BaseAddress = server.Url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", printed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[^1]);
        return new Api(client);
    }

    /// <summary>Number and subject of every conversation.</summary>
    public async Task<List<(long Number, string Subject)>> Conversations(CancellationToken cancel)
    {
        var found = new List<(long, string)>();
        string? next = null;
        do
        {
            var path = "/api/v1/conversations?limit=100" + (next is null ? "" : $"&after={Uri.EscapeDataString(next)}");
            using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative), cancel);
            var text = await answer.Content.ReadAsStringAsync(cancel);
            if (!answer.IsSuccessStatusCode)
            {
                throw new BenchException($"GET {path} answered {(int)answer.StatusCode}: {text}");
            }

            using var page = JsonDocument.Parse(text);
            found.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(item =>
                (item.GetProperty("number").GetInt64(), item.GetProperty("subject").GetString() ?? "")));
            next = page.RootElement.GetProperty("next").GetString();
            if (next is not null)
            {
                Places.Add(next);
            }
        }
        while (next is not null);
        return found;
    }

    /// <summary>Sends JSON and gives the answer's.</summary>
    public async Task<JsonElement> Send(HttpMethod method, string path, object body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = System.Net.Http.Json.JsonContent.Create(body) };
        using var answer = await _client.SendAsync(request, cancel);
        var text = await answer.Content.ReadAsStringAsync(cancel);
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement : throw new BenchException($"{method} {path} answered {(int)answer.StatusCode}: {text}");
    }

    /// <summary>Milliseconds from the request to the last byte of the answer.</summary>
    public async Task<double> Time(string path, CancellationToken cancel)
    {
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative), cancel);
        await answer.Content.ReadAsByteArrayAsync(cancel);
        return answer.IsSuccessStatusCode ? Figures.MillisecondsSince(start) : throw new BenchException($"GET {path} answered {(int)answer.StatusCode}.");
    }

    /// <summary>What is at an address.</summary>
    public async Task<JsonElement> Get(string path, CancellationToken cancel)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative), cancel);
        var text = await answer.Content.ReadAsStringAsync(cancel);
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement : throw new BenchException($"GET {path} answered {(int)answer.StatusCode}: {text}");
    }

    /// <summary>Posts, and reads the answer.</summary>
    public async Task<JsonDocument> Post(string path, object body, CancellationToken cancel)
    {
        using var answer = await _client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, cancel);
        var text = await answer.Content.ReadAsStringAsync(cancel);
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(text) : throw new BenchException($"POST {path} answered {(int)answer.StatusCode}: {text}");
    }

    public void Dispose() => _client.Dispose();
}
