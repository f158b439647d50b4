using Heliotrope.Core.Plays;

namespace Heliotrope.Core.Tests.Plays;

public class NamelessTests
{
    [Theory]
    [InlineData("Hello Ada,\n\nyour bag is on its way.\n\nPriya", "Ada Lovelace", "Hello {{customer.first_name}},\n\nyour bag is on its way.\n\n{{agent.first_name}}")]
    [InlineData("Dear Ada Lovelace, hi ADA, to ada@client.example.", "Ada Lovelace", "Dear {{customer.name}}, hi {{customer.first_name}}, to {{customer.email}}.")]
    [InlineData("Guten Tag Frau Lang,\n\ndie Tüte ist unterwegs. Das dauert nicht lange.", "Dorothea Lang", "Guten Tag {{customer.name}},\n\ndie Tüte ist unterwegs. Das dauert nicht lange.")]
    [InlineData("Hallo Mevrouw de Wit, de zak is onderweg.", "Femke de Wit", "Hallo {{customer.name}}, de zak is onderweg.")]
    [InlineData("Ada’s grinder, Adamant and Canada.", "Ada Lovelace", "{{customer.first_name}}’s grinder, Adamant and Canada.")]
    [InlineData("Write to ada@client.example.", "ada@client.example", "Write to {{customer.email}}.")]
    [InlineData("Hello (there) [x] ^ $.", "(there) [x]", "Hello {{customer.name}} ^ $.")]
    [InlineData("Hello Sigrún Jónsdóttir, there is hope.", "Sigrún Anna Jónsdóttir", "Hello {{customer.name}}, there is hope.")]
    [InlineData("Yours, Priya Nair", "", "Yours, {{agent.name}}")]
    public void Names_give_way_to_fields(string words, string customer, string nameless) =>
        Assert.Equal(nameless, Nameless.Of(words, customer, ["ada@client.example"], "Priya Nair"));
}
