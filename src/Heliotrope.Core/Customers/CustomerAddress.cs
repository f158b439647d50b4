namespace Heliotrope.Core.Customers;

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

    /// <summary>Gives it to somebody else: two people became one, or one became two.</summary>
    /// <param name="customer">Whose it is from now on.</param>
    public void MoveTo(long customer) => CustomerId = customer;

    /// <summary>The same address as one that was added last.</summary>
    internal CustomerAddress Again() => new() { Address = Address };
}
