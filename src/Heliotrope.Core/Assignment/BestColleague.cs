namespace Heliotrope.Core.Assignment;

/// <summary>
/// Chooses who is given a conversation: somebody who is at work and has room; who writes the customer's language before who does not; who helped this customer before, so that nothing has to be
/// told twice (docs/method.md, A1); who knows the matter; and of those alike whoever has the emptiest hands, and then whoever has waited longest.
/// </summary>
public static class BestColleague
{
    /// <summary>The best of them.</summary>
    /// <param name="need">What the conversation asks for.</param>
    /// <param name="colleagues">The members of its team.</param>
    /// <returns>Who, and why; null when nobody is at work with room.</returns>
    public static Chosen? Choose(Need need, IEnumerable<Colleague> colleagues)
    {
        var best = colleagues.Where(c => c.IsFree)
            .OrderBy(c => Fit(c.Languages, need.Language))
            .ThenBy(c => !c.KnowsCustomer)
            .ThenBy(c => Fit(c.Skills, need.Driver))
            .ThenBy(c => c.Load)
            .ThenBy(c => c.LastGiven ?? DateTimeOffset.MinValue)
            .ThenBy(c => c.Id)
            .FirstOrDefault();
        return best is null ? null : new(best, [.. Because(best, need)]);
    }

    private static IEnumerable<ChosenBecause> Because(Colleague chosen, Need need)
    {
        if (chosen.KnowsCustomer)
        {
            yield return ChosenBecause.KnowsCustomer;
        }

        if (need.Language is not null && Fit(chosen.Languages, need.Language) == 0)
        {
            yield return ChosenBecause.Language;
        }

        if (need.Driver is not null && Fit(chosen.Skills, need.Driver) == 0)
        {
            yield return ChosenBecause.Skill;
        }

        if (!chosen.KnowsCustomer)
        {
            yield return ChosenBecause.Room;
        }
    }

    /// <summary>0: they have it; 1: nobody has said; 2: they have others. What is not asked for fits all.</summary>
    private static int Fit<T>(IReadOnlyCollection<T> has, T? asked) => asked is null || has.Contains(asked) ? 0 : has.Count == 0 ? 1 : 2;

    private static int Fit(IReadOnlyCollection<long> has, long? asked) => asked is not { } driver || has.Contains(driver) ? 0 : has.Count == 0 ? 1 : 2;
}
