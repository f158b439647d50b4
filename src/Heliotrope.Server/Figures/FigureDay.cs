namespace Heliotrope.Server.Figures;

/// <summary>
/// All conversations that started on one day (UTC), packed: a report over a year reads some hundred rows and not some hundred thousand. It is a copy; whatever
/// changes a figure of that day empties it in the same transaction, and a worker packs it again.
/// </summary>
internal sealed class FigureDay : Database.INotUndone
{
    /// <summary>The day, counted from the first of the calendar.</summary>
    public int Day { get; set; }

    /// <summary>Goes up when something of that day changes, so that nothing older is packed over it.</summary>
    public long Version { get; set; }

    /// <summary>The figures, as <see cref="Packed"/> writes them; null while they must be read one by one.</summary>
    public byte[]? Packed { get; set; }

    /// <summary>The day of an instant.</summary>
    public static int Of(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime).DayNumber;

    /// <summary>The first instant of a day.</summary>
    public static DateTimeOffset StartOf(int day) => new(DateOnly.FromDayNumber(day).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
