using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Heliotrope.Core.Coach;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Targets;
using Heliotrope.Server.Platform;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.TimeZones;

namespace Heliotrope.Server.Coach;

/// <summary>
/// What <c>heliotrope inspect reply</c> prints: what the coach says of a reply, and what the reply promises. Only
/// <c>reply</c> is needed; without <c>zone</c> it is UTC, without <c>now</c> the present. The office is open Monday to Friday, nine to five.
/// </summary>
internal static class InspectReply
{
    /// <summary>One JSON object on <paramref name="input"/>, or one a line; 0 when a single one could be read.</summary>
    public static async Task<int> Run(Stream input, TextWriter output, TimeProvider time, bool jsonLines)
    {
        if (jsonLines)
        {
            return await JsonLines.Answer(input, output, row => Describe(row, time));
        }
        using var all = new StreamReader(input, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var answer = JsonLines.Answer(await all.ReadToEndAsync(), row => Describe(row, time));
        await output.WriteLineAsync(answer.ToJsonString(JsonLines.Format));
        await output.FlushAsync();
        return answer.ContainsKey("error") ? 1 : 0;
    }

    private static JsonObject Describe(JsonObject row, TimeProvider time)
    {
        var reply = Text(row["reply"]) ?? throw new FormatException("There is no text \"reply\".");
        var hours = WorkingHours.Parse(Text(row["zone"]) is { Length: > 0 } zone ? zone : "UTC", WorkingHours.Usual.Hours, "")
            .Match(known => known, refusal => throw new FormatException(refusal.Detail));
        var now = Text(row["now"]) is { Length: > 0 } said ? Now(said, hours.Zone) : time.GetUtcNow();
        var customer = row["customer"] as JsonObject;
        var promises = PromiseFinder.In(reply, now, hours);
        var inHand = new ReplyInHand(
            reply, Text(customer?["name"]) ?? "", Text(customer?["language"]), Text(row["message"]) is { } message ? [message] : [], [], [])
        { Promises = promises };
        return new JsonObject
        {
            ["remarks"] = new JsonArray([.. ReplyCoach.Read(inHand).Select(remark => Describe(remark, reply))]),
            ["promises"] = new JsonArray([.. promises.Select(promise => Describe(promise, reply))]),
        };
    }

    private static JsonObject Describe(Remark remark, string reply) => new JsonObject
    {
        ["kind"] = RemarkNames.Of(remark.Kind),
        ["text"] = reply.Substring(remark.At, remark.Length),
        ["at"] = remark.At,
        ["length"] = remark.Length,
        ["fix"] = remark.Fix,
    };

    private static JsonObject Describe(FoundPromise promise, string reply) => new JsonObject
    {
        ["text"] = reply.Substring(promise.At, promise.Length),
        ["at"] = promise.At,
        ["length"] = promise.Length,
        ["due"] = promise.Due?.ToIso(),
        ["precision"] = JsonNamingPolicy.KebabCaseLower.ConvertName(promise.Precision.ToString()),
    };

    /// <summary>The clock of the zone, unless the text says by an offset which time it is.</summary>
    private static DateTimeOffset Now(string said, string zone)
    {
        if (!DateTime.TryParse(said, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var clock))
        {
            throw new FormatException("\"now\" is no time such as 2026-03-18T14:30.");
        }
        var hasOffset = said.EndsWith('Z') || said.LastIndexOfAny(['+', '-']) > said.IndexOf(':', StringComparison.Ordinal);
        return hasOffset
            ? DateTimeOffset.Parse(said, CultureInfo.InvariantCulture)
            : DateTimeZoneProviders.Tzdb[zone].ResolveLocal(LocalDateTime.FromDateTime(clock), Resolvers.LenientResolver).ToDateTimeOffset();
    }

    /// <summary>What is no text counts as missing.</summary>
    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
}
