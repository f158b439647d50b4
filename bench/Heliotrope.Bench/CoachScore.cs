using Heliotrope.Core.Coach;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Tests.Coach;
using Heliotrope.Core.Tests.Promises;

namespace Heliotrope.Bench;

/// <summary>How well the coach remarks on labelled replies, and how long it takes. Only of the replies that may be tuned on mistakes are printed.</summary>
public static class CoachScore
{
    private const int Rounds = 20;

    public static void Run()
    {
        var (tuned, heldOut) = (LabelledRemarks.Of(LabelledPromises.Tuned), LabelledRemarks.Of(LabelledPromises.HeldOut));
        Figures.Head("", "to look into", "precision", "recall", "held out", "precision", "recall");
        foreach (var (one, other) in tuned.Zip(heldOut))
        {
            Figures.Row(one.Kind, one.Labelled, one.Precision, one.Recall, other.Labelled, other.Precision, other.Recall);
        }
        Figures.Row("good replies without a remark", "", LabelledRemarks.LeftAlone(LabelledPromises.Tuned), "", "", LabelledRemarks.LeftAlone(LabelledPromises.HeldOut), "");
        Console.WriteLine();
        foreach (var mistake in LabelledRemarks.Read(LabelledPromises.Tuned).SelectMany(reply => LabelledRemarks.Mistakes(reply.Row, reply.Remarks)))
        {
            Console.WriteLine(mistake);
        }
        Times();
    }

    /// <summary>In the processor's time, so that other programs do not count.</summary>
    private static void Times()
    {
        var hands = LabelledPromises.Rows(LabelledPromises.Tuned).Select(row => Hand((string)row["reply"]!, (string)row["message"]!)).ToList();
        var text = string.Concat(Enumerable.Repeat("I am sorry that you had to wait for the parcel, Anna. Could you send us your order number? ", 100_000 / 92));
        Figures.Head("", "microseconds");
        Figures.Row("a reply, mean of the labelled", Microseconds(hands, Rounds) / hands.Count);
        Figures.Row("one of 100,000 characters to a message as long", Microseconds([Hand(text, text)], Rounds));
    }

    private static ReplyInHand Hand(string reply, string message) => new(reply, "Anna Keller", null, [message], [message], []) { Promises = new List<FoundPromise>() };

    private static double Microseconds(List<ReplyInHand> hands, int rounds)
    {
        var start = TimeSpan.Zero;
        for (var round = -rounds; round < rounds; round++)
        {
            // The first half is for the framework, which compiles what is called often a second time.
            start = round == 0 ? Environment.CpuUsage.TotalTime : start;
            hands.ForEach(hand => ReplyCoach.Read(hand));
        }
        return (Environment.CpuUsage.TotalTime - start).TotalMicroseconds / rounds;
    }
}
