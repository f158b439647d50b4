using Heliotrope.Core.Imports;

namespace Heliotrope.Core.Tests.Imports;

public class CsvColumnsTests
{
    [Theory]
    [InlineData("Name,Email,Phone,Company", "Name,Email,Phone,Organisation")]
    [InlineData("first_name,last_name,E-mail address,time zone", "FirstName,LastName,Email,Zone")]
    [InlineData("Kunden-Nr.,Vorname,Nachname,E-Mail,Firma,Bemerkungen", "Id,FirstName,LastName,Email,Organisation,Notes")]
    [InlineData("Prénom,Nom de famille,Courriel", "FirstName,LastName,Email")]
    [InlineData("Nome,Email", "Name,Email")]
    [InlineData("Colour,Size", "Ignored,Ignored")]
    public void Columns_are_told_from_their_heads(string heads, string fields) =>
        Assert.Equal(fields, string.Join(',', CsvColumns.Guess(heads.Split(','), [])));

    [Fact]
    public void Where_no_head_says_so_the_addresses_tell_their_column() =>
        Assert.Equal([CsvField.Ignored, CsvField.Email], CsvColumns.Guess(["A", "B"], ["Ada", "ada@client.example"]));

    [Fact]
    public void A_row_is_a_person_with_all_their_addresses()
    {
        var person = Assert.IsType<ForeignPerson>(CsvColumns.Read([CsvField.FirstName, CsvField.LastName, CsvField.Email, CsvField.Phone, CsvField.Phone], ["Ada", "Lovelace", "Ada@Client.example; second@client.example; broken@", "1", "2"]).Thing);
        Assert.Equal(("ada@client.example", "Ada Lovelace", "Ada@Client.example"), (person.Id, person.Name, person.Email));
        Assert.Equal(["second@client.example"], person.MoreEmails);
        Assert.Equal(["1", "2"], person.Phones);
    }

    [Theory]
    [InlineData("Ada,", "no-address")]
    [InlineData("Ada,ada at client", "address-broken")]
    [InlineData(",", "empty-row")]
    [InlineData("", "empty-row")]
    public void A_row_without_an_address_is_left_out(string row, string why) => Assert.Equal(why, CsvColumns.Read([CsvField.Name, CsvField.Email], row.Split(',')).Skipped);
}
