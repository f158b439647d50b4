namespace Heliotrope.Core.Imports;

/// <summary>What of a mail says where it belongs. Ids and addresses are given as numbers that stand for them, so that a million mails fit into memory.</summary>
/// <param name="Id">Its Message-ID; 0 when it has none.</param>
/// <param name="Author">Whoever wrote it.</param>
/// <param name="Ours">One of us wrote it.</param>
/// <param name="At">When it was received or sent, in ticks.</param>
/// <param name="Ancestors">The Message-IDs of the mails that it answers.</param>
public readonly record struct MailHead(long Id, long Author, bool Ours, long At, long[] Ancestors);

/// <summary>
/// Which mails of a mailbox are one conversation. As with mail that comes in (docs/decisions/0008): an answer to a mail of ours belongs to it,
/// whoever writes it; the id of a customer's own mail is believed only from that customer, and from us.
/// </summary>
public static class MailThreads
{
    /// <summary>Finds the conversations.</summary>
    /// <param name="heads">The mails, in the order of the mailbox.</param>
    /// <returns>For each conversation the places of its mails in <paramref name="heads"/>, oldest first; conversations in the order in which they first appear.</returns>
    public static IReadOnlyList<int[]> Of(IReadOnlyList<MailHead> heads)
    {
        var leaders = new int[heads.Count];
        var byId = new Dictionary<long, int>(heads.Count);
        for (var i = 0; i < leaders.Length; i++)
        {
            leaders[i] = i;
            if (heads[i].Id != 0)
            {
                byId.TryAdd(heads[i].Id, i); // of two with the same id the first is the one that others can have answered
            }
        }

        var missing = new Dictionary<(long Id, long Author), int>();
        for (var i = 0; i < leaders.Length; i++)
        {
            foreach (var ancestor in heads[i].Ancestors)
            {
                if (Answered(heads, byId, missing, i, ancestor) is { } other)
                {
                    Join(leaders, i, other);
                }
            }
        }

        return Sorted(heads, leaders);
    }

    private static int? Answered(IReadOnlyList<MailHead> heads, Dictionary<long, int> byId, Dictionary<(long Id, long Author), int> missing, int mail, long ancestor)
    {
        var head = heads[mail];
        if (byId.TryGetValue(ancestor, out var found))
        {
            return heads[found].Ours || head.Ours || heads[found].Author == head.Author ? found : null;
        }

        // What is not in the mailbox still joins those who answered it: all of ours, or all of one customer's.
        var key = (ancestor, head.Ours ? 0 : head.Author);
        if (missing.TryGetValue(key, out var first))
        {
            return first;
        }

        missing[key] = mail;
        return null;
    }

    private static List<int[]> Sorted(IReadOnlyList<MailHead> heads, int[] leaders)
    {
        var order = new List<List<int>>();
        var places = new Dictionary<int, List<int>>();
        for (var i = 0; i < leaders.Length; i++)
        {
            var leader = Leader(leaders, i);
            if (!places.TryGetValue(leader, out var members))
            {
                order.Add(places[leader] = members = []);
            }

            members.Add(i);
        }

        return order.ConvertAll(members => members.OrderBy(i => heads[i].At).ToArray());
    }

    private static void Join(int[] leaders, int one, int other)
    {
        var (a, b) = (Leader(leaders, one), Leader(leaders, other));
        leaders[Math.Max(a, b)] = Math.Min(a, b);
    }

    private static int Leader(int[] leaders, int of)
    {
        while (leaders[of] != of)
        {
            leaders[of] = leaders[leaders[of]]; // halves the way for the next who asks
            of = leaders[of];
        }

        return of;
    }
}
