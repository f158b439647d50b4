using System.Reflection;
using Microsoft.AspNetCore.Identity;

namespace Heliotrope.Server.People;

/// <summary>
/// Length, and not one of the commonest: what NIST SP 800-63B asks for. No composition rules: they make people write "Password1!".
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<User>
{
    public const int MinLength = 12;

    /// <summary>Longer ones would let anybody keep the server busy with hashing.</summary>
    public const int MaxLength = 1_000;

    private static readonly string[] Runs =
    [
        "abcdefghijklmnopqrstuvwxyz0123456789", "01234567890123456789", "98765432109876543210",
        "qwertyuiopasdfghjklzxcvbnm1234567890", "qwertzuiopasdfghjklyxcvbnm1234567890",
    ];

    public const string Common = "PasswordCommon";
    public const string TooLong = "PasswordTooLong";

    private static readonly Lazy<HashSet<string>> CommonOnes = new(() =>
    {
        using var list = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("common-passwords.txt")!);
        return list.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
    });

    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password) => Task.FromResult(
        password is null || password.Length < MinLength ? IdentityResult.Success // Identity says so itself
        : password.Length > MaxLength ? Failed(TooLong)
        : IsCommon(password) || IsAboutThemselves(password, user) ? Failed(Common)
        : IdentityResult.Success);

    /// <summary>On the list; or a listed word made longer by digits and signs or by repeating it; or a run of the keyboard.</summary>
    internal static bool IsCommon(string password)
    {
        var plain = password.ToLowerInvariant();
        var core = plain.Trim([.. "0123456789!?.,-_*#@$%&+= "]);
        return CommonOnes.Value.Contains(plain) || core.Length == 0 || CommonOnes.Value.Contains(core) || plain.Distinct().Count() < 5 || IsRepeated(core) || IsRun(plain);
    }

    private static bool IsRepeated(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
        {
            if (text.Length % length == 0 && CommonOnes.Value.Contains(text[..length]) && text == string.Concat(Enumerable.Repeat(text[..length], text.Length / length)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsRun(string text) => Array.Exists(Runs, run => run.Contains(text, StringComparison.Ordinal));

    private static bool IsAboutThemselves(string password, User user)
    {
        var core = password.Trim([.. "0123456789!?.,-_*#@$%&+= "]);
        return core.Equals(user.Name, StringComparison.OrdinalIgnoreCase) || password.Equals(user.Email, StringComparison.OrdinalIgnoreCase);
    }

    private static IdentityResult Failed(string code) => IdentityResult.Failed(new IdentityError { Code = code });
}
