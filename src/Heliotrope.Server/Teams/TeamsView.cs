using Heliotrope.Server.Conversations;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Teams;

/// <summary>Teams and drivers as they are set.</summary>
/// <param name="Teams">Every team.</param>
/// <param name="Drivers">Every driver.</param>
/// <param name="People">Everyone who could belong to a team.</param>
/// <param name="Addresses">The addresses that customers write to.</param>
/// <param name="Section">The form that could not be taken: a team's id, new, driver-new or driver- with an id; null when none.</param>
/// <param name="Refused">What to change in it.</param>
public sealed record TeamsView(
    IReadOnlyList<TeamDetails> Teams, IReadOnlyList<NamedRef> Drivers, IReadOnlyList<NamedRef> People, IReadOnlyList<string> Addresses,
    string? Section = null, FormState? Refused = null)
{
    /// <summary>The state of a form.</summary>
    public FormState? Form(string section) => section == Section ? Refused : null;
}
