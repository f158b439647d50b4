using System.Text;
using System.Text.Json;
using Heliotrope.Mail.Reading;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Brands;

/// <summary>A desk with three addresses: one of Harbour, one of Orchard, and one of the organisation's own.</summary>
internal sealed class TwoBrands : IAsyncDisposable
{
    public const string Harbour = "harbour@desk.example";
    public const string Orchard = "orchard@desk.example";
    public const string Plain = "plain@desk.example";

    private TwoBrands(TestServer server, long harbour, long orchard) => (Server, HarbourId, OrchardId) = (server, harbour, orchard);

    public TestServer Server { get; }

    public long HarbourId { get; }

    public long OrchardId { get; }

    public static async Task<TwoBrands> On(Engine engine, string? smarthost = null)
    {
        var server = await TestServer.Start(engine, smarthost);
        foreach (var address in new[] { Harbour, Orchard, Plain })
        {
            (await server.Api.Post("/api/v1/settings/addresses", new { address })).Is(200);
        }

        var harbour = await Add(server, new { name = "Harbour Goods", addresses = new[] { Harbour }, signature = "Kind regards\n**{{agent.name}}**\n{{desk.name}}" });
        return new(server, harbour, await Add(server, new { name = "Orchard", addresses = new[] { Orchard } }));
    }

    public static async Task<long> Add(TestServer server, object body) =>
        (await server.Api.Post("/api/v1/brands", body)).Is(200).Json.EnumerateArray().Max(brand => brand.GetProperty("id").GetInt64());

    public async Task<ApiAnswer> Change(long id, object body) => await Server.Api.Post($"/api/v1/brands/{id}", body);

    public Task<long> Receive(string to, TestMail? mail = null) => Server.Receive((mail ?? TestMail.FromSomebodyNew()) with { To = to });

    /// <summary>The last mail of a kind in a conversation, read as a customer's program reads it.</summary>
    public async Task<MailMessage> Sent(long number, string kind) => await Read((await Server.Api.Outbox(number, kind))[^1]);

    public async Task<MailMessage> Read(JsonElement mail) => MailReader.Read(Encoding.ASCII.GetBytes(await Server.Api.OutboxRaw(mail)));

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
