using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.People;

/// <summary>A key, without the key.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Prefix">Its first characters, by which people tell keys apart.</param>
/// <param name="CreatedAt">When it was made (UTC).</param>
/// <param name="ExpiresAt">When it stops working (UTC).</param>
public sealed record ApiKeyDetails(long Id, string Name, Role Role, string Prefix, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>Lists the keys of programs, and takes one away.</summary>
internal sealed class ListApiKeys(Store store, TimeProvider time)
{
    public async Task<Result<IReadOnlyList<ApiKeyDetails>>> Run(Actor actor) => actor.MayAdminister
        ? await store.Read(db => db.ApiKeys.OrderBy(k => k.Id).Select(k => new ApiKeyDetails(k.Id, k.Name, k.Role, k.Prefix, k.CreatedAt, k.ExpiresAt)).Take(1_000).ToListAsync())
        : Refusal.NotAllowed;

    public async Task<Result<ApiKeyDetails>> Remove(Actor actor, long id, CancellationToken cancel) => actor.MayAdminister
        ? await store.Write<Result<ApiKeyDetails>>(
            async db =>
            {
                if (await db.ApiKeys.FindAsync([id], cancel) is not { } key)
                {
                    return new Refusal(RefusalKind.NotFound, "apikey.unknown", $"There is no key {id}.");
                }

                db.ApiKeys.Remove(key);
                db.Audit.Add(AuditLine.Of(actor, "apikey.removed", key.Name, time.Now()));
                return new ApiKeyDetails(key.Id, key.Name, key.Role, key.Prefix, key.CreatedAt, key.ExpiresAt);
            },
            cancel)
        : Refusal.NotAllowed;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/api-keys", async (ListApiKeys list, HttpContext http) => (await list.Run(http.Actor())).ToApi())
            .RequireAuthorization(Policies.ApiAdmin).WithName("listApiKeys").WithSummary("List the keys of programs").Answers<IReadOnlyList<ApiKeyDetails>>();
        api.MapDelete("/api-keys/{id:long}", async (long id, ListApiKeys list, HttpContext http) => (await list.Remove(http.Actor(), id, http.RequestAborted)).ToApi())
            .RequireAuthorization(Policies.ApiAdmin).WithName("removeApiKey").WithSummary("Take a key away").Answers<ApiKeyDetails>();
    }
}
