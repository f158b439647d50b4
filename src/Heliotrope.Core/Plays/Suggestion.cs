using Heliotrope.Core.Macros;

namespace Heliotrope.Core.Plays;

/// <summary>A reply after which the customer confirmed that it is resolved and that they would go through it again.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Entry">The reply.</param>
/// <param name="Complaint">Whether they complained.</param>
/// <param name="Messages">How many messages the whole of it took.</param>
/// <param name="EndedAt">When it was confirmed (UTC).</param>
/// <param name="Words">The words, without names.</param>
public sealed record Candidate(long Conversation, long Entry, bool Complaint, int Messages, DateTimeOffset EndedAt, string Words);

/// <summary>Chooses the replies of a driver that are worth suggesting as plays (docs/method.md, D2).</summary>
public static class Suggestion
{
    /// <summary>So many of a driver wait for a lead at once: nobody reads a pile.</summary>
    public const int MostOpen = 3;

    /// <summary>Fewer words than these are an answer to one person.</summary>
    public const int FewestWords = 12;

    /// <summary>The best few, in an order that does not depend on the order of what is given: the fewest messages, then the most recent, then the highest number.</summary>
    /// <param name="candidates">Replies of one driver that were not suggested before.</param>
    /// <param name="known">The words of plays that there are, were dropped or wait: what says the same is left out.</param>
    /// <param name="open">How many of this driver wait already.</param>
    public static IReadOnlyList<Candidate> Choose(IEnumerable<Candidate> candidates, IEnumerable<string> known, int open)
    {
        var (chosen, said) = (new List<Candidate>(), known.ToList());
        foreach (var candidate in candidates.OrderBy(c => c.Messages).ThenByDescending(c => c.EndedAt).ThenByDescending(c => c.Conversation).ThenByDescending(c => c.Entry))
        {
            if (chosen.Count + open >= MostOpen)
            {
                break;
            }

            if (Likeness.Words(candidate.Words) >= FewestWords && !said.Exists(words => Likeness.IsSame(words, candidate.Words)))
            {
                chosen.Add(candidate);
                said.Add(candidate.Words);
            }
        }

        return chosen;
    }
}
