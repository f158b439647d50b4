using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Mail.Smtp;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Mailboxes;

/// <summary>What forms about mailboxes say.</summary>
internal static class MailboxForms
{
    /// <summary>All that a form sets; a password that is left empty stays as it is.</summary>
    public static MailboxBody Read(IFormCollection form) => new(
        form["address"], form["imapHost"], Number(form["imapPort"]) ?? 0, Codes.Find<MailTls>(form["imapTls"]), form["smtpHost"], Number(form["smtpPort"]) ?? 0, Codes.Find<MailTls>(form["smtpTls"]),
        form["userName"], form["password"].ToString() is { Length: > 0 } password ? password : null, form["folder"], Codes.Find<AfterStoring>(form["after"]), form["moveTo"],
        Number(form["mostAMinute"]), Number(form["mostAnHour"]), Number(form["mostADay"]));

    /// <summary>A day as the browser writes it, taken at the desk's midnight; null when it is none, or before there was mail.</summary>
    public static DateTimeOffset? Day(string? day, TimeZoneInfo zone) =>
        DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year > 1970
            ? new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), zone.GetUtcOffset(date.ToDateTime(TimeOnly.MinValue))).ToUniversalTime()
            : null;

    /// <summary>What was typed, to be shown again; never a password.</summary>
    public static FormState Again(IFormCollection form, Refusal? refusal) => new(
        refusal is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [refusal.Field ?? ""] = Words.OfRefusal(refusal) },
        form.Where(field => field.Key != "password" && !field.Key.StartsWith("__", StringComparison.Ordinal)).ToDictionary(field => field.Key, field => field.Value.ToString()));

    /// <summary>What was found, as the form would send it.</summary>
    public static FormState Of(string address, MailServers? found) => new(new Dictionary<string, string>(), new Dictionary<string, string>
    {
        ["address"] = address,
        ["imapHost"] = found?.Incoming?.Host ?? "",
        ["imapPort"] = Text(found?.Incoming?.Port ?? 993),
        ["imapTls"] = Codes.Of(found?.Incoming?.Tls ?? MailTls.Implicit),
        ["smtpHost"] = found?.Outgoing?.Host ?? "",
        ["smtpPort"] = Text(found?.Outgoing?.Port ?? 465),
        ["smtpTls"] = Codes.Of(found?.Outgoing?.Tls ?? MailTls.Implicit),
        ["userName"] = found?.Incoming?.UserName ?? address,
        ["mostAMinute"] = Text(found?.Limits?.PerMinute ?? 0),
        ["mostAnHour"] = Text(found?.Limits?.PerHour ?? 0),
        ["mostADay"] = Text(found?.Limits?.PerDay ?? 0),
        ["folder"] = "INBOX",
        ["after"] = Codes.Of(AfterStoring.MarkRead),
    });

    /// <summary>The servers that somebody typed, to be told whose they are.</summary>
    public static MailServers Servers(MailboxBody body) => new(
        body.ImapHost is { Length: > 0 } host ? new(host.Trim(), body.ImapPort ?? 0, body.ImapTls ?? MailTls.Implicit, body.UserName ?? "") : null, null, null, FoundBy.Guess);

    /// <summary>What is set.</summary>
    public static FormState Of(MailboxDetails mailbox) => new(new Dictionary<string, string>(), new Dictionary<string, string>
    {
        ["address"] = mailbox.Address,
        ["imapHost"] = mailbox.Servers.ImapHost,
        ["imapPort"] = Text(mailbox.Servers.ImapPort),
        ["imapTls"] = Codes.Of(mailbox.Servers.ImapTls),
        ["smtpHost"] = mailbox.Servers.SmtpHost,
        ["smtpPort"] = Text(mailbox.Servers.SmtpPort),
        ["smtpTls"] = Codes.Of(mailbox.Servers.SmtpTls),
        ["userName"] = mailbox.Servers.UserName,
        ["mostAMinute"] = Text(mailbox.Servers.MostAMinute),
        ["mostAnHour"] = Text(mailbox.Servers.MostAnHour),
        ["mostADay"] = Text(mailbox.Servers.MostADay),
        ["folder"] = mailbox.Servers.Folder,
        ["after"] = Codes.Of(mailbox.Servers.After),
        ["moveTo"] = mailbox.Servers.MoveTo,
    });

    /// <summary>What has been said about old mail.</summary>
    public static FormState OldMail(MailboxDetails mailbox) => new(new Dictionary<string, string>(), new Dictionary<string, string>
    {
        ["choice"] = Codes.Of(mailbox.OldMail.Choice),
        ["since"] = mailbox.OldMail.Since is { } since ? TimeZoneInfo.ConvertTime(since, Zone.Here).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "",
    });

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
