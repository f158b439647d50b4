using System.Security.Cryptography;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Setup;

/// <summary>
/// The first visit: whoever has the link from the console makes the first administrator, and setup is closed for good.
/// There are no default credentials, and a running server can never be set up a second time.
/// </summary>
internal sealed class CompleteSetup(Store store, HeliotropeDb db, AddUser addUser)
{
    private static readonly Actor Installer = Actor.System with { Name = "setup" };

    public sealed record Form(string? Organisation, string? Name, string? Email, string? Password);

    /// <summary>A new link's token while setup is open; null once it is closed. Earlier links stop working.</summary>
    public static Task<string?> NewToken(Store store, CancellationToken cancel) => store.Write<string?>(
        async db =>
        {
            if (await IsClosed(db))
            {
                return null;
            }

            var token = Tokens.New();
            await Organisation.Set(db, SettingKeys.SetupToken, Convert.ToHexString(Tokens.Hash(token)));
            return token;
        },
        cancel);

    public static async Task<bool> IsClosed(HeliotropeDb db) => await db.Settings.AnyAsync(s => s.Key == SettingKeys.SetupClosed);

    /// <summary>Whether this token opens setup now.</summary>
    public Task<bool> Opens(string token) => store.Read(async read => !await IsClosed(read)
        && await read.Settings.Where(s => s.Key == SettingKeys.SetupToken).Select(s => s.Value).FirstOrDefaultAsync() is { } hash
        && CryptographicOperations.FixedTimeEquals(Convert.FromHexString(hash), Tokens.Hash(token)));

    public async Task<Result<UserDetails>> Run(string token, Form form)
    {
        if (!await Opens(token))
        {
            return new Refusal(RefusalKind.NotFound, "setup.closed", "This link does not work any more.");
        }

        var organisation = form.Organisation?.Trim() ?? "";
        if (organisation.Length is 0 or > 100)
        {
            return Refusal.Invalid("organisation.malformed", "The organisation's name has 1 to 100 characters.", "organisation");
        }

        // Used up by the save that makes the account: of two at once, the second finds nothing left to use up.
        if (await db.Settings.FindAsync(SettingKeys.SetupToken) is not { } used)
        {
            return new Refusal(RefusalKind.NotFound, "setup.closed", "This link does not work any more.");
        }

        db.Settings.Remove(used);
        await Organisation.Set(db, SettingKeys.Organisation, organisation.Storable(100));
        try
        {
            return await addUser.Run(Installer, new(form.Email, form.Name, Role.Admin, form.Password));
        }
        catch (DbUpdateException e) when (store.Engine.IsClash(e))
        {
            return new Refusal(RefusalKind.Conflict, "setup.closed", "Somebody else has just set this server up.");
        }
    }
}
