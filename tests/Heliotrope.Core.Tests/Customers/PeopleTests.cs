using Heliotrope.Core.Customers;
using Heliotrope.Core.OwnFields;

namespace Heliotrope.Core.Tests.Customers;

public sealed class PeopleTests
{
    private static readonly DateTimeOffset Then = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_language_that_somebody_said_stays()
    {
        var ada = Ada();
        ada.Learn("", "de");
        Assert.Equal("de", ada.Language);
        Assert.Null(ada.SpeakIn("EN"));
        ada.Learn("", "fr");
        Assert.Equal("en", ada.Language);
        Assert.Null(ada.SpeakIn(""));
        ada.Learn("", "fr");
        Assert.Equal("fr", ada.Language);
        Assert.Equal("customer.language", ada.SpeakIn("elvish")!.Code);
    }

    [Fact]
    public void The_last_address_stays_and_another_can_be_put_first()
    {
        var ada = Ada();
        Assert.Equal("customer.last-address", ada.Remove(Address("ada@client.example"))!.Code);
        Assert.Null(ada.Add(Address("countess@client.example")));
        Assert.Null(ada.Add(Address("countess@client.example")));
        Assert.Equal(2, ada.Addresses.Count);
        Assert.Null(ada.PutFirst(Address("countess@client.example")));
        Assert.Null(ada.Remove(Address("ada@client.example")));
        Assert.Equal("customer.address-unknown", ada.Remove(Address("nobody@client.example"))!.Code);
        Assert.Equal("countess@client.example", Assert.Single(ada.Addresses).Address);
    }

    [Fact]
    public void Whoever_has_only_an_address_is_called_by_the_next_one_when_it_goes()
    {
        var somebody = Customer.WithAddress(Address("ada@client.example"), "", Then);
        Assert.Null(somebody.Add(Address("countess@client.example")));
        Assert.Null(somebody.Remove(Address("ada@client.example")));
        Assert.Equal("countess@client.example", somebody.Name);
    }

    [Fact]
    public void Who_stays_keeps_what_is_known_of_them_and_gets_what_is_missing()
    {
        var (ada, other) = (Ada(), Customer.WithAddress(Address("countess@client.example"), "Countess", Then.AddDays(-30)));
        Assert.Null(ada.Note("Likes numbers."));
        Assert.Null(other.Note("Writes at night."));
        Assert.Null(other.SpeakIn("fr"));
        Assert.Null(other.LiveIn("Europe/Paris"));
        other.BelongTo(7);
        other.MarkDemo();

        ada.TakeOver(other);

        Assert.Equal(("Ada Lovelace", "fr", "Europe/Paris", 7L), (ada.Name, ada.Language, ada.Zone, ada.OrganisationId));
        Assert.Equal("Likes numbers.\n\nWrites at night.", ada.Notes);
        Assert.Equal(Then.AddDays(-30), ada.CreatedAt);
        Assert.False(ada.Demo);
    }

    [Theory]
    [InlineData("José  ØRSTED", "jose orsted")]
    [InlineData("Straße\u0007 Łódź", "strasse lodz")]
    [InlineData("  ", "")]
    public void Names_are_compared_without_marks(string name, string folded) => Assert.Equal(folded, Folded.Of(name));

    [Theory]
    [InlineData("gmail.com", true)]
    [InlineData("gmx.at", true)]
    [InlineData("yahoo.co.uk", true)]
    [InlineData("client.example", false)]
    [InlineData("live-events.example", false)]
    public void A_public_provider_says_nothing_about_where_somebody_works(string domain, bool has) => Assert.Equal(has, MailProviders.Has(domain));

    [Theory]
    [InlineData("client.example", null)]
    [InlineData("@Client.Example ", null)]
    [InlineData("gmail.com", "organisation.public-domain")]
    [InlineData("no domain", "organisation.domain")]
    [InlineData("localhost", "organisation.domain")]
    public void An_organisation_has_domains_of_its_own(string domain, string? code)
    {
        var organisation = CustomerOrganisation.Named("Babbage & Co", Then).Value;
        Assert.Equal(code, organisation.Have([domain, ""])?.Code);
        Assert.Equal(code is null ? ["client.example"] : [], organisation.Domains.Select(d => d.Domain));
    }

    [Theory]
    [InlineData(FieldKind.Text, " a  b ", "a b")]
    [InlineData(FieldKind.Number, "12.50", "12.5")]
    [InlineData(FieldKind.Number, "-3", "-3")]
    [InlineData(FieldKind.Number, "1,5", null)]
    [InlineData(FieldKind.Number, "many", null)]
    [InlineData(FieldKind.Date, "2026-11-30", "2026-11-30")]
    [InlineData(FieldKind.Date, "30.11.2026", null)]
    [InlineData(FieldKind.Choice, "PRO", "Pro")]
    [InlineData(FieldKind.Choice, "Gold", null)]
    [InlineData(FieldKind.Link, "https://shop.example/1", "https://shop.example/1")]
    [InlineData(FieldKind.Link, "javascript:alert(1)", null)]
    [InlineData(FieldKind.Link, "https://user:secret@shop.example/", null)]
    public void A_value_is_read_as_its_field_says(FieldKind kind, string typed, string? kept)
    {
        var field = OwnField.Of(FieldTarget.Customer, kind, "Plan", kind is FieldKind.Choice ? ["Free", "Pro"] : []).Value;
        var read = field.Read(typed);
        Assert.Equal(kept, read.Match(value => value.Text, _ => null!));
        Assert.Equal(kept is null, read.Refusal is not null);
    }

    [Fact]
    public void A_field_has_a_name_and_a_choice_has_words()
    {
        Assert.Equal("field.name", OwnField.Of(FieldTarget.Customer, FieldKind.Text, "a:b", []).Refusal!.Code);
        Assert.Equal("field.choices", OwnField.Of(FieldTarget.Customer, FieldKind.Choice, "Plan", []).Refusal!.Code);
        Assert.Equal("field.choices", OwnField.Of(FieldTarget.Customer, FieldKind.Text, "Plan", ["Pro"]).Refusal!.Code);
    }

    [Theory]
    [InlineData(4990, "EUR", "49.90\u00A0EUR")]
    [InlineData(4990, "JPY", "4,990\u00A0JPY")]
    [InlineData(-1234, "KWD", "-1.234\u00A0KWD")]
    public void Money_is_said_in_its_own_places(long amount, string currency, string words) => Assert.Equal(words, new Money(amount, currency).Say(System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void A_purchase_that_cannot_be_is_refused()
    {
        Assert.Equal("purchase.id", Purchase.Of(1, " ", Then, "Beans", new(1, "EUR"), "").Refusal!.Code);
        Assert.Equal("purchase.what", Purchase.Of(1, "1", Then, "", new(1, "EUR"), "").Refusal!.Code);
        Assert.Equal("purchase.currency", Purchase.Of(1, "1", Then, "Beans", new(1, "eur"), "").Refusal!.Code);
        Assert.Equal("purchase.amount", Purchase.Of(1, "1", Then, "Beans", new(long.MaxValue, "EUR"), "").Refusal!.Code);
        Assert.Equal("purchase.link", Purchase.Of(1, "1", Then, "Beans", new(1, "EUR"), "javascript:alert(1)").Refusal!.Code);
        Assert.Equal("purchase.at", Purchase.Of(1, "1", default, "Beans", new(1, "EUR"), "").Refusal!.Code);
        Assert.Equal("event.properties", ProductEvent.Of(1, "1", "opened", Then, new string('x', 4_001)).Refusal!.Code);
    }

    private static Customer Ada() => Customer.WithAddress(Address("ada@client.example"), "Ada Lovelace", Then);

    private static EmailAddress Address(string text) => EmailAddress.TryParse(text, out var address) ? address : throw new ArgumentException(text);
}
