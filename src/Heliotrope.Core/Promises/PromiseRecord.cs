namespace Heliotrope.Core.Promises;

/// <summary>How promises were kept. A renegotiated one is neither kept nor broken: the one in its place is counted.</summary>
/// <param name="Early">How many were kept early.</param>
/// <param name="OnTime">How many were kept when they were due.</param>
/// <param name="Renegotiated">Of how many the customer was told another time first.</param>
/// <param name="Broken">How many were broken.</param>
/// <param name="Open">How many are open.</param>
public sealed record PromiseRecord(int Early, int OnTime, int Renegotiated, int Broken, int Open)
{
    /// <summary>How many were kept.</summary>
    public int Kept => Early + OnTime;

    /// <summary>Of how many it is known.</summary>
    public int Decided => Kept + Broken;

    /// <summary>Of how many the customer could be told first: those that were not kept as they were made.</summary>
    public int NotAsMade => Renegotiated + Broken;

    /// <summary>Counts promises.</summary>
    /// <param name="states">What became of each.</param>
    /// <returns>The record.</returns>
    public static PromiseRecord Of(IEnumerable<PromiseState> states)
    {
        var counts = states.CountBy(s => s).ToDictionary();
        return new(Count(PromiseState.KeptEarly), Count(PromiseState.Kept), Count(PromiseState.Renegotiated), Count(PromiseState.Broken), Count(PromiseState.Open));

        int Count(PromiseState state) => counts.GetValueOrDefault(state);
    }
}
