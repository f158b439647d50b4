namespace Heliotrope.Core.Customers;

/// <summary>Somebody who writes to us.</summary>
public sealed class Customer
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxName = 200;

    /// <summary>The longest notes, in characters.</summary>
    public const int MaxNotes = 20_000;

    /// <summary>The most addresses of one person: more are a list, and nobody would look through them.</summary>
    public const int MaxAddresses = 50;

    /// <summary>The most phones of one person.</summary>
    public const int MaxPhones = 20;

    private readonly List<CustomerAddress> _addresses = [];
    private readonly List<CustomerPhone> _phones = [];

    /// <summary>Made by <see cref="WithAddress"/>, and by the database.</summary>
    private Customer() => Name = "";

    /// <summary>The id.</summary>
    public long Id { get; private set; }

    /// <summary>The name as they write it; their address while no name is known.</summary>
    public string Name { get; private set; }

    /// <summary>The name as it is sorted and looked for: <see cref="Folded.Of"/>.</summary>
    public string NameKey { get; private set; } = "";

    /// <summary>The language they write in, as a two-letter code; null while unknown.</summary>
    public string? Language { get; private set; }

    /// <summary>Somebody said which language it is: what they write next does not change it.</summary>
    public bool LanguageSet { get; private set; }

    /// <summary>The zone they live in, as the tz database names it; null while unknown.</summary>
    public string? Zone { get; private set; }

    /// <summary>Nobody said so: the zone was guessed, and is shown as a guess.</summary>
    public bool ZoneIsGuess { get; private set; }

    /// <summary>The organisation they belong to; null for none.</summary>
    public long? OrganisationId { get; private set; }

    /// <summary>Somebody said so: the domain of an address does not change it.</summary>
    public bool OrganisationSet { get; private set; }

    /// <summary>What colleagues should know about them, in plain text; empty when nothing was written.</summary>
    public string Notes { get; private set; } = "";

    /// <summary>When we first heard from them (UTC).</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Part of the demo company, and removed with it.</summary>
    public bool Demo { get; private set; }

    /// <summary>Counts changes, so that two at once cannot both win.</summary>
    public int Version { get; private set; }

    /// <summary>The addresses they write from, the one we write to first.</summary>
    public IReadOnlyList<CustomerAddress> Addresses => _addresses;

    /// <summary>The phones they can be reached at.</summary>
    public IReadOnlyList<CustomerPhone> Phones => _phones;

    /// <summary>A customer we have not heard from before.</summary>
    /// <param name="address">Where they wrote from.</param>
    /// <param name="name">The name they wrote with; may be empty.</param>
    /// <param name="now">When (UTC).</param>
    /// <returns>The customer.</returns>
    public static Customer WithAddress(EmailAddress address, string name, DateTimeOffset now)
    {
        var customer = new Customer { CreatedAt = now };
        customer.Call(IsName(name) ? name : address.Value);
        customer._addresses.Add(new CustomerAddress(address));
        return customer;
    }

    /// <summary>Learns from a message: a name where none was known, and the language of their latest words.</summary>
    /// <param name="name">The name in the message; may be empty.</param>
    /// <param name="language">The language of the message; null when unsure.</param>
    public void Learn(string name, string? language)
    {
        // A name is never overwritten by a message: anybody can write any name in a header.
        if (IsName(name) && _addresses.Exists(a => a.Address == Name))
        {
            Call(name);
        }

        Language = LanguageSet ? Language : language ?? Language;
    }

    /// <summary>Gives them the name that somebody at the desk knows.</summary>
    /// <param name="name">The name; white space around it is ignored.</param>
    /// <returns>The refusal; null when done.</returns>
    public Refusal? Rename(string name)
    {
        var plain = Folded.OneLine(name);
        if (plain.Length is 0 or > MaxName)
        {
            return Refusal.Invalid("customer.name", $"A name has 1 to {MaxName} characters.", "name");
        }

        Call(plain);
        Version++;
        return null;
    }

    /// <summary>Says which language they write; from then on it stays.</summary>
    /// <param name="language">A two-letter code; empty to let their words say it again.</param>
    /// <returns>The refusal; null when done.</returns>
    public Refusal? SpeakIn(string language)
    {
        var code = language.Trim().ToLowerInvariant();
        if (code.Length > 0 && (code.Length != 2 || !code.All(char.IsAsciiLetterLower)))
        {
            return Refusal.Invalid("customer.language", "A language is a two-letter code, such as de.", "language");
        }

        (Language, LanguageSet) = code.Length == 0 ? (Language, false) : (code, true);
        Version++;
        return null;
    }

    /// <summary>Says in which zone they live; from then on it is no guess.</summary>
    /// <param name="zone">A name of the tz database in any case; empty when nobody knows.</param>
    /// <returns>The refusal; null when done.</returns>
    public Refusal? LiveIn(string zone)
    {
        var id = zone.Trim();
        if (id.Length > 0 && !TheirTime.TryZone(id, out id))
        {
            return Refusal.Invalid("zone.unknown", "This is no zone of the tz database, such as Europe/Berlin.", "zone");
        }

        (Zone, ZoneIsGuess) = (id.Length == 0 ? null : id, false);
        Version++;
        return null;
    }

    /// <summary>Takes a guess at their zone, where nobody has said it.</summary>
    /// <param name="zone">A name of the tz database; null without a guess.</param>
    public void GuessZone(string? zone)
    {
        if (zone is not null && (Zone is null || ZoneIsGuess) && Zone != zone)
        {
            (Zone, ZoneIsGuess) = (zone, true);
        }
    }

    /// <summary>Says to which organisation they belong; from then on no domain changes it.</summary>
    /// <param name="organisation">Its id; null for none.</param>
    public void BelongTo(long? organisation)
    {
        (OrganisationId, OrganisationSet) = (organisation, true);
        Version++;
    }

    /// <summary>Belongs where the domain of an address says, unless somebody said where.</summary>
    /// <param name="organisation">The organisation that has the domain; null for none.</param>
    public void BelongByDomain(long? organisation)
    {
        if (!OrganisationSet && organisation != OrganisationId)
        {
            OrganisationId = organisation;
            Version++;
        }
    }

    /// <summary>Lets the domains of the addresses say again where they belong.</summary>
    public void BelongByThemselves() => OrganisationSet = false;

    /// <summary>Writes what colleagues should know.</summary>
    /// <param name="notes">Plain text; may be empty.</param>
    /// <returns>The refusal; null when done.</returns>
    public Refusal? Note(string notes)
    {
        if (notes.Length > MaxNotes)
        {
            return Refusal.Invalid("customer.notes", $"Notes have at most {MaxNotes} characters.", "notes");
        }

        Notes = notes.Trim();
        Version++;
        return null;
    }

    /// <summary>Adds an address that nobody has yet; the caller has looked.</summary>
    /// <param name="address">The address.</param>
    /// <returns>The refusal; null when done, or when it was theirs already.</returns>
    public Refusal? Add(EmailAddress address)
    {
        if (_addresses.Exists(a => a.Address == address.Value))
        {
            return null;
        }

        if (_addresses.Count >= MaxAddresses)
        {
            return Refusal.Invalid("customer.addresses", $"A person has at most {MaxAddresses} addresses.", "address");
        }

        _addresses.Add(new CustomerAddress(address));
        Version++;
        return null;
    }

    /// <summary>Takes an address away. The last one stays: there would be nowhere left to write to.</summary>
    /// <param name="address">The address.</param>
    /// <returns>The refusal; null when done.</returns>
    public Refusal? Remove(EmailAddress address)
    {
        if (_addresses.Find(a => a.Address == address.Value) is not { } found)
        {
            return new(RefusalKind.NotFound, "customer.address-unknown", "This person has no such address.", "address");
        }

        if (_addresses.Count == 1)
        {
            return new(RefusalKind.Conflict, "customer.last-address", "This is the only address: add another one first.", "address");
        }

        _addresses.Remove(found);
        if (Name == found.Address)
        {
            Call(_addresses.MinBy(a => a.Id)!.Address);
        }

        Version++;
        return null;
    }

    /// <summary>Makes an address the one we write to. The order is that of the ids, so those before it get new ones.</summary>
    /// <param name="address">An address of theirs.</param>
    /// <returns>The refusal; null when done.</returns>
    public Refusal? PutFirst(EmailAddress address)
    {
        if (_addresses.Find(a => a.Address == address.Value) is not { } found)
        {
            return new(RefusalKind.NotFound, "customer.address-unknown", "This person has no such address.", "address");
        }

        var before = found.Id == 0 ? _addresses.FindAll(a => a != found) : _addresses.FindAll(a => a.Id < found.Id && a.Id > 0);
        foreach (var other in before.OrderBy(a => a.Id))
        {
            _addresses.Remove(other);
            _addresses.Add(other.Again());
        }

        Version++;
        return null;
    }

    /// <summary>Adds a phone.</summary>
    /// <param name="phone">The phone.</param>
    /// <returns>The refusal; null when done, or when it was there already.</returns>
    public Refusal? Add(PhoneNumber phone)
    {
        if (_phones.Exists(p => p.Digits == phone.Digits))
        {
            return null;
        }

        if (_phones.Count >= MaxPhones)
        {
            return Refusal.Invalid("customer.phones", $"A person has at most {MaxPhones} phones.", "phone");
        }

        _phones.Add(new CustomerPhone(phone));
        Version++;
        return null;
    }

    /// <summary>Takes a phone away.</summary>
    /// <param name="phone">The phone.</param>
    /// <returns>The refusal; null when done.</returns>
    public Refusal? Remove(PhoneNumber phone)
    {
        if (_phones.RemoveAll(p => p.Digits == phone.Digits) == 0)
        {
            return new(RefusalKind.NotFound, "customer.phone-unknown", "This person has no such phone.", "phone");
        }

        Version++;
        return null;
    }

    /// <summary>Takes over what was known of somebody who turned out to be the same person. What is known of both stays as it was here.</summary>
    /// <param name="other">Who they were, too.</param>
    public void TakeOver(Customer other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!HasName && other.HasName)
        {
            Call(other.Name);
        }

        if (Language is null || (other.LanguageSet && !LanguageSet))
        {
            (Language, LanguageSet) = (other.Language, other.LanguageSet);
        }

        if (Zone is null || (ZoneIsGuess && other is { Zone: not null, ZoneIsGuess: false }))
        {
            (Zone, ZoneIsGuess) = (other.Zone, other.ZoneIsGuess);
        }

        if (OrganisationId is null && !OrganisationSet)
        {
            (OrganisationId, OrganisationSet) = (other.OrganisationId, other.OrganisationSet);
        }

        if (other.Notes.Length > 0 && !Notes.Contains(other.Notes, StringComparison.Ordinal))
        {
            var both = Notes.Length == 0 ? other.Notes : Notes + "\n\n" + other.Notes;
            Notes = both.Length <= MaxNotes ? both : Notes;
        }

        CreatedAt = other.CreatedAt < CreatedAt ? other.CreatedAt : CreatedAt;
        Demo = Demo && other.Demo; // or somebody real would go with the demo company
        Version++;
    }

    /// <summary>Somebody who turned out to be another person, as they were before.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="language">Their language, and whether somebody said so.</param>
    /// <param name="zone">Their zone, and whether it was a guess.</param>
    /// <param name="organisation">Their organisation, and whether somebody said so.</param>
    /// <param name="notes">What colleagues should know.</param>
    /// <param name="createdAt">When we first heard from them (UTC).</param>
    /// <param name="demo">Part of the demo company.</param>
    /// <returns>The customer, who has no address yet.</returns>
    public static Customer AsBefore(string name, (string? Is, bool Set) language, (string? Is, bool Guess) zone, (long? Is, bool Set) organisation, string notes, DateTimeOffset createdAt, bool demo)
    {
        var customer = new Customer
        {
            Language = language.Is, LanguageSet = language.Set, Zone = zone.Is, ZoneIsGuess = zone.Guess, OrganisationId = organisation.Is, OrganisationSet = organisation.Set,
            Notes = notes, CreatedAt = createdAt, Demo = demo,
        };
        customer.Call(name);
        return customer;
    }

    /// <summary>Whether more is known of them than an address.</summary>
    public bool HasName => IsName(Name);

    /// <summary>Says that something that belongs to them changed.</summary>
    public void Touch() => Version++;

    /// <summary>Marks them as part of the demo company.</summary>
    public void MarkDemo() => Demo = true;

    private void Call(string name) => (Name, NameKey) = (name, Folded.Of(name));

    // Many programs write the address where the name belongs.
    private static bool IsName(string name) => !string.IsNullOrWhiteSpace(name) && !EmailAddress.TryParse(name, out _);
}
