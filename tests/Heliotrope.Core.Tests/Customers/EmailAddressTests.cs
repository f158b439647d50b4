using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Customers;

namespace Heliotrope.Core.Tests.Customers;

public sealed class EmailAddressTests
{
    private static readonly Gen<string> Address =
        from local in Gen.Elements('a', 'Z', '7', '.', '+', '-', '_', '\'', '=', 'é', 'İ').NonEmptyListOf().Where(l => l.Count <= 64)
        from domain in Gen.Elements("a.example", "MAIL.example", "bücher.example", "localhost", "xn--bcher-kva.example")
        select $"{string.Concat(local)}@{domain}";

    [Theory]
    [InlineData("marta@shop.example", "marta@shop.example")]
    [InlineData("  <Marta.Keller@Shop.Example> ", "marta.keller@shop.example")]
    [InlineData("o'brien+help@shop.example", "o'brien+help@shop.example")]
    [InlineData("root@localhost", "root@localhost")]
    [InlineData("jürgen@bücher.example", "jürgen@bücher.example")]
    [InlineData("a@b", "a@b")]
    [InlineData("user=tag_7-x@sub.shop.example", "user=tag_7-x@sub.shop.example")]
    public void What_a_person_or_a_header_writes_is_read(string text, string value)
    {
        Assert.True(EmailAddress.TryParse(text, out var address));
        Assert.Equal(value, address.Value);
        Assert.Equal(value, address.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("<>")]
    [InlineData("marta")]
    [InlineData("@shop.example")]
    [InlineData("marta@")]
    [InlineData("marta@shop..example")]
    [InlineData("marta@.example")]
    [InlineData("marta@shop.example.")]
    [InlineData("marta@keller@shop.example")]
    [InlineData("marta keller@shop.example")]
    [InlineData("marta@shop.example, priya@shop.example")]
    [InlineData("marta@shop.example;priya@shop.example")]
    [InlineData("Marta <marta@shop.example>")]
    [InlineData("marta@shop.example\r\nBcc: all@shop.example")]
    [InlineData("\"marta\"@shop.example")]
    [InlineData("mailto:marta@shop.example")]
    [InlineData("marta(keller)@shop.example")]
    [InlineData("marta\\@shop.example")]
    [InlineData("marta\0@shop.example")]
    [InlineData("mar\u200bta@shop.example")]
    [InlineData("\u202emarta@shop.example")]
    public void What_is_no_address_is_refused(string? text)
    {
        Assert.False(EmailAddress.TryParse(text, out var address));
        Assert.Null(address);
    }

    // Not as data of the theory above: half a character does not survive a test's name.
    [Fact]
    public void Half_a_character_is_refused() => Assert.False(EmailAddress.TryParse("marta\ud83d@shop.example", out _));

    [Theory]
    [InlineData(64, 20, true)]
    [InlineData(65, 20, false)]
    [InlineData(64, 189, true)]
    [InlineData(64, 190, false)]
    public void The_lengths_that_mail_allows_are_the_lengths_here(int local, int domain, bool read)
    {
        // Labels of at most 63, joined by dots, ending where the length says.
        var labels = string.Concat(Enumerable.Range(1, domain).Select(i => i % 50 == 0 && i < domain ? '.' : 'd'));
        Assert.Equal(read, EmailAddress.TryParse($"{new string('l', local)}@{labels}", out _));
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void A_label_of_the_domain_has_at_most_63_characters(int length, bool read) =>
        Assert.Equal(read, EmailAddress.TryParse($"marta@{new string('d', length)}.example", out _));

    [Theory]
    [InlineData("help+c7.x@shop.example", "c7.x", "help@shop.example")]
    [InlineData("help+a+b@shop.example", "a+b", "help@shop.example")]
    [InlineData("help+@shop.example", "", "help@shop.example")]
    [InlineData("help@shop.example", null, "help@shop.example")]
    [InlineData("+help@shop.example", null, "+help@shop.example")]
    [InlineData("help@a+b.example", null, "help@a+b.example")]
    public void A_tag_is_told_apart_from_the_address(string text, string? tag, string without)
    {
        Assert.True(EmailAddress.TryParse(text, out var address));
        Assert.Equal(tag, address.Tag);
        Assert.Equal(without, address.WithoutTag.Value);
    }

    [Fact]
    public void Two_ways_to_write_it_are_one_address()
    {
        Assert.True(EmailAddress.TryParse("MARTA@shop.example", out var loud));
        Assert.True(EmailAddress.TryParse("<marta@SHOP.example>", out var quiet));
        Assert.Equal(loud, quiet);
    }

    [Fact]
    public void Reading_what_was_read_gives_the_same() => Prop.ForAll(Arb.From(Address), text =>
        EmailAddress.TryParse(text, out var once) && EmailAddress.TryParse(once.Value, out var twice) && once == twice
        && $"{once.Local}@{once.Domain}" == once.Value).QuickCheckThrowOnFailure();

    [Fact]
    public void The_parts_with_the_tag_put_back_are_the_whole() => Prop.ForAll(Arb.From(Address), text =>
        EmailAddress.TryParse(text, out var address)
        && (address.Tag is null ? address.WithoutTag == address : $"{address.WithoutTag.Local}+{address.Tag}@{address.Domain}" == address.Value)
        && EmailAddress.TryParse(address.WithoutTag.Value, out _)).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_is_read_can_stand_in_a_header() => Prop.ForAll<string?, string?>((local, domain) =>
        !EmailAddress.TryParse($"{local}@{domain}", out var address)
        || (!address.Value.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || "<>,;:\"()\\".Contains(c, StringComparison.Ordinal))
            && address.Value.Length <= EmailAddress.MaxLength && address.Value.Count(c => c == '@') == 1)).QuickCheckThrowOnFailure();
}
