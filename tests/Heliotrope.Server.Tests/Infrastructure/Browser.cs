using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Heliotrope.Server.Tests.Infrastructure;

/// <summary>A browser without script: keeps cookies, follows nothing by itself, and posts forms with what they hide.</summary>
internal sealed class Browser(Uri url) : IDisposable
{
    public const string Password = "correct horse battery";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true, CookieContainer = new CookieContainer() })
    {
        BaseAddress = url,
        Timeout = Patience.Limit,
    };

    public async Task<Page> Get(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));
        return await Page.Of(response);
    }

    /// <summary>Posts a form as it stands on a page: with its hidden fields, antiforgery included.</summary>
    public async Task<Page> Submit(string pagePath, string action, params (string Name, string Value)[] fields)
    {
        var page = await Get(pagePath);
        var form = page.Document.QuerySelectorAll("form").FirstOrDefault(f => f.GetAttribute("action") == action)
            ?? throw new InvalidOperationException($"{pagePath} has no form for {action}: {page.Status} {page.Html}");
        var hidden = form.QuerySelectorAll("input[type=hidden]").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value") ?? ""));
        return await Post(action, [.. hidden, .. fields]);
    }

    /// <summary>Posts these fields alone.</summary>
    public async Task<Page> Post(string path, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        return await Page.Of(response);
    }

    /// <summary>Posts a body as it is.</summary>
    public async Task<Page> PostRaw(string path, string body, string type)
    {
        using var content = new StringContent(body);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        return await Page.Of(response);
    }

    public Task<Page> TrySignIn(string email, string password = Password, string? returnUrl = null) =>
        Submit("/sign-in" + (returnUrl is null ? "" : $"?returnUrl={Uri.EscapeDataString(returnUrl)}"), "/sign-in", ("email", email), ("password", password));

    public async Task SignIn(string email, string password = Password) => Assert.Equal("/conversations", (await TrySignIn(email, password)).Location);

    public async Task<HttpResponseMessage> Stream(string path, CancellationToken cancel, string? encoding = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (encoding is not null)
        {
            request.Headers.AcceptEncoding.ParseAdd(encoding);
        }

        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>What a browser was given.</summary>
internal sealed record Page(int Status, string? Location, IReadOnlyList<string> Cookies, string Html)
{
    public IDocument Document { get; } = new HtmlParser().ParseDocument(Html);

    public static async Task<Page> Of(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        response.Headers.Location?.OriginalString,
        response.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [],
        await response.Content.ReadAsStringAsync());
}
