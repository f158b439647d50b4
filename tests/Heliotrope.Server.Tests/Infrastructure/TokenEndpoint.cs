using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Heliotrope.Server.Tests.Infrastructure;

/// <summary>Tells a mail server whether a token is valid and whose it is (RFC 7662).</summary>
internal sealed class TokenEndpoint : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string> _tokens = new();
    private readonly WebApplication _app;

    private TokenEndpoint(WebApplication app) => _app = app;

    public string Url => _app.Urls.First() + "/introspect";

    public static async Task<TokenEndpoint> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var endpoint = new TokenEndpoint(app);
        app.MapPost("/introspect", endpoint.Answer);
        await app.StartAsync();
        return endpoint;
    }

    /// <summary>From now on this token opens the mailbox of that user.</summary>
    public void Allow(string token, string user) => _tokens[token] = user;

    /// <summary>From now on it opens nothing.</summary>
    public void Expire(string token) => _tokens.TryRemove(token, out _);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> Answer(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        return _tokens.TryGetValue(form["token"].ToString(), out var user)
            ? Results.Text($$"""{"active":true,"username":"{{user}}"}""", "application/json")
            : Results.Text("""{"active":false}""", "application/json");
    }
}
