using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Heliotrope.Mail.Html;
using Heliotrope.Mail.Reading;
using Heliotrope.Mail.Replies;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Channels;

/// <summary>What <c>heliotrope inspect</c> prints: how a message or a reply is read, as JSON.</summary>
internal static class Inspect
{
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
            await output.WriteLineAsync(describe(all.ToArray()).ToJsonString(JsonLines.Format));
            await output.FlushAsync();
            return 0;
        }
        return await JsonLines.Answer(input, output, row => describe(Bytes(row)));
    }

    private static byte[] Bytes(JsonObject row)
    {
        var text = row["input"]?.GetValueKind() == JsonValueKind.String ? row["input"]!.GetValue<string>() : throw new FormatException("The line has no text \"input\".");
        var encoding = row["encoding"]?.ToString();
        return encoding switch
        {
            null or "" or "utf-8" or "text" => Encoding.UTF8.GetBytes(text),
            "base64" => Convert.FromBase64String(text),
            _ => throw new FormatException($"The encoding \"{encoding}\" is not known; leave it out or say base64."),
        };
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
