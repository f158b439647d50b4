using Heliotrope.Core.Phrases;
using Heliotrope.Core.Targets;

namespace Heliotrope.Core.Promises;

/// <summary>
/// Finds what a reply promises (docs/method.md, A3): what we, our colleagues or our things will do for the customer. Not what they or a
/// carrier will do, nor what hangs on them; no question, no courtesy, no report of the past. Each language is a file in
/// <c>Promises/Phrases</c>; a reply may mix them.
/// </summary>
public static class PromiseFinder
{
    /// <summary>Finds the promises.</summary>
    /// <param name="reply">The words of the reply; quoted lines are not ours.</param>
    /// <param name="now">When it is said (UTC or any offset).</param>
    /// <param name="hours">When we work, and in which zone times are meant.</param>
    /// <returns>The promises, in the order of their words; no two overlap.</returns>
    public static IReadOnlyList<FoundPromise> In(string reply, DateTimeOffset now, WorkingHours hours)
    {
        ArgumentNullException.ThrowIfNull(hours);
        var passage = Passage.Of(reply);
        var isQuoted = PromiseFinderQuotes.In(passage);
        var calendar = new DueCalendar(now, hours);
        var found = new List<FoundPromise>();
        foreach (var language in PhraseBook.Languages("Promises").Select(PromiseFinderLanguage.Of))
        {
            var reader = new PromiseFinderSentence(language, passage, isQuoted, calendar);
            foreach (var sentence in passage.Sentences)
            {
                found.AddRange(reader.Read(sentence));
            }
        }

        return Apart(found);
    }

    /// <summary>Of two that overlap, since the words could be of two languages, the dated one stays, and the earlier.</summary>
    private static List<FoundPromise> Apart(List<FoundPromise> found)
    {
        var apart = new List<FoundPromise>();
        foreach (var promise in found.OrderBy(p => p.At))
        {
            if (apart.Count == 0 || apart[^1].At + apart[^1].Length <= promise.At)
            {
                apart.Add(promise);
            }
            else if (apart[^1].Due is null && promise.Due is not null)
            {
                apart[^1] = promise;
            }
        }

        return apart;
    }
}
