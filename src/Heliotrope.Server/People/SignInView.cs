using Heliotrope.Server.Shell;

namespace Heliotrope.Server.People;

/// <summary>The way in.</summary>
/// <param name="Organisation">Whose desk this is; empty before setup.</param>
/// <param name="ReturnTo">The local address to go to afterwards; null for the desk.</param>
/// <param name="Form">What was typed and what to change; the empty name says that the pair did not match or must wait.</param>
public sealed record SignInView(string Organisation, string? ReturnTo, FormState Form);
