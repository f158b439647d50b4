using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Heliotrope.Server.Tests.Infrastructure;

/// <summary>A program that uses the API with a key.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient _http;

    public ApiClient(Uri url, string? key)
    {
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, Expect100ContinueTimeout = Patience.Limit }) { BaseAddress = url, Timeout = Patience.Limit };
        if (key is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
    }

    public Task<ApiAnswer> Get(string path) => Send(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<ApiAnswer> Post(string path, object? body = null) =>
        Send(new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) });

    public Task<ApiAnswer> Put(string path, object body) => Send(new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) });

    public Task<ApiAnswer> Delete(string path) => Send(new HttpRequestMessage(HttpMethod.Delete, path));

    public Task<ApiAnswer> PostText(string path, string text, string type = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(text, Encoding.UTF8, type) };
        request.Headers.ExpectContinue = text.Length > 1024 * 1024; // a refusal is then heard before the bytes are sent
        return Send(request);
    }

    public Task<ApiAnswer> PostMail(byte[] mail, string? to = null)
    {
        var content = new ByteArrayContent(mail);
        content.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/intake/mail" + (to is null ? "" : $"?to={Uri.EscapeDataString(to)}")) { Content = content };
        request.Headers.ExpectContinue = mail.Length > 1024 * 1024; // a refusal is then heard before the bytes are sent
        return Send(request);
    }

    public async Task<ApiAnswer> Send(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await _http.SendAsync(request);
            return new ApiAnswer(response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", await response.Content.ReadAsByteArrayAsync());
        }
    }

    public async Task<JsonElement> Conversation(long number) => (await Get($"/api/v1/conversations/{number}")).Is(200).Json;

    public async Task<JsonElement[]> Entries(long number, string? kind = null) =>
        [.. (await Conversation(number)).Items("entries").Where(entry => kind is null || entry.Text("kind") == kind)];

    /// <summary>The codes of the events of a conversation, in order.</summary>
    public async Task<string[]> Events(long number) => [.. (await Entries(number, "event")).Select(entry => entry.Text("text"))];

    public async Task<JsonElement[]> Outbox(long conversation, string? kind = null) =>
        [.. (await Get("/api/v1/outbox")).Is(200).Json.Items("items")
            .Where(mail => mail.GetProperty("conversation") is { ValueKind: JsonValueKind.Number } of && of.GetInt64() == conversation && (kind is null || mail.Text("kind") == kind))
            .OrderBy(mail => mail.GetProperty("id").GetInt64())];

    public async Task<string> OutboxRaw(JsonElement mail) => (await Get($"/api/v1/outbox/{mail.GetProperty("id").GetInt64()}")).Is(200).Json.Text("raw");

    public void Dispose() => _http.Dispose();
}

internal sealed record ApiAnswer(HttpStatusCode Status, string Type, byte[] Bytes)
{
    public string Body => Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => JsonDocument.Parse(Bytes).RootElement;

    public ApiAnswer Is(int status)
    {
        Assert.True((int)Status == status, $"Expected {status}, got {(int)Status}: {Body}");
        return this;
    }

    /// <summary>Problem details with this status and code (RFC 9457).</summary>
    public ApiAnswer IsProblem(int status, string code)
    {
        Is(status);
        Assert.Equal("application/problem+json", Type);
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.Equal(code, Json.Text("code"));
        Assert.NotEqual("", Json.Text("title"));
        Assert.NotEqual("", Json.Text("detail"));
        return this;
    }
}

internal static class JsonReading
{
    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString() ?? "null";

    public static JsonElement[] Items(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray()];

    public static string[] Names(this JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];
}
