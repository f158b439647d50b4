using System.Globalization;
using System.Text.Json;

namespace Heliotrope.Core.Imports;

/// <summary>Reads pieces of somebody else's JSON: whatever is missing or of another kind is empty.</summary>
internal static class JsonPieces
{
    /// <summary>A longer list is no list of one conversation's messages, tags or files.</summary>
    private const int MostItems = 20_000;

    public static JsonElement? Part(this JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var part) && part.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? part : null;

    /// <summary>The first of these that says anything, as text: a number is its digits.</summary>
    public static string Words(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (element.Part(name) is { } part && Plain(part) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return "";
    }

    public static bool IsTrue(this JsonElement element, string name) => element.Part(name) is { } part && (part.ValueKind is JsonValueKind.True || Plain(part) is "true" or "1");

    public static bool IsFalse(this JsonElement element, string name) => element.Part(name) is { } part && (part.ValueKind is JsonValueKind.False || Plain(part) is "false" or "0");

    public static IEnumerable<JsonElement> List(this JsonElement element, string name) =>
        element.Part(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Take(MostItems) : [];

    /// <summary>A list of words, or of objects with a name each, or words apart by commas.</summary>
    public static IReadOnlyList<string> WordList(this JsonElement element, string name) => element.Part(name) switch
    {
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Take(MostItems).Select(item => item.ValueKind is JsonValueKind.Object ? item.Words("name", "value") : Plain(item)).Where(text => text.Length > 0)],
        { ValueKind: JsonValueKind.String } text => [.. Plain(text).Split([',', ' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries)],
        _ => [],
    };

    /// <summary>What is within, where an object holds one other under its kind's name, as in {"user": {…}}.</summary>
    public static (string Kind, JsonElement Object) Unwrapped(this JsonElement element)
    {
        using var properties = element.EnumerateObject();
        return properties.MoveNext() && properties.Current is { Value.ValueKind: JsonValueKind.Object } only && !properties.MoveNext() ? (only.Name, only.Value) : ("", element);
    }

    // Half a surrogate pair, written as \uD800, cannot be given as a string at all.
    private static string Plain(JsonElement part)
    {
        try
        {
            return part.ValueKind switch
            {
                JsonValueKind.String => part.GetString()!.Trim(),
                JsonValueKind.Number => part.TryGetInt64(out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : part.GetRawText(),
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                _ => "",
            };
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }
}
