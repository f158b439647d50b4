namespace Heliotrope.Core.Happiness;

/// <summary>An answer of ours and when it was due.</summary>
/// <param name="At">When it was given (UTC).</param>
/// <param name="DueAt">When it was due (UTC); null when nobody was waiting for it.</param>
public readonly record struct GivenAnswer(DateTimeOffset At, DateTimeOffset? DueAt);

/// <summary>The answers of one conversation against what its team had set itself. An answer for which nobody waited counts nowhere.</summary>
/// <param name="First">Whether the first answer came when it was due, or before; null when it was due at no time.</param>
/// <param name="NextKept">How many later answers came when they were due, or before.</param>
/// <param name="NextLate">How many later answers came after that.</param>
public readonly record struct OnTime(bool? First, int NextKept, int NextLate)
{
    /// <summary>Weighs the answers of a conversation.</summary>
    /// <param name="answers">All that we said to the customer, in order.</param>
    /// <returns>What was kept and what was late.</returns>
    public static OnTime Of(IEnumerable<GivenAnswer> answers)
    {
        bool? first = null;
        var (isFirst, kept, late) = (true, 0, 0);
        foreach (var (at, dueAt) in answers)
        {
            bool? inTime = dueAt is { } due ? at <= due : null;
            if (isFirst)
            {
                first = inTime;
            }
            else
            {
                kept += inTime is true ? 1 : 0;
                late += inTime is false ? 1 : 0;
            }

            isFirst = false;
        }

        return new(first, kept, late);
    }
}
