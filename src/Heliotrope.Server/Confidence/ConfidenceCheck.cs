using Heliotrope.Core.Happiness;

namespace Heliotrope.Server.Confidence;

/// <summary>The two questions, asked once after a resolving answer (docs/method.md, A1).</summary>
public sealed class ConfidenceCheck
{
    /// <summary>How long the link works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public long Id { get; set; }

    public long ConversationNumber { get; set; }

    /// <summary>Of the token in the link; the token itself is only in the customer's mail.</summary>
    public byte[] TokenHash { get; set; } = [];

    /// <summary>The language of the page, as a two-letter code.</summary>
    public string Language { get; set; } = "en";

    /// <summary>Who resolved it, to be named on the page; empty when nobody by name.</summary>
    public string ByName { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? AnsweredAt { get; set; }

    public bool? Resolved { get; set; }

    public bool? Again { get; set; }

    public string Comment { get; set; } = "";

    internal ConfidenceAnswers? Answers => AnsweredAt is null ? null : new(Resolved ?? false, Again ?? false, Comment);
}
