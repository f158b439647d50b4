using System.Text.Json.Nodes;
using Heliotrope.Core.Drivers;

namespace Heliotrope.Core.Tests.Drivers;

/// <summary>Messages in two languages with their drivers, made up for these tests: 20 for each of six to learn from, others to ask about.</summary>
internal static class Examples
{
    public static IReadOnlyList<LabelledText> ToLearnFrom { get; } = Rows("train.jsonl");

    public static IReadOnlyList<LabelledText> ToAskAbout { get; } = Rows("test.jsonl");

    private static readonly Lazy<DriverModel> Learned = new(() => DriverModel.Train(ToLearnFrom));

    /// <summary>Learned once for all tests that only ask.</summary>
    public static DriverModel Model => Learned.Value;

    /// <summary>Everything that a reading says, in one text.</summary>
    public static string Told(DriverReading reading) => $"{reading.Driver} {reading.Sure:R} {string.Join('|', reading.Because)}";

    private static LabelledText[] Rows(string file)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Heliotrope.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run within the repository.");
        }

        return [.. File.ReadLines(Path.Combine(folder, "tests", "Heliotrope.Core.Tests", "Drivers", file)).Select(line => JsonNode.Parse(line)!)
            .Select(row => new LabelledText((string)row["input"]!, (string?)row["expected"]!["intent"]))];
    }
}
