using System.Text.Json;
using System.Text.Json.Nodes;
using Heliotrope.Core.Coach;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Tests.Promises;

namespace Heliotrope.Core.Tests.Coach;

/// <summary>How many replies have a remark of a kind that the labels have, too. A kind counts once a reply.</summary>
/// <param name="Kind">The kind, in kebab case; <c>all</c> for all together.</param>
/// <param name="Labelled">Replies whose labels have it.</param>
/// <param name="Found">Replies of which the coach says it.</param>
/// <param name="Right">Replies with both.</param>
public sealed record LabelledRemarks(string Kind, int Labelled, int Found, int Right)
{
    /// <summary>How many of those found are right.</summary>
    public double Precision => Found == 0 ? 1 : (double)Right / Found;

    /// <summary>How many of those labelled are found.</summary>
    public double Recall => Labelled == 0 ? 1 : (double)Right / Labelled;

    /// <summary>Reads a file of labelled replies and what the coach says of each.</summary>
    public static IEnumerable<(JsonNode Row, IReadOnlyList<Remark> Remarks)> Read(string file) =>
        from reply in LabelledPromises.Read(file)
        select (reply.Row, ReplyCoach.Read(Hand(reply.Row, reply.Found)));

    /// <summary>The figures of each kind, and of all together at the end.</summary>
    public static IReadOnlyList<LabelledRemarks> Of(string file)
    {
        var rows = Read(file).Select(r => (Labelled: Labels(r.Row), Found: r.Remarks.Select(remark => Named(remark.Kind)).ToHashSet())).ToList();
        List<LabelledRemarks> kinds =
        [
            .. from kind in Enum.GetValues<RemarkKind>()
               let name = Named(kind)
               select new LabelledRemarks(name, rows.Count(r => r.Labelled.Contains(name)), rows.Count(r => r.Found.Contains(name)), rows.Count(r => r.Labelled.Contains(name) && r.Found.Contains(name))),
        ];
        return [.. kinds, new("all", kinds.Sum(k => k.Labelled), kinds.Sum(k => k.Found), kinds.Sum(k => k.Right))];
    }

    /// <summary>The share of replies without a label of which the coach says nothing either.</summary>
    public static double LeftAlone(string file)
    {
        var good = Read(file).Where(r => Labels(r.Row).Count == 0).ToList();
        return (double)good.Count(r => r.Remarks.Count == 0) / good.Count;
    }

    /// <summary>What the coach says of a row and the labels don't, and the other way round: to look at.</summary>
    public static IEnumerable<string> Mistakes(JsonNode row, IReadOnlyList<Remark> remarks)
    {
        var (labels, found) = (Labels(row), remarks.Select(remark => Named(remark.Kind)).ToHashSet());
        return labels.Except(found).Select(kind => $"{row["id"]} missed {kind}: {row["message"]} > {row["reply"]}")
            .Concat(found.Except(labels).Select(kind => $"{row["id"]} no {kind}: {row["message"]} > {row["reply"]}"));
    }

    private static HashSet<string> Labels(JsonNode row) => [.. row["expected"]!["remarks"]!.AsArray().Select(label => (string)label!["kind"]!)];

    private static string Named(RemarkKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    private static ReplyInHand Hand(JsonNode row, IReadOnlyList<FoundPromise> promises) =>
        new((string)row["reply"]!, (string?)row["customer"]!["name"] ?? "", (string?)row["customer"]!["language"], [(string)row["message"]!], [], []) { Promises = promises };
}
