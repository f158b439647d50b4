using NodaTime;

namespace Heliotrope.Core.Promises;

/// <summary>Words of a sentence that say when: a day, a time, both, or something that is no date at all.</summary>
/// <param name="First">The first word.</param>
/// <param name="Next">The word after the last.</param>
internal sealed record DuePiece(int First, int Next)
{
    /// <summary>The day that was said, be we closed on it or not.</summary>
    public LocalDate? Day { get; init; }

    /// <summary>The day was given by its number and not counted from today.</summary>
    public bool IsDate { get; init; }

    /// <summary>A time on the clock.</summary>
    public DueClock? Clock { get; init; }

    /// <summary>A part of the day that ends when we close.</summary>
    public bool Close { get; init; }

    /// <summary>A part of the day, whose clock gives way to a clock that is said.</summary>
    public bool IsPart { get; init; }

    /// <summary>Working time from now: nothing else matters then.</summary>
    public DueBy? Counted { get; init; }

    /// <summary>"Soon", or a date that does not exist.</summary>
    public bool IsVague { get; init; }

    /// <summary>"Last Tuesday", "your order from Monday": no time at which anything is due.</summary>
    public bool IsNone { get; init; }

    public bool HasDay => Day is not null || Counted is not null;

    public bool HasTime => Clock is not null || Close;

    /// <summary>When it is due; null when that is vague.</summary>
    public DueBy? Due(DueCalendar calendar) =>
        IsVague || IsNone ? null
        : Counted ?? (Clock is { } clock ? calendar.At(Day, clock)
            : Close ? calendar.ClosingOn(Day ?? calendar.Today)
            : Day is { } day ? calendar.On(day) : null);

    /// <summary>Both in one, when they can be said of one moment.</summary>
    /// <param name="later">What was said after it.</param>
    /// <param name="orTo">It is the other end of a range ("Monday or Tuesday"), and the later end counts.</param>
    public DuePiece With(DuePiece later, bool orTo)
    {
        if (IsNone || IsVague)
        {
            return IsNone ? this : later with { First = First };
        }

        if (later.IsVague || later.IsNone)
        {
            return this with { Next = IsNone ? Next : later.Next };
        }

        var takesDay = later.Day is not null && (Day is null || (orTo ? later.Day > Day : later.IsDate && !IsDate));
        var takesTime = later.HasTime && (!HasTime || orTo || (IsPart && !later.IsPart));
        var time = takesTime ? later : this;
        return new(First, later.Next)
        {
            Day = takesDay ? later.Day : Day,
            IsDate = IsDate || later.IsDate,
            Clock = time.Clock,
            Close = time.Close,
            IsPart = time.IsPart,
            Counted = Counted ?? later.Counted,
        };
    }
}
