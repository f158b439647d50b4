using DnsClient;
using DnsClient.Protocol;
using Heliotrope.Server.Mailboxes;

namespace Heliotrope.Server.Signing;

/// <summary>The TXT records at a name; null when there is no answer, which is not the same as no record.</summary>
internal sealed record TxtRecords(Func<string, CancellationToken, Task<IReadOnlyList<string>?>> Of)
{
    // Answers are a stranger's: nobody has that many records.
    private const int Most = 50;

    public static TxtRecords OfTheWorld { get; } = From(new LookupClient(AskDns.Settled(new LookupClientOptions())));

    public static TxtRecords From(ILookupClient dns) => new(async (name, cancel) =>
    {
        try
        {
            var answer = await dns.QueryAsync(name, QueryType.TXT, cancellationToken: cancel);
            return answer.HasError && answer.Header.ResponseCode is not DnsHeaderResponseCode.NotExistentDomain
                ? null
                : [.. answer.Answers.OfType<TxtRecord>().Take(Most).Select(record => string.Concat(record.Text))];
        }
        catch (Exception e) when (e is DnsResponseException or ArgumentException or InvalidOperationException && !cancel.IsCancellationRequested)
        {
            return null;
        }
    });

    /// <summary>Whether the record of a key is there; null when there is no answer.</summary>
    public async Task<bool?> Hold(SigningKey key, CancellationToken cancel) => (await Of(key.DnsName, cancel))?.Any(record => Plain(record) == Plain(key.DnsRecord));

    /// <summary>DNS cuts long records into pieces, and people put blanks between.</summary>
    private static string Plain(string record) => string.Concat(record.Where(c => !char.IsWhiteSpace(c)));
}
