using Heliotrope.Mail.Smtp;

namespace Heliotrope.Server.Mailboxes;

/// <summary>Why a trial to send went wrong, from what our own sender brings back.</summary>
internal static class SendingTrouble
{
    /// <summary>Null when it went well.</summary>
    public static TrialTrouble? Of(SendResult result, MailServer server, params string[] secrets) =>
        result.Outcome is SendOutcome.Accepted ? null
        : new(CodeOf(result), server.Host, server.Port, ServersWords.Shown(Said(result), server.UserName, secrets));

    /// <summary>What the other side said; null where there was none, and the words are ours.</summary>
    public static string? Said(SendResult result) => result.Code is null && result.Trouble is not (null or SendTrouble.SignInRefused or SendTrouble.Other) ? null : result.Text;

    /// <summary>The code of what kept a mail from leaving.</summary>
    public static string CodeOf(SendResult result) => result.Trouble switch
    {
        SendTrouble.NameNotFound => "name-unknown",
        SendTrouble.Unreachable => "unreachable",
        SendTrouble.TimedOut => "no-answer",
        SendTrouble.NoTls => "no-encryption",
        SendTrouble.NoSignInWay => "no-sign-in",
        SendTrouble.Certificate => "certificate-unknown",
        _ => ServersWords.Refusal(result.Text) ?? (result is { Trouble: SendTrouble.SignInRefused, Code: null } ? "not-accepted" : ByCode(result.Code)),
    };

    // RFC 4954, 4.7 and 6; 421 closes the connection (RFC 5321, 3.8).
    private static string ByCode(int? code) => code switch
    {
        534 => "app-password",
        530 or 535 => "not-accepted",
        538 => "encryption-first",
        421 or 432 or 454 => "away",
        _ => "other",
    };
}
