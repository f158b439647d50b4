using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Heliotrope.Server.Platform;

/// <summary>Answers JSON objects, one a line, for programs that ask <c>heliotrope inspect</c> about many things in one run.</summary>
internal static class JsonLines
{
    /// <summary>Words of all languages are written as they are: the answer goes to a program, and never into a page.</summary>
    public static readonly JsonSerializerOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers each line before it reads the next. A line that cannot be understood is answered with what is wrong with it.</summary>
    public static async Task<int> Answer(Stream input, TextWriter output, Func<JsonObject, JsonObject> describe)
    {
        using var lines = new StreamReader(input, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        while (await lines.ReadLineAsync() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                await output.WriteLineAsync(Answer(line, describe).ToJsonString(Format));
                await output.FlushAsync();
            }
        }
        return 0;
    }

    /// <summary>What is said of one object, after its id; or what is wrong with it.</summary>
    public static JsonObject Answer(string json, Func<JsonObject, JsonObject> describe)
    {
        JsonNode? id = null;
        try
        {
            if (JsonNode.Parse(json.TrimStart('\uFEFF')) is not JsonObject request)
            {
                return new JsonObject { ["id"] = null, ["error"] = "The line is not a JSON object." };
            }
            id = request["id"]?.DeepClone();
            var answer = new JsonObject { ["id"] = id };
            foreach (var (name, value) in describe(request))
            {
                answer[name] = value?.DeepClone();
            }
            return answer;
        }
        catch (Exception problem)
        {
            // The outermost loop: the stream goes on, and the answer is the log.
            return new JsonObject { ["id"] = id?.DeepClone(), ["error"] = problem.Message };
        }
    }
}
