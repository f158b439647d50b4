using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Mailboxes;

/// <summary>What to click at a provider before it lets this program in.</summary>
/// <param name="Code">The provider's, stable; the words are under <c>mailbox.help.CODE</c>.</param>
/// <param name="Name">As the provider writes itself.</param>
/// <param name="SignIn">What it lets other programs sign in with.</param>
/// <param name="Page">Where that is done, or its own page about it; null where none is known to stay.</param>
internal sealed record ProviderHelp(string Code, string Name, SignIn SignIn, Uri? Page)
{
    /// <summary>In the language of the current request.</summary>
    public string Sentence => Words.T("mailbox.help." + Code);

    /// <summary>Null for providers that we do not know.</summary>
    public static ProviderHelp? For(string? provider) =>
        Providers.ByCode(provider) is { } known ? new(known.Code, known.Name, known.SignIn, known.Page) : null;
}
