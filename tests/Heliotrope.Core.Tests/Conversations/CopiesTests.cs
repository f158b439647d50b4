using Heliotrope.Core.Conversations;

namespace Heliotrope.Core.Tests.Conversations;

public class CopiesTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" , ;\n", "")]
    [InlineData("ada@client.example", "ada@client.example")]
    [InlineData("Ada@Client.example, bob@client.example;ada@client.example", "ada@client.example bob@client.example")]
    [InlineData("Ada Lovelace <ada@client.example>\nbob@client.example", "ada@client.example bob@client.example")]
    public void Addresses_are_read_as_people_type_them(string typed, string read) =>
        Assert.Equal(read, string.Join(' ', Copies.Cc([typed]).Value));

    [Theory]
    [InlineData("ada@client.example, bob", "bob")]
    [InlineData("Lovelace, Ada <ada@client.example>", "Lovelace")]
    [InlineData("a b@client.example", "a b@client.example")]
    public void What_is_no_address_is_named(string typed, string piece)
    {
        var cc = Copies.Cc([typed]).Refusal!;
        Assert.Equal(("cc.malformed", "cc", piece), (cc.Code, cc.Field, cc.About));
        var bcc = Copies.Bcc([typed]).Refusal!;
        Assert.Equal(("bcc.malformed", "bcc", piece), (bcc.Code, bcc.Field, bcc.About));
    }

    [Fact]
    public void Twenty_are_copied_and_no_more()
    {
        var twenty = Enumerable.Range(1, Copies.Most).Select(i => $"{i}@client.example").ToList();
        Assert.Equal(Copies.Most, Copies.Cc(twenty).Value.Count);
        Assert.Equal("cc.too-many", Copies.Cc([.. twenty, "one@more.example"]).Refusal!.Code);
        Assert.Equal("bcc.too-many", Copies.Bcc([.. twenty, "one@more.example"]).Refusal!.Code);
    }
}
