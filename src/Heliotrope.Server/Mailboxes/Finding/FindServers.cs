using Heliotrope.Mail.Smtp;

namespace Heliotrope.Server.Mailboxes;

/// <summary>Finds the servers of a mailbox from its address: from what is known, from what the domain says, at last by trying usual names.</summary>
internal sealed class FindServers(ServerLookups lookups)
{
    /// <summary>How long whatever is asked first may take, and then the guesses: a person is waiting.</summary>
    private static readonly TimeSpan Asking = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Guessing = TimeSpan.FromSeconds(7);

    // "currently hosted by the Thunderbird project, but free to use for any client" (docs of thunderbird/autoconfig).
    private const string Database = "https://autoconfig.thunderbird.net/v1.1/";

    /// <summary>Null when nothing was found, or what was given is no address.</summary>
    public async Task<MailServers?> Find(string text, CancellationToken cancel)
    {
        if (AddressParts.Read(text) is not { } address)
        {
            return null;
        }

        if (Providers.OfDomain(address) is { } known)
        {
            return known;
        }

        var found = await Ask(address, cancel);
        var whole = found is { Outgoing: not null } or { Provider: not null } ? found : await Guess(address, found, cancel);
        return whole is null ? null : Providers.Named(whole);
    }

    /// <summary>All at once; the most trustworthy answer counts, and a later one only for what it left out.</summary>
    private async Task<MailServers?> Ask(AddressParts address, CancellationToken cancel)
    {
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        clock.CancelAfter(Asking);
        var mx = Within(lookups.Mx(address.Domain, clock.Token), [], cancel);
        Task<MailServers?>[] answers =
        [
            Mx(address, mx),
            Autoconfig($"https://autoconfig.{address.Domain}/mail/config-v1.1.xml?emailaddress={Uri.EscapeDataString(address.Whole)}", address, FoundBy.Autoconfig, clock.Token, cancel),
            Autoconfig($"https://{address.Domain}/.well-known/autoconfig/mail/config-v1.1.xml", address, FoundBy.Autoconfig, clock.Token, cancel),
            Autoconfig(Database + address.Domain, address, FoundBy.PublicDatabase, clock.Token, cancel),
            DatabaseByMx(address, mx, clock.Token, cancel),
            Srv(address, clock.Token, cancel),
        ];
        MailServers? found = null;
        foreach (var answer in answers)
        {
            if (await answer is { } one && (found is null || found.Outgoing is null))
            {
                found = found is null ? one : found with { Outgoing = one.Outgoing };
            }

            if (found is { Outgoing: not null } or { Provider: not null })
            {
                break;
            }
        }

        await clock.CancelAsync();
        await Task.WhenAll(answers);
        return found;
    }

    private static async Task<MailServers?> Mx(AddressParts address, Task<IReadOnlyList<string>> hosts) => Providers.OfMx(address, await hosts);

    private async Task<MailServers?> Autoconfig(string url, AddressParts address, FoundBy by, CancellationToken clock, CancellationToken cancel) =>
        await Within(lookups.Fetch(new(url), clock), null, cancel) is { } file ? ReadAutoconfig.Read(file, address, by) : null;

    /// <summary>Many domains have their mail at a host that the database knows: mx1.mail.hoster.example says hoster.example.</summary>
    private async Task<MailServers?> DatabaseByMx(AddressParts address, Task<IReadOnlyList<string>> hosts, CancellationToken clock, CancellationToken cancel)
    {
        var labels = await hosts is [var first, ..] ? first.Split('.') : [];
        if (labels.Length < 2 || string.Join('.', labels[^2..]) is var domain && (domain == address.Domain || AddressParts.Host(domain) is null))
        {
            return null;
        }

        return await Autoconfig(Database + domain, address, FoundBy.PublicDatabase, clock, cancel);
    }

    private async Task<MailServers?> Srv(AddressParts address, CancellationToken clock, CancellationToken cancel)
    {
        // TLS from the first byte is preferred to STARTTLS (RFC 8314, 3.3).
        var names = new[] { "_imaps", "_imap", "_submissions", "_submission" };
        var asked = names.Select(name => Within(lookups.Srv($"{name}._tcp.{address.Domain}", clock), [], cancel)).ToList();
        var records = await Task.WhenAll(asked);
        var incoming = Server(records[0], MailTls.Implicit, address) ?? Server(records[1], MailTls.StartTls, address);
        var outgoing = Server(records[2], MailTls.Implicit, address) ?? Server(records[3], MailTls.StartTls, address);
        return incoming is null ? null : new(incoming, outgoing, null, FoundBy.Srv);
    }

    private static MailServer? Server(IReadOnlyList<ServiceRecord> records, MailTls tls, AddressParts address) =>
        (from record in records
         orderby record.Priority, record.Weight descending
         let host = AddressParts.Host(record.Target) // the root "." says that it is not offered (RFC 6186, 3.4)
         where host is not null && record.Port is >= 1 and <= 65535
         select new MailServer(host, record.Port, tls, address.Whole)).FirstOrDefault();

    /// <summary>Knocks at usual names, all at once.</summary>
    private async Task<MailServers?> Guess(AddressParts address, MailServers? found, CancellationToken cancel)
    {
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        clock.CancelAfter(Guessing);
        var domain = address.Domain;
        var mx = (await Within(lookups.Mx(domain, clock.Token), [], cancel)).Select(AddressParts.Host).OfType<string>().Take(1).ToList();
        var incoming = found?.Incoming is { } there
            ? Task.FromResult<MailServer?>(there)
            : First([$"imap.{domain}", $"mail.{domain}", .. mx, domain], 993, 143, imap: true, address, clock.Token, cancel);
        var outgoing = First([$"smtp.{domain}", $"mail.{domain}", .. mx, domain], 465, 587, imap: false, address, clock.Token, cancel);
        return await incoming is { } server ? new(server, await outgoing, null, found?.By ?? FoundBy.Guess) : await Nothing(outgoing);

        static async Task<MailServers?> Nothing(Task outgoing)
        {
            await outgoing;
            return null;
        }
    }

    /// <summary>The first of them that answers, and rather one whose certificate is fine.</summary>
    private async Task<MailServer?> First(string[] hosts, int tlsPort, int startTlsPort, bool imap, AddressParts address, CancellationToken clock, CancellationToken cancel)
    {
        MailServer[] servers =
        [
            .. hosts.Distinct().Select(host => new MailServer(host, tlsPort, MailTls.Implicit, address.Whole)),
            .. hosts.Distinct().Select(host => new MailServer(host, startTlsPort, MailTls.StartTls, address.Whole)),
        ];
        var knocks = await Task.WhenAll(servers.Select(server => Within(lookups.Knock(server, imap, clock), Mailboxes.Knock.Nobody, cancel)));
        var answered = servers.Zip(knocks).ToList();
        return answered.Find(one => one.Second is Mailboxes.Knock.Fine).First ?? answered.Find(one => one.Second is Mailboxes.Knock.Untrusted).First;
    }

    /// <summary>Nothing when our own clock ran out; whoever asked may still stop it all.</summary>
    private static async Task<T> Within<T>(Task<T> answer, T nothing, CancellationToken cancel)
    {
        try
        {
            return await answer;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return nothing;
        }
    }
}
