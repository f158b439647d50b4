using System.Globalization;
using System.Text.Json.Nodes;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Targets;
using NodaTime;
using NodaTime.Text;

namespace Heliotrope.Core.Tests.Promises;

/// <summary>
/// Compares what is found in labelled replies with their labels. A promise is found when the words overlap; its due is right
/// when it is the labelled one to the minute, or the labelled date, or vague where the label is.
/// </summary>
public sealed record LabelledPromises(string Language, int Labelled, int Found, int Right, int RightDue)
{
    /// <summary>How many of the found are promises.</summary>
    public double Precision => Found == 0 ? 1 : (double)Right / Found;

    /// <summary>How many of the promises are found.</summary>
    public double Recall => Labelled == 0 ? 1 : (double)Right / Labelled;

    /// <summary>Of the promises that are found, how many have the right date.</summary>
    public double Dates => Right == 0 ? 1 : (double)RightDue / Right;

    /// <summary>The replies that rules may be tuned on.</summary>
    public const string Tuned = "replies.jsonl";

    /// <summary>More replies that the coach's rules may be tuned on, for the remarks that are easily missed.</summary>
    public const string More = "replies-more.jsonl";

    /// <summary>The replies that no rule is tuned on.</summary>
    public const string HeldOut = "replies-held-out.jsonl";

    /// <summary>Reads a file of labelled replies and what is found in each.</summary>
    public static IEnumerable<(JsonNode Row, IReadOnlyList<FoundPromise> Found)> Read(string file) =>
        from row in Rows(file)
        let hours = WorkingHours.Parse((string)row["zone"]!, WorkingHours.Usual.Hours, "").Value
        let now = LocalDateTimePattern.GeneralIso.Parse((string)row["now"]! + ":00").Value
        select (row, PromiseFinder.In((string)row["reply"]!, hours.When(now)[0], hours));

    /// <summary>The labelled replies of a file beside the coach's tests.</summary>
    public static IEnumerable<JsonNode> Rows(string file)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Heliotrope.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("This does not run within the repository.");
        }

        return File.ReadLines(Path.Combine(folder, "tests", "Heliotrope.Core.Tests", "Coach", "Data", file)).Select(line => JsonNode.Parse(line)!);
    }

    /// <summary>The figures of a file, for each language and together.</summary>
    public static IReadOnlyList<LabelledPromises> Of(string file)
    {
        var rows = Read(file).Select(r => (Language: (string)r.Row["customer"]!["language"]! == "de" ? "de" : "en", Score: Score(r.Row, r.Found))).ToList();
        return
        [
            .. rows.GroupBy(r => r.Language).OrderByDescending(g => g.Key).Select(g => Sum(g.Key, g.Select(r => r.Score))),
            Sum("all", rows.Select(r => r.Score)),
        ];
    }

    /// <summary>Which labels of a row were not found, which finds have no label, and which dates differ: to look at.</summary>
    public static IEnumerable<string> Mistakes(JsonNode row, IReadOnlyList<FoundPromise> found)
    {
        var reply = (string)row["reply"]!;
        var labels = Labels(row);
        foreach (var (at, text, due) in labels)
        {
            var match = found.Where(f => Overlap(f, at, text)).Select(Due).ToList();
            if (match.Count == 0)
            {
                yield return $"{row["id"]} missed: {text}";
            }
            else if (!match.Contains(due))
            {
                yield return $"{row["id"]} {row["now"]} due {string.Join(", ", match)} instead of {due}: {text}";
            }
        }

        foreach (var promise in found.Where(f => !labels.Any(l => Overlap(f, l.At, l.Text))))
        {
            yield return $"{row["id"]} no promise: {reply.Substring(promise.At, promise.Length)}";
        }
    }

    private static LabelledPromises Score(JsonNode row, IReadOnlyList<FoundPromise> found)
    {
        var labels = Labels(row);
        var right = labels.Count(l => found.Any(f => Overlap(f, l.At, l.Text)));
        var wrong = found.Count(f => !labels.Any(l => Overlap(f, l.At, l.Text)));
        return new("", labels.Count, right + wrong, right, labels.Count(l => found.Any(f => Overlap(f, l.At, l.Text) && Due(f) == l.Due)));
    }

    private static List<(int At, string Text, string Due)> Labels(JsonNode row) =>
    [
        .. from label in row["expected"]!["promises"]!.AsArray()
           let text = (string)label["text"]!
           select (((string)row["reply"]!).IndexOf(text, StringComparison.Ordinal), text, (string?)label["due"] ?? ""),
    ];

    private static LabelledPromises Sum(string language, IEnumerable<LabelledPromises> scores) =>
        scores.Aggregate(new LabelledPromises(language, 0, 0, 0, 0), (a, b) => new(language, a.Labelled + b.Labelled, a.Found + b.Found, a.Right + b.Right, a.RightDue + b.RightDue));

    private static bool Overlap(FoundPromise found, int at, string text) => found.At < at + text.Length && at < found.At + found.Length;

    private static string Due(FoundPromise found) => found.Due is { } due
        ? due.Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) + due.Time?.ToString("'T'HH:mm", CultureInfo.InvariantCulture)
        : "";
}
