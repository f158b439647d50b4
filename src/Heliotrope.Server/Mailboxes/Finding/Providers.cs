using Heliotrope.Mail.Smtp;

namespace Heliotrope.Server.Mailboxes;

/// <summary>
/// The providers we know. Servers are those that each publishes for mail programs and that Thunderbird's public database names
/// too. Domains need not be complete: what is missing is recognised by its MX.
/// </summary>
internal static class Providers
{
    private static readonly (int, MailTls) Submission = (587, MailTls.StartTls);

    public static IReadOnlyList<Provider> All { get; } =
    [
        new("google", "Google", SignIn.AppPasswordOrProvider,
            // support.google.com/mail/answer/22839: 500 a day
            new Place("imap.gmail.com", "smtp.gmail.com") { Domains = ["gmail.com", "googlemail.com"], Limits = new(PerDay: 500) },
            // support.google.com/a/answer/166852: 2,000 a day (500 on trial)
            new Place("imap.gmail.com", "smtp.gmail.com") { Mx = ["google.com", "googlemail.com"], Limits = new(PerDay: 2000) })
        { Page = new("https://myaccount.google.com/apppasswords") },

        new("outlook", "Outlook.com", SignIn.Provider,
            // support.microsoft.com "Sending limits in Outlook.com": 1,000 new recipients a day with a subscription; fewer without
            new Place("outlook.office365.com", "smtp-mail.outlook.com")
            {
                Domains = ["outlook.com", "outlook.de", "outlook.at", "outlook.fr", "outlook.it", "outlook.es", "hotmail.com", "hotmail.de", "hotmail.fr", "hotmail.it", "hotmail.co.uk", "live.com", "live.de", "live.at", "live.nl", "live.co.uk", "msn.com", "windowslive.com"],
                Mx = ["olc.protection.outlook.com"],
                SmtpAt = Submission,
                Limits = new(PerDay: 1000),
            }) { Page = new("https://account.microsoft.com/security") },

        new("microsoft-365", "Microsoft 365", SignIn.Provider,
            // learn.microsoft.com "Exchange Online limits", sending limits: 30 messages a minute, 10,000 recipients a day
            new Place("outlook.office365.com", "smtp.office365.com")
            {
                Domains = ["onmicrosoft.com"],
                Mx = ["mail.protection.outlook.com", "mx.microsoft"],
                SmtpAt = Submission,
                Limits = new(PerMinute: 30, PerDay: 10_000),
            }) { Page = new("https://admin.microsoft.com") },

        new("yahoo", "Yahoo", SignIn.AppPassword,
            // help.yahoo.com SLN17518: 500 a day
            new Place("imap.mail.yahoo.com", "smtp.mail.yahoo.com")
            {
                Domains = ["yahoo.com", "yahoo.de", "yahoo.fr", "yahoo.it", "yahoo.es", "yahoo.se", "yahoo.co.uk", "yahoo.co.in", "yahoo.ca", "yahoo.com.au", "yahoo.com.br", "yahoo.com.mx", "ymail.com", "myyahoo.com", "rocketmail.com"],
                Mx = ["am0.yahoodns.net"],
                Limits = new(PerDay: 500),
            }) { Page = new("https://login.yahoo.com/account/security") },

        new("aol", "AOL", SignIn.AppPassword,
            new Place("imap.aol.com", "smtp.aol.com")
            {
                Domains = ["aol.com", "aol.de", "aol.fr", "aol.it", "aol.es", "aol.co.uk", "aim.com", "netscape.net", "compuserve.com"],
                Mx = ["gm0.yahoodns.net"],
            }) { Page = new("https://login.aol.com/account/security") },

        new("icloud", "iCloud", SignIn.AppPassword,
            // support.apple.com/102198: 1,000 messages and as many recipients a day
            new Place("imap.mail.me.com", "smtp.mail.me.com")
            {
                Domains = ["icloud.com", "me.com", "mac.com"],
                SmtpAt = Submission,
                ShortImapName = true,
                Limits = new(PerDay: 1000),
            },
            new Place("imap.mail.me.com", "smtp.mail.me.com") { Mx = ["mail.icloud.com"], SmtpAt = Submission, Limits = new(PerDay: 1000) })
        { Page = new("https://account.apple.com/account/manage") },

        new("gmx", "GMX", SignIn.AppPassword,
            new Place("imap.gmx.net", "mail.gmx.net")
            {
                Domains = ["gmx.net", "gmx.de", "gmx.at", "gmx.ch", "gmx.eu", "gmx.org", "gmx.info", "gmx.biz"],
                Mx = ["emig.gmx.net"],
            },
            new Place("imap.gmx.com", "mail.gmx.com") { Domains = ["gmx.com", "gmx.us", "gmx.co.uk", "gmx.fr", "gmx.es"] })
        { Page = new("https://hilfe.gmx.net/pop-imap/einschalten.html") },

        new("web-de", "WEB.DE", SignIn.AppPassword,
            new Place("imap.web.de", "smtp.web.de") { Domains = ["web.de"], ShortImapName = true, ShortSmtpName = true })
        { Page = new("https://hilfe.web.de/pop-imap/einschalten.html") },

        new("mail-com", "mail.com", SignIn.AppPassword, new Place("imap.mail.com", "smtp.mail.com") { Domains = ["mail.com", "email.com", "usa.com", "post.com", "europe.com"] }),

        new("mail-de", "mail.de", SignIn.AppPassword, new Place("imap.mail.de", "smtp.mail.de") { Domains = ["mail.de"] }),

        new("posteo", "Posteo", SignIn.Password,
            new Place("posteo.de", "posteo.de") { Domains = ["posteo.de", "posteo.net", "posteo.org", "posteo.com", "posteo.eu", "posteo.at", "posteo.ch", "posteo.me"], Mx = ["posteo.de"] })
        { Page = new("https://posteo.de/hilfe/wie-richte-ich-posteo-in-einem-mailprogramm-ein-pop3-imap-und-smtp") },

        new("mailbox-org", "mailbox.org", SignIn.AppPassword,
            new Place("imap.mailbox.org", "smtp.mailbox.org") { Domains = ["mailbox.org"], Mx = ["mailbox.org"] })
        { Page = new("https://kb.mailbox.org/de/privat/sicherheit-und-privatsphaere/applikationspasswoerter-fuer-externe-programme/") },

        new("fastmail", "Fastmail", SignIn.AppPassword,
            new Place("imap.fastmail.com", "smtp.fastmail.com") { Domains = ["fastmail.com", "fastmail.fm", "sent.com", "messagingengine.com"], Mx = ["messagingengine.com"] })
        { Page = new("https://app.fastmail.com/settings/security") },

        // zoho.com/mail/help/adminconsole/rates-and-limits.html: 50 to 500 an hour, by how a mailbox is known
        new("zoho", "Zoho Mail", SignIn.AppPassword, [.. Zoho("com"), .. Zoho("eu"), .. Zoho("in"), .. Zoho("com.au")]) { Page = new("https://accounts.zoho.com/home#security/app_password") },

        // ionos.com/help "What are the mass mailing limits": 500 an hour after the first month, 50 in the first week
        new("ionos", "IONOS", SignIn.Password, Ionos("com", "perfora.net"), Ionos("de", "kundenserver.de", "schlund.de"), Ionos("co.uk"), Ionos("fr"), Ionos("es"), Ionos("it")),

        new("strato", "STRATO", SignIn.Password, new Place("imap.strato.de", "smtp.strato.de") { Mx = ["rzone.de"] })
        { Page = new("https://www.strato.de/faq/mail/externes-e-mail-programm-mit-strato-e-mail-adresse-nutzen/") },

        new("t-online", "T-Online", SignIn.AppPassword, new Place("secureimap.t-online.de", "securesmtp.t-online.de") { Domains = ["t-online.de", "magenta.de"] })
        { Page = new("https://www.telekom.de/hilfe/apps-dienste/e-mail/programme/passwort-verwalten") },

        new("freenet", "freenet", SignIn.Password, new Place("mx.freenet.de", "mx.freenet.de") { Domains = ["freenet.de"] })
        { Page = new("https://kundenservice.freenet.de/faq/e-mail-client-mail/pop3-imap-und-smtp-aktivieren/") },

        new("yandex", "Yandex", SignIn.AppPassword,
            // yandex.com/support/mail "Sending a large number of messages": 500 a day
            new Place("imap.yandex.com", "smtp.yandex.com")
            {
                Domains = ["yandex.com", "yandex.ru", "yandex.by", "yandex.kz", "ya.ru", "narod.ru"],
                Mx = ["mx.yandex.net", "mx.yandex.ru"],
                Limits = new(PerDay: 500),
            }) { Page = new("https://id.yandex.com/security/app-passwords") },

        new("proton", "Proton Mail", SignIn.Nobody,
            new Place(null, null) { Domains = ["proton.me", "protonmail.com", "protonmail.ch", "pm.me"], Mx = ["protonmail.ch"] })
        { Page = new("https://proton.me/mail/bridge") },

        new("tuta", "Tuta", SignIn.Nobody,
            new Place(null, null) { Domains = ["tuta.com", "tutanota.com", "tutanota.de", "tutamail.com", "tuta.io", "keemail.me"], Mx = ["mail.tutanota.de"] }),
    ];

    /// <summary>The provider of a code.</summary>
    public static Provider? ByCode(string? code) => All.FirstOrDefault(provider => provider.Code == code);

    /// <summary>By the domain alone: without asking anybody.</summary>
    public static MailServers? OfDomain(AddressParts address) => Find(address, FoundBy.Domain, place => place.Domains.Contains(address.Domain, StringComparer.Ordinal));

    /// <summary>By where mail to the domain goes: the most preferred host that we know decides.</summary>
    public static MailServers? OfMx(AddressParts address, IReadOnlyList<string> hosts)
    {
        foreach (var host in hosts)
        {
            if (Find(address, FoundBy.Mx, place => place.Mx.Any(end => EndsWith(host, end))) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Says whose servers they are, when they were found in another way and are those of a provider.</summary>
    public static MailServers Named(MailServers found)
    {
        var theirs = (from provider in All
                      from place in provider.Places
                      where place.Imap is not null && place.Imap == found.Incoming?.Host
                      orderby place.Mx.Length descending // it is a domain of his own, or it would have been known at once
                      select (provider.Code, place.Limits)).FirstOrDefault();
        return found with { Provider = found.Provider ?? theirs.Code, Limits = found.Limits ?? theirs.Limits };
    }

    private static MailServers? Find(AddressParts address, FoundBy how, Func<Place, bool> fits) =>
        (from provider in All
         from place in provider.Places
         where fits(place)
         select provider.At(place, address, how)).FirstOrDefault();

    private static bool EndsWith(string host, string end) =>
        host.Equals(end, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + end, StringComparison.OrdinalIgnoreCase);

    // Who has a domain of his own at Zoho has servers of his own, in the region where the account is.
    private static Place[] Zoho(string region) =>
    [
        new("imap.zoho." + region, "smtp.zoho." + region) { Domains = region == "com" ? ["zoho.com", "zohomail.com"] : ["zohomail." + region], Limits = new(PerHour: 50) },
        new("imappro.zoho." + region, "smtppro.zoho." + region) { Mx = ["zoho." + region, "zohomail." + region], Limits = new(PerHour: 50) },
    ];

    private static Place Ionos(string region, params string[] more) =>
        new("imap.ionos." + region, "smtp.ionos." + region) { Mx = ["ionos." + region, .. more], Limits = new(PerHour: 500) };
}
