namespace Heliotrope.Server.Mailboxes;

/// <summary>What reads mailboxes.</summary>
internal static class MailboxServices
{
    public static void AddMailboxes(this IServiceCollection services)
    {
        services.AddSingleton(OAuthProviders.Known).AddSingleton<OAuthProviders>().AddSingleton<OAuthTokens>();
        services.AddHttpClient(OAuthTokens.Client, client => client.Timeout = TimeSpan.FromSeconds(20));
        services.AddSingleton<MailboxSecrets>().AddSingleton<MailTrust>().AddSingleton<MailboxAccounts>();
        services.AddSingleton<MailboxBell>().AddSingleton<MailboxRecord>().AddSingleton<StoreFetched>();
        services.AddSingleton<Outbox.WaysOut>();
        services.AddSingleton(_ => LiveLookups.From(AskDns.OfThisMachine(), FetchAutoconfig.FromTheWeb())).AddSingleton<FindServers>().AddSingleton<MailboxEndpoints.Screen>();
        services.AddSingleton<WatchMailbox>().AddSingleton<ReadApart>().AddSingleton<MailboxWorker>().AddSingleton<MailboxAlarm>();
    }
}
