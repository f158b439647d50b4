using Heliotrope.Core.Reading;

namespace Heliotrope.Core.Tests.Reading;

public sealed class ConversationReadingTests
{
    private static readonly DateTimeOffset At = new(2026, 5, 3, 14, 20, 0, TimeSpan.Zero);

    private static MessageReading Telling(LifeEvent? happened) => new("en", null, false, false, false, false, happened, []);

    [Fact]
    public void Each_message_tells_for_itself_and_is_heard_once()
    {
        var reading = new ConversationReading(1);
        reading.Take(Telling(LifeEvent.Illness), At);
        reading.Take(Telling(null));
        reading.Hear(LifeEvent.Bereavement);
        Assert.Equal([new(LifeEvent.Illness, At), new ToldLifeEvent(LifeEvent.Bereavement, null)], reading.Told);
        Assert.Equal((LifeEvent.Illness, false, false), (reading.LifeEvent, reading.LifeEventSaid, reading.PutRight));
        reading.Heard();
        Assert.Empty(reading.Told);
    }

    [Fact]
    public void What_a_colleague_said_stands_for_what_was_written_before()
    {
        var reading = new ConversationReading(1);
        reading.Take(Telling(LifeEvent.Bereavement));
        reading.SayLifeEvent(LifeEvent.Illness);
        reading.Take(Telling(LifeEvent.Bereavement));
        Assert.Equal((LifeEvent.Illness, true, true), (reading.LifeEvent, reading.LifeEventSaid, reading.PutRight));
        reading.SayLifeEvent(null);
        reading.Take(Telling(null));
        Assert.Equal((null, true), (reading.LifeEvent, reading.LifeEventSaid));
        reading.Take(Telling(LifeEvent.Bereavement));
        Assert.Equal((LifeEvent.Bereavement, false), (reading.LifeEvent, reading.LifeEventSaid));
    }
}
