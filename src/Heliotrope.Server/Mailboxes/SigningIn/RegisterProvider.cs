using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;

namespace Heliotrope.Server.Mailboxes;

/// <summary>What a provider gave this installation when it was registered there.</summary>
/// <param name="ClientId">Public.</param>
/// <param name="ClientSecret">Never given out again.</param>
public sealed record ProviderBody(string? ClientId, string? ClientSecret);

/// <summary>Notes how this installation is known at a provider, so that administrators can sign in there.</summary>
internal sealed class RegisterProvider(Store store, OAuthProviders providers, TimeProvider time)
{
    private const int Longest = 1_000;

    public async Task<Result<string>> Run(Actor actor, string name, ProviderBody body, CancellationToken cancel)
    {
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        if (providers.Find(name) is not { } provider)
        {
            return new Refusal(RefusalKind.NotFound, "provider.unknown", "There is no such provider.");
        }

        var (client, secret) = (body.ClientId?.Trim() ?? "", body.ClientSecret?.Trim() ?? "");
        if (client.Length is 0 or > Longest || secret.Length is 0 or > Longest || client.Any(char.IsControl) || secret.Any(char.IsControl))
        {
            return Refusal.Invalid("provider.malformed", "Give both as the provider shows them.", client.Length is 0 or > Longest ? "clientId" : "clientSecret");
        }

        var locked = providers.Lock(secret);
        return await store.Write<Result<string>>(
            async db =>
            {
                await Organisation.Set(db, OAuthProviders.ClientKey(provider.Name), client);
                await Organisation.Set(db, OAuthProviders.SecretKey(provider.Name), locked);
                db.Audit.Add(AuditLine.Of(actor, "provider.registered", provider.Label, time.Now()));
                return provider.Name;
            },
            cancel);
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/mailboxes/providers/{provider}", async (string provider, ProviderBody body, RegisterProvider register, HttpContext http) =>
            (await register.Run(http.Actor(), provider, body, http.RequestAborted)).ToApi())
        .RequireAuthorization(Policies.ApiAdmin).WithName("registerProvider").WithSummary("Note how this installation is known at a provider").Answers<string>();
}
