using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.People;

/// <summary>A new key.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Role">What it may do: agent, lead or admin.</param>
/// <param name="Days">How long it works; 365 when not said, at most 3,650.</param>
public sealed record AddApiKeyBody(string? Name, Role? Role, int? Days = null);

/// <summary>A new key, shown this once.</summary>
/// <param name="Key">Send it as <c>Authorization: Bearer …</c>. Only its hash is kept.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Role">What it may do.</param>
/// <param name="ExpiresAt">When it stops working (UTC).</param>
public sealed record NewApiKey(string Key, string Name, Role Role, DateTimeOffset ExpiresAt);

/// <summary>Makes a key for a program.</summary>
internal sealed class AddApiKey(Store store, TimeProvider time)
{
    private const int LongestName = 100;
    private const int UsualDays = 365;
    private const int MostDays = 3_650;

    /// <summary>So that a key that leaked into a log or a repository can be recognised.</summary>
    private const string Mark = "helio_";

    public async Task<Result<NewApiKey>> Run(Actor actor, AddApiKeyBody body, CancellationToken cancel)
    {
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        var name = body.Name?.Trim() ?? "";
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
        {
            return Refusal.Invalid("name.malformed", $"A name has 1 to {LongestName} characters on one line.", "name");
        }

        if (body.Role is not { } role)
        {
            return Refusal.Invalid("role.unknown", "A role is one of agent, lead, admin.", "role");
        }

        if (body.Days is < 1 or > MostDays)
        {
            return Refusal.Invalid("days.out-of-range", $"A key works for 1 to {MostDays} days.", "days");
        }

        var key = Mark + Tokens.New();
        var now = time.Now();
        var expires = now.AddDays(body.Days ?? UsualDays);
        return await store.Write<Result<NewApiKey>>(
            db =>
            {
                db.ApiKeys.Add(new() { Name = name.Storable(LongestName), Role = role, Prefix = key[..(Mark.Length + 4)], Hash = Tokens.Hash(key), CreatedAt = now, ExpiresAt = expires });
                db.Audit.Add(AuditLine.Of(actor, "apikey.added", $"{name} {role}", now));
                return Task.FromResult<Result<NewApiKey>>(new NewApiKey(key, name, role, expires));
            },
            cancel);
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/api-keys",
            async (AddApiKeyBody body, AddApiKey add, HttpContext http) => (await add.Run(http.Actor(), body, http.RequestAborted)).ToApi())
        .RequireAuthorization(Policies.ApiAdmin).WithName("addApiKey").WithSummary("Make a key for a program").Answers<NewApiKey>();
}
