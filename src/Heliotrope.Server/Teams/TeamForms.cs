using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Teams;

/// <summary>What a form says about a team.</summary>
internal static class TeamForms
{
    public const int MostPeople = 200;

    /// <summary>The zones that people choose from.</summary>
    public static IReadOnlyList<string> Zones { get; } =
        [.. NodaTime.DateTimeZoneProviders.Tzdb.Ids.Where(id => id == "UTC" || id.Contains('/')).Where(id => !id.StartsWith("Etc/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>The words beside the field. Where they are English, they say which piece could not be read.</summary>
    public static FormState Again(Refusal refusal, IFormCollection? form) => new(
        new Dictionary<string, string> { [refusal.Field ?? ""] = Words.Language == "en" ? refusal.Detail : Words.OfRefusal(refusal) },
        (form ?? FormCollection.Empty).Where(field => !field.Key.StartsWith("__", StringComparison.Ordinal)).ToDictionary(field => field.Key, field => string.Join('\n', field.Value.ToArray())));

    /// <summary>Everything of it: what has no mark is taken off, and a field that is empty is refused rather than passed over.</summary>
    public static TeamBody Read(IFormCollection form) => new(
        form["name"].ToString(),
        form["zone"].ToString(),
        form["hours"].ToString(),
        form["holidays"].ToString(),
        Minutes(form["firstAnswer"]),
        Minutes(form["nextAnswer"]),
        [.. form["member"].Select(id => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var user) ? user : 0)],
        [.. form["address"].OfType<string>()],
        [.. form["driver"].Select(id => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var driver) ? driver : 0)
            .Where(driver => $"{form[$"first-{driver}"]}{form[$"next-{driver}"]}".Trim().Length > 0)
            .Select(driver => new DriverTargetBody(driver, Minutes(form[$"first-{driver}"]), Minutes(form[$"next-{driver}"])))],
        form["private"] == "yes",
        form["assigns"] == "yes");

    /// <summary>Hours with a point or a comma; what is no number is no target.</summary>
    public static int Minutes(string? hours) =>
        decimal.TryParse((hours ?? "").Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var given) && given <= ChangeTeam.MostMinutes
            ? (int)Math.Round(given * 60, MidpointRounding.AwayFromZero)
            : 0;

    public static string Hours(int minutes) => Math.Round(minutes / 60m, 2).ToString("0.##", CultureInfo.InvariantCulture);
}
