using Heliotrope.Core.People;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Tests.Mailboxes;

/// <summary>A mailbox that is signed in to at its provider: real IMAP and SMTP servers that take the provider's tokens, and nothing else of it.</summary>
[Collection(WithMailServers.Four)]
public sealed class OAuthTests
{
    private const string User = DovecotServer.User;

    [Theory, EveryDatabase]
    public async Task One_signs_in_at_the_provider_and_mail_comes_and_goes_with_its_tokens_which_are_renewed_and_told_nobody(Engine engine)
    {
        await using var at = await OAuthRoom.Open(engine);
        await at.Dovecot.AddUser("ines@example.test", "ines-word");
        var id = await at.SignIn();
        await at.Room.UntilLooked(id);
        await at.Room.Until(id, m => m.GetProperty("servers").GetProperty("takesTags").GetBoolean()); // the test mail went out with a token, and came back
        Assert.Equal(("oauth", "fake"), ((await at.Room.Read(id)).GetProperty("servers").Text("way"), (await at.Room.Read(id)).GetProperty("servers").Text("provider")));
        Assert.Equal(["authorization_code", "refresh_token"], at.Fake.Asked);

        // An hour later the token is over.
        at.Fake.ExpireAccess();
        at.Room.Server.Advance(TimeSpan.FromMinutes(61));
        await at.Dovecot.Doveadm("kick", User);
        var number = await at.Room.Begin("ines@example.test");
        (await at.Room.Server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "It comes tomorrow." })).Is(200);
        await Patience.Until(async () => (await at.Dovecot.Mails("ines@example.test")).Count == 1, () => at.Room.Server.Log.All + at.Postfix.Log);
        Assert.Equal(["authorization_code", "refresh_token", "refresh_token"], at.Fake.Asked);

        // And once more, with what the provider gave the last time in place of what it had given before.
        at.Fake.ExpireAccess();
        at.Room.Server.Advance(TimeSpan.FromMinutes(61));
        await at.Dovecot.Doveadm("kick", User);
        await at.Room.Begin("ines@example.test", "Another parcel");
        await at.Room.Until(id, m => m.GetProperty("reading").Text("trouble").Length == 0);
        await at.NothingTold(id);
    }

    [Theory, EveryDatabase]
    public async Task A_token_that_the_servers_refuse_before_its_time_is_renewed_at_once(Engine engine)
    {
        await using var at = await OAuthRoom.Open(engine);
        var id = await at.SignIn();
        await at.Room.Until(id, m => m.GetProperty("servers").GetProperty("takesTags").GetBoolean());
        var asked = at.Fake.Asked.Count;
        at.Fake.ExpireAccess(); // by no clock of ours
        await at.Dovecot.Doveadm("kick", User);
        await at.Room.Begin("ines@client.example");
        Assert.Equal(asked + 1, at.Fake.Asked.Count);
    }

    [Theory, EveryDatabase]
    public async Task Access_that_was_taken_away_is_told_in_words_and_signing_in_again_mends_the_same_mailbox_and_lets_leave_what_waited(Engine engine)
    {
        await using var at = await OAuthRoom.Open(engine);
        await at.Dovecot.AddUser("ines@example.test", "ines-word");
        var id = await at.SignIn();
        await at.Room.Until(id, m => m.GetProperty("servers").GetProperty("takesTags").GetBoolean());
        var number = await at.Room.Begin("ines@example.test");
        at.Fake.TakeAway();
        at.Room.Server.Advance(TimeSpan.FromMinutes(61));
        await at.Dovecot.Doveadm("kick", User);
        (await at.Room.Server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "It comes tomorrow." })).Is(200);
        var troubled = await at.Room.Until(id, m => m.GetProperty("reading").Text("trouble") == "not-accepted" && m.GetProperty("sending").Text("trouble").Length > 0);
        Assert.Equal("not-accepted", troubled.GetProperty("sending").Text("trouble"));
        Assert.Contains("expired or revoked", troubled.GetProperty("reading").Text("words"), StringComparison.Ordinal);
        var page = (await at.Browser.Get($"/settings/mailboxes/{id}")).Is(200);
        Assert.Contains("does not let us in any more", page.Document.QuerySelector(".mailbox-health")!.TextContent, StringComparison.Ordinal);
        await at.NothingTold(id);

        // A button on its own page leads to the provider.
        Assert.Equal(id, await at.SignIn($"/settings/mailboxes/{id}", "/settings/mailboxes/sign-in/fake"));
        await at.Room.Until(id, m => m.Text("health") == "well" && m.GetProperty("sending").Text("trouble").Length == 0);
        await at.Room.Begin("ines@example.test", "Another parcel");
        await Patience.Until(async () => (await at.Dovecot.Mails("ines@example.test")).Count == 1, () => at.Room.Server.Log.All + at.Postfix.Log);
        Assert.Single((await at.Room.Server.Api.Get("/api/v1/mailboxes")).Json.EnumerateArray());
        Assert.Equal(["mailbox.connected", "mailbox.changed"], await at.Room.Server.Store.Read(db => db.Audit.Where(line => line.Action.StartsWith("mailbox")).OrderBy(line => line.Id).Select(line => line.Action).ToListAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Only_who_began_can_finish_once_and_soon(Engine engine)
    {
        await using var at = await OAuthRoom.Open(engine);
        var back = await at.ToProviderAndBack();
        using var other = await at.Room.Server.SignedIn(Role.Admin, "Tom Weaver");
        (await other.Get(back)).Is(409); // it has no part of what was begun
        using var agent = await at.Room.Server.SignedIn();
        (await agent.Get(back)).Is(403);
        using var nobody = at.Room.Server.NewBrowser();
        Assert.StartsWith("/sign-in", new Uri(at.Room.Server.Url, (await nobody.Get(back)).Location).AbsolutePath, StringComparison.Ordinal);
        Assert.Empty(at.Fake.Asked);

        (await at.Browser.Get(back.Replace("state=", "state=x", StringComparison.Ordinal))).Is(409);
        (await at.Browser.Get(back)).Is(409); // one wrong try ends it
        (await at.Browser.Get((await at.ToProviderAndBack()).Split("&state=")[0])).Is(409);
        (await at.Browser.Get("/settings/mailboxes/signed-in")).Is(409);
        Assert.Empty(at.Fake.Asked);

        var late = await at.ToProviderAndBack();
        at.Room.Server.Clock.Advance(TimeSpan.FromMinutes(16));
        (await at.Browser.Get(late)).Is(409);
        Assert.Empty(at.Fake.Asked);

        at.Fake.Denies = true;
        Assert.Contains("gave no access", (await at.Browser.Get(await at.ToProviderAndBack())).Is(409).Html, StringComparison.Ordinal);
        at.Fake.Denies = false;
        var once = await at.ToProviderAndBack();
        (await at.Browser.Get(once)).Is(302);
        (await at.Browser.Get(once)).Is(409);
        Assert.Equal("authorization_code", at.Fake.Asked[0]);
        Assert.Single(at.Fake.Asked, asked => asked == "authorization_code");
    }

    [Theory, EveryDatabase]
    public async Task A_code_of_another_sign_in_is_of_no_use(Engine engine)
    {
        await using var at = await OAuthRoom.Open(engine);
        var stolen = (await at.ToProviderAndBack()).Split("code=")[1].Split('&')[0];
        var own = await at.ToProviderAndBack();
        var code = own.Split("code=")[1].Split('&')[0];
        (await at.Browser.Get(own.Replace(code, stolen, StringComparison.Ordinal))).Is(409); // what it was begun with (PKCE) does not fit
        Assert.Equal(["authorization_code"], at.Fake.Asked);
        Assert.Empty((await at.Room.Server.Api.Get("/api/v1/mailboxes")).Json.EnumerateArray());
    }

    [Theory, EveryDatabase]
    public async Task No_request_says_where_the_provider_sends_the_browser_back_to(Engine engine)
    {
        await using var at = await OAuthRoom.Open(engine);
        at.Browser.Say("X-Forwarded-Host", "desk.attacker.example");
        at.Browser.Say("X-Forwarded-Proto", "https");
        at.Browser.Say("Forwarded", "host=desk.attacker.example");
        Assert.Contains("redirect_uri=" + Uri.EscapeDataString(at.ReturnAddress), await at.Begin(), StringComparison.Ordinal);
        at.Browser.Say("Host", "desk.attacker.example");
        var page = await at.Browser.Submit("/settings/mailboxes/new", "/settings/mailboxes/find", "/settings/mailboxes/sign-in/fake", ("address", User), ("redirect_uri", "https://desk.attacker.example/"));
        Assert.DoesNotContain("attacker", page.Html + page.Location, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Signing_in_as_somebody_else_there_connects_nothing(Engine engine)
    {
        await using var at = await OAuthRoom.Open(engine);
        await at.Dovecot.AddUser("second@example.test", "s3cond-word");
        at.Fake.User = "second@example.test";
        var page = (await at.Browser.Get(await at.ToProviderAndBack())).Is(422);
        Assert.Contains("Was it signed in with the right account?", page.Document.QuerySelector(".trial")!.TextContent, StringComparison.Ordinal);
        Assert.Empty((await at.Room.Server.Api.Get("/api/v1/mailboxes")).Json.EnumerateArray());
        at.Fake.User = User;
        at.Fake.GivesNoRefresh = true;
        Assert.Contains("for an hour only", (await at.Browser.Get(await at.ToProviderAndBack())).Is(409).Html, StringComparison.Ordinal);
        Assert.Empty((await at.Room.Server.Api.Get("/api/v1/mailboxes")).Json.EnumerateArray());
    }

    [Theory]
    [EveryDatabase("broken")]
    [EveryDatabase("garbage")]
    [EveryDatabase("huge")]
    [EveryDatabase("drips")]
    [EveryDatabase("odd")]
    [EveryDatabase("hangs-up")]
    public async Task Whatever_the_provider_answers_one_is_told_and_the_mailbox_goes_on_once_it_is_well_again(Engine engine, string answer)
    {
        await using var at = await OAuthRoom.Open(engine, patience: TimeSpan.FromSeconds(8));
        at.Fake.Instead = http => Misbehave(http, answer);
        var refused = (await at.Browser.Get(await at.ToProviderAndBack())).Is(409);
        Assert.Contains("The provider gave no access.", refused.Html, StringComparison.Ordinal);
        at.Fake.Instead = null;
        var id = await at.SignIn();
        await at.Room.Until(id, m => m.GetProperty("servers").GetProperty("takesTags").GetBoolean());

        at.Fake.Instead = http => Misbehave(http, answer);
        at.Fake.ExpireAccess();
        at.Room.Server.Advance(TimeSpan.FromMinutes(61));
        await at.Dovecot.Doveadm("kick", User);
        await at.Room.Until(id, m => m.GetProperty("reading").Text("trouble").Length > 0);
        at.Fake.Instead = null;
        await at.Room.Begin("ines@client.example");
        await at.Room.Until(id, m => m.Text("health") == "well");
        Assert.Empty(at.Room.Server.Log.Errors);
        await at.NothingTold(id);
    }

    [Theory, EveryDatabase]
    public async Task A_mail_that_finds_no_token_waits_and_is_in_no_doubt(Engine engine)
    {
        await using var at = await OAuthRoom.Open(engine, patience: TimeSpan.FromSeconds(8));
        await at.Dovecot.AddUser("ines@example.test", "ines-word");
        var id = await at.SignIn();
        await at.Room.Until(id, m => m.GetProperty("servers").GetProperty("takesTags").GetBoolean());
        var number = await at.Room.Begin("ines@example.test");
        at.Fake.Instead = http => Misbehave(http, "drips");
        at.Fake.ExpireAccess();
        at.Room.Server.Advance(TimeSpan.FromMinutes(61));
        (await at.Room.Server.Api.Post($"/api/v1/conversations/{number}/replies", new { text = "It comes tomorrow." })).Is(200);
        await at.Room.Until(id, m => m.GetProperty("sending").Text("trouble") == "unreachable");
        at.Fake.Instead = null;
        at.Room.Server.Advance(TimeSpan.FromMinutes(2));
        await Patience.Until(async () => (await at.Dovecot.Mails("ines@example.test")).Count == 1, () => at.Room.Server.Log.All + at.Postfix.Log);
        Assert.Equal(0, await at.Room.Server.Store.Read(db => db.Outbox.SumAsync(o => o.Doubts)));
        Assert.Empty(at.Room.Server.Log.Errors);
    }

    [Theory, EveryDatabase]
    public async Task A_provider_that_never_finishes_its_answer_keeps_no_mailbox_of_another_provider_waiting(Engine engine)
    {
        await using var dovecot = await DovecotServer.Start();
        await using var slow = await FakeProvider.Start(dovecot.Tokens);
        await using var at = await OAuthRoom.Open(engine, Patience.Limit, dovecot, slow);
        await dovecot.AddUser("second@example.test", "s3cond-word");
        slow.User = "second@example.test";
        var second = await at.SignIn(provider: "slow", address: "second@example.test");
        var id = await at.SignIn();
        await at.Room.UntilLooked(second);
        await at.Room.Until(id, m => m.GetProperty("servers").GetProperty("takesTags").GetBoolean());
        var (asked, over) = (new TaskCompletionSource(), new TaskCompletionSource());
        slow.Instead = async http =>
        {
            asked.TrySetResult();
            await Misbehave(http, "drips");
            over.TrySetResult();
        };
        slow.ExpireAccess();
        at.Fake.ExpireAccess();
        at.Room.Server.Advance(TimeSpan.FromMinutes(61));
        await dovecot.Doveadm("kick", "second@example.test");
        await asked.Task.WaitAsync(Patience.Limit);
        await dovecot.Doveadm("kick", User);
        await at.Room.Begin("ines@client.example");
        Assert.False(over.Task.IsCompleted); // the other one still waits for its provider
    }

    [Theory, EveryDatabase]
    public async Task Who_may_not_administer_registers_no_provider_and_begins_no_sign_in(Engine engine)
    {
        await using var at = await OAuthRoom.Open(engine);
        (await (await at.Room.Server.ApiAs(Role.Agent)).Post("/api/v1/mailboxes/providers/fake", new { clientId = "x", clientSecret = "y" })).Is(403);
        (await at.Room.Server.Api.Post("/api/v1/mailboxes/providers/nobody", new { clientId = "x", clientSecret = "y" })).IsProblem(404, "provider.unknown");
        (await at.Room.Server.Api.Post("/api/v1/mailboxes/providers/fake", new { clientId = "x", clientSecret = " " })).IsProblem(422, "provider.malformed");
        using var agent = await at.Room.Server.SignedIn();
        (await agent.Submit("/conversations", "/sign-out", "/settings/mailboxes/sign-in/fake", ("address", User))).Is(403);
        (await at.Browser.Submit("/settings/mailboxes/new", "/settings/mailboxes/find", "/settings/mailboxes/sign-in/google", ("address", User))).Is(409);
        (await at.Browser.Submit("/settings/mailboxes/new", "/settings/mailboxes/find", "/settings/mailboxes/sign-in/fake", ("address", "nobody"))).Is(422);
        Assert.Equal("desk-of-the-tests", (await at.Browser.Get("/settings/mailboxes")).Document.QuerySelector("#provider-fake [name=clientId]")!.GetAttribute("value"));
    }

    /// <summary>What a provider's token endpoint may do to us.</summary>
    private static async Task Misbehave(Microsoft.AspNetCore.Http.HttpContext http, string how)
    {
        var response = http.Response;
        response.ContentType = "application/json";
        switch (how)
        {
            case "broken":
                response.StatusCode = 500;
                await response.Body.WriteAsync("<h1>Oops</h1>"u8.ToArray());
                break;
            case "garbage":
                await response.Body.WriteAsync(Enumerable.Range(0, 5_000).Select(i => (byte)(i * 37)).ToArray());
                break;
            case "huge":
                var piece = new byte[64 * 1024];
                Array.Fill(piece, (byte)' ');
                for (var i = 0; i < 4_000 && !http.RequestAborted.IsCancellationRequested; i++)
                {
                    await response.Body.WriteAsync(piece, http.RequestAborted).AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                break;
            case "drips":
                while (!http.RequestAborted.IsCancellationRequested)
                {
                    await response.Body.WriteAsync(" "u8.ToArray(), http.RequestAborted).AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    await response.Body.FlushAsync(http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    await Task.Delay(100, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                break;
            case "odd":
                response.ContentType = "application/json; charset=no-such-alphabet";
                await response.Body.WriteAsync("""{"access_token":"\ud800","expires_in":"soon","refresh_token":[]}"""u8.ToArray());
                break;
            case "hangs-up":
                response.ContentLength = 1_000;
                await response.Body.WriteAsync("{"u8.ToArray());
                http.Abort();
                break;
        }
    }
}
