using System.Net.Http.Headers;
using System.Text.Json;

namespace Heliotrope.Bench;

/// <summary>The REST API, with a key made by the command line.</summary>
public sealed class Api : IDisposable
{
    private readonly HttpClient _client;

    private Api(HttpClient client) => _client = client;

    public static async Task<Api> Connect(HeliotropeProcess server, CancellationToken cancel)
    {
        var printed = await HeliotropeProcess.Command(server.Folder, "", cancel, "apikey", "add", "--name", "bench", "--role", "agent");
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
        }
        while (next is not null);
        return found;
    }

    /// <summary>Sends an object; anything but success is an end.</summary>
    public async Task Post(string path, object body, CancellationToken cancel)
    {
        using var content = new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json");
        using var answer = await _client.PostAsync(new Uri(path, UriKind.Relative), content, cancel);
        if (!answer.IsSuccessStatusCode)
        {
            throw new BenchException($"POST {path} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancel)}");
        }
    }

    public void Dispose() => _client.Dispose();
}
