namespace Heliotrope.Mail.Reading;

/// <summary>Something wrong in a message that was read all the same.</summary>
/// <param name="Code">A stable code, such as <c>charset.unknown</c>.</param>
/// <param name="Detail">What was found and what was made of it.</param>
public sealed record MailDefect(string Code, string Detail);
