using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Figures;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.Moments;
using Heliotrope.Core.Recovery;

namespace Heliotrope.Core.Tests.Figures;

public sealed class FigureProperties
{
    private static readonly string[] Words =
        ["Where is my order 4711?", "Thank you!", "I am really angry, it broke again.", "As I already said, it is broken.", "Could you tell me your order number?", "I am so sorry that it broke. I will send a new one today.", "", "?!", "ok"];

    private static readonly string[] Codes =
        ["assigned", "given", "team", "resolved", "reopened", "recovery-opened", "recovery-dropped", "recovery-lost", "confirmed", "not-resolved", "not-again", "asked-for-person", "fixed", "outside-cause", "snoozed", "woke"];

    private static readonly Gen<(double Minute, int Kind, string Words, string Code, string Name)> Steps =
        from minute in Gen.Choose(0, 5_000)
        from kind in Gen.Choose(0, 5)
        from words in Gen.Elements(Words)
        from code in Gen.Elements(Codes)
        from name in Gen.Elements("Ines", "Ole", "Help")
        select ((double)minute, kind, words, code, name);

    private static readonly Arbitrary<List<Happened>> Tellings = Steps.ListOf().Select(steps =>
    {
        var told = new Telling();
        foreach (var s in steps.OrderBy(s => s.Minute))
        {
            _ = s.Kind switch
            {
                0 or 1 => told.Wrote(s.Minute, s.Words),
                2 => told.Answered(s.Minute, s.Words, s.Name, s.Minute - 10),
                3 => told.Automatic(s.Minute),
                _ => told.Event(s.Minute, s.Code, s.Name),
            };
        }

        return told.All.ToList();
    }).ToArbitrary();

    private static ConversationFigures Figures(IEnumerable<Happened> told) => ConversationFigures.Of(new(1, default, [.. told], [], Complaint: true), new(50, BaselineKind.All, TimeSpan.FromHours(1), 0.5));

    [Fact]
    public void The_same_events_in_any_order_give_the_same_figures() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Tellings, told =>
    {
        var figures = Figures(told);
        Assert.Equal(figures, Figures(told.AsEnumerable().Reverse()));
        Assert.Equal(figures, Figures(told.OrderBy(h => h.Text, StringComparer.Ordinal).ThenBy(h => h.Id)));
    }));

    [Fact]
    public void Nothing_is_below_zero_and_no_clock_runs_backwards() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Tellings, told =>
    {
        var f = Figures(told);
        Assert.True(f.HoldSeconds is null or >= 0);
        Assert.All((int[])[f.Transfers, f.Repeats, f.ReAsks, f.ChannelSwitches, f.BotLoops], count => Assert.True(count >= 0));
        Assert.True(f.RecoveryEndedAt is null || f.RecoveryEndedAt >= f.RecoveryOpenedAt);
        Assert.Equal(f.Recovery is RecoveryState.Open, f.RecoveryWait is not null);
        Assert.Equal(0, f.StepsMet & f.StepsMissed);
        var clock = ClockReading.Of(told, default)!.Value;
        Assert.True(clock.EndedAt is null || clock.EndedAt >= clock.StartedAt);
    }));

    [Fact]
    public void What_comes_later_takes_no_friction_away() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Tellings, told =>
    {
        for (var i = 1; i < told.Count; i++)
        {
            var (before, after) = (Friction.Of(told.Take(i)), Friction.Of(told.Take(i + 1)));
            Assert.True(after.Transfers >= before.Transfers && after.Repeats >= before.Repeats && after.ReAsks >= before.ReAsks && after.BotLoops >= before.BotLoops);
            Assert.True(before.Hold is null || before.Hold == after.Hold);
        }
    }));

    [Fact]
    public void Two_that_become_one_lose_no_friction_of_either() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Tellings, Tellings, (one, other) =>
    {
        var (first, second) = (Friction.Of(one), Friction.Of(other));
        var merged = Friction.Of([.. one, .. other.Select(h => h with { Id = h.Id + 1_000 }), .. new Telling().Event(6_000, "merged", "#2 A parcel\n" + first.With(second).Kept).All]);
        Assert.True(merged.Transfers >= first.Transfers + second.Transfers && merged.Repeats >= first.Repeats + second.Repeats && merged.ReAsks >= first.ReAsks + second.ReAsks);
        Assert.True(merged.BotLoops >= first.BotLoops + second.BotLoops && merged.ChannelSwitches >= first.ChannelSwitches + second.ChannelSwitches);
        Assert.All(new[] { first.Hold, second.Hold }.OfType<TimeSpan>(), hold => Assert.True(merged.Hold >= hold));
    }));
}
