namespace Heliotrope.Mail.Reading;

/// <summary>The mail that a bounce or a report is about, as far as it came along.</summary>
internal static class ReturnedMail
{
    private const int MaxBytes = 256 * 1024;

    /// <summary>Its headers; null when they are not there.</summary>
    public static HeaderList? Headers(MimePart root)
    {
        var whole = root.All().Skip(1).FirstOrDefault(part => part.Headers.Has("From") && (part.Headers.Has("To") || part.Headers.Has("Message-ID")));
        if (whole is not null)
        {
            return whole.Headers;
        }
        var headers = root.All().FirstOrDefault(part => part.Type.Value is "text/rfc822-headers" or "message/rfc822-headers");
        return headers is null ? null : HeaderParser.Parse(headers.Decode(MaxBytes), new ReadContext(MailLimits.Default)).Headers;
    }

    public static string? MessageId(HeaderList? headers) => headers?.Raw("Message-ID").SelectMany(MessageIds.Parse).FirstOrDefault();
}
