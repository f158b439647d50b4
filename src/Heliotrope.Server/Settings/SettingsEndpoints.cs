using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Heliotrope.Server.Settings;

/// <summary>The settings page and its forms.</summary>
internal static class SettingsEndpoints
{
    public static void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("", (Screen screen, HttpContext http) => screen.Show(http));
        admin.MapPost("/addresses", async ([FromForm] string? address, ChangeAddresses change, Screen screen, HttpContext http) =>
            await screen.After(http, "addresses", (await change.Add(http.Actor(), new(address), http.RequestAborted)).Refusal, ("address", address)));
        admin.MapPost("/addresses/remove", async ([FromForm] string? address, ChangeAddresses change, Screen screen, HttpContext http) =>
            await screen.After(http, "addresses", (await change.Remove(http.Actor(), new(address), http.RequestAborted)).Refusal));
        admin.MapPost("/people", async ([FromForm] string? name, [FromForm] string? email, [FromForm] string? role, [FromForm] string? password, AddUser add, Screen screen, HttpContext http) =>
            await screen.After(http, "people", (await add.Run(http.Actor(), new(email, name, RoleOf(role), password))).Refusal, ("name", name), ("email", email), ("role", role)));
        admin.MapPost("/keys", async ([FromForm] string? name, [FromForm] string? role, AddApiKey add, Screen screen, HttpContext http) =>
        {
            var made = await add.Run(http.Actor(), new(name, RoleOf(role)), http.RequestAborted);

            // Shown this once: a redirect would lose the key or put it into an address.
            return made.Refusal is { } refusal ? await screen.After(http, "keys", refusal, ("name", name), ("role", role)) : await screen.Show(http, newKey: made.Value.Key);
        });
        admin.MapPost("/silence", async ([FromForm] string? days, ChangeSilence change, Screen screen, HttpContext http) =>
            await screen.After(http, "silence", (await change.Run(http.Actor(), new(Number(days)), http.RequestAborted)).Refusal));
        admin.MapPost("/undo", async ([FromForm] string? seconds, ChangeUndo change, Screen screen, HttpContext http) =>
            await screen.After(http, "undo", (await change.Run(http.Actor(), new(Number(seconds)), http.RequestAborted)).Refusal));
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Role? RoleOf(string? role) => Enum.TryParse<Role>(role, ignoreCase: true, out var parsed) && role.All(char.IsLetter) ? parsed : null;

    /// <summary>The page, as it stands and after something was done.</summary>
    internal sealed class Screen(Store store, ChangeAddresses addresses, ListUsers users, ListApiKeys keys, Spam.ChangeBlockedSenders senders, Pages pages, TimeProvider time)
    {
        public Task<IResult> After(HttpContext http, string section, Refusal? refusal, params (string Name, string? Value)[] typed) => refusal is null
            ? Task.FromResult(Results.LocalRedirect("/settings"))
            : Show(http, forms: new Dictionary<string, FormState> { [section] = Pages.Again(refusal, typed) });

        public async Task<IResult> Show(HttpContext http, string? newKey = null, IReadOnlyDictionary<string, FormState>? forms = null)
        {
            var actor = http.Actor();
            var organisation = await store.Read(Organisation.Of);
            var view = new SettingsView(
                (await addresses.List(actor)).Value.Addresses,
                [.. (await users.Run(actor)).Value.Select(u => new PersonView(u.Id.ToString(CultureInfo.InvariantCulture), u.Name, u.Email, u.Role.ToString().ToLowerInvariant()))],
                [.. (await keys.Run(actor)).Value.Select(k => new KeyView(k.Name, k.Role.ToString().ToLowerInvariant(), k.CreatedAt, k.ExpiresAt))],
                organisation.SilentAfterDays,
                newKey,
                forms,
                (await senders.List(actor)).Value,
                organisation.UndoSeconds,
                await store.Read(db => DemoStates.Of(db, time.Now())));
            return Pages.Form<SettingsPage>(new { Viewer = pages.Viewer(http), View = view }, again: forms is not null);
        }
    }
}
