using Heliotrope.Mail.Smtp;

namespace Heliotrope.Mail.Tests.Smtp;

/// <summary>For a server that falls silent after it has answered: soon over, and yet long enough for what is answered before on a machine that is busy.</summary>
internal static class Silent
{
    public static SmtpSenderOptions Soon { get; } = new() { Reply = TimeSpan.FromSeconds(4) };
}
