using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.MailServices;

public sealed class ServicesPageTests(SharedServers servers) : IClassFixture<SharedServers>
{
    private const string Here = "/settings/mail-services";

    private static Uri Address(Page page) => new(page.Document.QuerySelector(".once code")!.TextContent);

    [Theory, EveryDatabase]
    public async Task An_administrator_adds_a_service_sees_its_address_once_and_how_its_mail_comes(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var admin = await server.SignedIn(Role.Admin);
        Assert.Contains("None yet", (await admin.Get(Here)).Is(200).Html, StringComparison.Ordinal);
        var added = (await admin.Submit(Here, Here, ("kind", "Raw"), ("name", "Our old server"))).Is(200);
        var address = Address(added);
        Assert.StartsWith(server.Url + "intake/services/", address.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, added.Document.QuerySelectorAll("ol").Length); // the steps, beside the address and in the list
        var page = (await admin.Get(Here)).Is(200);
        Assert.DoesNotContain(address.AbsolutePath.Split('-', 2)[1], page.Html, StringComparison.Ordinal);
        Assert.Contains("No mail yet", page.Html, StringComparison.Ordinal);

        // Mail comes, and is refused.
        using var http = new HttpClient();
        async Task<int> Post(Uri to, byte[] body)
        {
            using var content = new ByteArrayContent(body);
            using var answer = await http.PostAsync(to, content);
            return (int)answer.StatusCode;
        }

        Assert.Equal((200, 400), (await Post(address, TestMail.FromSomebodyNew().Bytes()), await Post(address, [])));
        var counted = (await admin.Get(Here)).Html;
        Assert.Contains("1 taken, 1 refused", counted, StringComparison.Ordinal);
        Assert.Contains("there was no mail in it", counted, StringComparison.Ordinal);

        // A new address ends the old one.
        var renewed = Address((await admin.Submit(Here, $"{Here}/1/token")).Is(200));
        Assert.Equal((404, 200), (await Post(address, TestMail.FromSomebodyNew().Bytes()), await Post(renewed, TestMail.FromSomebodyNew().Bytes())));
        (await admin.Submit(Here, $"{Here}/1/remove")).Is(302);
        Assert.Equal(404, await Post(renewed, TestMail.FromSomebodyNew().Bytes()));
        Assert.Equal(
            ["mail-service.added", "mail-service.readdressed", "mail-service.removed"],
            await server.Store.Read(db => db.Audit.Where(a => a.Action.StartsWith("mail-service.")).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync()));
        Assert.Contains("Mail service given a new address", (await admin.Get("/settings/audit?action=mail-service")).Is(200).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_kept_and_never_shown_again()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        using var admin = await server.SignedIn(Role.Admin);
        (await admin.Submit(Here, Here, ("kind", "Mailgun"), ("name", "Mail"))).Is(200);
        (await admin.Submit(Here, $"{Here}/1/key", ("key", "a-secret-signing-key"))).Is(302);
        var page = await admin.Get(Here);
        Assert.Contains("One is set.", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret-signing-key", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret-signing-key", (await server.Api.Get("/api/v1/mail-services")).Is(200).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret-signing-key", (await admin.Get("/settings/audit")).Html, StringComparison.Ordinal);
        (await admin.Submit(Here, $"{Here}/1/key", ("key", ""))).Is(302);
        Assert.Contains("None is set.", (await admin.Get(Here)).Html, StringComparison.Ordinal);
        Assert.Contains("Key of a mail service taken away", (await admin.Get("/settings/audit?action=mail-service")).Is(200).Html, StringComparison.Ordinal);

        // A program that leaves it out takes nothing away.
        (await server.Api.Put("/api/v1/mail-services/1/key", new { key = "another-signing-key" })).Is(200);
        (await server.Api.Put("/api/v1/mail-services/1/key", new { })).IsProblem(422, "mail-service.not-a-key");
        Assert.Contains("One is set.", (await admin.Get(Here)).Html, StringComparison.Ordinal);

        // What is none is said beside its field, and not repeated.
        (await admin.Submit(Here, Here, ("kind", "Postmark"), ("name", "Mail"))).Is(200);
        var wrong = (await admin.Submit(Here, $"{Here}/2/key", ("key", "secret-without-a-name"))).Is(422);
        Assert.Contains("This is not a key of this service.", wrong.Document.QuerySelector("#service-2 .wrong")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-without-a-name", wrong.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_input_is_said_to_be_wrong()
    {
        var server = await servers.On(Engine.Sqlite);
        using var admin = await server.SignedIn(Role.Admin);
        Assert.Contains("A name has 1 to 100 characters", (await admin.Submit(Here, Here, ("kind", "Raw"), ("name", " "))).Is(422).Html, StringComparison.Ordinal);
        Assert.Contains("Choose which service it is.", (await admin.Submit(Here, Here, ("kind", "7"), ("name", "Mail"))).Is(422).Html, StringComparison.Ordinal);
        (await admin.Submit(Here, Here, $"{Here}/999/token")).Is(404);
        (await server.Api.Post("/api/v1/mail-services", new { kind = "pigeon", name = "Mail" })).Is(400);
        (await server.Api.Post("/api/v1/mail-services", new { name = "Mail" })).IsProblem(422, "mail-service.kind");
        (await server.Api.Post("/api/v1/mail-services", new { kind = "raw", name = "Mail", key = "x" })).IsProblem(422, "mail-service.not-a-key");
        (await server.Api.Delete("/api/v1/mail-services/999")).IsProblem(404, "mail-service.unknown");
        (await server.Api.Post("/api/v1/mail-services/999/token")).IsProblem(404, "mail-service.unknown");
        (await server.Api.Put("/api/v1/mail-services/999/key", new { key = "x" })).IsProblem(404, "mail-service.unknown");
    }

    [Fact]
    public async Task They_are_for_administrators()
    {
        var server = await servers.On(Engine.Sqlite);
        foreach (var role in new[] { Role.Light, Role.Agent, Role.Lead })
        {
            using var program = await server.ApiAs(role);
            using var desk = await server.SignedIn(role);
            (await program.Get("/api/v1/mail-services")).Is(403);
            (await program.Post("/api/v1/mail-services", new { kind = "raw", name = "Mine" })).Is(403);
            (await program.Post("/api/v1/mail-services/1/token")).Is(403);
            (await program.Delete("/api/v1/mail-services/1")).Is(403);
            (await desk.Get(Here)).Is(403);
        }
    }

    [Fact]
    public async Task A_mail_that_comes_makes_no_process_read_its_settings_again()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        using var service = await PostingService.Add(server, "raw");
        await service.PostBytes(TestMail.FromSomebodyNew().Bytes(), "message/rfc822");
        var live = (Heliotrope.Server.Live.LiveUpdates)server.Services.GetService(typeof(Heliotrope.Server.Live.LiveUpdates))!;
        var settings = 0;
        live.Changed += change => Interlocked.Add(ref settings, change.ConcernsSettings ? 1 : 0);
        Assert.Equal(200, (await service.PostBytes(TestMail.FromSomebodyNew().Bytes(), "message/rfc822")).Status);
        Assert.Equal(0, settings);
        (await server.Api.Post($"/api/v1/mail-services/{service.Id}/token")).Is(200);
        Assert.Equal(1, settings);
    }
}
