using Heliotrope.Core.Customers;

namespace Heliotrope.Core.Tests.Customers;

public sealed class CustomerTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_customer_has_the_name_and_the_address_they_wrote_with()
    {
        var customer = Customer.WithAddress(Address("marta@shop.example"), "Marta Keller", Now);
        Assert.Equal("Marta Keller", customer.Name);
        Assert.Equal(Now, customer.CreatedAt);
        Assert.Null(customer.Language);
        Assert.Equal("marta@shop.example", Assert.Single(customer.Addresses).Address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("Marta@Shop.Example")]
    [InlineData("<marta@shop.example>")]
    [InlineData("m.keller@elsewhere.example")]
    public void Who_gives_no_name_is_called_by_their_address_until_they_do(string name)
    {
        var customer = Customer.WithAddress(Address("marta@shop.example"), name, Now);
        Assert.Equal("marta@shop.example", customer.Name);
        customer.Learn(name, null);
        Assert.Equal("marta@shop.example", customer.Name);
        customer.Learn("Marta Keller", null);
        Assert.Equal("Marta Keller", customer.Name);
    }

    [Fact]
    public void A_name_is_never_overwritten_by_a_message()
    {
        var customer = Customer.WithAddress(Address("marta@shop.example"), "Marta Keller", Now);
        customer.Learn("The Boss", null);
        Assert.Equal("Marta Keller", customer.Name);
    }

    [Fact]
    public void The_language_is_that_of_the_latest_words_that_tell_it()
    {
        var customer = Customer.WithAddress(Address("marta@shop.example"), "Marta Keller", Now);
        customer.Learn("Marta Keller", "de");
        customer.Learn("Marta Keller", null);
        Assert.Equal("de", customer.Language);
        customer.Learn("Marta Keller", "fr");
        Assert.Equal("fr", customer.Language);
    }

    private static EmailAddress Address(string text)
    {
        Assert.True(EmailAddress.TryParse(text, out var address));
        return address;
    }
}
