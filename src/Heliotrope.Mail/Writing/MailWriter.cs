namespace Heliotrope.Mail.Writing;

/// <summary>Writes messages that every mail program reads: CRLF, seven bits, folded lines (RFC 5322, RFC 2045 to 2047).</summary>
public static class MailWriter
{
    /// <summary>The bytes of the message; the same mail gives the same bytes. No value can begin a header of its own.</summary>
    /// <exception cref="ArgumentException">An extra header has a name that may not be used.</exception>
    public static byte[] Write(OutgoingMail mail) => throw new NotImplementedException();
}
