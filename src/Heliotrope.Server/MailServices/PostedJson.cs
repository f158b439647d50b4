using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Heliotrope.Server.MailServices;

/// <summary>JSON from outside: what has another type than expected counts as not there.</summary>
internal static partial class PostedJson
{
    /// <summary>No service nests deeper than eight; deeper is an attack on the stack.</summary>
    private const int MostDepth = 32;

    /// <summary>Null when it is none.</summary>
    public static JsonDocument? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            // Bytes that are no UTF-8 become U+FFFD here, rather than a failure where they are read.
            return JsonDocument.Parse(Utf8.IsValid(json.Span) ? json : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json.Span)), new() { MaxDepth = MostDepth });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonDocument? Read(string? json) => string.IsNullOrEmpty(json) ? null : Read(Encoding.UTF8.GetBytes(json));

    /// <summary>The property of this name; an undefined element when there is none.</summary>
    public static JsonElement At(this JsonElement element, string name) => element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var found) ? found : default;

    public static string? Text(this JsonElement element, string name) => element.At(name).AsText();

    public static string? AsText(this JsonElement element)
    {
        if (element.ValueKind is not JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape.
            return JsonSerializer.Deserialize<string>(LoneSurrogates().Replace(element.GetRawText(), "$1\\ufffd"));
        }
    }

    /// <summary>The items of an array; none when it is no array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element) => element.ValueKind is JsonValueKind.Array ? element.EnumerateArray() : [];

    /// <summary>The bytes that base64 stands for; null when it is no base64.</summary>
    public static byte[]? FromBase64(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"(?<!\\)((?:\\\\)*)(?:\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2})")]
    private static partial Regex LoneSurrogates();
}
