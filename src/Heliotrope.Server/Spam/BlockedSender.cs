using Heliotrope.Server.Settings;

namespace Heliotrope.Server.Spam;

/// <summary>Whose mail goes to the spam folder.</summary>
public sealed class BlockedSender : IOrganisationSetting
{
    public long Id { get; set; }

    /// <summary>An address, or a domain written as <c>@example.org</c>; in lower case.</summary>
    public string Address { get; set; } = "";

    public string ByName { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }
}
