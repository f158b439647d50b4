using System.Net;
using Heliotrope.Core.People;
using Heliotrope.Server.People;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.People;

public sealed class SignInTests
{
    [Theory, EveryDatabase]
    public async Task A_wrong_address_and_a_wrong_password_get_the_same_answer(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.AddUser("priya@desk.example");
        using var browser = server.NewBrowser();
        var wrong = await browser.TrySignIn("priya@desk.example", "not the password");
        var unknown = await browser.TrySignIn("petra@desk.example", "not the password");
        Assert.Equal((422, 422), (wrong.Status, unknown.Status));
        Assert.Equal(Plain(wrong), Plain(unknown));
        Assert.Equal(302, (await browser.Get("/conversations")).Status);

        static string Plain(Page page) => page.Document.QuerySelector("main")!.TextContent;
    }

    [Theory, EveryDatabase]
    public async Task Somebody_who_guesses_is_locked_out_and_told_nothing_new(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.AddUser("priya@desk.example");
        using var guesser = server.NewBrowser();
        Page? last = null;
        for (var i = 0; i < 10; i++)
        {
            last = await guesser.TrySignIn("priya@desk.example", $"guess number {i}");
        }

        var locked = await guesser.TrySignIn("priya@desk.example");
        Assert.Equal(422, locked.Status);
        Assert.Equal(last!.Document.QuerySelector("main")!.TextContent, locked.Document.QuerySelector("main")!.TextContent);
        Assert.Equal(302, (await guesser.Get("/conversations")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Whoever_is_unknown_or_locked_out_costs_as_much_work_as_anybody(Engine engine)
    {
        var hasher = new CountingHasher();
        await using var server = await TestServer.Start(engine, replace: services => services.AddSingleton<IPasswordHasher<User>>(hasher));
        await server.AddUser("priya@desk.example");
        using var guesser = server.NewBrowser();
        for (var i = 0; i < 12; i++)
        {
            hasher.Count = 0;
            await guesser.TrySignIn("priya@desk.example", $"guess number {i}");
            Assert.Equal(1, hasher.Count);
        }

        hasher.Count = 0;
        await guesser.TrySignIn("petra@desk.example", "a guess");
        Assert.Equal(1, hasher.Count);
    }

    [Theory, EveryDatabase]
    public async Task Very_many_tries_from_one_address_are_turned_away(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var browser = server.NewBrowser();
        var statuses = new List<int>();
        for (var i = 0; i < 122; i++)
        {
            statuses.Add((await browser.Post("/sign-in", ("email", $"{i}@desk.example"), ("password", "a guess a guess"))).Status);
        }

        Assert.Equal(429, statuses[^1]);
        Assert.Equal(120, statuses.IndexOf(429));
    }

    [Theory]
    [EveryDatabase("/settings", "/settings")]
    [EveryDatabase("/conversations?view=mine", "/conversations?view=mine")]
    [EveryDatabase("https://attacker.example", "/conversations")]
    [EveryDatabase("//attacker.example", "/conversations")]
    [EveryDatabase("/\\attacker.example", "/conversations")]
    [EveryDatabase("javascript:alert(1)", "/conversations")]
    [EveryDatabase("/\t/attacker.example", "/conversations")]
    [EveryDatabase("", "/conversations")]
    public async Task Signing_in_leads_nowhere_else(Engine engine, string returnUrl, string to)
    {
        await using var server = await TestServer.Start(engine);
        await server.AddUser("priya@desk.example");
        using var browser = server.NewBrowser();
        Assert.Equal(to, (await browser.TrySignIn("priya@desk.example", returnUrl: returnUrl)).Location);
        using var forger = server.NewBrowser();
        Assert.Equal(to, (await forger.Submit("/sign-in", "/sign-in", ("email", "priya@desk.example"), ("password", Browser.Password), ("returnTo", returnUrl))).Location);
    }

    [Theory, EveryDatabase]
    public async Task A_page_that_needs_sign_in_comes_back_to_after_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.AddUser("priya@desk.example");
        using var browser = server.NewBrowser();
        var refused = await browser.Get("/conversations/12?view=mine");
        Assert.Equal(302, refused.Status);
        var signIn = new Uri(refused.Location!).PathAndQuery;
        var form = (await browser.Get(signIn)).Document.QuerySelector("input[name=returnTo]")!;
        Assert.Equal("/conversations/12?view=mine", form.GetAttribute("value"));
    }

    [Theory, EveryDatabase]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_other_sites(Engine engine)
    {
        await using var plain = await TestServer.Start(engine);
        Assert.Contains("; samesite=lax; httponly", await CookieOf(plain), StringComparison.OrdinalIgnoreCase);
        await using var secure = await TestServer.Start(engine, publicUrl: "https://desk.example");
        Assert.Contains("; secure; samesite=lax; httponly", await CookieOf(secure), StringComparison.OrdinalIgnoreCase);

        static async Task<string> CookieOf(TestServer server)
        {
            await server.AddUser("priya@desk.example");
            using var browser = server.NewBrowser();
            return (await browser.TrySignIn("priya@desk.example")).Cookies.Single(c => c.StartsWith("heliotrope=", StringComparison.Ordinal));
        }
    }

    [Theory, EveryDatabase]
    public async Task A_form_from_another_site_is_refused(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var number = await server.Receive(TestMail.FromSomebodyNew());
        using var desk = await server.SignedIn(Role.Admin);
        foreach (var path in new[] { $"/conversations/{number}/reply", $"/conversations/{number}/resolve", "/settings/people", "/settings/silence", "/sign-out", "/sign-in" })
        {
            Assert.Equal(400, (await desk.Post(path, ("text", "Forged"), ("days", "3"))).Status);
            Assert.Equal(400, (await desk.Post(path, ("text", "Forged"), ("__RequestVerificationToken", "forged"))).Status);
        }

        Assert.Single(await server.Api.Entries(number));
        Assert.Equal(200, (await desk.Get("/settings")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Signing_out_ends_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        using var desk = await server.SignedIn();
        Assert.Equal("/sign-in", (await desk.Submit("/conversations", "/sign-out")).Location);
        Assert.Equal(302, (await desk.Get("/conversations")).Status);
    }

    [Theory, EveryDatabase]
    public async Task A_sign_in_lives_on_in_another_process(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var cookies = new CookieContainer();
        await using (var first = await TestServer.Start(database))
        {
            await first.AddUser("priya@desk.example");
            using var browser = first.NewBrowser();
            foreach (var cookie in (await browser.TrySignIn("priya@desk.example")).Cookies)
            {
                cookies.SetCookies(new Uri("http://127.0.0.1"), cookie);
            }
        }

        await using var second = await TestServer.Start(database);
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false });
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(second.Url, "/conversations"))).StatusCode);
    }

    [Theory]
    [InlineData("password1234")]
    [InlineData("Password12345!")]
    [InlineData("qwertyuiop12")]
    [InlineData("qwertyuiopasdf")]
    [InlineData("123456789012")]
    [InlineData("111111111111")]
    [InlineData("abababababab")]
    [InlineData("passwordpassword")]
    [InlineData("iloveyou2024!")]
    public void The_commonest_passwords_are_refused(string password) => Assert.True(PasswordRules.IsCommon(password));

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("grinder-on-tuesday")]
    [InlineData("пароль на кухне")]
    [InlineData("vX9#kkTq0zzL")]
    public void A_long_password_of_any_kind_is_fine(string password) => Assert.False(PasswordRules.IsCommon(password));

    private sealed class CountingHasher : PasswordHasher<User>
    {
        public int Count { get; set; }

        public override string HashPassword(User user, string password)
        {
            Count++;
            return base.HashPassword(user, password);
        }

        public override PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
        {
            Count++;
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
