using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.People;

/// <summary>A new colleague.</summary>
/// <param name="Email">The address they sign in with.</param>
/// <param name="Name">The name that customers and colleagues see.</param>
/// <param name="Role">light, agent, lead or admin.</param>
/// <param name="Password">At least 12 characters, and none of the commonest.</param>
public sealed record AddUserBody(string? Email, string? Name, Role? Role, string? Password);

/// <summary>Makes an account for a colleague. With the first administrator, setup is closed for good.</summary>
internal sealed class AddUser(UserManager<User> users, HeliotropeDb db, TimeProvider time)
{
    public const int LongestName = 100;

    public async Task<Result<UserDetails>> Run(Actor actor, AddUserBody body)
    {
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        if (!EmailAddress.TryParse(body.Email, out var email))
        {
            return Refusal.Invalid("email.malformed", "This is not a mail address.", "email");
        }

        var name = body.Name?.Trim() ?? "";
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
        {
            return Refusal.Invalid("name.malformed", $"A name has 1 to {LongestName} characters on one line.", "name");
        }

        if (body.Role is not { } role)
        {
            return Refusal.Invalid("role.unknown", "A role is one of light, agent, lead, admin.", "role");
        }

        var user = new User { UserName = email.Value, Email = email.Value, Name = name.Storable(LongestName), Role = role, CreatedAt = time.Now() };
        db.Audit.Add(AuditLine.Of(actor, "user.added", $"{email.Value} {role}", user.CreatedAt));
        if (role is Role.Admin && !await db.Settings.AnyAsync(s => s.Key == SettingKeys.SetupClosed))
        {
            db.Settings.Add(new() { Key = SettingKeys.SetupClosed, Value = "true" });
        }

        // Identity saves the user together with what was added above.
        var created = await users.CreateAsync(user, body.Password ?? "");
        return created.Succeeded ? new UserDetails(user.Id, user.Name, user.Email, user.Role) : Refused(created.Errors.First());
    }

    private static Refusal Refused(IdentityError error) => error.Code switch
    {
        nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.DuplicateUserName) =>
            new(RefusalKind.Conflict, "email.taken", "Somebody with this address can sign in already.", "email"),
        nameof(IdentityErrorDescriber.PasswordTooShort) =>
            Refusal.Invalid("password.too-short", $"A password has at least {PasswordRules.MinLength} characters.", "password"),
        PasswordRules.Common => Refusal.Invalid("password.common", "This password is one of the first that anybody would try.", "password"),
        PasswordRules.TooLong => Refusal.Invalid("password.too-long", $"A password has at most {PasswordRules.MaxLength} characters.", "password"),
        _ => Refusal.Invalid("user.refused", error.Description),
    };

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/users",
            async (AddUserBody body, AddUser add, HttpContext http) => (await add.Run(http.Actor(), body)).ToApi())
        .RequireAuthorization(Policies.ApiAdmin).WithName("addUser").WithSummary("Make an account for a colleague").Answers<UserDetails>();
}
