using System.Text.Json;

namespace Heliotrope.Mail.Reading;

/// <summary>What a feedback report says: somebody calls a mail of ours unwanted (RFC 5965).</summary>
/// <param name="Type">abuse, fraud, opt-out, not-spam and the like, in lower case; abuse when not said.</param>
/// <param name="Recipient">Who complains; null when not said, which many providers do on purpose.</param>
/// <param name="MessageId">The mail complained of, without angle brackets; null when not said.</param>
public sealed record FeedbackReport(string Type, string? Recipient, string? MessageId)
{
    private const int MaxBytes = 64 * 1024;

    internal static FeedbackReport Read(MimePart root, string text)
    {
        if (text.StartsWith('{'))
        {
            return OfSendingService(text);
        }
        var fields = root.All(intoMessages: false).FirstOrDefault(part => part.Type.Value == "message/feedback-report") is { } report
            ? HeaderParser.Parse(report.Decode(MaxBytes), new ReadContext(MailLimits.Default)).Headers
            : new HeaderList();
        var original = ReturnedMail.Headers(root);
        return new FeedbackReport(
            fields.First("Feedback-Type")?.Trim().ToLowerInvariant() is { Length: > 0 and < 50 } type ? type : "abuse",
            AddressParser.FirstAddress(fields.First("Original-Rcpt-To")) ?? AddressParser.FirstAddress(fields.First("Removal-Recipient"))
                ?? AddressParser.FirstAddress(root.Headers.First("X-HmXmrOriginalRecipient")) ?? AddressParser.FirstAddress(original?.First("To")),
            ReturnedMail.MessageId(original));
    }

    /// <summary>How a large sending service tells it: JSON on one line, and words below it.</summary>
    private static FeedbackReport OfSendingService(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text.Split('\n', 2)[0], new JsonDocumentOptions { MaxDepth = 20 });
            var complaint = document.RootElement.TryGetProperty("complaint", out var found) ? found : default;
            return new FeedbackReport(
                Text(complaint, "complaintFeedbackType")?.ToLowerInvariant() ?? "abuse",
                complaint.ValueKind == JsonValueKind.Object && complaint.TryGetProperty("complainedRecipients", out var all) && all.ValueKind == JsonValueKind.Array
                    ? all.EnumerateArray().Select(one => AddressText.Clean(Text(one, "emailAddress") ?? "")).FirstOrDefault(one => one is not null) : null,
                document.RootElement.TryGetProperty("mail", out var mail) && mail.ValueKind == JsonValueKind.Object && mail.TryGetProperty("commonHeaders", out var sent) && Text(sent, "messageId") is { } id
                    ? MessageIds.Parse(id).FirstOrDefault() : null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // half of a character is no text
        {
            return new FeedbackReport("abuse", null, null);
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
