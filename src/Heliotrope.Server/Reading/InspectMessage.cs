using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Heliotrope.Core.Reading;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Reading;

/// <summary>What <c>heliotrope inspect message</c> prints: what is read in a customer's words, and the words that say it.</summary>
internal static class InspectMessage
{
    /// <summary>The words on <paramref name="input"/>, or one <c>{"id","input"}</c> a line; always 0, because anything is a text.</summary>
    public static async Task<int> Run(Stream input, TextWriter output, bool jsonLines)
    {
        if (jsonLines)
        {
            return await JsonLines.Answer(input, output, row => Describe(
                row["input"]?.GetValueKind() == JsonValueKind.String ? row["input"]!.GetValue<string>() : throw new FormatException("The line has no text \"input\".")));
        }
        using var all = new StreamReader(input, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        await output.WriteLineAsync(Describe(await all.ReadToEndAsync()).ToJsonString(JsonLines.Format));
        await output.FlushAsync();
        return 0;
    }

    private static JsonObject Describe(string text)
    {
        var reading = MessageReading.Of(text);
        return new()
        {
            ["language"] = reading.Language,
            ["sentiment"] = new JsonObject { ["compound"] = reading.Sentiment is { } felt ? Math.Round(felt, 4) : null },
            ["complaint"] = reading.Complaint,
            ["gratitude"] = reading.Gratitude,
            ["question"] = reading.Question,
            ["urgency"] = reading.Urgency,
            ["lifeEvent"] = reading.LifeEvent is { } happened ? JsonNamingPolicy.KebabCaseLower.ConvertName(happened.ToString()) : null,
            ["evidence"] = new JsonArray([.. reading.Evidence.Select(words => (JsonNode)new JsonObject
            {
                ["sign"] = JsonNamingPolicy.KebabCaseLower.ConvertName(words.Sign.ToString()),
                ["text"] = text.Substring(words.At, words.Length),
                ["at"] = words.At,
                ["length"] = words.Length,
            })]),
        };
    }
}
