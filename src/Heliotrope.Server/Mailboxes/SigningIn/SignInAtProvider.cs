using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Mailboxes;

/// <summary>
/// Signs in to a mailbox at its provider: with a code, a state that only this browser knows, and PKCE (RFC 6749 section 4.1, RFC 7636). What was begun is kept in a cookie
/// of this browser, locked, for a quarter of an hour; nothing is kept here before the provider has answered.
/// </summary>
internal sealed class SignInAtProvider(
    Store store, OAuthProviders providers, OAuthTokens tokens, ConnectMailbox connect, TryMailbox tries, MailboxSecrets secrets, MailboxBell bell, OutboxBell outbox, PublicAddress address, IDataProtectionProvider protection, TimeProvider time)
{
    public const string ReturnPath = "/settings/mailboxes/signed-in";
    private const string Cookie = "heliotrope-provider";
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(15);

    private readonly IDataProtector _protector = protection.CreateProtector("Heliotrope.SignInAtProvider");

    private sealed record Begun(string Provider, string Address, string State, string Verifier, DateTimeOffset At, bool ReadOnly);

    /// <summary>Where the browser has to go.</summary>
    /// <param name="http">The request, of an administrator.</param>
    /// <param name="name">The provider.</param>
    /// <param name="mailbox">The address.</param>
    /// <param name="readOnly">Nothing is sent through it: answers leave through the smarthost of all.</param>
    public async Task<Result<(OAuthProvider Provider, string Url)>> Begin(HttpContext http, string name, string? mailbox, bool readOnly)
    {
        if (!http.Actor().MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        if (!EmailAddress.TryParse(mailbox, out var parsed))
        {
            return Refusal.Invalid("address.malformed", "This is not a mail address.", "address");
        }

        if (providers.Find(name) is not { } provider || await providers.App(name, http.RequestAborted) is not { } app)
        {
            return new Refusal(RefusalKind.Conflict, "provider.unregistered", "This installation is not registered with the provider yet.");
        }

        var begun = new Begun(name, parsed.Value, Tokens.New(), Tokens.New(), time.Now(), readOnly);
        http.Response.Cookies.Append(Cookie, _protector.Protect(JsonSerializer.Serialize(begun)), new()
        {
            HttpOnly = true,
            Secure = http.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            MaxAge = Lasts,
            Path = "/settings/mailboxes",
            IsEssential = true,
        });
        var query = new Dictionary<string, string?>(provider.Extra.Select(extra => KeyValuePair.Create(extra.Key, (string?)extra.Value)))
        {
            ["response_type"] = "code",
            ["client_id"] = app.ClientId,
            ["redirect_uri"] = address.For(ReturnPath),
            ["scope"] = provider.Scope,
            ["state"] = begun.State,
            ["login_hint"] = parsed.Value,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(begun.Verifier))),
            ["code_challenge_method"] = "S256",
        };
        return (provider, QueryHelpers.AddQueryString(provider.AuthorizeUrl.ToString(), query));
    }

    /// <summary>The provider has sent the browser back: the mailbox is tried and connected, or signed in to anew.</summary>
    public async Task<Result<MailboxDetails>> Finish(HttpContext http, string? code, string? state, string? error, Action<MailboxTrial, string> failed)
    {
        var actor = http.Actor();
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        var begun = Read(http.Request.Cookies[Cookie]);
        http.Response.Cookies.Delete(Cookie, new() { Path = "/settings/mailboxes" });
        if (begun is null || begun.At + Lasts < time.Now() || state is null || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(begun.State)))
        {
            return new Refusal(RefusalKind.Conflict, "provider.forgotten", "This sign-in was not begun here, or too long ago. Begin again.");
        }

        if (error is not null || string.IsNullOrEmpty(code) || providers.Find(begun.Provider) is not { } provider)
        {
            return new Refusal(RefusalKind.Conflict, "provider.refused", "The provider gave no access.");
        }

        OAuthAnswer answer;
        try
        {
            answer = await tokens.Ask(provider.Name, new() { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = address.For(ReturnPath), ["code_verifier"] = begun.Verifier }, http.RequestAborted);
        }
        catch (Exception e) when (e is HttpRequestException or MailKit.Security.AuthenticationException or TaskCanceledException)
        {
            return new Refusal(RefusalKind.Conflict, "provider.refused", "The provider gave no access.");
        }

        if (answer.Refresh is not { } refresh)
        {
            return new Refusal(RefusalKind.Conflict, "provider.no-refresh", "The provider gave access for an hour only. Take away this installation's access in your account there, and begin again.");
        }

        var mailbox = new Mailbox
        {
            Address = begun.Address,
            UserName = begun.Address,
            Way = SignInWay.Oauth,
            Provider = provider.Name,
            Secret = secrets.Lock(refresh),
            ImapHost = provider.ImapHost,
            ImapPort = provider.ImapPort,
            ImapTls = provider.ImapTls,
            SmtpHost = begun.ReadOnly ? "" : provider.SmtpHost,
            SmtpPort = provider.SmtpPort,
            SmtpTls = provider.SmtpTls,
            MostAMinute = Providers.ByCode(provider.Help)?.Places[0].Limits?.PerMinute ?? 0,
            MostAnHour = Providers.ByCode(provider.Help)?.Places[0].Limits?.PerHour ?? 0,
            MostADay = Providers.ByCode(provider.Help)?.Places[0].Limits?.PerDay ?? 0,
        };
        var trial = await tries.Both(mailbox.Imap(null, answer.Access), mailbox.Sends ? mailbox.Smtp(null, answer.Access) : null, http.RequestAborted);
        if (!trial.IsWell)
        {
            failed(trial, mailbox.Address);
            return ConnectMailbox.NotReached(trial);
        }

        return await Again(actor, mailbox, http.RequestAborted) is { } known ? known
            : await connect.Keep(actor, mailbox, trial, http.RequestAborted);
    }

    /// <summary>A mailbox that is connected already is signed in to anew; null when it is not.</summary>
    private async Task<MailboxDetails?> Again(Actor actor, Mailbox mailbox, CancellationToken cancel)
    {
        var result = await store.Write<MailboxDetails?>(
            async db =>
            {
                if (await db.Mailboxes.FirstOrDefaultAsync(m => m.Address == mailbox.Address, cancel) is not { } kept)
                {
                    return null;
                }

                (kept.Way, kept.Provider, kept.Secret, kept.UserName) = (mailbox.Way, mailbox.Provider, mailbox.Secret, mailbox.UserName);
                kept.Version++;
                var state = await db.MailboxStates.SingleAsync(s => s.MailboxId == kept.Id, cancel);
                (state.AccessToken, state.AccessUntil) = (null, null);
                await MailboxRecord.Mended(db, state, time.Now());
                db.Audit.Add(AuditLine.Of(actor, "mailbox.changed", kept.Address, time.Now()));
                await db.SaveChangesAsync(cancel);
                return await ListMailboxes.Details(db, kept.Id, time.Now());
            },
            cancel);
        bell.Ring();
        outbox.Ring();
        return result;
    }

    private Begun? Read(string? cookie)
    {
        try
        {
            return cookie is null ? null : JsonSerializer.Deserialize<Begun>(_protector.Unprotect(cookie));
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null;
        }
    }
}
