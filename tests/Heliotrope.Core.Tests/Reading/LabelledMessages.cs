using System.Text.Json.Nodes;
using Heliotrope.Core.Reading;

namespace Heliotrope.Core.Tests.Reading;

/// <summary>How often a sign is read where it is labelled.</summary>
/// <param name="Sign">The sign.</param>
/// <param name="Labelled">In how many messages it is labelled.</param>
/// <param name="Found">In how many it was read.</param>
/// <param name="Right">In how many of those it is labelled, too.</param>
public sealed record LabelledSign(string Sign, int Labelled, int Found, int Right)
{
    /// <summary>How many of the found are right.</summary>
    public double Precision => Found == 0 ? 1 : (double)Right / Found;

    /// <summary>How many of the labelled are found.</summary>
    public double Recall => Labelled == 0 ? 1 : (double)Right / Labelled;
}

/// <summary>Compares what is read in labelled messages with their labels.</summary>
public static class LabelledMessages
{
    /// <summary>The messages that rules may be tuned on.</summary>
    public const string Tuned = "messages.jsonl";

    /// <summary>More messages, told in every way people tell them, that rules may be tuned on: for complaints and urgency.</summary>
    public const string More = "messages-more.jsonl";

    /// <summary>The messages that no rule is tuned on.</summary>
    public const string HeldOut = "messages-held-out.jsonl";

    /// <summary>From here on a feeling is called good or bad, as VADER's authors do.</summary>
    private const double Felt = 0.05;

    /// <summary>The labelled messages of a file.</summary>
    public static IEnumerable<JsonNode> Rows(string file)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Heliotrope.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("This does not run within the repository.");
        }

        return File.ReadLines(Path.Combine(folder, "tests", "Heliotrope.Core.Tests", "Reading", "Data", file)).Select(line => JsonNode.Parse(line)!);
    }

    /// <summary>The figures of a file for each sign.</summary>
    /// <param name="file">The file.</param>
    /// <param name="language">Only messages in this language; null for all.</param>
    public static IReadOnlyList<LabelledSign> Of(string file, string? language = null)
    {
        var read = Rows(file).Where(row => language is null || (string?)row["expected"]!["language"] == language)
            .Select(row => (Labels: row["expected"]!, Reading: MessageReading.Of((string)row["input"]!))).ToList();
        return
        [
            Sum("language", (labels, _) => (string?)labels["language"], reading => reading.Language),
            Sum("complaint", Flag, reading => reading.Complaint ? "" : null),
            Sum("gratitude", Flag, reading => reading.Gratitude ? "" : null),
            Sum("question", Flag, reading => reading.Question ? "" : null),
            Sum("urgency", Flag, reading => reading.Urgency ? "" : null),
            Sum("life event", (labels, _) => (string?)labels["lifeEvent"], reading => reading.LifeEvent?.ToString().ToLowerInvariant()),
            Sum("positive", (labels, name) => (string?)labels["sentiment"] == name ? "" : null, reading => reading.Sentiment >= Felt ? "" : null),
            Sum("negative", (labels, name) => (string?)labels["sentiment"] == name ? "" : null, reading => reading.Sentiment <= -Felt ? "" : null),
        ];

        LabelledSign Sum(string sign, Func<JsonNode, string, string?> labelled, Func<MessageReading, string?> found) => new(
            sign,
            read.Count(row => labelled(row.Labels, sign) is not null),
            read.Count(row => found(row.Reading) is not null),
            read.Count(row => found(row.Reading) is { } said && said == labelled(row.Labels, sign)));
    }

    /// <summary>Which signs of a message are read otherwise than they are labelled: to look at.</summary>
    public static IEnumerable<string> Mistakes(JsonNode row)
    {
        var (labels, text) = (row["expected"]!, (string)row["input"]!);
        var reading = MessageReading.Of(text);
        var happened = reading.LifeEvent?.ToString().ToLowerInvariant();
        var signs = new (string Sign, bool Labelled, bool Read)[]
        {
            ("complaint", (bool)labels["complaint"]!, reading.Complaint), ("gratitude", (bool)labels["gratitude"]!, reading.Gratitude),
            ("question", (bool)labels["question"]!, reading.Question), ("urgency", (bool)labels["urgency"]!, reading.Urgency),
        };
        var wrong = signs.Where(sign => sign.Labelled != sign.Read).Select(sign => (sign.Labelled ? "missed " : "no ") + sign.Sign);
        if ((string?)labels["lifeEvent"] != happened)
        {
            wrong = wrong.Append($"{happened ?? "nothing"} instead of {(string?)labels["lifeEvent"] ?? "nothing"}");
        }

        if ((string?)labels["language"] != reading.Language)
        {
            wrong = wrong.Append($"language {reading.Language ?? "unknown"}");
        }

        return wrong.Select(what => $"{row["id"]} {what}: {text.ReplaceLineEndings(" ")}");
    }

    private static string? Flag(JsonNode labels, string sign) => (bool)labels[sign]! ? "" : null;
}
