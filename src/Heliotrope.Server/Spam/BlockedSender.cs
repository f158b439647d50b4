using System.Diagnostics.CodeAnalysis;
using Heliotrope.Core.Customers;
using Heliotrope.Server.Settings;

namespace Heliotrope.Server.Spam;

/// <summary>Whose mail goes to the spam folder.</summary>
public sealed class BlockedSender : IOrganisationSetting
{
    /// <summary>Given by the database.</summary>
    public long Id { get; set; }

    /// <summary>An address, or a domain written as <c>@example.org</c>; in lower case.</summary>
    public string Address { get; set; } = "";

    /// <summary>Who blocked them.</summary>
    public string ByName { get; set; } = "";

    /// <summary>Since when (UTC).</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Reads an address, or everybody at a domain as <c>@example.org</c>, into the form that is kept.</summary>
    /// <param name="text">What somebody typed.</param>
    /// <param name="address">As <see cref="Address"/> has it; null when it is neither.</param>
    /// <returns>Whether it is one of the two.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out string? address)
    {
        var trimmed = text?.Trim() ?? "";
        var isDomain = trimmed.StartsWith('@');
        address = EmailAddress.TryParse(isDomain ? "anybody" + trimmed : trimmed, out var parsed) ? isDomain ? "@" + parsed.Domain : parsed.Value : null;
        return address is not null;
    }
}
