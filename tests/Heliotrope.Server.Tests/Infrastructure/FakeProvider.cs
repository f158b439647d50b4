using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Heliotrope.Mail.Smtp;
using Heliotrope.Server.Mailboxes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Heliotrope.Server.Tests.Infrastructure;

/// <summary>
/// A provider at which one signs in (RFC 6749, RFC 7636), as strict as one can be: a code works once, a refresh token until the next one is given, and everything must fit.
/// Its access tokens open the mailbox of whoever signs in at a Dovecot.
/// </summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    public const string ClientId = "desk-of-the-tests";
    public const string ClientSecret = "cl1ent-s3cret-of-the-tests";

    private readonly WebApplication _app;
    private readonly TokenEndpoint _tokens;
    private readonly ConcurrentDictionary<string, (string User, string Challenge, string Redirect)> _codes = new();
    private readonly ConcurrentDictionary<string, string> _refresh = new();
    private readonly ConcurrentQueue<(string Token, string User)> _access = new();
    private readonly ConcurrentQueue<string> _secrets = new();
    private readonly ConcurrentQueue<string> _asked = new();

    private FakeProvider(WebApplication app, TokenEndpoint tokens) => (_app, _tokens) = (app, tokens);

    /// <summary>Where it may send browsers back to: what the administrator entered there.</summary>
    public ConcurrentBag<string> Redirects { get; } = [];

    /// <summary>Who is signed in there.</summary>
    public string User { get; set; } = DovecotServer.User;

    /// <summary>Whether whoever is signed in there says no.</summary>
    public bool Denies { get; set; }

    /// <summary>Whether it gives no refresh token.</summary>
    public bool GivesNoRefresh { get; set; }

    /// <summary>Answers instead of it when tokens are asked for.</summary>
    public Func<HttpContext, Task>? Instead { get; set; }

    /// <summary>What tokens were asked for with: authorization_code or refresh_token, in order.</summary>
    public IReadOnlyList<string> Asked => [.. _asked];

    /// <summary>Codes, tokens and the client's secret: all that nobody may ever see.</summary>
    public IReadOnlyList<string> Secrets => [ClientSecret, .. _secrets];

    public string LastAccess => _access.Last().Token;

    public static async Task<FakeProvider> Start(TokenEndpoint tokens)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var provider = new FakeProvider(app, tokens);
        app.MapGet("/authorize", provider.Authorize);
        app.MapPost("/token", provider.Token);
        await app.StartAsync();
        return provider;
    }

    /// <summary>As the product knows it. To a browser its sign-in is another site than the desk, which has no name.</summary>
    public OAuthProvider For(DovecotServer dovecot, PostfixServer? postfix, string name = "fake") => new(name, "Fake Mail", new(_app.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "/authorize"), new($"{_app.Urls.First()}/token"), "mail offline", "localhost", postfix is null ? "" : "localhost")
    {
        Codes = ["google"],
        ImapPort = dovecot.Ports.Imaps,
        SmtpPort = postfix?.Ports.StartTls ?? 587,
        SmtpTls = MailTls.StartTls,
        Extra = new Dictionary<string, string> { ["access_type"] = "offline" },
    };

    /// <summary>The account's owner takes access away: nothing that was given works any more.</summary>
    public void TakeAway()
    {
        _refresh.Clear();
        ExpireAccess();
    }

    /// <summary>No access token that was given works any more.</summary>
    public void ExpireAccess()
    {
        foreach (var (token, _) in _access)
        {
            _tokens.Expire(token);
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private IResult Authorize(HttpRequest request)
    {
        string Said(string name) => request.Query[name].ToString();
        if (Said("client_id") != ClientId || !Redirects.Contains(Said("redirect_uri")))
        {
            return Results.Text("This application is not known, or wants to be answered elsewhere.", statusCode: 400); // never redirects there (RFC 6749 section 4.1.2.1)
        }

        if (Said("response_type") != "code" || Said("code_challenge_method") != "S256" || Said("code_challenge").Length != 43 || Said("state").Length < 20 || Said("scope") != "mail offline")
        {
            return Results.Redirect(QueryHelpers.AddQueryString(Said("redirect_uri"), new Dictionary<string, string?> { ["error"] = "invalid_request", ["state"] = Said("state") }));
        }

        if (Denies)
        {
            return Results.Redirect(QueryHelpers.AddQueryString(Said("redirect_uri"), new Dictionary<string, string?> { ["error"] = "access_denied", ["state"] = Said("state") }));
        }

        var code = Secret("code");
        _codes[code] = (User, Said("code_challenge"), Said("redirect_uri"));
        return Results.Redirect(QueryHelpers.AddQueryString(Said("redirect_uri"), new Dictionary<string, string?> { ["code"] = code, ["state"] = Said("state") }));
    }

    private async Task Token(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        string Said(string name) => form[name].ToString();
        _asked.Enqueue(Said("grant_type"));
        if (Instead is { } instead)
        {
            await instead(http);
            return;
        }

        var user = (Said("client_id"), Said("client_secret")) != (ClientId, ClientSecret) ? null : Said("grant_type") switch
        {
            "authorization_code" => _codes.TryRemove(Said("code"), out var code) && code.Redirect == Said("redirect_uri")
                && code.Challenge == Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Said("code_verifier")))) ? code.User : null,
            "refresh_token" => _refresh.TryRemove(Said("refresh_token"), out var known) ? known : null,
            _ => null,
        };
        await (user is null
            ? Results.Json(new { error = "invalid_grant", error_description = "Token has been expired or revoked." }, statusCode: 400)
            : Results.Json(Give(user))).ExecuteAsync(http);
    }

    private Dictionary<string, object> Give(string user)
    {
        var access = Secret("at");
        _tokens.Allow(access, user);
        _access.Enqueue((access, user));
        var answer = new Dictionary<string, object> { ["access_token"] = access, ["token_type"] = "Bearer", ["expires_in"] = 3600 };
        if (!GivesNoRefresh)
        {
            var refresh = Secret("rt");
            _refresh[refresh] = user;
            answer["refresh_token"] = refresh;
        }

        return answer;
    }

    private string Secret(string kind)
    {
        var secret = $"{kind}-{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24))}";
        _secrets.Enqueue(secret);
        return secret;
    }
}
