namespace Heliotrope.Core.Customers;

/// <summary>Somebody who writes to us.</summary>
public sealed class Customer
{
    private readonly List<CustomerAddress> _addresses = [];

    /// <summary>Made by <see cref="WithAddress"/>, and by the database.</summary>
    private Customer() => Name = "";

    /// <summary>The id.</summary>
    public long Id { get; private set; }

    /// <summary>The name as they write it; their address while no name is known.</summary>
    public string Name { get; private set; }

    /// <summary>The language they write in, as a two-letter code; null while unknown.</summary>
    public string? Language { get; private set; }

    /// <summary>When we first heard from them (UTC).</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Part of the demo company, and removed with it.</summary>
    public bool Demo { get; private set; }

    /// <summary>The addresses they write from.</summary>
    public IReadOnlyList<CustomerAddress> Addresses => _addresses;

    /// <summary>A customer we have not heard from before.</summary>
    /// <param name="address">Where they wrote from.</param>
    /// <param name="name">The name they wrote with; may be empty.</param>
    /// <param name="now">When (UTC).</param>
    /// <returns>The customer.</returns>
    public static Customer WithAddress(EmailAddress address, string name, DateTimeOffset now)
    {
        var customer = new Customer { Name = IsName(name) ? name : address.Value, CreatedAt = now };
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
            Name = name;
        }

        Language = language ?? Language;
    }

    /// <summary>Marks them as part of the demo company.</summary>
    public void MarkDemo() => Demo = true;

    // Many programs write the address where the name belongs.
    private static bool IsName(string name) => !string.IsNullOrWhiteSpace(name) && !EmailAddress.TryParse(name, out _);
}

/// <summary>An address that belongs to one customer.</summary>
public sealed class CustomerAddress
{
    private CustomerAddress() => Address = "";

    /// <summary>An address, ready to be kept.</summary>
    /// <param name="address">The address.</param>
    public CustomerAddress(EmailAddress address) => Address = address.Value;

    /// <summary>The id.</summary>
    public long Id { get; private set; }

    /// <summary>Whose it is.</summary>
    public long CustomerId { get; private set; }

    /// <summary>The address in the form of <see cref="EmailAddress.Value"/>.</summary>
    public string Address { get; private set; }
}
