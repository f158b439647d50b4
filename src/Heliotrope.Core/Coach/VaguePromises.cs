using Heliotrope.Core.Phrases;
using Heliotrope.Core.Promises;

namespace Heliotrope.Core.Coach;

/// <summary>Promises without a date (docs/method.md, A3), unless one with a date stands beside them.</summary>
internal static class VaguePromises
{
    private const int Beside = 2;

    public static IEnumerable<Remark> Of(Draft draft)
    {
        var promises = draft.Hand.Promises
            .Where(p => p.At >= 0 && p.Length >= 0 && p.At <= draft.Hand.Text.Length - p.Length)
            .Select(p => (Promise: p, Sentence: SentenceAt(draft.Passage, p.At)))
            .ToList();
        var dated = promises.Where(p => p.Promise.Precision != Precision.Vague).SelectMany(p => Enumerable.Range(p.Sentence - Beside, (2 * Beside) + 1)).ToHashSet();
        return promises
            .Where(p => p.Promise.Precision == Precision.Vague && !dated.Contains(p.Sentence))
            .Select(p => new Remark(RemarkKind.PromiseDate, p.Promise.At, p.Promise.Length));
    }

    private static int SentenceAt(Passage passage, int at) => passage.Sentences.TakeWhile(s => s.At + s.Length <= at).Count();
}
