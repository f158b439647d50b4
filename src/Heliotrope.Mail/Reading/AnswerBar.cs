namespace Heliotrope.Mail.Reading;

/// <summary>Why no machine may answer a message (RFC 3834 section 2).</summary>
public enum AnswerBar
{
    /// <summary>It may be answered.</summary>
    None,
    /// <summary>A machine wrote it: see <see cref="MailMessage.Auto"/>.</summary>
    Automatic,
    /// <summary>It went to many: an answer would go to a list or to nobody.</summary>
    List,
    /// <summary>It was sent so that nothing can come back: an empty Return-Path.</summary>
    NullSender,
    /// <summary>It asks for no automatic answer, or comes from an address that takes none.</summary>
    AskedNotTo,
    /// <summary>It has been here before, or comes from ourselves.</summary>
    Loop,
    /// <summary>There is nobody to answer.</summary>
    NoAddress,
}
