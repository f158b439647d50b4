using System.Text;
using System.Text.Json;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Imports;

/// <summary>Brings files to a server and waits until something has become of them.</summary>
internal static class Bringing
{
    /// <summary>Brings a file, and gives what is said after it was read through.</summary>
    public static async Task<JsonElement> Bring(this TestServer server, string name, byte[] content, string? source = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/imports?name={Uri.EscapeDataString(name)}{(source is null ? "" : $"&source={source}")}") { Content = new ByteArrayContent(content) };
        var import = (await server.Api.Send(request)).Is(200).Json;
        return await server.Becomes(import.GetProperty("id").GetInt64(), "ready", "failed");
    }

    public static Task<JsonElement> Bring(this TestServer server, string name, string content, string? source = null) => server.Bring(name, Encoding.UTF8.GetBytes(content), source);

    /// <summary>Brings a file and lets it in.</summary>
    public static async Task<JsonElement> TakeIn(this TestServer server, string name, byte[] content, string? source = null)
    {
        var import = await server.Bring(name, content, source);
        Assert.Equal("ready", import.Text("state"));
        return await server.Act(import, "start", "done");
    }

    public static async Task<JsonElement> Act(this TestServer server, JsonElement import, string verb, string state)
    {
        var id = import.GetProperty("id").GetInt64();
        (await server.Api.Post($"/api/v1/imports/{id}/{verb}")).Is(200);
        return await server.Becomes(id, state);
    }

    public static Task<JsonElement> Becomes(this TestServer server, long id, params string[] states) => server.Until(
        async () => (await server.Api.Get($"/api/v1/imports/{id}")).Is(200).Json,
        import => states.Contains(import.Text("state")));

    public static int Count(this JsonElement import, string part, string name) =>
        import.GetProperty(part).GetProperty("counts").TryGetProperty(name, out var count) ? count.GetInt32() : 0;

    /// <summary>Why things were left out, or read otherwise, with how many.</summary>
    public static Dictionary<string, int> Reasons(this JsonElement import, string part, string list) =>
        import.GetProperty(part).Items(list).ToDictionary(reason => reason.Text("code"), reason => reason.GetProperty("count").GetInt32());

    public static Task<long> Number(this TestServer server, string subject) => server.Store.Read(db => Task.FromResult(db.Conversations.Single(c => c.Subject == subject).Number));
}
