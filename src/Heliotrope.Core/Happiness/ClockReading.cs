using Heliotrope.Core.Conversations;

namespace Heliotrope.Core.Happiness;

/// <summary>The speed-to-happiness clock told once more from what happened, to check the one that was kept as it happened.</summary>
public static class ClockReading
{
    /// <summary>What puts together or tears apart what happened in two conversations; the clock of that is decided when it is done (<see cref="Course.With"/>), and so is where an import begins, and what is read only later.</summary>
    private static readonly string[] Apart = ["merged", "split-off", "split-from", "moved-in", "moved-out", "customer", "imported", Conversation.LayBefore];

    /// <summary>Reads the clock.</summary>
    /// <param name="history">What happened, in any order.</param>
    /// <param name="kept">The clock as it is kept: that nobody wrote for so many days is no entry, so silence is taken from it where nothing speaks against it.</param>
    /// <returns>The clock; null where the entries alone do not tell it.</returns>
    public static HappinessClock? Of(IEnumerable<Happened> history, HappinessClock kept)
    {
        var happened = Happened.InOrder(history);
        if (happened.Any(h => h.IsEvent(Apart)))
        {
            return null;
        }

        var (clock, ours, put, answered, theirs) = (default(HappinessClock), true, false, false, DateTimeOffset.MinValue);
        foreach (var h in happened)
        {
            if (h is { Kind: EntryKind.Message, Direction: Direction.In, Author: not Author.Machine })
            {
                var closes = h.IsCustomers && ThanksReading.ClosesWithThanks(h.Text);
                clock = h.IsCustomers ? clock.CustomerWrote(closes, answered && !ours, h.At) : clock;
                (ours, put) = closes ? (ours, put) : (true, false);
                theirs = h.IsCustomers ? h.At : theirs;
            }
            else if (h.IsAnswer)
            {
                (answered, ours) = (true, put);
            }
            else if (h.IsEvent("resolved"))
            {
                (ours, put) = (false, false);
            }
            else if (h.IsEvent("snoozed"))
            {
                (ours, put) = (true, true);
            }
            else if (h.IsEvent("reopened", "woke", "asked-for-person", "not-sent", "bounced"))
            {
                (ours, put) = (true, false);
            }
            else if (h.IsEvent("confirmed", "not-resolved", "not-again"))
            {
                var confident = h.IsEvent("confirmed");
                clock = clock.Answered(new(confident || h.IsEvent("not-again"), confident, ""), h.At);
                (ours, put) = (!confident, false);
            }
        }

        return clock.End is null && kept is { End: HappinessEnd.Silent, EndedAt: { } silent } && answered && silent >= theirs ? clock with { EndedAt = silent, End = HappinessEnd.Silent } : clock;
    }
}
