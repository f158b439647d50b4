using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Settings;

/// <summary>Everything an administrator sets.</summary>
/// <param name="Addresses">The addresses customers write to; while empty, every recipient is accepted.</param>
/// <param name="People">Everyone who can sign in.</param>
/// <param name="Keys">The keys of other programs.</param>
/// <param name="SilentAfterDays">After how many days without a word a conversation counts as silent.</param>
/// <param name="NewKey">A key made just now, shown this once; null otherwise.</param>
/// <param name="Forms">By section (addresses, people, keys, silence, undo, senders), the form that could not be taken.</param>
/// <param name="BlockedSenders">Whose mail goes to the spam folder.</param>
/// <param name="UndoSeconds">For how many seconds a reply can be called back.</param>
/// <param name="Demo">How far the demo company is.</param>
public sealed record SettingsView(
    IReadOnlyList<string> Addresses, IReadOnlyList<PersonView> People, IReadOnlyList<KeyView> Keys, int SilentAfterDays,
    string? NewKey = null, IReadOnlyDictionary<string, FormState>? Forms = null,
    IReadOnlyList<Spam.SenderDetails>? BlockedSenders = null, int UndoSeconds = 0, DemoState Demo = DemoState.None)
{
    /// <summary>The state of a section's form.</summary>
    public FormState Form(string section) => Forms?.GetValueOrDefault(section) ?? FormState.Fresh;
}

/// <summary>Someone who can sign in.</summary>
public sealed record PersonView(string Id, string Name, string Email, string Role);

/// <summary>A key of another program.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Role">What it may do: admin, lead or agent.</param>
/// <param name="CreatedAt">When it was made, in UTC.</param>
/// <param name="ExpiresAt">When it ends, in UTC.</param>
public sealed record KeyView(string Name, string Role, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);
