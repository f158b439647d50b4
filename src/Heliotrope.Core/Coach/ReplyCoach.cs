namespace Heliotrope.Core.Coach;

/// <summary>Reads a reply while it is written (docs/method.md, A5). A good reply gets no remark.</summary>
public static class ReplyCoach
{
    /// <summary>More at once help nobody.</summary>
    private const int Most = 8;

    private static readonly Func<Draft, IEnumerable<Remark>>[] Rules =
    [
        Fields.Unfilled, Names.Wrong, OtherLanguage.Of, Recovery.Of, AskedAgain.Of, Selling.Of, VaguePromises.Of, Salt.Of, Shouting.Of,
        Thanking.Of, FormLetter.Of, Jargon.Of, TheirWords.Of, Length.Of, Names.Overused,
    ];

    /// <summary>Reads it.</summary>
    /// <param name="reply">The reply.</param>
    /// <returns>The remarks, in the order of the words that they are about; at most eight, the weightier first when there are more.</returns>
    public static IReadOnlyList<Remark> Read(ReplyInHand reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        var draft = new Draft(reply);
        var remarks = new List<Remark>();
        foreach (var remark in Rules.SelectMany(rule => rule(draft)))
        {
            if (!remarks.Exists(other => IsSamePlace(other, remark)))
            {
                remarks.Add(remark);
            }

            if (remarks.Count == Most)
            {
                break;
            }
        }

        return [.. remarks.OrderBy(remark => remark.At).ThenBy(remark => remark.Kind)];
    }

    /// <summary>One remark for the same words. What is said of a whole sentence or of the whole reply leaves room for what is said of some of its words.</summary>
    private static bool IsSamePlace(Remark one, Remark other) =>
        !IsWide(one) && !IsWide(other) && one.At < other.At + other.Length && other.At < one.At + one.Length;

    private static bool IsWide(Remark remark) => remark.Why is "long" or "heavy" or "asks" || remark.Kind is RemarkKind.Language or RemarkKind.FormLetter or RemarkKind.NonApology;
}
