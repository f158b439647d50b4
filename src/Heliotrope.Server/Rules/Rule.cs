using Heliotrope.Core.People;
using Heliotrope.Core.Rules;
using Heliotrope.Server.Settings;

namespace Heliotrope.Server.Rules;

/// <summary>When something happens, and if it is so, then do this.</summary>
public sealed class Rule : IOrganisationSetting
{
    /// <summary>In characters.</summary>
    public const int LongestName = 100;

    /// <summary>The longest wait: a quarter of a year.</summary>
    public const int MostMinutes = 90 * 24 * 60;

    /// <summary>The shortest wait: sooner is at once.</summary>
    public const int LeastMinutes = 5;

    /// <summary>Given by the database.</summary>
    public long Id { get; set; }

    /// <summary>What people call it.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its place in the order, from 1.</summary>
    public int Place { get; set; }

    /// <summary>It runs.</summary>
    public bool IsOn { get; set; }

    /// <summary>Since when (UTC); null while it does not.</summary>
    public DateTimeOffset? OnSince { get; set; }

    /// <summary>Why Heliotrope switched it off, as the code of a refusal; empty when a person did.</summary>
    public string OffBecause { get; set; } = "";

    /// <summary>What sets it off.</summary>
    public RuleTrigger Trigger { get; set; }

    /// <summary>For how long the customer has waited, for <see cref="RuleTrigger.Waits"/>; 0 for all else.</summary>
    public int Minutes { get; set; }

    /// <summary>Those minutes are the team's working time.</summary>
    public bool WorkingTime { get; set; }

    /// <summary>Which conversations, in the language of the search.</summary>
    public string Query { get; set; } = "";

    /// <summary>What must hold of the message, in JSON.</summary>
    public string Message { get; set; } = "[]";

    /// <summary>What it does, in JSON.</summary>
    public string Acts { get; set; } = "[]";

    /// <summary>When it ran, no further rule does.</summary>
    public bool Stop { get; set; }

    /// <summary>Goes up when what it does changes.</summary>
    public int Version { get; set; } = 1;

    /// <summary>The version that was tried last; 0 when none was.</summary>
    public int TriedVersion { get; set; }

    /// <summary>Who wrote it last and hears when it fails; null when they are gone, or when a program did.</summary>
    public long? OwnerId { get; set; }

    /// <summary>Their name as it was then.</summary>
    public string OwnerName { get; set; } = "";

    /// <summary>Their role then. A rule acts on nothing that its owner may not see.</summary>
    public Role OwnerRole { get; set; }

    /// <summary>When it was last written (UTC).</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Part of the demo company, and removed with it.</summary>
    public bool Demo { get; set; }
}

/// <summary>One time that a rule ran.</summary>
public sealed class RuleRun
{
    /// <summary>Given by the database.</summary>
    public long Id { get; set; }

    /// <summary>The rule.</summary>
    public long RuleId { get; set; }

    /// <summary>The conversation.</summary>
    public long ConversationNumber { get; set; }

    /// <summary>When (UTC).</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Which version of the rule.</summary>
    public int RuleVersion { get; set; }

    /// <summary>What came of it.</summary>
    public RuleOutcome Outcome { get; set; }

    /// <summary>The code of the refusal; empty when it was not refused.</summary>
    public string Refusal { get; set; } = "";

    /// <summary>What the refusal names, or the words of a failure; mostly empty.</summary>
    public string About { get; set; } = "";

    /// <summary>The acts that changed something, in JSON.</summary>
    public string Acts { get; set; } = "[]";

    /// <summary>By which it can be taken back; null when it changed nothing, or is part of what somebody else can take back.</summary>
    public long? UndoStepId { get; set; }
}

/// <summary>A rule has looked at this time of waiting, and does not again.</summary>
public sealed class RuleMark
{
    /// <summary>The id.</summary>
    public long Id { get; set; }

    /// <summary>The rule.</summary>
    public long RuleId { get; set; }

    /// <summary>The conversation.</summary>
    public long ConversationNumber { get; set; }

    /// <summary>Since when the customer waited (UTC).</summary>
    public DateTimeOffset Since { get; set; }
}
