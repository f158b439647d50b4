namespace Heliotrope.Core.Happiness;

/// <summary>The answers of one conversation against what its team had set itself. An answer for which nobody waited counts nowhere.</summary>
/// <param name="First">Whether the first answer came when it was due, or before; null when it was due at no time, or has not come.</param>
/// <param name="NextKept">How many later answers came when they were due, or before.</param>
/// <param name="NextLate">How many later answers came after that.</param>
public readonly record struct OnTime(bool? First, int NextKept, int NextLate)
{
    /// <summary>Weighs one answer more.</summary>
    /// <param name="isFirst">Nothing was said to the customer before it.</param>
    /// <param name="at">When it was given (UTC).</param>
    /// <param name="dueAt">When it was due (UTC); null when nobody was waiting for it.</param>
    /// <returns>What is kept and what is late with it.</returns>
    public OnTime With(bool isFirst, DateTimeOffset at, DateTimeOffset? dueAt) => dueAt is not { } due ? this
        : isFirst ? this with { First = at <= due }
        : at <= due ? this with { NextKept = NextKept + 1 }
        : this with { NextLate = NextLate + 1 };
}
