using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Heliotrope.Mail.Html;
using Heliotrope.Mail.Reading;
using Heliotrope.Mail.Replies;

namespace Heliotrope.Server.Channels;

/// <summary>What <c>heliotrope inspect</c> prints: how a message or a reply is read, as JSON.</summary>
internal static class Inspect
{
    private static readonly JsonSerializerOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One message on <paramref name="input"/>, or one a line; 0 when everything could be read.</summary>
    public static Task<int> Mail(Stream input, TextWriter output, bool jsonLines) =>
        Run(input, output, jsonLines, bytes => Describe(MailReader.Read(bytes)));

    /// <summary>The plain text of one reply, or one a line.</summary>
    public static Task<int> ReplyText(Stream input, TextWriter output, bool jsonLines) =>
        Run(input, output, jsonLines, bytes =>
        {
            var parts = Heliotrope.Mail.Replies.ReplyText.Split(Encoding.UTF8.GetString(bytes));
            return new JsonObject { ["reply"] = parts.Reply, ["quoted"] = parts.Quoted };
        });

    private static async Task<int> Run(Stream input, TextWriter output, bool jsonLines, Func<byte[], JsonObject> describe)
    {
        if (!jsonLines)
        {
            using var all = new MemoryStream();
            await input.CopyToAsync(all);
            await output.WriteLineAsync(describe(all.ToArray()).ToJsonString(Format));
            await output.FlushAsync();
            return 0;
        }
        using var lines = new StreamReader(input, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        while (await lines.ReadLineAsync() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                await output.WriteLineAsync(Answer(line.TrimStart('\uFEFF'), describe).ToJsonString(Format));
                await output.FlushAsync();
            }
        }
        return 0;
    }

    /// <summary>A line that cannot be understood is answered with what is wrong with it, and the next one is read.</summary>
    private static JsonObject Answer(string line, Func<byte[], JsonObject> describe)
    {
        JsonNode? id = null;
        try
        {
            if (JsonNode.Parse(line) is not JsonObject request)
            {
                return new JsonObject { ["id"] = null, ["error"] = "The line is not a JSON object." };
            }
            id = request["id"]?.DeepClone();
            if (request["input"]?.GetValueKind() != JsonValueKind.String)
            {
                return new JsonObject { ["id"] = id, ["error"] = "The line has no text \"input\"." };
            }
            var text = request["input"]!.GetValue<string>();
            var encoding = request["encoding"]?.ToString();
            if (encoding is not (null or "" or "base64" or "utf-8" or "text"))
            {
                return new JsonObject { ["id"] = id, ["error"] = $"The encoding \"{encoding}\" is not known; leave it out or say base64." };
            }
            var answer = new JsonObject { ["id"] = id };
            foreach (var (name, value) in describe(encoding == "base64" ? Convert.FromBase64String(text) : Encoding.UTF8.GetBytes(text)))
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

    private static JsonObject Describe(MailMessage message) => new()
    {
        ["messageId"] = message.MessageId,
        ["from"] = message.From is { } from ? Describe(from) : null,
        ["to"] = new JsonArray([.. message.To.Select(Describe)]),
        ["cc"] = new JsonArray([.. message.Cc.Select(Describe)]),
        ["subject"] = message.Subject,
        ["date"] = message.Date is { } date ? Iso(date) : null,
        ["text"] = message.Text,
        ["html"] = message.Html is { } html ? HtmlCleaner.Clean(html) : null,
        ["reply"] = PreparedMail.Words(message).Reply,
        ["attachments"] = new JsonArray([.. message.Attachments.Select(Describe)]),
        ["auto"] = Word(message.Auto),
        ["bounce"] = message.Bounce is { } bounce
            ? new JsonObject { ["recipient"] = bounce.Recipient, ["status"] = bounce.Status, ["action"] = bounce.Action }
            : null,
        ["defects"] = new JsonArray([.. message.Defects.Select(defect =>
            (JsonNode)new JsonObject { ["code"] = defect.Code, ["detail"] = defect.Detail })]),
    };

    private static JsonNode Describe(MailAddress address) => new JsonObject { ["name"] = address.Name, ["address"] = address.Address };

    private static JsonNode Describe(MailAttachment attachment) =>
        new JsonObject { ["name"] = attachment.Name, ["type"] = attachment.Type, ["size"] = attachment.Size };

    private static string Iso(DateTimeOffset date) =>
        date.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);

    private static string Word(AutoKind kind) => kind switch
    {
        AutoKind.None => "none",
        AutoKind.AutoReply => "auto-reply",
        AutoKind.Bounce => "bounce",
        AutoKind.List => "list",
        AutoKind.Report => "report",
    };
}
