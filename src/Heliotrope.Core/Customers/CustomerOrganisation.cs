namespace Heliotrope.Core.Customers;

/// <summary>An organisation that customers belong to: a company, a school, a club.</summary>
public sealed class CustomerOrganisation
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxName = 200;

    /// <summary>The most domains of one organisation.</summary>
    public const int MaxDomains = 50;

    private readonly List<OrganisationDomain> _domains = [];

    private CustomerOrganisation() => Name = "";

    /// <summary>The id.</summary>
    public long Id { get; private set; }

    /// <summary>The name.</summary>
    public string Name { get; private set; }

    /// <summary>The name as it is sorted and compared: no two have the same.</summary>
    public string NameKey { get; private set; } = "";

    /// <summary>What colleagues should know, in plain text; empty when nothing was written.</summary>
    public string Notes { get; private set; } = "";

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Part of the demo company, and removed with it.</summary>
    public bool Demo { get; private set; }

    /// <summary>Counts changes, so that two at once cannot both win.</summary>
    public int Version { get; private set; }

    /// <summary>Whoever writes from one of these belongs to it.</summary>
    public IReadOnlyList<OrganisationDomain> Domains => _domains;

    /// <summary>A new organisation.</summary>
    /// <param name="name">The name.</param>
    /// <param name="now">When (UTC).</param>
    /// <returns>The organisation, or the refusal.</returns>
    public static Result<CustomerOrganisation> Named(string name, DateTimeOffset now)
    {
        var made = new CustomerOrganisation { CreatedAt = now };
        return made.Rename(name) is { } refusal ? refusal : made;
    }

    /// <summary>Gives it another name.</summary>
    /// <param name="name">The name; white space around it is ignored.</param>
    /// <returns>The refusal; null when done.</returns>
    public Refusal? Rename(string name)
    {
        var plain = Folded.OneLine(name);
        if (plain.Length is 0 or > MaxName)
        {
            return Refusal.Invalid("organisation.name", $"A name has 1 to {MaxName} characters.", "name");
        }

        (Name, NameKey) = (plain, Folded.Of(plain));
        Version++;
        return null;
    }

    /// <summary>Writes what colleagues should know.</summary>
    /// <param name="notes">Plain text; may be empty.</param>
    /// <returns>The refusal; null when done.</returns>
    public Refusal? Note(string notes)
    {
        ArgumentNullException.ThrowIfNull(notes);
        if (notes.Length > Customer.MaxNotes)
        {
            return Refusal.Invalid("organisation.notes", $"Notes have at most {Customer.MaxNotes} characters.", "notes");
        }

        Notes = notes.Trim();
        Version++;
        return null;
    }

    /// <summary>Says which domains are its own; the caller has looked that no other organisation has them.</summary>
    /// <param name="domains">The domains, as somebody typed them.</param>
    /// <returns>The refusal; null when done.</returns>
    public Refusal? Have(IReadOnlyList<string> domains)
    {
        ArgumentNullException.ThrowIfNull(domains);
        var plain = new List<string>();
        foreach (var typed in domains)
        {
            var domain = (typed ?? "").Trim().TrimStart('@').ToLowerInvariant();
            if (domain.Length == 0)
            {
                continue;
            }

            if (!EmailAddress.TryParse("somebody@" + domain, out var address) || address.Domain != domain || !domain.Contains('.', StringComparison.Ordinal))
            {
                return new(RefusalKind.Invalid, "organisation.domain", "This is no domain, such as client.example.", "domains", domain);
            }

            if (MailProviders.Has(domain))
            {
                return new(RefusalKind.Invalid, "organisation.public-domain", "Everybody can have an address there, so it says nothing about whom somebody works for.", "domains", domain);
            }

            if (!plain.Contains(domain, StringComparer.Ordinal))
            {
                plain.Add(domain);
            }
        }

        if (plain.Count > MaxDomains)
        {
            return Refusal.Invalid("organisation.domains", $"An organisation has at most {MaxDomains} domains.", "domains");
        }

        _domains.RemoveAll(d => !plain.Contains(d.Domain, StringComparer.Ordinal));
        _domains.AddRange(plain.Where(domain => !_domains.Exists(d => d.Domain == domain)).Select(domain => new OrganisationDomain(domain)));
        Version++;
        return null;
    }

    /// <summary>Marks it as part of the demo company.</summary>
    public void MarkDemo() => Demo = true;
}

/// <summary>A domain that one organisation has.</summary>
public sealed class OrganisationDomain
{
    private OrganisationDomain() => Domain = "";

    internal OrganisationDomain(string domain) => Domain = domain;

    /// <summary>The id.</summary>
    public long Id { get; private set; }

    /// <summary>Whose it is.</summary>
    public long OrganisationId { get; private set; }

    /// <summary>The domain, in lower case.</summary>
    public string Domain { get; private set; }
}
