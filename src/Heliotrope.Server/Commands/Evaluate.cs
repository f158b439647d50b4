using System.Text.Json;
using System.Text.Json.Nodes;
using Heliotrope.Core.Drivers;

namespace Heliotrope.Server.Commands;

/// <summary>What <c>heliotrope evaluate</c> prints: how well something that learns does on rows it has not seen, as JSON.</summary>
internal static class Evaluate
{
    /// <summary>As in sysexits.h, and as <c>deliver</c> says it.</summary>
    private const int BadData = 65;

    /// <summary>Learns drivers from one file and is asked about another; 0 when both could be read.</summary>
    public static async Task<int> Drivers(string trainFile, string testFile, TextWriter output, TextWriter error, CancellationToken cancel)
    {
        var (train, badTrain) = await Read(trainFile, cancel);
        var (test, badTest) = await Read(testFile, cancel);
        if (badTrain is not null || badTest is not null)
        {
            await error.WriteLineAsync($"heliotrope: {(badTrain is not null ? trainFile : testFile)}, {badTrain ?? badTest}");
            return BadData;
        }

        var model = DriverModel.Train(train);
        var score = DriverScore.Of([.. test.Select(row => (row.Driver, model.Read(row.Text).Driver))]);
        await output.WriteLineAsync(new JsonObject
        {
            ["accuracy"] = score.Accuracy,
            ["macroF1"] = score.MacroF1,
            ["outOfScopeRecall"] = score.OutOfScopeRecall,
            ["outOfScopePrecision"] = score.OutOfScopePrecision,
        }.ToJsonString());
        return 0;
    }

    /// <summary>The rows of a file, or what is wrong with the first line that is none. Empty lines are none either, and no mistake.</summary>
    private static async Task<(List<LabelledText> Rows, string? Bad)> Read(string file, CancellationToken cancel)
    {
        var rows = new List<LabelledText>();
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(file, cancel))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                using var row = JsonDocument.Parse(line.TrimStart('\uFEFF'));
                if (row.RootElement.ValueKind != JsonValueKind.Object || !row.RootElement.TryGetProperty("input", out var input) || input.ValueKind != JsonValueKind.String)
                {
                    return (rows, $"line {number}: an object with a text \"input\" is expected.");
                }

                if (!TryIntent(row.RootElement, out var intent))
                {
                    return (rows, $"line {number}: \"expected\" must be an object whose \"intent\" is a text or null.");
                }

                rows.Add(new(input.GetString()!, string.IsNullOrWhiteSpace(intent) ? null : intent));
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException) // the second is what half a character in a text gives
            {
                return (rows, $"line {number}: this is no JSON. {e.Message}");
            }
        }

        return (rows, null);
    }

    private static bool TryIntent(JsonElement row, out string? intent)
    {
        intent = null;
        if (!row.TryGetProperty("expected", out var expected) || expected.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (expected.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        if (expected.TryGetProperty("intent", out var named) && named.ValueKind != JsonValueKind.Null)
        {
            intent = named.ValueKind == JsonValueKind.String ? named.GetString() : null;
            return intent is not null;
        }

        return true;
    }
}
