namespace Heliotrope.Server.Shell;

/// <summary>Who looks at a page of the desk, and from where and when: names, times and keys are shown for them.</summary>
/// <param name="Id">The person's id, as in the list of people.</param>
/// <param name="Name">The name shown to colleagues and customers.</param>
/// <param name="Email">The address they sign in with.</param>
/// <param name="Role">admin, lead, agent or light.</param>
/// <param name="Zone">Where times are shown in.</param>
/// <param name="Now">The instant the page was made, in UTC.</param>
/// <param name="Notice">What was just done; null when nothing was.</param>
public sealed record Viewer(string Id, string Name, string Email, string Role, TimeZoneInfo Zone, DateTimeOffset Now, Notice? Notice = null)
{
    /// <summary>Whether the settings are open to them.</summary>
    public bool IsAdmin => Role == "admin";

    /// <summary>Whether they work conversations rather than read them.</summary>
    public bool MayWork => Role is not "light";
}

/// <summary>A page's answer to a form that could not be taken: words beside each field, by its name, and what was typed.</summary>
/// <param name="Errors">What to change, by field name; the empty name is for the form as a whole.</param>
/// <param name="Values">What was typed, by field name; never a password.</param>
public sealed record FormState(IReadOnlyDictionary<string, string> Errors, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>A form that nobody filled in yet.</summary>
    public static FormState Fresh { get; } = new(new Dictionary<string, string>(), new Dictionary<string, string>());

    /// <summary>What to change in a field; null when it is fine.</summary>
    public string? Error(string field) => Errors.GetValueOrDefault(field);

    /// <summary>What was typed into a field; empty at first.</summary>
    public string Value(string field) => Values.GetValueOrDefault(field, "");
}
