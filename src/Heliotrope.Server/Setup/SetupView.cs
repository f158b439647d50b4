using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Setup;

/// <summary>The first visit.</summary>
/// <param name="Token">The one-time token of the link; null when it is unknown, used or expired.</param>
/// <param name="Closed">Setup is over for good: somebody is administrator already.</param>
/// <param name="Form">What was typed and what to change.</param>
public sealed record SetupView(string? Token, bool Closed, FormState Form);
