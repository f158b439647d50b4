using System.Net.Http.Headers;
using System.Text;
using Heliotrope.Core.Conversations;
using Heliotrope.Server.Channels;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.MailServices;

/// <summary>A mail service that posts to an address of ours.</summary>
internal sealed class PostingService : IDisposable
{
    private readonly HttpClient _http;
    private readonly TestServer _server;

    private PostingService(TestServer server, long id, string address)
    {
        (_server, Id, Address) = (server, id, new Uri(address));
        _http = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = Patience.Limit }) { Timeout = Patience.Limit };
    }

    public long Id { get; }

    public Uri Address { get; }

    public DateTimeOffset Now => _server.Clock.GetUtcNow();

    public static async Task<PostingService> Add(TestServer server, string kind, string? key = null)
    {
        var added = (await server.Api.Post("/api/v1/mail-services", new { kind, name = $"Mail by {kind}", key })).Is(200).Json;
        return new(server, added.GetProperty("service").GetProperty("id").GetInt64(), added.Text("address"));
    }

    public async Task<(int Status, string Word)> Post(HttpContent content, params (string Name, string? Value)[] headers) => await Post("", content, headers);

    public async Task<(int Status, string Word)> Post(string below, HttpContent content, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address + below)) { Content = content };
        request.Headers.ExpectContinue = content.Headers.ContentLength is > 1024 * 1024; // a refusal is then heard before the bytes are sent
        foreach (var (name, value) in headers.Where(h => h.Value is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public Task<(int Status, string Word)> PostBytes(byte[] body, string type, params (string Name, string? Value)[] headers) => Post(Bytes(body, type), headers);

    public Task<(int Status, string Word)> PostJson(string json, params (string Name, string? Value)[] headers) => PostBytes(Encoding.UTF8.GetBytes(json), "application/json", headers);

    public static ByteArrayContent Bytes(byte[] body, string type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    /// <summary>A form in parts, as services post files.</summary>
    public static MultipartFormDataContent Form(IEnumerable<(string Name, string Value)> fields, params (string Field, string File, string Type, byte[] Bytes)[] files)
    {
        var form = new MultipartFormDataContent("a-boundary-of-the-service");
        foreach (var (name, value) in fields)
        {
            form.Add(Bytes(Encoding.UTF8.GetBytes(value), "text/plain"), $"\"{name}\"");
        }

        foreach (var (field, file, type, bytes) in files)
        {
            var part = Bytes(bytes, type);
            part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{field}\"", FileName = $"\"{file}\"" };
            form.Add(part);
        }

        return form;
    }

    /// <summary>How often a mail with this Message-ID was stored, in a conversation or in quarantine.</summary>
    public Task<int> Times(string messageId) => _server.Store.Read(db => db.RawMail.CountAsync(m => m.MessageId == messageId));

    /// <summary>The message in a conversation.</summary>
    public async Task<(Entry Entry, string Subject, RawMail Mail)> Stored(string messageId) => await _server.Store.Read(async db =>
    {
        var mail = await db.RawMail.SingleAsync(m => m.MessageId == messageId);
        var entry = await db.Entries.Include(e => e.Attachments).SingleAsync(e => e.RawMailId == mail.Id);
        return (entry, await db.Conversations.Where(c => c.Number == entry.ConversationNumber).Select(c => c.Subject).SingleAsync(), mail);
    });

    /// <summary>A file of a stored message.</summary>
    public async Task<byte[]> File(Entry entry, int index) =>
        (await _server.Api.Get($"/api/v1/attachments/{entry.Attachments.OrderBy(a => a.Id).ElementAt(index).Id}")).Is(200).Bytes;

    /// <summary>What the page and the API tell of it.</summary>
    public async Task<(long Taken, long Refused, string Problem)> Counts()
    {
        var told = (await _server.Api.Get("/api/v1/mail-services")).Is(200).Json.EnumerateArray().Single(s => s.GetProperty("id").GetInt64() == Id);
        return (told.GetProperty("taken").GetInt64(), told.GetProperty("refused").GetInt64(), told.Text("lastProblem"));
    }

    public void Dispose() => _http.Dispose();
}
