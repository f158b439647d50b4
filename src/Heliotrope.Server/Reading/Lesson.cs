using Heliotrope.Core.Reading;
using Heliotrope.Server.Settings;

namespace Heliotrope.Server.Reading;

/// <summary>What a colleague taught by correcting a reading: that words are a sign, or that they are none.</summary>
public sealed class Lesson : IOrganisationSetting
{
    public long Id { get; set; }

    /// <summary>Where it was corrected; it goes with the conversation.</summary>
    public long ConversationNumber { get; set; }

    public Sign Sign { get; set; }

    /// <summary>What happened, where the sign is a life event.</summary>
    public LifeEvent? LifeEvent { get; set; }

    /// <summary>The words, folded as phrases are.</summary>
    public string Words { get; set; } = "";

    /// <summary>Whether they are a sign of it.</summary>
    public bool Counts { get; set; }

    public long UserId { get; set; }

    public DateTimeOffset At { get; set; }
}
