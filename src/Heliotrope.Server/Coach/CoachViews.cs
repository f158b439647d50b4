using Heliotrope.Core.Coach;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Targets;
using Heliotrope.Server.Promises;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Coach;

/// <summary>Says remarks and promises in the words of the page.</summary>
internal static class CoachViews
{
    private const int LongestLabel = 40;

    public static RemarkView Of(Remark remark, string text) => new(
        remark.Kind, remark.At, remark.Length, Sentence(remark), remark.Fix,
        remark.Fix is not { } fix ? null
            : remark.Length > 0 && text.AsSpan(remark.At, remark.Length).EndsWith(fix, StringComparison.OrdinalIgnoreCase) ? Words.T("coaching.leave-out") // no more than a capital letter is left
            : Words.T("coaching.write", Short(fix)),
        remark.Kind is RemarkKind.MergeField);

    public static PromiseView Of(FoundPromise promise, string text, PromisesLikeIt like, DateTimeOffset now, WorkingHours hours) => new(
        promise.At, promise.Length, AcceptedPromises.Plain(text.Substring(promise.At, promise.Length)), promise.Due is { } due ? DueWords.Of(due, now, hours) : null,
        promise.Precision, promise.Deed, like.Record.Kept, like.Record.Decided,
        like.By(now, hours) is { } by && (promise.Due is null || promise.Due.Value.At(hours) < by.At(hours)) ? DueWords.Of(by, now, hours) : null,
        promise.When is { } when ? new(when.At, when.Length) : new(promise.At + promise.Length, 0));

    /// <summary>The sentence of its kind and reason, or of its kind alone.</summary>
    private static string Sentence(Remark remark)
    {
        var kind = RemarkNames.Of(remark.Kind);
        var key = "coach." + kind + "." + remark.Why;
        var words = remark.Why.Length > 0 ? Words.T("coach." + kind + "." + remark.Why, remark.About) : key;
        return words == key ? Words.T("coach." + kind, remark.About) : words;
    }

    private static string Short(string words)
    {
        var line = AcceptedPromises.Plain(words);
        return line.Length <= LongestLabel ? line : line[..(char.IsHighSurrogate(line[LongestLabel - 2]) ? LongestLabel - 2 : LongestLabel - 1)].TrimEnd() + "…";
    }
}
