using System.Globalization;
using System.Security.Cryptography;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Mail.Writing;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Signing;

/// <summary>A domain whose mail is signed.</summary>
/// <param name="Domain">Such as example.org.</param>
public sealed record SigningBody(string? Domain);

/// <summary>The servers whose checks of senders are believed.</summary>
/// <param name="Servers">As they name themselves in Authentication-Results (RFC 8601).</param>
public sealed record TrustedServersBody(IReadOnlyList<string>? Servers);

/// <summary>The key of a domain.</summary>
/// <param name="Id">The id.</param>
/// <param name="Domain">The domain.</param>
/// <param name="DnsName">The name at which the record has to stand.</param>
/// <param name="DnsRecord">The TXT record.</param>
/// <param name="Active">Whether mail is signed.</param>
/// <param name="CheckedAt">When the DNS was last asked (UTC); null while it was not.</param>
public sealed record SigningDetails(long Id, string Domain, string DnsName, string DnsRecord, bool Active, DateTimeOffset? CheckedAt);

/// <summary>How the organisation proves itself by mail, and whom it believes about others.</summary>
/// <param name="Keys">By domain.</param>
/// <param name="TrustedServers">The servers whose checks of senders are believed.</param>
public sealed record SigningState(IReadOnlyList<SigningDetails> Keys, IReadOnlyList<string> TrustedServers);

/// <summary>Makes the keys with which mail is signed, looks whether they are published, and says whose checks are believed.</summary>
internal sealed class ChangeSigning(Store store, SignMail sign, TxtRecords dns, TimeProvider time)
{
    private const int MostServers = 20;
    private const int LongestName = 255;

    public async Task<Result<SigningState>> Read(Actor actor) => actor.MayAdminister ? await store.Read(State) : Refusal.NotAllowed;

    public async Task<Result<SigningState>> Add(Actor actor, SigningBody body, CancellationToken cancel)
    {
        var domain = SignMail.DomainOf(body.Domain?.Trim() ?? "").TrimEnd('.');
        if (Uri.CheckHostName(domain) is not UriHostNameType.Dns || !domain.Contains('.') || domain.Length > LongestName)
        {
            return Refusal.Invalid("domain.malformed", "This is not the name of a domain.", "domain");
        }

        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        // Not within the write: the key ring may have to write a key of its own, and would wait for the gate.
        var key = DkimKey.New();
        var secret = sign.Lock(key);
        return await store.Administer(
            actor,
            async db =>
            {
                if (await db.SigningKeys.AnyAsync(k => k.Domain == domain, cancel))
                {
                    return new Refusal(RefusalKind.Conflict, "signing.taken", "This domain has a key already.", "domain");
                }

                db.SigningKeys.Add(new()
                {
                    Domain = domain,
                    Selector = string.Create(CultureInfo.InvariantCulture, $"heliotrope{time.Now():yyyyMM}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}"), // none that stood in the DNS before
                    Secret = secret,
                    DnsRecord = key.DnsRecord,
                    CreatedAt = time.Now(),
                });
                db.Audit.Add(AuditLine.Of(actor, "signing.added", domain, time.Now()));
                return null;
            },
            State,
            cancel);
    }

    /// <summary>Asks the DNS whether the record is there: from then on mail is signed. Mail signed with a key that nobody finds would look worse than mail unsigned.</summary>
    public async Task<Result<SigningState>> Check(Actor actor, long id, CancellationToken cancel)
    {
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        if (await store.Read(db => db.SigningKeys.FirstOrDefaultAsync(k => k.Id == id, cancel)) is not { } key)
        {
            return Unknown(id);
        }

        if (await dns.Hold(key, cancel) is not { } found)
        {
            return new Refusal(RefusalKind.Conflict, "signing.no-answer", "The DNS gave no answer. Whether mail is signed stays as it is.", string.Create(CultureInfo.InvariantCulture, $"key-{id}"));
        }

        return await store.Administer(actor, async db => await CheckKeys.Note(db, actor, id, found, time.Now()) ? null : Unknown(id), State, cancel);
    }

    public Task<Result<SigningState>> Remove(Actor actor, long id, CancellationToken cancel) => store.Administer(
        actor,
        async db =>
        {
            if (await db.SigningKeys.FirstOrDefaultAsync(k => k.Id == id, cancel) is not { } key)
            {
                return Unknown(id);
            }

            db.SigningKeys.Remove(key);
            db.Audit.Add(AuditLine.Of(actor, "signing.removed", key.Domain, time.Now()));
            return null;
        },
        State,
        cancel);

    public Task<Result<SigningState>> Trust(Actor actor, TrustedServersBody body, CancellationToken cancel)
    {
        var servers = (body.Servers ?? []).Select(server => server?.Trim() ?? "").Where(server => server.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return servers.Count > MostServers || servers.Exists(server => server.Length > LongestName || server.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == ';'))
            ? Task.FromResult<Result<SigningState>>(Refusal.Invalid("servers.malformed", "Give the names as the servers write them, one a line.", "servers"))
            : store.Administer(
                actor,
                async db =>
                {
                    await Organisation.Set(db, SettingKeys.TrustedServers, string.Join(' ', servers));
                    db.Audit.Add(AuditLine.Of(actor, "signing.trusted", string.Join(", ", servers).Storable(1_000), time.Now()));
                    return null;
                },
                State,
                cancel);
    }

    private static async Task<SigningState> State(HeliotropeDb db) => new(
        [.. (await db.SigningKeys.OrderBy(k => k.Domain).ToListAsync()).Select(k => new SigningDetails(k.Id, k.Domain, k.DnsName, k.DnsRecord, k.Active, k.CheckedAt))],
        [.. (await Organisation.Of(db)).TrustedServers.Order(StringComparer.OrdinalIgnoreCase)]);

    private static Refusal Unknown(long id) => new(RefusalKind.NotFound, "signing.unknown", $"There is no key {id}.");

    public static void Map(IEndpointRouteBuilder api)
    {
        var signing = api.MapGroup("/signing").RequireAuthorization(Policies.ApiAdmin);
        signing.MapGet("", async (ChangeSigning change, HttpContext http) => (await change.Read(http.Actor())).ToApi())
            .WithName("getSigning").WithSummary("Read whose mail is signed and whose checks are believed").Answers<SigningState>();
        signing.MapPost("", async (SigningBody body, ChangeSigning change, HttpContext http) => (await change.Add(http.Actor(), body, http.RequestAborted)).ToApi())
            .WithName("addSigningKey").WithSummary("Make a key for the mail of a domain").Answers<SigningState>();
        signing.MapPost("/{id:long}/check", async (long id, ChangeSigning change, HttpContext http) => (await change.Check(http.Actor(), id, http.RequestAborted)).ToApi())
            .WithName("checkSigningKey").WithSummary("Look whether a key is published; mail is signed once it is").Answers<SigningState>();
        signing.MapPost("/{id:long}/remove", async (long id, ChangeSigning change, HttpContext http) => (await change.Remove(http.Actor(), id, http.RequestAborted)).ToApi())
            .WithName("removeSigningKey").WithSummary("Remove a key").Answers<SigningState>();
        signing.MapPost("/trusted-servers", async (TrustedServersBody body, ChangeSigning change, HttpContext http) => (await change.Trust(http.Actor(), body, http.RequestAborted)).ToApi())
            .WithName("setTrustedServers").WithSummary("Say whose checks of senders are believed").Answers<SigningState>();
    }
}
