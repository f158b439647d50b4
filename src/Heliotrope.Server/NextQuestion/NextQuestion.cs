using Heliotrope.Core.NextQuestion;

namespace Heliotrope.Server.NextQuestion;

/// <summary>What people ask after something else, as it was last counted (docs/method.md, A6).</summary>
public sealed class NextPair
{
    public long FromDriverId { get; set; }

    public long ToDriverId { get; set; }

    /// <summary>How many conversations with the first driver were followed by one with the second.</summary>
    public int AfterCount { get; set; }

    public int AfterOf { get; set; }

    /// <summary>The same of conversations with any third driver.</summary>
    public int OtherwiseCount { get; set; }

    public int OtherwiseOf { get; set; }

    /// <summary>How many came back although the answer was added.</summary>
    public int AddedCount { get; set; }

    public int AddedOf { get; set; }

    /// <summary>How many came back where it was not.</summary>
    public int WithoutCount { get; set; }

    public int WithoutOf { get; set; }

    /// <summary>When it was counted (UTC).</summary>
    public DateTimeOffset CountedAt { get; set; }

    internal FollowUp Found => new(FromDriverId, ToDriverId, new(AfterCount, AfterOf), new(OtherwiseCount, OtherwiseOf), new(new(AddedCount, AddedOf), new(WithoutCount, WithoutOf)));

    internal void Take(FollowUp found, DateTimeOffset now)
    {
        (AfterCount, AfterOf) = (found.After.Count, found.After.Of);
        (OtherwiseCount, OtherwiseOf) = (found.Otherwise.Count, found.Otherwise.Of);
        (AddedCount, AddedOf) = (found.Effect.Added.Count, found.Effect.Added.Of);
        (WithoutCount, WithoutOf) = (found.Effect.Without.Count, found.Effect.Without.Of);
        CountedAt = now;
    }
}

/// <summary>What is said about a driver before anybody asks: an article, or words of our own.</summary>
public sealed class NextAnswer
{
    /// <summary>The longest words, in characters: they stand behind an answer to something else.</summary>
    public const int MaxText = 4_000;

    public long DriverId { get; set; }

    /// <summary>The article whose words it is; null for words of its own.</summary>
    public long? ArticleId { get; set; }

    /// <summary>Words of its own, in Markdown, with merge fields.</summary>
    public string Text { get; set; } = "";

    /// <summary>Who wrote or chose it.</summary>
    public string AuthorName { get; set; } = "";

    public DateTimeOffset WrittenAt { get; set; }

    public bool Demo { get; set; }
}

/// <summary>That a next question was offered to whoever answered, and whether its answer was in the reply that was sent.</summary>
public sealed class NextOffer
{
    public long Id { get; set; }

    public long ConversationNumber { get; set; }

    public long ToDriverId { get; set; }

    /// <summary>When a reply was first sent beside which it was offered (UTC).</summary>
    public DateTimeOffset OfferedAt { get; set; }

    /// <summary>When a reply with the answer was sent (UTC); null when none was.</summary>
    public DateTimeOffset? AddedAt { get; set; }
}
