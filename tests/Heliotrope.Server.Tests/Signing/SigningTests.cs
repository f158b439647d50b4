using Heliotrope.Core.People;
using Heliotrope.Server.Signing;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Signing;

public sealed class SigningTests
{
    [Theory, EveryDatabase]
    public async Task Mail_of_a_domain_is_signed_from_when_its_record_is_found_until_it_is_missed(Engine engine)
    {
        var published = new Dictionary<string, string>();
        await using var smarthost = new FakeSmarthost();
        await using var server = await TestServer.Start(engine, smarthost.Url, replace: services => services.AddSingleton(new TxtRecords((name, _) =>
            Task.FromResult<IReadOnlyList<string>?>(published.TryGetValue(name, out var record) ? ["v=spf1 -all", record] : []))));
        var key = (await server.Api.Post("/api/v1/signing", new { domain = "Desk.Example" })).Is(200).Json.Items("keys")[0];
        var id = key.GetProperty("id").GetInt64();
        Assert.Equal("desk.example", key.Text("domain"));
        Assert.DoesNotContain("DKIM-Signature", (await Sent(server, smarthost)).Text, StringComparison.Ordinal);
        Assert.False((await server.Api.Post($"/api/v1/signing/{id}/check")).Is(200).Json.Items("keys")[0].GetProperty("active").GetBoolean());

        // As DNS hands it out after somebody has pasted it with a line break.
        published[key.Text("dnsName")] = key.Text("dnsRecord").Replace("; p=", ";  p=", StringComparison.Ordinal);
        Assert.True((await server.Api.Post($"/api/v1/signing/{id}/check")).Is(200).Json.Items("keys")[0].GetProperty("active").GetBoolean());
        var signed = (await Sent(server, smarthost)).Text;
        Assert.StartsWith("DKIM-Signature:", signed, StringComparison.Ordinal);
        Assert.Contains("d=desk.example", signed, StringComparison.Ordinal);

        published.Clear();
        await server.Api.Post($"/api/v1/signing/{id}/check");
        Assert.DoesNotContain("DKIM-Signature", (await Sent(server, smarthost)).Text, StringComparison.Ordinal);
        Assert.Empty((await server.Api.Post($"/api/v1/signing/{id}/remove")).Is(200).Json.Items("keys"));
    }

    [Theory, EveryDatabase]
    public async Task The_private_key_is_kept_locked_and_never_told(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var answer = (await server.Api.Post("/api/v1/signing", new { domain = "desk.example" })).Is(200);
        Assert.DoesNotContain("PRIVATE", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", await server.Store.Read(db => db.SigningKeys.Select(k => k.Secret).SingleAsync()), StringComparison.Ordinal);
        (await server.Api.Post("/api/v1/signing", new { domain = "desk.example" })).IsProblem(409, "signing.taken");
        (await server.Api.Post("/api/v1/signing", new { domain = "not a domain" })).IsProblem(422, "domain.malformed");
        (await server.Api.Post("/api/v1/signing/trusted-servers", new { servers = new[] { "two names" } })).IsProblem(422, "servers.malformed");
        (await (await server.ApiAs(Role.Lead)).Get("/api/v1/signing")).Is(403);
    }

    [Theory, EveryDatabase]
    public async Task On_the_page_a_key_is_made_and_its_record_shown(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var desk = await server.SignedIn(Role.Admin);
        await desk.Submit("/settings/signing", "/settings/signing", ("domain", "desk.example"));
        await desk.Submit("/settings/signing", "/settings/signing/trusted-servers", ("servers", "mx.desk.example\r\nmx.google.com"));
        var page = (await desk.Get("/settings/signing")).Document.Body!.TextContent;
        Assert.Contains("_domainkey.desk.example", page, StringComparison.Ordinal);
        Assert.Contains("v=DKIM1; k=rsa; p=", page, StringComparison.Ordinal);
        Assert.Contains("mx.google.com", page, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_record_is_looked_for_each_day_and_no_answer_is_not_taken_for_no_record(Engine engine)
    {
        IReadOnlyList<string>? answer = [];
        await using var server = await TestServer.Start(engine, replace: services => services.AddSingleton(new TxtRecords((_, _) => Task.FromResult<IReadOnlyList<string>?>(answer))));
        var key = (await server.Api.Post("/api/v1/signing", new { domain = "desk.example" })).Is(200).Json.Items("keys")[0];
        var id = key.GetProperty("id").GetInt64();
        async Task<bool> Signs() => (await server.Api.Get("/api/v1/signing")).Is(200).Json.Items("keys")[0].GetProperty("active").GetBoolean();
        async Task<bool> SignsADayLater()
        {
            server.Clock.Advance(TimeSpan.FromDays(1));
            await server.Services.GetRequiredService<CheckKeys>().CheckDue(CancellationToken.None);
            return await Signs();
        }

        // Nobody has said yet that it is published.
        answer = [key.Text("dnsRecord")];
        Assert.False(await SignsADayLater());
        (await server.Api.Post($"/api/v1/signing/{id}/check")).Is(200);
        Assert.True(await Signs());

        answer = null;
        (await server.Api.Post($"/api/v1/signing/{id}/check")).IsProblem(409, "signing.no-answer");
        Assert.True(await SignsADayLater());
        using (var desk = await server.SignedIn(Role.Admin))
        {
            var page = await desk.Submit("/settings/signing", $"/settings/signing/{id}/check");
            Assert.Contains("gave no answer", page.Document.QuerySelector($"#key-{id} .wrong")!.TextContent, StringComparison.Ordinal);
        }

        answer = ["v=spf1 -all"];
        Assert.False(await SignsADayLater());
        Assert.False(await SignsADayLater());
        answer = [key.Text("dnsRecord")];
        Assert.True(await SignsADayLater());
        Assert.Equal(["signing.on", "signing.off", "signing.on"], await server.Store.Read(db => db.Audit.Where(a => a.Action == "signing.on" || a.Action == "signing.off").OrderBy(a => a.Id).Select(a => a.Action).ToListAsync()));
    }

    [Fact]
    public async Task A_new_key_stands_at_a_name_of_its_own_and_nothing_in_a_list_is_no_server()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        async Task<(long Id, string Name)> Add()
        {
            var key = (await server.Api.Post("/api/v1/signing", new { domain = "desk.example" })).Is(200).Json.Items("keys")[0];
            return (key.GetProperty("id").GetInt64(), key.Text("dnsName"));
        }

        var first = await Add();
        Assert.Matches("^heliotrope[0-9]{6}-[0-9a-f]{6}._domainkey.desk.example$", first.Name);
        (await server.Api.Post($"/api/v1/signing/{first.Id}/remove")).Is(200);
        Assert.NotEqual(first.Name, (await Add()).Name);
        Assert.Equal(["mx.desk.example"], (await server.Api.Post("/api/v1/signing/trusted-servers", new { servers = new[] { null, "mx.desk.example" } })).Is(200).Json.Items("trustedServers").Select(s => s.GetString()));
    }

    [Fact]
    public async Task A_key_is_locked_where_the_lock_may_write_as_well()
    {
        var keys = new WritingKeyRing();
        await using var server = await TestServer.Start(Engine.Sqlite, replace: services => services.AddSingleton<IDataProtectionProvider>(keys));
        keys.Write = cancel => server.Store.Write(_ => Task.FromResult(true), cancel);
        Assert.Single((await server.Api.Post("/api/v1/signing", new { domain = "desk.example" })).Is(200).Json.Items("keys"));
        Assert.True(keys.Wrote);
    }

    /// <summary>A key ring that has to keep a new key of its own whenever something is locked; it gives up when it cannot.</summary>
    private sealed class WritingKeyRing : IDataProtectionProvider, IDataProtector
    {
        private readonly EphemeralDataProtectionProvider _keys = new();

        public Func<CancellationToken, Task>? Write { get; set; }

        public bool Wrote { get; private set; }

        public IDataProtector CreateProtector(string purpose) => purpose == "Heliotrope.Signing" ? this : _keys.CreateProtector(purpose);

        public byte[] Protect(byte[] plaintext)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            Write!(patience.Token).Wait();
            Wrote = true;
            return plaintext;
        }

        public byte[] Unprotect(byte[] protectedData) => protectedData;
    }

    private static async Task<SentMail> Sent(TestServer server, FakeSmarthost smarthost)
    {
        var number = await server.Receive(TestMail.FromSomebodyNew());
        (await server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "Hello." })).Is(200);
        return await smarthost.Next();
    }
}
