namespace Heliotrope.Server.Settings;

/// <summary>One value that belongs to the organisation rather than to a process.</summary>
public sealed class Setting : IOrganisationSetting
{
    /// <summary>One of the names below, or one that a room keeps its progress under.</summary>
    public string Key { get; set; } = "";

    /// <summary>The value as text, read the same in every culture.</summary>
    public string Value { get; set; } = "";
}

/// <summary>An address of ours. While there is none, mail to any address is accepted.</summary>
public sealed class OurAddress : IOrganisationSetting
{
    /// <summary>Given by the database.</summary>
    public long Id { get; set; }

    /// <summary>The address, in lower case.</summary>
    public string Address { get; set; } = "";

    /// <summary>The team that answers what comes to it; null when none does.</summary>
    public long? TeamId { get; set; }

    /// <summary>The brand that it is the face of; null for the organisation's own.</summary>
    public long? BrandId { get; set; }

    /// <summary>Part of the demo company: nothing real goes from or to it.</summary>
    public bool Demo { get; set; }
}

/// <summary>The names of the settings kept in the database.</summary>
internal static class SettingKeys
{
    public const string Organisation = "organisation";
    public const string SilentAfterDays = "silent-after-days";
    public const string UndoSeconds = "undo-seconds";

    /// <summary>"loading" or "loaded"; not there without the demo company.</summary>
    public const string Demo = "demo";

    /// <summary>The servers whose checks of senders are believed, separated by blanks.</summary>
    public const string TrustedServers = "trusted-servers";

    public const string ReplySecret = "reply-secret";
    public const string SetupToken = "setup-token";
    public const string SetupClosed = "setup-closed";
    public const string ReplayingUntil = "replaying-until";
}
