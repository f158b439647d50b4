namespace Heliotrope.Core.Customers;

/// <summary>What moved when two people became one.</summary>
public enum MergedKind
{
    /// <summary>A conversation, with all that hangs on it.</summary>
    Conversation,

    /// <summary>A mail address.</summary>
    Address,

    /// <summary>A phone.</summary>
    Phone,

    /// <summary>A purchase.</summary>
    Purchase,

    /// <summary>A product event.</summary>
    Event,
}

/// <summary>Two people who became one, remembered: the old id leads to the new one, and they can be told apart again.</summary>
public sealed class CustomerMerge
{
    private CustomerMerge() => (ByName, Kept) = ("", "{}");

    /// <summary>The id.</summary>
    public long Id { get; private set; }

    /// <summary>The id of who is no more.</summary>
    public long OldId { get; private set; }

    /// <summary>Who they are now.</summary>
    public long CustomerId { get; private set; }

    /// <summary>When (UTC).</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>The name of who said so.</summary>
    public string ByName { get; private set; }

    /// <summary>What was known of who is no more, as JSON.</summary>
    public string Kept { get; private set; }

    /// <summary>Remembers a merge.</summary>
    /// <param name="old">Who is no more.</param>
    /// <param name="into">Who they are now.</param>
    /// <param name="by">The name of who said so.</param>
    /// <param name="kept">What was known of who is no more, as JSON.</param>
    /// <param name="now">When (UTC).</param>
    /// <returns>The memory.</returns>
    public static CustomerMerge Of(long old, long into, string by, string kept, DateTimeOffset now) => new() { OldId = old, CustomerId = into, ByName = by, Kept = kept, At = now };

    /// <summary>Follows who they are now when that one is merged, too.</summary>
    /// <param name="customer">Who they are now.</param>
    public void LeadTo(long customer) => CustomerId = customer;
}

/// <summary>A row that moved with a merge.</summary>
/// <param name="MergeId">The merge.</param>
/// <param name="Kind">What it is.</param>
/// <param name="RowId">Its id.</param>
public sealed record MergedRow(long MergeId, MergedKind Kind, long RowId);
