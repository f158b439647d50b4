namespace Heliotrope.Core.Customers;

/// <summary>Something that a customer bought, as the shop told us.</summary>
public sealed class Purchase : CustomerRecord
{
    /// <summary>The longest id, in characters.</summary>
    public const int MaxId = 100;

    /// <summary>The longest words, in characters.</summary>
    public const int MaxWhat = 500;

    /// <summary>The longest link, in characters.</summary>
    public const int MaxLink = 2_000;

    private Purchase() => (ShopId, What, Currency, Link) = ("", "", "", "");

    /// <summary>The id that the shop gave it: told twice, it is one purchase.</summary>
    public string ShopId { get; private set; }

    /// <summary>What, in words.</summary>
    public string What { get; private set; }

    /// <summary>How much, in the smallest unit of the currency.</summary>
    public long Amount { get; private set; }

    /// <summary>The currency, as ISO 4217 names it.</summary>
    public string Currency { get; private set; }

    /// <summary>Where the shop shows it; empty when nowhere.</summary>
    public string Link { get; private set; }

    /// <summary>How much.</summary>
    public Money Paid => new(Amount, Currency);

    /// <summary>Notes a purchase.</summary>
    /// <param name="customer">Who bought it.</param>
    /// <param name="shopId">The id that the shop gave it.</param>
    /// <param name="at">When (UTC).</param>
    /// <param name="what">What, in words.</param>
    /// <param name="paid">How much; less than nothing for money that was given back.</param>
    /// <param name="link">Where the shop shows it; empty when nowhere.</param>
    /// <returns>The purchase, or the refusal.</returns>
    public static Result<Purchase> Of(long customer, string shopId, DateTimeOffset at, string what, Money paid, string link)
    {
        var purchase = new Purchase { CustomerId = customer, ShopId = Folded.OneLine(shopId) };
        return purchase.ShopId.Length is 0 or > MaxId ? Refusal.Invalid("purchase.id", $"An id has 1 to {MaxId} characters.", "id")
            : purchase.Correct(at, what, paid, link) is { } refusal ? refusal
            : purchase;
    }

    /// <summary>Takes what the shop says now.</summary>
    /// <param name="at">When (UTC).</param>
    /// <param name="what">What, in words.</param>
    /// <param name="paid">How much.</param>
    /// <param name="link">Where the shop shows it; empty when nowhere.</param>
    /// <returns>The refusal; null when done.</returns>
    public Refusal? Correct(DateTimeOffset at, string what, Money paid, string link)
    {
        var (plain, address) = (Folded.OneLine(what), link.Trim());
        if (plain.Length is 0 or > MaxWhat)
        {
            return Refusal.Invalid("purchase.what", $"What was bought has 1 to {MaxWhat} characters.", "what");
        }

        if (!Money.IsCurrency(paid.Currency))
        {
            return Refusal.Invalid("purchase.currency", "A currency has the three letters of ISO 4217, such as EUR.", "currency");
        }

        if (paid.Amount is < -Money.Most or > Money.Most)
        {
            return Refusal.Invalid("purchase.amount", "An amount is a whole number of the smallest unit, such as 4990 for 49.90 EUR, and not larger than anybody pays.", "amount");
        }

        if (!OwnFields.OwnField.IsLink(address) && address.Length > 0)
        {
            return Refusal.Invalid("purchase.link", "A link begins with https:// or http://.", "link");
        }

        if (at.Year is < 1970 or > 2200)
        {
            return Refusal.Invalid("purchase.at", "This is no time at which somebody bought anything.", "at");
        }

        (At, What, Amount, Currency, Link) = (at.ToUniversalTime(), plain, paid.Amount, paid.Currency, address);
        return null;
    }
}
