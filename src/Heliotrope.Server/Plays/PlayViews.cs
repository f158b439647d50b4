using Heliotrope.Server.Conversations;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Plays;

/// <summary>The manual.</summary>
/// <param name="Suggested">What waits for a lead.</param>
/// <param name="Plays">What is in use, by title.</param>
/// <param name="MayLead">Whether the viewer decides.</param>
/// <param name="MayWork">Whether the viewer may suggest.</param>
public sealed record PlaysView(IReadOnlyList<PlayDetails> Suggested, IReadOnlyList<PlayDetails> Plays, bool MayLead, bool MayWork);

/// <summary>One play.</summary>
/// <param name="Play">The play.</param>
/// <param name="SafeHtml">What to say, as clean HTML.</param>
/// <param name="MayLead">Whether the viewer decides.</param>
public sealed record PlayView(PlayDetails Play, string SafeHtml, bool MayLead);

/// <summary>The form in which a play is written.</summary>
/// <param name="Id">Which is written anew; null for a new one.</param>
/// <param name="Form">What was typed, and what is wrong with it.</param>
/// <param name="Drivers">What it can be for.</param>
/// <param name="Segments">Whom it can be for.</param>
/// <param name="Fields">The merge fields that there are.</param>
/// <param name="Suggests">Whether it is only suggested.</param>
public sealed record PlayFormView(long? Id, FormState Form, IReadOnlyList<NamedRef> Drivers, IReadOnlyList<NamedRef> Segments, IReadOnlyList<string> Fields, bool Suggests);
