namespace Heliotrope.Server.Mailboxes;

/// <summary>Asks the world: DNS, the web, and mail servers themselves.</summary>
internal static class LiveLookups
{
    public static ServerLookups From(AskDns dns, FetchAutoconfig web) => new(dns.Mx, dns.Srv, web.Get, KnockAtServer.Try);
}
