using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Mailboxes;

/// <summary>What a provider gives for a code or a refresh token (RFC 6749 section 5.1).</summary>
/// <param name="Access">The access token.</param>
/// <param name="Until">Until when it may be used (UTC).</param>
/// <param name="Refresh">The refresh token to be used from now on; null for the same as before.</param>
internal sealed record OAuthAnswer(string Access, DateTimeOffset Until, string? Refresh);

/// <summary>Access tokens for mailboxes that are signed in to at their provider, made anew before they end.</summary>
internal sealed class OAuthTokens(Store store, OAuthProviders providers, MailboxSecrets secrets, IHttpClientFactory clients, TimeProvider time) : IDisposable
{
    /// <summary>The name of the client that speaks with providers.</summary>
    public const string Client = "oauth";

    private const int LargestAnswer = 64 * 1024;

    /// <summary>A token that ends sooner may end while it is being used.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(2);

    /// <summary>Some providers take back what they gave when it is renewed twice at once. One of each mailbox, so that a provider that is slow keeps no other waiting.</summary>
    private readonly ConcurrentDictionary<long, SemaphoreSlim> _ones = new();

    /// <summary>What was last signed in with, so that a server that says it again is not shown.</summary>
    private readonly ConcurrentDictionary<long, string> _given = new();

    private sealed record Kept(string Secret, string? Access, DateTimeOffset? Until);

    /// <summary>A token that may be used now.</summary>
    /// <exception cref="MailKit.Security.AuthenticationException">The provider does not renew it: somebody has to sign in again.</exception>
    /// <exception cref="HttpRequestException">The provider gives none just now.</exception>
    public async Task<string> Access(Mailbox mailbox, CancellationToken cancel)
    {
        var one = _ones.GetOrAdd(mailbox.Id, _ => new(1, 1));
        await one.WaitAsync(cancel);
        try
        {
            var kept = await Read(mailbox.Id, cancel);
            return _given[mailbox.Id] = Usable(kept) ?? await Renew(mailbox, kept, cancel);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>The token that a mailbox was last signed in to with; none where there was none.</summary>
    public IEnumerable<string> LastGiven(long mailbox) => _given.TryGetValue(mailbox, out var given) ? [given] : [];

    /// <summary>What the provider of a mailbox is called.</summary>
    public string LabelOf(Mailbox mailbox) => providers.Find(mailbox.Provider)?.Label ?? mailbox.Provider;

    /// <summary>The server did not take a token: it is not used again, whatever was said about how long it lasts.</summary>
    public Task<int> Forget(long mailbox) => store.Write(
        db => db.MailboxStates.Where(s => s.MailboxId == mailbox).ExecuteUpdateAsync(set => set.SetProperty(s => s.AccessToken, (string?)null).SetProperty(s => s.AccessUntil, (DateTimeOffset?)null)),
        CancellationToken.None);

    private async Task<string> Renew(Mailbox mailbox, Kept kept, CancellationToken cancel)
    {
        OAuthAnswer answer;
        try
        {
            answer = await Ask(mailbox.Provider, new() { ["grant_type"] = "refresh_token", ["refresh_token"] = secrets.Unlock(kept.Secret) }, CancellationToken.None); // with some providers the old one ends as soon as they answer
        }
        catch (MailKit.Security.AuthenticationException)
        {
            if (Usable(await Read(mailbox.Id, cancel)) is { } other)
            {
                return other; // another process renewed it at the same time
            }

            throw;
        }

        var (access, refresh) = (secrets.Lock(answer.Access), answer.Refresh is { } renewed ? secrets.Lock(renewed) : kept.Secret);
        await store.Write(
            async db =>
            {
                // Not as a change that anybody made: no open page and no cache needs to know. Where somebody has signed in anew meanwhile, theirs counts.
                if (await db.Mailboxes.Where(m => m.Id == mailbox.Id && m.Secret == kept.Secret).ExecuteUpdateAsync(set => set.SetProperty(m => m.Secret, refresh)) > 0)
                {
                    await db.MailboxStates.Where(s => s.MailboxId == mailbox.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.AccessToken, access).SetProperty(s => s.AccessUntil, answer.Until));
                }

                return true;
            },
            CancellationToken.None); // once given, the new one must not be lost
        return answer.Access;
    }

    private Task<Kept> Read(long mailbox, CancellationToken cancel) => store.Read(db =>
        db.Mailboxes.Where(m => m.Id == mailbox).Join(db.MailboxStates, m => m.Id, s => s.MailboxId, (m, s) => new Kept(m.Secret, s.AccessToken, s.AccessUntil)).SingleAsync(cancel));

    private string? Usable(Kept kept) => kept is { Access: { } known, Until: { } until } && until - Early > time.Now() ? secrets.Unlock(known) : null;

    /// <summary>Asks a provider for tokens (RFC 6749 section 4.1.3 and 6).</summary>
    /// <exception cref="MailKit.Security.AuthenticationException">It gives none for that.</exception>
    /// <exception cref="HttpRequestException">It cannot be asked just now, or says nothing that makes sense.</exception>
    public async Task<OAuthAnswer> Ask(string provider, Dictionary<string, string> form, CancellationToken cancel)
    {
        var (known, app) = await providers.Of(provider, cancel);
        (form["client_id"], form["client_secret"]) = (app.ClientId, app.ClientSecret);
        using var client = clients.CreateClient(Client);
        using var content = new FormUrlEncodedContent(form);
        using var request = new HttpRequestMessage(HttpMethod.Post, known.TokenUrl) { Content = content };
        var (status, json) = await Send(client, request, cancel);
        string? Text(string name) => json?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? TextOf(value) : null;
        using (json)
        {
            if (Text("access_token") is { Length: > 0 } access)
            {
                var seconds = json!.RootElement.TryGetProperty("expires_in", out var lasts) && int.TryParse(lasts.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given > 0 ? given : 3600; // some write the number as a string
                return new(access, time.Now().AddSeconds(seconds), Text("refresh_token"));
            }

            var words = $"{Text("error") ?? status.ToString(CultureInfo.InvariantCulture)} {Text("error_description")}".Storable(300);
            throw status is >= 400 and < 500 and not 429
                ? new MailKit.Security.AuthenticationException($"The provider gives no access any more: {words}")
                : new HttpRequestException($"The provider answered: {words}");
        }
    }

    public void Dispose()
    {
        foreach (var one in _ones.Values)
        {
            one.Dispose();
        }
    }

    /// <summary>The client's own clock runs until the headers are there; this one until all of it is.</summary>
    private static async Task<(int Status, JsonDocument? Json)> Send(HttpClient client, HttpRequestMessage request, CancellationToken cancel)
    {
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        clock.CancelAfter(client.Timeout);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, clock.Token);
            await response.Content.LoadIntoBufferAsync(LargestAnswer, clock.Token);
            return ((int)response.StatusCode, Parse(await response.Content.ReadAsStringAsync(clock.Token)));
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new HttpRequestException("The provider did not answer in time.", e);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            throw new HttpRequestException("The provider's answer cannot be read.", e); // it broke off, or is in an alphabet that nobody knows
        }
    }

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair
        }
    }

    private static JsonDocument? Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, new() { MaxDepth = 8 });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
