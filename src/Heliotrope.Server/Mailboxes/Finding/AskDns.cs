using DnsClient;
using DnsClient.Protocol;

namespace Heliotrope.Server.Mailboxes;

/// <summary>Looks up where mail goes and where services are.</summary>
internal sealed class AskDns(ILookupClient dns)
{
    // Answers are a stranger's: nobody has that many servers.
    private const int Most = 50;

    /// <summary>Asks the servers that this machine is set up with.</summary>
    public static AskDns OfThisMachine() => new(new LookupClient(Settled(new LookupClientOptions())));

    /// <summary>Short, and not remembered: somebody who has just changed his DNS tries again.</summary>
    public static LookupClientOptions Settled(LookupClientOptions options)
    {
        options.Timeout = TimeSpan.FromSeconds(3);
        options.Retries = 1;
        options.UseCache = false;
        options.ThrowDnsErrors = false;
        return options;
    }

    public async Task<IReadOnlyList<string>> Mx(string domain, CancellationToken cancel) =>
        [.. from record in (await Ask(domain, QueryType.MX, cancel)).OfType<MxRecord>().Take(Most)
            orderby record.Preference
            let host = record.Exchange.Value.TrimEnd('.')
            where host.Length > 0 // the root says that it takes no mail (RFC 7505)
            select host.ToLowerInvariant()];

    public async Task<IReadOnlyList<ServiceRecord>> Srv(string name, CancellationToken cancel) =>
        [.. (await Ask(name, QueryType.SRV, cancel)).OfType<SrvRecord>().Take(Most).Select(record => new ServiceRecord(record.Target.Value, record.Port, record.Priority, record.Weight))];

    private async Task<IReadOnlyList<DnsResourceRecord>> Ask(string name, QueryType type, CancellationToken cancel)
    {
        try
        {
            return (await dns.QueryAsync(name, type, cancellationToken: cancel)).Answers;
        }
        catch (Exception e) when (e is DnsResponseException or ArgumentException or InvalidOperationException && !cancel.IsCancellationRequested)
        {
            return [];
        }
    }
}
