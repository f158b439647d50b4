using Heliotrope.Core.Conversations;

namespace Heliotrope.Core.Tests.Figures;

/// <summary>Tells what happened in a few words: minutes after nine on a Monday.</summary>
internal sealed class Telling
{
    public static readonly DateTimeOffset Start = new(2025, 9, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly List<Happened> _happened = [];

    public IReadOnlyList<Happened> All => _happened;

    public Telling Wrote(double minute, string words, Author author = Author.Known, Channel channel = Channel.Mail) =>
        Add(new(Next, At(minute), EntryKind.Message, Direction.In, author, "Ada", words, "", null) { Channel = channel });

    public Telling Answered(double minute, string words, string by = "Ines", double? due = null) =>
        Add(new(Next, At(minute), EntryKind.Message, Direction.Out, default, by, words, "", due is { } d ? At(d) : null) { UserId = by.Length });

    public Telling Automatic(double minute, string words = "We got it.") => Add(new(Next, At(minute), EntryKind.Message, Direction.Out, Author.Machine, "Rule", words, "", null));

    public Telling Forwarded(double minute) => Add(new(Next, At(minute), EntryKind.Message, Direction.Out, default, "Ines", "Please look.", "", null) { Forwarded = true });

    public Telling Event(double minute, string code, string detail = "") => Add(new(Next, At(minute), EntryKind.Event, null, default, "Ole", code, detail, null));

    public static DateTimeOffset At(double minute) => Start.AddMinutes(minute);

    private long Next => _happened.Count + 1;

    private Telling Add(Happened happened)
    {
        _happened.Add(happened);
        return this;
    }
}
