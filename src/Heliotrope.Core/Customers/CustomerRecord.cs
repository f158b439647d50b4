namespace Heliotrope.Core.Customers;

/// <summary>Something that another program told us of a customer: a purchase, or what they did in the product.</summary>
public abstract class CustomerRecord
{
    /// <summary>The id.</summary>
    public long Id { get; private set; }

    /// <summary>Whose it is.</summary>
    public long CustomerId { get; private protected set; }

    /// <summary>When it happened (UTC).</summary>
    public DateTimeOffset At { get; private protected set; }

    /// <summary>Gives it to somebody else: two people became one, or one became two.</summary>
    /// <param name="customer">Whose it is from now on.</param>
    public void MoveTo(long customer) => CustomerId = customer;
}
