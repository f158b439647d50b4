namespace Heliotrope.Mail.Reading;

/// <summary>Whether a machine wrote the message, and of what kind (RFC 3834, RFC 3464, RFC 2369, RFC 5965).</summary>
public enum AutoKind
{
    /// <summary>A person wrote it, as far as can be told.</summary>
    None,
    /// <summary>An automatic answer, such as an absence notice.</summary>
    AutoReply,
    /// <summary>A delivery status notification.</summary>
    Bounce,
    /// <summary>Mail of a list or other bulk mail.</summary>
    List,
    /// <summary>A feedback report about mail that was sent.</summary>
    Report,
}
