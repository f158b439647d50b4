using Heliotrope.Core.Promises;
using Heliotrope.Core.Targets;
using Heliotrope.Core.Tests.Promises;

namespace Heliotrope.Bench;

/// <summary>How well promises are found and dated in labelled replies, and how long it takes. Only of the replies that may be tuned on mistakes are printed.</summary>
public static class PromiseScore
{
    private const int Rounds = 50;

    public static void Run()
    {
        Figures.Head("replies", "promises", "precision", "recall", "of those found, rightly dated");
        foreach (var (file, name) in new[] { (LabelledPromises.Tuned, "to look into"), (LabelledPromises.HeldOut, "held out") })
        {
            foreach (var score in LabelledPromises.Of(file))
            {
                Figures.Row($"{name}, {score.Language}", score.Labelled, score.Precision, score.Recall, score.Dates);
            }
        }
        Console.WriteLine();
        foreach (var mistake in LabelledPromises.Read(LabelledPromises.Tuned).SelectMany(reply => LabelledPromises.Mistakes(reply.Row, reply.Found)))
        {
            Console.WriteLine(mistake);
        }
        Times();
    }

    /// <summary>In the processor's time, so that other programs do not count.</summary>
    private static void Times()
    {
        var replies = LabelledPromises.Rows(LabelledPromises.Tuned).Select(row => (string)row["reply"]!).ToList();
        var repeated = string.Concat(Enumerable.Repeat("I'll call you tomorrow at 3 and wir rufen Sie morgen an ", 100_000 / 56));
        Figures.Head("", "microseconds");
        Figures.Row("a reply, mean of the labelled", Microseconds(replies) / replies.Count);
        Figures.Row("one of 100,000 characters that promises all along", Microseconds([repeated]));
    }

    private static double Microseconds(List<string> replies)
    {
        var now = new DateTimeOffset(2026, 3, 18, 9, 30, 0, TimeSpan.Zero);
        var start = TimeSpan.Zero;
        for (var round = -Rounds; round < Rounds; round++)
        {
            // The first half is for the framework, which compiles what is called often a second time.
            start = round == 0 ? Environment.CpuUsage.TotalTime : start;
            replies.ForEach(reply => PromiseFinder.In(reply, now, WorkingHours.Usual));
        }
        return (Environment.CpuUsage.TotalTime - start).TotalMicroseconds / Rounds;
    }
}
