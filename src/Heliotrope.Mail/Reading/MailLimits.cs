namespace Heliotrope.Mail.Reading;

/// <summary>How much of a hostile message is looked at. What lies beyond a limit is left out and noted as a defect.</summary>
public sealed record MailLimits
{
    /// <summary>The limits used when none are given.</summary>
    public static MailLimits Default { get; } = new();

    /// <summary>Multiparts and messages within each other; stops the nesting bomb that exhausts the stack.</summary>
    public int MaxDepth { get; init; } = 50;

    /// <summary>Parts in one message; stops millions of empty parts from becoming millions of objects.</summary>
    public int MaxParts { get; init; } = 2000;

    /// <summary>Header bytes kept per header block; stops a message that is one endless header.</summary>
    public int MaxHeaderBytes { get; init; } = 1024 * 1024;

    /// <summary>Header fields kept per header block; stops a million one-letter headers.</summary>
    public int MaxHeaders { get; init; } = 5000;

    /// <summary>Addresses kept per header; stops a To list made to fill the memory.</summary>
    public int MaxAddresses { get; init; } = 2000;

    /// <summary>Ids kept from References, the newest ones; stops a thread that grows without end.</summary>
    public int MaxReferences { get; init; } = 200;

    /// <summary>
    /// Bytes of headers, boundaries and beginnings of parts that are held in memory of a message that lies in a file (<see cref="SpooledMail"/>);
    /// stops millions of parts from filling the memory after all.
    /// </summary>
    public int MaxSkeletonBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// Bytes unpacked in all from messages and multiparts that are encoded themselves, and from Outlook's winmail.dat; stops a message
    /// encoded in a message in a message from being unpacked at every level. What is beyond can still be saved as a file.
    /// </summary>
    public int MaxUnpackedBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Characters of text, and of HTML, kept; stops a body too large to show, index or clean.</summary>
    public int MaxTextChars { get; init; } = 4 * 1024 * 1024;

    /// <summary>Defects noted; stops a report longer than the message.</summary>
    public int MaxDefects { get; init; } = 100;
}
