using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Heliotrope.Server.Tests.Infrastructure;

/// <summary>A browser without script: keeps cookies, follows nothing by itself, and posts forms with what they hide.</summary>
internal sealed class Browser(Uri url) : IDisposable
{
    public const string Password = "correct horse battery";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, Expect100ContinueTimeout = Patience.Limit, UseCookies = true, CookieContainer = new CookieContainer() })
    {
        BaseAddress = url,
        Timeout = Patience.Limit,
    };

    /// <summary>Sends a header along from now on, as a script would.</summary>
    public void Say(string header, string value)
    {
        _http.DefaultRequestHeaders.Remove(header);
        _http.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
    }

    public async Task<Page> Get(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));
        return await Page.Of(response);
    }

    /// <summary>Posts a form as it stands on a page: with its hidden fields, antiforgery included.</summary>
    public Task<Page> Submit(string pagePath, string action, params (string Name, string Value)[] fields) => Submit(pagePath, action, action, fields);

    /// <summary>The same, sent where a button of the form or a script sends it. A field that is given replaces one that is hidden.</summary>
    public async Task<Page> Submit(string pagePath, string form, string action, params (string Name, string Value)[] fields)
    {
        var page = await Get(pagePath);
        var found = page.Document.QuerySelectorAll("form").FirstOrDefault(f => f.GetAttribute("action") == form)
            ?? throw new InvalidOperationException($"{pagePath} has no form for {form}: {page.Status} {page.Html}");
        var hidden = found.QuerySelectorAll("input[type=hidden]").Select(i => (Name: i.GetAttribute("name")!, Value: i.GetAttribute("value") ?? ""));
        return await Post(action, [.. hidden.Where(h => fields.All(f => f.Name != h.Name)), .. fields]);
    }

    /// <summary>Posts these fields alone.</summary>
    public async Task<Page> Post(string path, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        return await Page.Of(response);
    }

    /// <summary>Posts a form as it stands on a page, with files.</summary>
    public async Task<Page> SubmitFiles(string pagePath, string form, string action, (string Name, string Value)[] fields, params (string Name, string Type, byte[] Content)[] files)
    {
        var page = await Get(pagePath);
        var found = page.Document.QuerySelectorAll("form").First(f => f.GetAttribute("action") == form);
        using var content = new MultipartFormDataContent();
        foreach (var hidden in found.QuerySelectorAll("input[type=hidden]").Where(hidden => fields.All(f => f.Name != hidden.GetAttribute("name"))))
        {
            content.Add(new StringContent(hidden.GetAttribute("value") ?? ""), hidden.GetAttribute("name")!);
        }

        foreach (var (name, value) in fields)
        {
            content.Add(new StringContent(value), name);
        }

        foreach (var (name, type, bytes) in files)
        {
            var part = new ByteArrayContent(bytes);
            part.Headers.TryAddWithoutValidation("Content-Type", type);
            content.Add(part, "files", name);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(action, UriKind.Relative)) { Content = content };
        request.Headers.ExpectContinue = files.Sum(f => f.Content.Length) > 1024 * 1024; // a refusal is then heard before the bytes are sent
        using var response = await _http.SendAsync(request);
        return await Page.Of(response);
    }

    /// <summary>What is at an address, as bytes, with what the answer says of it.</summary>
    public async Task<(int Status, string? Type, string Policy, byte[] Content)> Fetch(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.GetValues("Content-Security-Policy").Single(), await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Posts a body as it is.</summary>
    public async Task<Page> PostRaw(string path, string body, string type)
    {
        using var content = new StringContent(body);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.ExpectContinue = body.Length > 1024 * 1024; // a refusal is then heard before the words are sent
        using var response = await _http.SendAsync(request);
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

    public Page Is(int status)
    {
        Assert.True(Status == status, $"Expected {status}, got {Status}: {Html}");
        return this;
    }

    public static async Task<Page> Of(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        response.Headers.Location?.OriginalString,
        response.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [],
        await response.Content.ReadAsStringAsync());
}
