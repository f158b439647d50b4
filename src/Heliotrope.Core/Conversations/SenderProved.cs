namespace Heliotrope.Core.Conversations;

/// <summary>Whether a message is from whom it says, by what the mail server found out that took it in (SPF, DKIM and DMARC).</summary>
public enum SenderProved
{
    /// <summary>Nobody whom we trust has looked.</summary>
    Unknown,

    /// <summary>The domain of its sender has vouched for it.</summary>
    Proved,

    /// <summary>It was looked at, and nothing proves it either way.</summary>
    Unproved,

    /// <summary>The domain of its sender disowns it: it may well be forged.</summary>
    Disowned,
}
