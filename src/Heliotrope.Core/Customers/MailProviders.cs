namespace Heliotrope.Core.Customers;

/// <summary>Where everybody can have an address, so that the domain says nothing about whom somebody works for.</summary>
public static class MailProviders
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "gmail.com", "googlemail.com", "icloud.com", "me.com", "mac.com", "aol.com", "aol.de", "proton.me", "protonmail.com", "pm.me", "fastmail.com", "hey.com", "zoho.com", "zohomail.com",
        "tutanota.com", "tutanota.de", "tuta.com", "tuta.io", "duck.com", "mail.com", "email.com", "msn.com", "rocketmail.com", "ymail.com", "hushmail.com", "mailfence.com", "startmail.com",
        "web.de", "t-online.de", "freenet.de", "posteo.de", "posteo.net", "mailbox.org", "arcor.de", "1und1.de", "online.de", "kabelmail.de", "vodafonemail.de", "unitybox.de", "email.de", "aon.at", "bluewin.ch",
        "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr", "neuf.fr", "bbox.fr", "numericable.fr", "skynet.be", "telenet.be", "libero.it", "tiscali.it", "virgilio.it", "alice.it", "tin.it", "fastwebnet.it",
        "terra.es", "telefonica.net", "ono.com", "sapo.pt", "ziggo.nl", "kpnmail.nl", "xs4all.nl", "planet.nl", "home.nl", "hetnet.nl", "upcmail.nl", "wp.pl", "o2.pl", "onet.pl", "interia.pl", "seznam.cz", "centrum.cz",
        "comcast.net", "verizon.net", "att.net", "sbcglobal.net", "bellsouth.net", "cox.net", "charter.net", "rogers.com", "shaw.ca", "btinternet.com", "sky.com", "virginmedia.com", "ntlworld.com", "talktalk.net", "eircom.net",
        "mail.ru", "bk.ru", "inbox.ru", "list.ru", "ukr.net", "qq.com", "163.com", "126.com", "sina.com", "naver.com", "daum.net", "hanmail.net", "rediffmail.com", "uol.com.br", "bol.com.br", "terra.com.br", "bigpond.com", "optusnet.com.au",
    };

    /// <summary>Those that have a domain in many countries.</summary>
    private static readonly string[] Everywhere = ["gmx", "outlook", "hotmail", "live", "yahoo", "yandex"];

    /// <summary>Whether anybody can have an address there.</summary>
    /// <param name="domain">The domain, in lower case.</param>
    /// <returns>Whether it is a public provider of mail.</returns>
    public static bool Has(string domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        return Known.Contains(domain) || (domain.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && Everywhere.Contains(domain[..dot]) && domain.Length - dot <= 7);
    }
}
