using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Conversations;

public sealed class RefusalTests(SharedServers servers) : IClassFixture<SharedServers>
{
    [Theory]
    [EveryDatabase("state=done", "state.unknown")]
    [EveryDatabase("state=1", "state.unknown")]
    [EveryDatabase("state=open,waiting", "state.unknown")]
    [EveryDatabase("limit=0", "limit.out-of-range")]
    [EveryDatabase("limit=201", "limit.out-of-range")]
    [EveryDatabase("after=x", "after.malformed")]
    [EveryDatabase("after=99999999999999999999-1", "after.malformed")]
    public async Task A_list_that_cannot_be_given_is_refused(Engine engine, string query, string code) =>
        (await (await servers.On(engine)).Api.Get($"/api/v1/conversations?{query}")).IsProblem(422, code);

    [Theory]
    [EveryDatabase("replies", "reply.empty")]
    [EveryDatabase("notes", "note.empty")]
    public async Task Empty_words_are_refused(Engine engine, string what, string code)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        foreach (var text in new[] { "", "  \n ", null, "\0" })
        {
            Assert.Equal("text", (await server.Api.Post($"/api/v1/conversations/{number}/{what}", new { text })).IsProblem(422, code).Json.Text("field"));
        }

        (await server.Api.Post($"/api/v1/conversations/{number}/{what}", new { text = new string('a', 100_001) })).IsProblem(422, code.Replace("empty", "too-long", StringComparison.Ordinal));
        Assert.Single(await server.Api.Entries(number));
    }

    [Theory]
    [EveryDatabase("replies")]
    [EveryDatabase("notes")]
    [EveryDatabase("assign")]
    public async Task Json_that_cannot_be_read_is_refused(Engine engine, string what)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        foreach (var body in new[] { "{", "", "[]", "\"text\"", "{\"text\":{},\"user\":{}}", "{\"text\":1,\"user\":[]}", "null" })
        {
            (await server.Api.PostText($"/api/v1/conversations/{number}/{what}", body)).IsProblem(400, "request.malformed");
        }

        (await server.Api.PostText($"/api/v1/conversations/{number}/{what}", "text=a", "application/x-www-form-urlencoded")).IsProblem(415, "request.media-type");
        (await server.Api.PostText($"/api/v1/conversations/{number}/{what}", "{\"text\":\"" + new string('a', (what is "replies" ? 40 : 3) * 1024 * 1024) + "\"}")).IsProblem(413, "request.too-large");
    }

    [Theory, EveryDatabase]
    public async Task A_colleague_whose_address_no_database_could_hold_is_unknown(Engine engine)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        (await server.Api.Post($"/api/v1/conversations/{number}/assign", new { user = "a\0b@desk.example" })).IsProblem(422, "user.unknown");
        (await server.Api.Post("/api/v1/api-keys", new { name = "a\0b", role = "agent" })).IsProblem(422, "name.malformed");
        (await server.Api.Post("/api/v1/api-keys", new { name = "a\r\nb", role = "agent" })).IsProblem(422, "name.malformed");
    }

    [Theory]
    [EveryDatabase("from=0001-01-01&to=0001-01-31")]
    [EveryDatabase("to=0001-01-01")]
    [EveryDatabase("from=9999-12-01&to=9999-12-31")]
    [EveryDatabase("to=9999-12-31")]
    public async Task A_day_at_the_end_of_the_calendar_is_refused_and_fails_nothing(Engine engine, string span)
    {
        var server = await servers.On(engine);
        (await server.Api.Get($"/api/v1/happiness?{span}")).IsProblem(422, "span.malformed");
        using var browser = await server.SignedIn();
        Assert.Equal(200, (await browser.Get($"/conversations?{span}&ending=confirmed")).Status);
        Assert.Equal(200, (await browser.Get("/conversations?from=0001-01-01&to=9999-12-31")).Status);
    }

    [Theory]
    [EveryDatabase("multipart/form-data; boundary=x")]
    [EveryDatabase("multipart/form-data")]
    public async Task A_form_that_cannot_be_read_is_refused(Engine engine, string type)
    {
        var server = await servers.On(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var browser = await server.SignedIn();
        foreach (var action in new[] { "reply", "note", "assign", "resolve", "reopen" })
        {
            Assert.Equal(400, (await browser.PostRaw($"/conversations/{number}/{action}", "not a form", type)).Status);
        }
    }

    [Theory, EveryDatabase]
    public async Task What_is_not_there_is_said_so(Engine engine)
    {
        var server = await servers.On(engine);
        (await server.Api.Get("/api/v1/conversations/999999")).IsProblem(404, "conversation.unknown");
        (await server.Api.Post("/api/v1/conversations/999999/replies", new { text = "a" })).IsProblem(404, "conversation.unknown");
        (await server.Api.Post("/api/v1/conversations/999999/resolve")).IsProblem(404, "conversation.unknown");
        (await server.Api.Get("/api/v1/attachments/999999")).IsProblem(404, "attachment.unknown");
        (await server.Api.Get("/api/v1/outbox/999999")).IsProblem(404, "outbox.unknown");
        (await server.Api.Get("/api/v1/quarantine/999999/raw")).IsProblem(404, "quarantine.unknown");
        (await server.Api.Get("/api/v1/conversations/one")).IsProblem(404, "route.unknown");
        (await server.Api.Get("/api/v1/nothing")).IsProblem(404, "route.unknown");
        (await server.Api.Get("/api/v2/conversations")).IsProblem(404, "route.unknown");
        (await server.Api.Send(new HttpRequestMessage(HttpMethod.Delete, "/api/v1/conversations/1"))).IsProblem(405, "method.unknown");
        (await server.Api.Get("/api/v1/happiness?from=2026-02-30")).IsProblem(400, "request.malformed");
        (await server.Api.Get("/api/v1/conversations?limit=ten")).IsProblem(400, "request.malformed");
    }

    [Theory, EveryDatabase]
    public async Task Without_a_key_or_with_one_that_is_unknown_or_over_nothing_is_given(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var none = new ApiClient(server.Url, null);
        using var unknown = new ApiClient(server.Url, "helio_" + new string('a', 43));
        using var brief = new ApiClient(server.Url, await server.NewKey(Role.Admin, days: 1));
        (await none.Get("/api/v1/conversations")).IsProblem(401, "key.missing");
        (await unknown.Get("/api/v1/conversations")).IsProblem(401, "key.unknown");
        (await brief.Get("/api/v1/conversations")).Is(200);
        server.Advance(TimeSpan.FromHours(25));
        (await brief.Get("/api/v1/conversations")).IsProblem(401, "key.unknown");
        (await none.Get($"/api/v1/conversations?key={Uri.EscapeDataString(await server.NewKey(Role.Admin))}")).IsProblem(401, "key.missing");
    }

    [Theory, EveryDatabase]
    public async Task A_key_taken_away_no_longer_works(Engine engine)
    {
        var server = await servers.On(engine);
        var made = (await server.Api.Post("/api/v1/api-keys", new { name = "reports", role = "lead", days = 30 })).Is(200).Json;
        using var reports = new ApiClient(server.Url, made.Text("key"));
        (await reports.Get("/api/v1/conversations")).Is(200);
        var listed = (await server.Api.Get("/api/v1/api-keys")).Is(200);
        Assert.DoesNotContain(made.Text("key"), listed.Body, StringComparison.Ordinal);
        var row = listed.Json.EnumerateArray().Single(k => k.Text("name") == "reports" && made.Text("key").StartsWith(k.Text("prefix"), StringComparison.Ordinal));
        (await server.Api.Send(new HttpRequestMessage(HttpMethod.Delete, $"/api/v1/api-keys/{row.GetProperty("id").GetInt64()}"))).Is(200);
        (await reports.Get("/api/v1/conversations")).IsProblem(401, "key.unknown");
    }

    [Theory]
    [EveryDatabase(Role.Agent)]
    [EveryDatabase(Role.Lead)]
    public async Task A_role_too_small_for_settings_is_refused(Engine engine, Role role)
    {
        var server = await servers.On(engine);
        using var api = await server.ApiAs(role);
        (await api.Get("/api/v1/conversations")).Is(200);
        (await api.Get("/api/v1/api-keys")).IsProblem(403, "role.insufficient");
        (await api.Post("/api/v1/api-keys", new { name = "mine", role = "admin" })).IsProblem(403, "role.insufficient");
        (await api.Post("/api/v1/users", new { name = "Me", email = "me@desk.example", role = "admin", password = Browser.Password })).IsProblem(403, "role.insufficient");
        (await api.Get("/api/v1/settings/addresses")).IsProblem(403, "role.insufficient");
        (await api.Post("/api/v1/settings/addresses", new { address = "a@desk.example" })).IsProblem(403, "role.insufficient");
        (await api.Post("/api/v1/settings/silence", new { days = 1 })).IsProblem(403, "role.insufficient");
    }

    [Theory, EveryDatabase]
    public async Task Users_and_keys_that_cannot_be_are_refused(Engine engine)
    {
        var server = await servers.On(engine);
        await server.AddUser("taken@desk.example");
        Task<ApiAnswer> Add(string email = "new@desk.example", string name = "New", string role = "agent", string password = Browser.Password) =>
            server.Api.Post("/api/v1/users", new { email, name, role, password });
        (await Add(email: "Taken@Desk.example")).IsProblem(409, "email.taken");
        (await Add(email: "no address")).IsProblem(422, "email.malformed");
        (await Add(name: " ")).IsProblem(422, "name.malformed");
        (await Add(name: "A\nB")).IsProblem(422, "name.malformed");
        (await Add(password: "elevenchars")).IsProblem(422, "password.too-short");
        (await Add(password: "password1234")).IsProblem(422, "password.common");
        (await Add(role: "owner")).IsProblem(400, "request.malformed");
        (await Add(role: "2")).IsProblem(400, "request.malformed");
        (await server.Api.Post("/api/v1/users", new { email = "new@desk.example", name = "New", password = Browser.Password })).IsProblem(422, "role.unknown");
        (await server.Api.Post("/api/v1/api-keys", new { name = "", role = "agent" })).IsProblem(422, "name.malformed");
        (await server.Api.Post("/api/v1/api-keys", new { name = "a", role = "agent", days = 0 })).IsProblem(422, "days.out-of-range");
        (await server.Api.Post("/api/v1/settings/silence", new { days = 366 })).IsProblem(422, "days.out-of-range");
        (await server.Api.Get("/api/v1/happiness?from=2026-02-02&to=2026-02-01")).IsProblem(422, "span.malformed");
    }
}
