using Heliotrope.Core.Coach;
using Heliotrope.Core.Conversations;

namespace Heliotrope.Core.Recovery;

/// <summary>Verifies the five steps (docs/method.md, A2). A person ticks none of them.</summary>
internal static class RecoverySteps
{
    public static IReadOnlyList<RecoveryStep> Of(IReadOnlyList<Happened> history, DateTimeOffset openedAt)
    {
        var told = new List<string>();
        var replies = new List<(Happened Entry, SentWords Words)>();
        foreach (var happened in history)
        {
            if (happened.IsCustomers)
            {
                told.Add(happened.Text);
            }
            else if (happened.IsAnswer && happened.At >= openedAt)
            {
                replies.Add((happened, SentWords.Of(happened.Text, told)));
            }
        }

        var first = replies.Take(1).ToList();
        return
        [
            InOpening(RecoveryStepName.Acknowledge, first, words => words.Acknowledges),
            InOpening(RecoveryStepName.Apologise, first, words => words.Apologises),
            Fix(history, openedAt),
            Attitude(replies),
            Urgency([.. replies.Select(reply => reply.Entry)]),
        ];
    }

    private static RecoveryStep InOpening(RecoveryStepName name, List<(Happened Entry, SentWords Words)> first, Func<SentWords, WordPlace?> find) =>
        first is not [var (entry, words)] ? Not(name, StepGap.NotYet)
        : find(words) is { } place ? new(name, true, [Evidence(entry, place)], [])
        : Not(name, words.Readable ? StepGap.Missing : StepGap.NotRead);

    /// <summary>What is fixed is written down by whoever fixed it; with when, since that is an entry.</summary>
    private static RecoveryStep Fix(IReadOnlyList<Happened> history, DateTimeOffset openedAt)
    {
        // What the customer says is not resolved was no fix.
        var since = history.LastOrDefault(h => h.IsEvent("not-resolved"))?.At is { } no && no > openedAt ? no : openedAt;
        var fixes = history.Where(h => h.At >= since && h.IsEvent("fixed")).Select(h => new StepEvidence(h.Id, 0, 0)).ToList();
        return fixes.Count > 0 ? new(RecoveryStepName.Fix, true, fixes, []) : Not(RecoveryStepName.Fix, history.Any(h => h.At >= openedAt && h.IsAnswer) ? StepGap.Missing : StepGap.NotYet);
    }

    private static RecoveryStep Attitude(List<(Happened Entry, SentWords Words)> replies)
    {
        var read = replies.FindAll(reply => reply.Words.Readable);
        if (read.Count == 0)
        {
            return Not(RecoveryStepName.Attitude, replies.Count == 0 ? StepGap.NotYet : StepGap.NotRead);
        }

        var salt = read.SelectMany(reply => reply.Words.Salt.Select(place => Evidence(reply.Entry, place))).ToList();
        var owner = read.FirstOrDefault(reply => reply.Words.Owns is not null && reply.Entry.Name.Length > 0);
        var next = read.FirstOrDefault(reply => reply.Words.NextStep is not null);
        var gaps = new List<StepGap>();
        if (salt.Count > 0)
        {
            gaps.Add(StepGap.Salt);
        }

        if (owner.Words is null)
        {
            gaps.Add(StepGap.NobodyOwns);
        }

        if (next.Words is null)
        {
            gaps.Add(StepGap.NoNextStep);
        }

        return gaps.Count == 0
            ? new(RecoveryStepName.Attitude, true, [.. new[] { Evidence(owner.Entry, owner.Words!.Owns!.Value), Evidence(next.Entry, next.Words!.NextStep!.Value) }.Distinct()], [])
            : new(RecoveryStepName.Attitude, false, salt, gaps);
    }

    private static RecoveryStep Urgency(List<Happened> answers)
    {
        var awaited = answers.FindAll(answer => answer.DueAt is not null);
        var late = awaited.FindAll(answer => answer.At > answer.DueAt);
        List<StepEvidence> Those(List<Happened> entries) => entries.ConvertAll(entry => new StepEvidence(entry.Id, 0, 0));
        return answers.Count == 0 ? Not(RecoveryStepName.Urgency, StepGap.NotYet)
            : late.Count > 0 ? new(RecoveryStepName.Urgency, false, Those(late), [StepGap.Late])
            : new(RecoveryStepName.Urgency, true, Those(awaited), []);
    }

    private static RecoveryStep Not(RecoveryStepName name, StepGap gap) => new(name, false, [], [gap]);

    private static StepEvidence Evidence(Happened entry, WordPlace place) => new(entry.Id, place.At, place.Length);
}
