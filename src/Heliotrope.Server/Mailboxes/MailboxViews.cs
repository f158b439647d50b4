using Heliotrope.Core;
using Heliotrope.Core.Mailboxes;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Mailboxes;

/// <summary>What is wrong with a server.</summary>
/// <param name="Words">In words.</param>
/// <param name="Said">The server's own words; null when it had none.</param>
public sealed record TroubleView(string Words, string? Said)
{
    internal static TroubleView? Of(TrialTrouble? trouble) => trouble is null ? null : new(trouble.Sentence, trouble.Said);
}

/// <summary>What came of trying both servers.</summary>
/// <param name="Imap">What is wrong with reading; null when nothing is.</param>
/// <param name="Smtp">What is wrong with sending; null when nothing is.</param>
public sealed record TrialView(TroubleView? Imap, TroubleView? Smtp)
{
    internal static TrialView? Of(MailboxTrial? trial) => trial is null ? null : new(TroubleView.Of(trial.Imap), TroubleView.Of(trial.Smtp));
}

/// <summary>What to click at a provider.</summary>
/// <param name="Name">The provider.</param>
/// <param name="Words">What to click there.</param>
/// <param name="Where">Where that is; null where no address is known to stay.</param>
public sealed record HelpView(string Name, string Words, Uri? Where)
{
    internal static HelpView? Of(ProviderHelp? help) => help is null ? null : new(help.Name, help.Sentence, help.Page);
}

/// <summary>A provider at which one can sign in.</summary>
/// <param name="Name">A stable code.</param>
/// <param name="Label">What it is called.</param>
/// <param name="ClientId">How this installation is known there; null while it is not.</param>
public sealed record SignInView(string Name, string Label, string? ClientId);

/// <summary>The page on which a mailbox is connected.</summary>
/// <param name="Form">What was typed or found.</param>
/// <param name="Found">How the servers were found, in words; null before an address was given.</param>
/// <param name="IsFound">Whether any were.</param>
/// <param name="Help">What to click at the provider; null of one that is not known.</param>
/// <param name="Trial">What came of trying; null before.</param>
/// <param name="SignIn">Where one can sign in; null where there is none.</param>
public sealed record ConnectView(FormState Form, string? Found = null, bool IsFound = false, HelpView? Help = null, TrialView? Trial = null, SignInView? SignIn = null);

/// <summary>The page of all mailboxes.</summary>
/// <param name="Mailboxes">By address.</param>
/// <param name="Providers">Where one can sign in.</param>
/// <param name="Forms">What could not be taken, by provider.</param>
/// <param name="Redirect">The address that has to be named at a provider.</param>
public sealed record MailboxesView(IReadOnlyList<MailboxDetails> Mailboxes, IReadOnlyList<SignInView> Providers, IReadOnlyDictionary<string, FormState> Forms, string Redirect)
{
    /// <summary>The form of a provider.</summary>
    public FormState Form(SignInView provider) =>
        Forms.GetValueOrDefault(provider.Name) ?? new(new Dictionary<string, string>(), new Dictionary<string, string> { ["clientId"] = provider.ClientId ?? "" });
}

/// <summary>The page of one mailbox.</summary>
/// <param name="Mailbox">The mailbox.</param>
/// <param name="Form">What was typed or is set.</param>
/// <param name="Trial">What came of trying what was typed; null when it was not.</param>
/// <param name="OldMail">The form about old mail.</param>
/// <param name="SignIn">Where it is signed in to; null with a password.</param>
public sealed record MailboxView(MailboxDetails Mailbox, FormState Form, TrialView? Trial, FormState OldMail, SignInView? SignIn = null);

/// <summary>The shape, the tone and the sentence of how a mailbox fares.</summary>
internal static class MailboxWords
{
    public static string Icon(MailboxHealth health) => health switch
    {
        MailboxHealth.Well => "check",
        MailboxHealth.Beginning => "clock",
        MailboxHealth.Paused => "pause",
        _ => "alert",
    };

    public static string? Tone(MailboxHealth health) => health switch
    {
        MailboxHealth.Well => "leaf",
        MailboxHealth.Beginning or MailboxHealth.Paused => null,
        MailboxHealth.Faltering or MailboxHealth.NearlyFull => "sun",
        MailboxHealth.NotSending or MailboxHealth.Stopped => "clay",
    };

    public static string Sentence(MailboxDetails mailbox, DateTimeOffset now) => mailbox.Health switch
    {
        MailboxHealth.Well when mailbox.Reading.LookedAt is { } at => Words.T("mailboxes.health.well", Ago(now - at)),
        MailboxHealth.Stopped when mailbox.Reading.LookedAt is { } at => Words.T("mailboxes.health.stopped", Ago(now - at)),
        MailboxHealth.NearlyFull when mailbox.Reading is { QuotaUsed: { } used, QuotaLimit: { } limit } => Words.T("mailboxes.health.nearly-full", When.Size(used), When.Size(limit)),
        MailboxHealth.Well or MailboxHealth.NearlyFull => Words.T("mailboxes.health.beginning"),
        MailboxHealth.Stopped => Words.T("mailboxes.health.never"),
        var health => Words.T("mailboxes.health." + Codes.Of(health)),
    };

    /// <summary>What is wrong with reading, in words; null when nothing is.</summary>
    public static string? ReadingTrouble(MailboxDetails mailbox) =>
        mailbox.Reading.Trouble.Length == 0 ? null : Trouble(mailbox, mailbox.Reading.Trouble, mailbox.Servers.ImapHost, mailbox.Servers.ImapPort);

    /// <summary>What is wrong with sending, in words; null when nothing is.</summary>
    public static string? SendingTrouble(MailboxDetails mailbox) =>
        mailbox.Sending.Trouble.Length == 0 ? null : Trouble(mailbox, mailbox.Sending.Trouble, mailbox.Servers.SmtpHost, mailbox.Servers.SmtpPort);

    /// <summary>Where there is no password, none can be wrong.</summary>
    private static string Trouble(MailboxDetails mailbox, string code, string host, int port) =>
        Words.T("mailbox.trouble." + (code is "not-accepted" && mailbox.Servers.Way is SignInWay.Oauth ? "signed-out" : code), host, port);

    private static string Ago(TimeSpan span) => span < TimeSpan.FromMinutes(1) ? Words.T("mailboxes.seconds", (int)Math.Max(0, span.TotalSeconds)) : When.Length(span);
}
