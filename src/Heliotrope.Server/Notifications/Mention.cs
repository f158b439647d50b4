namespace Heliotrope.Server.Notifications;

/// <summary>Somebody is named in a note, by the name that they had then.</summary>
public sealed class Mention
{
    public long EntryId { get; set; }

    public long UserId { get; set; }

    public string Name { get; set; } = "";
}
