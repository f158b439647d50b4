using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.MailServices;

/// <summary>Adds a service that posts mail to us, gives it a new address or key, and takes it away.</summary>
internal sealed class ChangeMailService(Store store, ServiceKinds kinds, ServiceKeys keys, PublicAddress address, TimeProvider time)
{
    private const int LongestKey = 4_000;

    public async Task<Result<MailServiceAddress>> Add(Actor actor, MailServiceBody body, CancellationToken cancel)
    {
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        if (body.Kind is not { } kind || !Enum.IsDefined(kind))
        {
            return Refusal.Invalid("mail-service.kind", "Say which service it is.", "kind");
        }

        var name = body.Name?.Trim() ?? "";
        if (name.Length is 0 or > MailService.MaxName || name.Any(char.IsControl))
        {
            return Refusal.Invalid("name.malformed", $"A name has 1 to {MailService.MaxName} characters on one line.", "name");
        }

        if (Unfit(kind, body.Key) is { } unfit)
        {
            return unfit;
        }

        var (secret, token, now) = (keys.Protect(body.Key?.Trim() ?? ""), Tokens.New(), time.Now());
        return await store.Write<Result<MailServiceAddress>>(
            async db =>
            {
                if (await db.MailServices.CountAsync(cancel) >= MailService.MostInAll)
                {
                    return new Refusal(RefusalKind.Conflict, "mail-service.too-many", $"There are {MailService.MostInAll} mail services already.", "name");
                }

                var service = new MailService { Kind = kind, Name = name.Storable(MailService.MaxName), TokenHash = Tokens.Hash(token), Secret = secret, CreatedAt = now };
                db.MailServices.Add(service);
                db.Audit.Add(AuditLine.Of(actor, "mail-service.added", $"{service.Name} {kind}", now));
                await db.SaveChangesAsync(cancel); // its id is part of its address
                return AddressOf(service, token);
            },
            cancel);
    }

    public Task<Result<MailServiceAddress>> RenewToken(Actor actor, long id, CancellationToken cancel)
    {
        var token = Tokens.New();
        return Change(actor, id, "mail-service.readdressed", (_, service) =>
        {
            service.TokenHash = Tokens.Hash(token);
            return AddressOf(service, token);
        }, cancel);
    }

    public async Task<Result<MailServiceDetails>> SetKey(Actor actor, long id, MailServiceKeyBody body, CancellationToken cancel)
    {
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        if (await store.Read(db => db.MailServices.Where(s => s.Id == id).Select(s => (MailServiceKind?)s.Kind).FirstOrDefaultAsync(cancel)) is not { } kind)
        {
            return Unknown(id);
        }

        if (body.Key is not { } given)
        {
            return NotAKey; // a program that left it out did not mean to take away what is set
        }

        if (Unfit(kind, given) is { } unfit)
        {
            return unfit;
        }

        var secret = keys.Protect(given.Trim());
        return await Change(actor, id, secret.Length > 0 ? "mail-service.key" : "mail-service.key-removed", (_, service) =>
        {
            service.Secret = secret;
            return MailServiceDetails.Of(service);
        }, cancel);
    }

    public Task<Result<MailServiceDetails>> Remove(Actor actor, long id, CancellationToken cancel) => Change(actor, id, "mail-service.removed", (db, service) =>
    {
        db.MailServices.Remove(service);
        return MailServiceDetails.Of(service);
    }, cancel);

    private async Task<Result<T>> Change<T>(Actor actor, long id, string action, Func<HeliotropeDb, MailService, T> change, CancellationToken cancel) => actor.MayAdminister
        ? await store.Write<Result<T>>(
            async db =>
            {
                if (await db.MailServices.FindAsync([id], cancel) is not { } service)
                {
                    return Unknown(id);
                }

                db.Audit.Add(AuditLine.Of(actor, action, service.Name, time.Now()));
                return change(db, service);
            },
            cancel)
        : Refusal.NotAllowed;

    private MailServiceAddress AddressOf(MailService service, string token) =>
        new(address.For(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{PostEndpoint.Path}{service.Id}-{token}")), MailServiceDetails.Of(service));

    private Refusal? Unfit(MailServiceKind kind, string? key) => key?.Trim() is not { Length: > 0 } given || (given.Length <= LongestKey && kinds[kind].IsKey(given))
        ? null
        : NotAKey;

    private static Refusal NotAKey => Refusal.Invalid("mail-service.not-a-key", "This is not a key of this service.", "key");

    private static Refusal Unknown(long id) => new(RefusalKind.NotFound, "mail-service.unknown", $"There is no mail service {id}.");

    public static void Map(IEndpointRouteBuilder api)
    {
        var services = api.MapGroup("/mail-services").RequireAuthorization(Policies.ApiAdmin);
        services.MapPost("", async (MailServiceBody body, ChangeMailService change, HttpContext http) => (await change.Add(http.Actor(), body, http.RequestAborted)).ToApi())
            .WithName("addMailService").WithSummary("Add a service that posts mail to us").Answers<MailServiceAddress>();
        services.MapPost("/{id:long}/token", async (long id, ChangeMailService change, HttpContext http) => (await change.RenewToken(http.Actor(), id, http.RequestAborted)).ToApi())
            .WithName("renewMailServiceToken").WithSummary("Give a mail service a new address").Answers<MailServiceAddress>();
        services.MapPut("/{id:long}/key", async (long id, MailServiceKeyBody body, ChangeMailService change, HttpContext http) => (await change.SetKey(http.Actor(), id, body, http.RequestAborted)).ToApi())
            .WithName("setMailServiceKey").WithSummary("Set what proves the posts of a mail service").Answers<MailServiceDetails>();
        services.MapDelete("/{id:long}", async (long id, ChangeMailService change, HttpContext http) => (await change.Remove(http.Actor(), id, http.RequestAborted)).ToApi())
            .WithName("removeMailService").WithSummary("Take no more mail from a service").Answers<MailServiceDetails>();
    }
}
